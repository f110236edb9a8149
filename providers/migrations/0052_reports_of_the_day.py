from django.db import migrations
from django.db.models import F, Q


def forget_answered(apps, schema_editor):
    """From now on a report of the day of a confirmation counts when it came later.

    What stands on offers was counted without that day, so as far as the provider spoke since, on
    that very day or later, it is answered.
    """
    offers = apps.get_model("providers", "Offer").objects
    answered = (
        Q(confirmed_on__gte=F("full_reported_on"))
        | Q(wait_measured_on__gte=F("full_reported_on"))
        | Q(programme__runs__places_confirmed_on__gte=F("full_reported_on"))
    )
    found = list(offers.filter(answered).values_list("pk", flat=True))
    offers.filter(pk__in=found).update(full_reported_on=None, full_reports=0)


class Migration(migrations.Migration):
    dependencies = [("providers", "0051_offer_use")]

    operations = [migrations.RunPython(forget_answered, migrations.RunPython.noop)]
