"""Help for what has happened or ended is shown only to those who spoke of it."""

from django.db import migrations

# What the vocabulary of this version says; a region may have changed it since.
AFTER = ("scheiding", "politiecontact", "stoppen-met-hulp")
OTHER_PHASES = ("before_care", "while_waiting", "in_care")


def mark(apps, schema_editor):
    """Mark the questions, and what the index holds of the help they are the main one of."""
    apps.get_model("providers", "HelpQuestion").objects.filter(pk__in=AFTER).update(after=True)
    rows = apps.get_model("providers", "OfferIndex").objects
    for code in AFTER:
        rows.filter(questions__startswith=f"|{code}|").update(reserved_for=f"|{code}|")
    only_after_care = rows.filter(after_care=True, **dict.fromkeys(OTHER_PHASES, False))
    only_after_care.filter(reserved_for="").update(reserved_for="|stoppen-met-hulp|")


class Migration(migrations.Migration):
    dependencies = [("providers", "0025_confirmed_not_to_come")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
