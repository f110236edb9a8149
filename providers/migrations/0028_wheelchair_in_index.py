from django.db import migrations, models
from django.db.models import Case, Exists, OuterRef, When


def copy_wheelchair(apps, schema_editor):
    """Fill the new column from the locations, as the index does from now on."""
    links = apps.get_model("providers", "Offer").locations.through.objects
    here = links.filter(offer=OuterRef("pk"))
    known = Case(
        When(Exists(here.filter(location__wheelchair="ja")), then=True),
        When(Exists(here) & ~Exists(here.exclude(location__wheelchair="nee")), then=False),
        output_field=models.BooleanField(null=True),
    )
    apps.get_model("providers", "OfferIndex").objects.update(wheelchair=known)


class Migration(migrations.Migration):
    dependencies = [
        ("providers", "0027_event_regions"),
    ]

    operations = [
        migrations.AddField(
            "offerindex",
            "wheelchair",
            models.BooleanField(blank=True, null=True, verbose_name="rolstoeltoegankelijk"),
        ),
        migrations.RunPython(copy_wheelchair, migrations.RunPython.noop),
    ]
