"""The end of an intake stop and the wait of one municipality; a confirmation says who said it."""

import datetime as dt

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.utils import timezone


def keep_who_confirmed(apps, schema_editor):
    """Write a confirmation for every offer that says by whom it was confirmed."""
    offers = apps.get_model("providers", "Offer").objects.filter(confirmed_by__isnull=False)
    confirmations = apps.get_model("providers", "Confirmation").objects
    rows = offers.values_list("pk", "confirmed_on", "confirmed_by", "confirmed_by__name")
    confirmations.bulk_create(
        (
            confirmations.model(
                offer_id=pk,
                fact="offer",
                at=timezone.make_aware(dt.datetime.combine(on, dt.time(12))),
                by_id=by,
                who=name or "onbekend",
                via="login",
            )
            for pk, on, by, name in rows
        ),
        batch_size=1000,
    )
    if schema_editor.connection.vendor == "postgresql":
        # Check the new rows now: with checks pending, no column can be removed from the table.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


def copy_stop_until(apps, schema_editor):
    """Fill the new column of offers and of their index from the measurement that counts."""
    waits = apps.get_model("providers", "WaitTime").objects.filter(stop_until__isnull=False)
    offers = apps.get_model("providers", "Offer").objects.filter(wait_status="stop")
    until = waits.filter(pk=OuterRef("current_wait")).values("stop_until")
    offers.update(wait_stop_until=Subquery(until))
    index = apps.get_model("providers", "OfferIndex").objects.filter(wait_status="stop")
    until = offers.filter(pk=OuterRef("pk")).values("wait_stop_until")
    index.update(wait_stop_until=Subquery(until))


class Migration(migrations.Migration):
    dependencies = [("providers", "0005_offer_full_reports")]

    operations = [
        migrations.RunPython(keep_who_confirmed, migrations.RunPython.noop),
        migrations.RemoveConstraint("offer", "offer_confirmation_who_and_when"),
        migrations.RemoveField("offer", "confirmed_by"),
        migrations.AddField(
            "offer",
            "wait_stop_until",
            models.DateField(editable=False, null=True, verbose_name="aanmeldstop tot"),
        ),
        migrations.AddField(
            "offerindex",
            "wait_stop_until",
            models.DateField(blank=True, null=True, verbose_name="aanmeldstop tot"),
        ),
        migrations.AddField(
            "servicearea",
            "current_wait",
            models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="providers.waittime",
            ),
        ),
        migrations.RunPython(copy_stop_until, migrations.RunPython.noop),
    ]
