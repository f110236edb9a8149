import csv
from pathlib import Path

from django.db import migrations, models

FILE = Path(__file__).resolve().parents[2] / "fixtures" / "reference" / "postal_areas.csv"


def fill(apps, schema_editor):
    """Copy the estimates of the reference data onto the postal areas there are."""
    areas = apps.get_model("providers", "PostalArea").objects
    there = areas.in_bulk()
    if not there:
        return
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["code"] in there and row["youths"]:
                there[row["code"]].youths = int(row["youths"])
    areas.bulk_update(there.values(), ["youths"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("providers", "0052_reports_of_the_day")]

    operations = [
        migrations.AddField(
            model_name="postalarea",
            name="youths",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="jeugdigen 0-17 (schatting)"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
