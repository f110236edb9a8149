from django.db import migrations, models
from django.db.models import OuterRef, Subquery

PHASES = ("before_care", "in_care", "after_care")


def copy_phases(apps, schema_editor):
    """Fill the new columns from the offers, as the index does from now on."""
    offers = apps.get_model("providers", "Offer").objects.filter(pk=OuterRef("pk"))
    rows = apps.get_model("providers", "OfferIndex").objects
    rows.update(**{name: Subquery(offers.values(name)) for name in PHASES})


class Migration(migrations.Migration):
    dependencies = [
        ("providers", "0022_entry_at_start"),
    ]

    operations = [
        *(
            migrations.AddField("offerindex", name, models.BooleanField(default=False))
            for name in PHASES
        ),
        migrations.RunPython(copy_phases, migrations.RunPython.noop),
    ]
