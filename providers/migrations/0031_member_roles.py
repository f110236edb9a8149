from django.db import migrations, models

# Who could write for a provider had nobody above them there: they are the ones who invite the rest.
NEW_ROLES = [
    ({'role': 'redacteur', 'provider__isnull': False}, 'beheerder'),
    ({'role': 'redacteur'}, 'bewerker'),
    ({'role': 'lezer'}, 'bekijker'),
]
OLD_ROLES = [({'role': 'bewerker'}, 'redacteur'), ({'role': 'bekijker'}, 'lezer')]


def _rename(apps, names):
    memberships = apps.get_model('providers', 'Membership').objects.order_by()
    for before, after in names:
        memberships.filter(**before).update(role=after)


def rename(apps, schema_editor):
    _rename(apps, NEW_ROLES)


def rename_back(apps, schema_editor):
    _rename(apps, OLD_ROLES)


class Migration(migrations.Migration):

    dependencies = [
        ('providers', '0030_wait_retraction'),
    ]

    operations = [
        migrations.AlterField(
            model_name='membership',
            name='role',
            field=models.CharField(choices=[('bekijker', 'Bekijker'), ('bewerker', 'Bewerker'), ('beheerder', 'Beheerder')], default='bewerker', max_length=10, verbose_name='rol'),
        ),
        migrations.RunPython(rename, rename_back),
    ]
