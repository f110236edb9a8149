from django.db import migrations, models

LOCAL_TEAM = 2


def move(apps, schema_editor):
    """Give the help of local teams its own kind: until now it counted as prevention."""
    offers = apps.get_model("providers", "Offer").objects
    offers.filter(level=LOCAL_TEAM, help_kind="basis").update(help_kind="basishulp")


def back(apps, schema_editor):
    """Put it back among prevention, as the code of before knows no other kind."""
    apps.get_model("providers", "Offer").objects.filter(help_kind="basishulp").update(
        help_kind="basis"
    )
    apps.get_model("providers", "WaitNorm").objects.filter(kind="basishulp").delete()


class Migration(migrations.Migration):

    dependencies = [
        ('providers', '0023_phases_in_index'),
    ]

    operations = [
        migrations.AlterField(
            model_name='offer',
            name='help_kind',
            field=models.CharField(choices=[('ggz', 'Jeugd-ggz'), ('opgroeien', 'Jeugd- en opvoedhulp'), ('beperking', 'Hulp bij een beperking'), ('dyslexie', 'Hulp bij dyslexie'), ('basishulp', 'Basishulp van het lokale team'), ('basis', 'Sociale basis en preventie'), ('onbekend', 'Soort hulp onbekend')], default='onbekend', max_length=12, verbose_name='soort hulp'),
        ),
        migrations.AlterField(
            model_name='waitnorm',
            name='kind',
            field=models.CharField(choices=[('ggz', 'Jeugd-ggz'), ('opgroeien', 'Jeugd- en opvoedhulp'), ('beperking', 'Hulp bij een beperking'), ('dyslexie', 'Hulp bij dyslexie'), ('basishulp', 'Basishulp van het lokale team'), ('basis', 'Sociale basis en preventie'), ('onbekend', 'Soort hulp onbekend')], max_length=12, verbose_name='soort hulp'),
        ),
        migrations.RunPython(move, back, elidable=True),
    ]
