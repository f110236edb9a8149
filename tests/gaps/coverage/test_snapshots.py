"""What is stored each night, what is kept of it, and what is frozen."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from gaps.coverage.report import coverage_from, coverage_of
from gaps.coverage.snapshots import (
    freeze_coverage,
    last_of_each_month,
    remove_old_coverage,
    store_coverage,
)
from gaps.models import CoverageSnapshot
from providers.models import AuditEvent
from tests.factories import OfferFactory, UserFactory, days_ago
from tests.gap_factories import CoverageSnapshotFactory

pytestmark = pytest.mark.django_db


def days_stored():
    return sorted(CoverageSnapshot.objects.values_list("taken_on", flat=True).distinct())


def test_every_municipality_is_stored_once_a_day(covered, capsys):
    call_command("store_coverage")
    call_command("store_coverage")
    assert CoverageSnapshot.objects.count() == 3
    assert "Bewaard: 3 gemeenten." in capsys.readouterr().out


def test_one_region_only(covered):
    call_command("store_coverage", region="JZ99", verbosity=0)
    assert CoverageSnapshot.objects.count() == 0


def test_stored_again_on_a_day_it_is_replaced(covered):
    today = timezone.localdate()
    store_coverage(by=None, today=today)
    OfferFactory(municipalities=[covered.leiden])
    store_coverage(by=None, today=today)
    cells = coverage_of(covered.leiden, today=today).by_key
    assert cells[covered.leiden.pk, "somberheid", "12-15"].supply.offers == 3


def test_what_is_frozen_stays_as_it_was(covered):
    today, user = timezone.localdate(), UserFactory()
    frozen = freeze_coverage(by=user, municipality=covered.leiden, today=today)
    OfferFactory(municipalities=[covered.leiden])
    store_coverage(by=None, today=today)
    again = freeze_coverage(by=UserFactory(), municipality=covered.leiden, today=today)
    assert again == frozen
    assert (again.content, again.frozen_by) == (frozen.content, user)


def test_freezing_is_in_the_audit(covered):
    user = UserFactory()
    freeze_coverage(by=user, municipality=covered.leiden, today=timezone.localdate())
    event = AuditEvent.objects.get(action="coverage.frozen")
    assert (event.subject_type, event.by) == ("coveragesnapshot", user)


def test_a_stored_day_keeps_the_thresholds_it_was_judged_by(covered, settings):
    settings.GAP_THRESHOLDS = {**settings.GAP_THRESHOLDS, "fewest_providers": 9.0}
    today = timezone.localdate()
    store_coverage(by=None, today=today)
    settings.GAP_THRESHOLDS = {**settings.GAP_THRESHOLDS, "fewest_providers": 1.0}
    found = coverage_of(covered.leiden, today=today)
    assert found.thresholds.fewest_providers == 9
    assert found.by_key[covered.leiden.pk, "somberheid", "12-15"].kind.value == "kwetsbaar"


def test_old_days_go_apart_from_the_last_of_a_month_and_what_is_frozen():
    today = dt.date(2026, 11, 29)
    frozen = dt.date(2026, 3, 3)
    for day in (dt.date(2026, 3, 30), dt.date(2026, 3, 31), dt.date(2026, 11, 28)):
        CoverageSnapshotFactory(taken_on=day)
    CoverageSnapshotFactory(taken_on=frozen, frozen_at=timezone.now())
    assert remove_old_coverage(by=None, today=today) == 1
    assert days_stored() == [frozen, dt.date(2026, 3, 31), dt.date(2026, 11, 28)]


def test_the_last_day_of_each_month():
    days = [dt.date(2026, 1, 30), dt.date(2026, 1, 31), dt.date(2026, 2, 3)]
    assert last_of_each_month(days) == {dt.date(2026, 1, 31), dt.date(2026, 2, 3)}


def test_a_snapshot_of_before_a_new_figure_can_be_read(covered):
    row = CoverageSnapshotFactory(municipality=covered.leiden, taken_on=days_ago(1))
    row.content |= {"fields": ["offers", "gone"], "cells": [["somberheid", "12-15", "niets", 4, 1]]}
    (cell,) = coverage_from(covered.leiden, row.taken_on, row.content).cells
    assert (cell.supply.offers, cell.supply.groups) == (4, 0)
