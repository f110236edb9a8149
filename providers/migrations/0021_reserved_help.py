"""Help for a danger, or for after a loss, is shown only to those who asked about it."""

from django.db import migrations, models

AFTER = ("rouw", "rouw-na-zelfdoding", "na-een-poging")


def mark(apps, schema_editor):
    """Mark the questions, and say of each row of the index for which questions it is reserved."""
    questions = apps.get_model("providers", "HelpQuestion").objects
    questions.filter(pk__in=AFTER).update(after=True)
    after = set(questions.filter(after=True).values_list("pk", flat=True))
    dangers = set(questions.exclude(signal="").values_list("pk", flat=True)) - after
    index = apps.get_model("providers", "OfferIndex").objects
    changed = []
    for row in index.exclude(questions="").only("questions").iterator(chunk_size=2000):
        codes = row.questions.strip("|").split("|")
        if codes[0] in after:
            codes = codes[:1]
        elif codes[0] in dangers:
            codes = [code for code in codes if code in dangers]
        else:
            continue
        row.reserved_for = f"|{'|'.join(codes)}|"
        changed.append(row)
    index.bulk_update(changed, ["reserved_for"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("providers", "0020_voices")]

    operations = [
        migrations.AddField(
            model_name="helpquestion",
            name="after",
            field=models.BooleanField(
                default=False,
                help_text="Zoals na een verlies. Deze hulp staat er alleen als ernaar gevraagd is.",
                verbose_name="voor daarna",
            ),
        ),
        migrations.AddField(
            model_name="offerindex",
            name="reserved_for",
            field=models.TextField(blank=True, verbose_name="alleen getoond bij"),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
