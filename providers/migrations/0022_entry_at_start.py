from django.db import migrations, models


def fill(apps, schema_editor):
    """Mark the rows of closed groups; from here on the services keep the column true."""
    programmes = apps.get_model("providers", "GroupProgramme").objects.filter(is_open=False)
    rows = apps.get_model("providers", "OfferIndex").objects
    rows.filter(offer__in=programmes.values("offer")).update(fixed_start=True)


class Migration(migrations.Migration):
    dependencies = [
        ("providers", "0021_reserved_help"),
    ]

    operations = [
        migrations.AddField(
            model_name="offerindex",
            name="fixed_start",
            field=models.BooleanField(
                default=False, verbose_name="instappen alleen bij de start"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
