"""Parts of the results and light help: every form of their rules says the same."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.enums import CareLevel, GroupAudience
from providers.index.sql import fetch_all
from providers.models import GroupProgramme, Offer, OfferIndex
from providers.rules import start
from providers.rules.freshness import Clocks, days_of
from providers.rules.lightness import (
    BRIDGES_WAIT,
    BRIDGES_WAIT_SQL,
    LIGHT,
    MAY_BE_HANDED_OUT,
    bridges_wait,
    is_light,
    light_sql,
    may_be_handed_out,
)
from providers.rules.sections import (
    SECTION_NUMBER_SQL,
    SECTION_SQL,
    SECTIONS,
    Section,
)
from providers.services.index import reindex
from tests.examples import at_most
from tests.factories import OfferFactory
from tests.providers.rules.start_facts import FACTS, stored

pytestmark = pytest.mark.django_db
property_test = settings(
    max_examples=at_most(40), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
LEVELS = st.sampled_from(CareLevel)


def in_sql(offer, clocks):
    terms = {f"in_{n}": str(clocks.today + n * WEEK) for n in start.RUN_BANDS}
    sql = f"""SELECT {SECTION_SQL}, (SELECT {SECTION_NUMBER_SQL} FROM (
        SELECT level, for_family, {start.START_WEEKS} AS start_weeks FROM (
          SELECT i.level, i.for_family, {start.first_start("i.offer_id")} AS first_start,
            COALESCE({start.KNOWN_WAIT}, {start.NEVER}) AS wait) known) banded)
      FROM providers_offerindex i WHERE i.offer_id = %(pk)s"""  # noqa: S608
    ((by_row, number),) = fetch_all(sql, {**days_of(clocks), **terms, "pk": offer.pk})
    return {Section(by_row), SECTIONS[number]}


WEEK = dt.timedelta(weeks=1)


def expected(offer, clocks, *, for_family):
    if offer.level >= 3:
        return Section.SPECIALIST
    if for_family:
        return Section.AROUND
    runs = start.open_runs(clocks).filter(programme__offer=offer)
    soon = start.start_facts(offer, runs, clocks).starts_within(6)
    return Section.NOW if soon else Section.LATER


@property_test
@given(facts=FACTS, level=LEVELS, for_parents=st.booleans())
def test_every_form_gives_the_same_part(facts, level, for_parents):
    offer, clocks = stored(facts, level=level), Clocks(timezone.localdate())
    if for_parents:
        GroupProgramme.objects.filter(offer=offer).update(audience=GroupAudience.PARENTS)
        reindex([offer.pk])
    row = OfferIndex.objects.get(pk=offer.pk)
    part = expected(offer, clocks, for_family=row.for_family)
    assert in_sql(offer, clocks) == {part}


@property_test
@given(level=LEVELS, while_waiting=st.booleans(), crisis=st.booleans())
def test_every_form_agrees_on_what_is_light_bridges_a_wait_or_goes_along(
    level, while_waiting, crisis
):
    offer = OfferFactory(
        level=level,
        while_waiting=while_waiting,
        crisis=crisis,
        help_questions=[],
        municipalities=[],
    )
    light, bridges, goes_along = level <= 2, while_waiting or level <= 2, not crisis and level < 4
    assert (is_light(offer.level), bridges_wait(offer)) == (light, bridges)
    assert may_be_handed_out(offer) is goes_along
    for rows in (Offer.objects.filter(pk=offer.pk), OfferIndex.objects.filter(pk=offer.pk)):
        assert rows.filter(LIGHT).exists() is light
        assert rows.filter(BRIDGES_WAIT).exists() is bridges
        assert rows.filter(MAY_BE_HANDED_OUT).exists() is goes_along
    sql = f"SELECT {light_sql('i.level')}, {BRIDGES_WAIT_SQL} FROM providers_offerindex i"  # noqa: S608
    ((*found,),) = fetch_all(f"{sql} WHERE i.offer_id = %(pk)s", {"pk": offer.pk})
    assert [bool(one) for one in found] == [light, bridges]
