from django.db import migrations, models
from django.db.models import F, Q

import providers.days


def day(words):
    return models.DateField(
        blank=True, editable=False, null=True, validators=[providers.days.check_day],
        verbose_name=words,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("providers", "0036_claims_and_tips"),
    ]

    operations = [
        migrations.AddField("offer", "closed_from", day("dicht vanaf")),
        migrations.AddField("offer", "closed_until", day("dicht tot en met")),
        migrations.AddConstraint(
            "offer",
            models.CheckConstraint(
                condition=Q(closed_from=None, closed_until=None)
                | Q(
                    closed_from__isnull=False,
                    closed_until__isnull=False,
                    closed_from__lte=F("closed_until"),
                ),
                name="offer_closed_days_in_order",
                violation_error_message="De laatste dag is voor de eerste.",
            ),
        ),
        migrations.AddField(
            "offerindex",
            "closed_from",
            models.DateField(blank=True, null=True, verbose_name="dicht vanaf"),
        ),
        migrations.AddField(
            "offerindex",
            "closed_until",
            models.DateField(blank=True, null=True, verbose_name="dicht tot en met"),
        ),
    ]
