from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("providers", "0004_clocks_groups_signals"),
    ]

    operations = [
        migrations.AddField(
            model_name="offer",
            name="full_reports",
            field=models.PositiveSmallIntegerField(
                default=0, editable=False, verbose_name="verwijzers die vol melden"
            ),
        ),
        migrations.AddField(
            model_name="offer",
            name="full_reported_on",
            field=models.DateField(editable=False, null=True, verbose_name="vol gemeld op"),
        ),
    ]
