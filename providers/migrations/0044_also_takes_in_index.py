from django.db import migrations, models
from django.db.models import OuterRef, Subquery

TAKES = {
    "lvb": ("takes_disability", "ook bij een lvb"),
    "verslaving": ("takes_addiction", "ook bij verslaving"),
    "autisme": ("takes_autism", "ook bij autisme"),
    "suicidaliteit": ("takes_suicidality", "ook bij suïcidaliteit"),
    "geen-school": ("takes_no_school", "ook zonder school"),
}


def copy_answers(apps, schema_editor):
    """Fill the new columns from what providers answered, as the index does from now on."""
    answers = apps.get_model("providers", "CanAlsoTake").objects.filter(offer=OuterRef("pk"))
    apps.get_model("providers", "OfferIndex").objects.update(
        **{
            column: Subquery(answers.filter(condition=code).values("answer")[:1])
            for code, (column, _label) in TAKES.items()
        }
    )


class Migration(migrations.Migration):
    dependencies = [
        ("providers", "0043_help_kinds_of_safety"),
    ]

    operations = [
        *(
            migrations.AddField(
                "offerindex",
                column,
                models.BooleanField(blank=True, null=True, verbose_name=label),
            )
            for column, label in TAKES.values()
        ),
        migrations.RunPython(copy_answers, migrations.RunPython.noop),
    ]
