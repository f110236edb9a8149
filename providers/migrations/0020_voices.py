"""From which network a signal came, by a hash of one day, and whether it is a voice of its own."""

import datetime as dt

import django.utils.timezone
from django.db import migrations, models


def set_times(apps, schema_editor):
    """Reports of before have a day only: noon of it is far enough from those of other days."""
    rows = apps.get_model("providers", "Report").objects.order_by()
    for day in rows.values_list("created_on", flat=True).distinct():
        noon = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
        rows.filter(created_on=day).update(created_at=noon)


class Migration(migrations.Migration):

    dependencies = [
        ('providers', '0019_bounds_of_days'),
    ]

    operations = [
        migrations.AddField(
            model_name='interest',
            name='network',
            field=models.CharField(blank=True, default='', editable=False, max_length=64, verbose_name='netwerk'),
        ),
        migrations.AddField(
            model_name='missinghelpsignal',
            name='counts',
            field=models.BooleanField(default=True, editable=False, verbose_name='telt mee'),
        ),
        migrations.AddField(
            model_name='missinghelpsignal',
            name='network',
            field=models.CharField(blank=True, default='', editable=False, max_length=64, verbose_name='netwerk'),
        ),
        migrations.AddField(
            model_name='report',
            name='counts',
            field=models.BooleanField(default=True, editable=False, verbose_name='telt mee'),
        ),
        migrations.AddField(
            model_name='report',
            name='created_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='tijdstip'),
        ),
        migrations.AddField(
            model_name='report',
            name='network',
            field=models.CharField(blank=True, default='', editable=False, max_length=64, verbose_name='netwerk'),
        ),
        migrations.RunPython(set_times, migrations.RunPython.noop, elidable=True),
    ]
