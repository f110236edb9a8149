from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [
        ("providers", "0006_clocks_and_waits"),
    ]

    operations = [
        migrations.AddField(
            model_name="grouprun",
            name="updated_at",
            field=models.DateTimeField(
                auto_now=True, default=timezone.now, verbose_name="gewijzigd"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="grouprun",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="versie"),
        ),
        migrations.AddConstraint(
            model_name="interest",
            constraint=models.UniqueConstraint(
                condition=Q(("run__isnull", False)),
                fields=("sender", "programme", "age_band", "municipality", "run"),
                name="interest_once_per_run",
                violation_error_message="U heeft dit al gemeld.",
            ),
        ),
        migrations.AddConstraint(
            model_name="interest",
            constraint=models.UniqueConstraint(
                condition=Q(("run__isnull", True)),
                fields=("sender", "programme", "age_band", "municipality"),
                name="interest_once_per_group",
                violation_error_message="U heeft dit al gemeld.",
            ),
        ),
    ]
