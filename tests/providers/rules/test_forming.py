"""Groups that could be formed: what people ask for beside what starts."""

from dataclasses import dataclass

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from providers.enums import AgeBand, DatedFact, OfferStatus
from providers.forming import (
    Demand,
    DemandKind,
    ages_of,
    area_around,
    needs,
)
from providers.models import AuditEvent, HelpQuestion, Offer
from providers.rules.clocks import forget_region_clocks
from providers.rules.small_numbers import small_number_words
from providers.services.forming import draft_group_from_demand
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    HelpQuestionFactory,
    InterestFactory,
    MunicipalityFactory,
    OfferFactory,
    ProviderFactory,
    RegionClockFactory,
    WaitTimeFactory,
    YouthRegionFactory,
    days_ago,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def area(region):
    HelpQuestionFactory(code="scheiding", label="Scheiding")
    return area_around(region.leiden)


def group_for(question, place, *, low=8, high=12, **fields):
    offer = OfferFactory(help_questions=[question], municipalities=[place], age_min=low)
    Offer.objects.filter(pk=offer.pk).update(age_max=high)
    return GroupProgrammeFactory(offer=offer, **fields)


def lines(area, **given):
    """Return (question, words, supply, unmet) of each line."""
    found = needs(area, timezone.localdate(), **given)
    return [
        (need.label, band.words, band.supply.words, band.is_unmet)
        for need in found
        for band in need.bands
    ]


def ask(programme, people, **fields):
    return InterestFactory(programme=programme, count=people, **fields)


NOTHING = "geen groep die binnen 6 weken start"


# --- the area ----------------------------------------------------------------------------------


def test_an_area_is_a_municipality_with_its_near_neighbours(region):
    found = area_around(region.leiden)
    assert set(found.codes) == {"GM0546", "GM0547", "GM0537"}
    assert found.name == "Leiden en omgeving"


def test_what_is_far_or_in_another_region_is_no_neighbour(region):
    MunicipalityFactory(code="GM0575", lat=52.3, lon=4.7)
    MunicipalityFactory(code="GM0500", region=YouthRegionFactory(code="JZ99", name="Elders"))
    assert {"GM0575", "GM0500"}.isdisjoint(area_around(region.leiden).codes)


def test_alone_it_is_just_itself(db):
    place = MunicipalityFactory(name="Eiland")
    assert area_around(place).name == "Eiland"


# --- the lines ---------------------------------------------------------------------------------


def test_interest_is_laid_beside_nothing_that_starts(area, region):
    programme = group_for("scheiding", region.leiden)
    ask(programme, 5)
    ask(programme, 3, municipality=region.leiderdorp)
    assert lines(area) == [("Scheiding", "10 kinderen", NOTHING, True)]


@pytest.mark.parametrize(("people", "words"), [(1, "minder dan 5"), (4, "minder dan 5"), (5, "5")])
def test_fewer_than_five_are_not_told_apart(area, region, people, words):
    ask(group_for("scheiding", region.leiden), people)
    assert lines(area)[0][1] == f"{words} kinderen"
    assert small_number_words(people) == words


def test_small_numbers_do_not_show_in_the_order(area, region):
    HelpQuestionFactory(code="angst", label="Angst")
    ask(group_for("scheiding", region.leiden), 4)
    ask(group_for("angst", region.leiden), 1)
    assert [line[0] for line in lines(area)] == ["Angst", "Scheiding"]


def test_what_is_unmet_comes_first(area, region):
    HelpQuestionFactory(code="angst", label="Angst")
    angst = group_for("angst", region.leiden)
    ask(angst, 12)
    GroupRunFactory(programme=angst)
    ask(group_for("scheiding", region.leiden), 5)
    assert [(line[0], line[3]) for line in lines(area)] == [("Scheiding", True), ("Angst", False)]


def test_ages_are_lines_of_their_own_youngest_first(area, region):
    programme = group_for("scheiding", region.leiden)
    ask(programme, 6, age_band=AgeBand.PARENT)
    ask(programme, 5, age_band=AgeBand.YOUNG)
    assert [line[1] for line in lines(area)] == ["5 kinderen", "5 ouders"]


def test_expired_interest_and_that_of_elsewhere_do_not_count(area, region):
    programme = group_for("scheiding", region.leiden)
    ask(programme, 9, created_on=days_ago(61), expires_on=days_ago(0))
    ask(programme, 9, municipality=MunicipalityFactory(code="GM0363", lat=52.37, lon=4.9))
    assert lines(area) == []


def test_only_the_main_question_of_a_group_counts(area, region):
    HelpQuestionFactory(code="angst", label="Angst")
    programme = group_for("scheiding", region.leiden)
    programme.offer.question_links.create(help_question_id="angst", rank=1)
    ask(programme, 8)
    assert [line[0] for line in lines(area)] == ["Scheiding"]


# --- what runs ---------------------------------------------------------------------------------


def supply(area):
    return lines(area)[0][2]


@pytest.fixture
def asked(area, region):
    return ask(group_for("scheiding", region.leiden), 8)


def test_a_group_that_starts_within_six_weeks_counts(asked, area, region):
    GroupRunFactory(programme=group_for("scheiding", region.leiderdorp), starts_on=days_ago(-42))
    assert supply(area) == "1 groep start binnen 6 weken"


@pytest.mark.parametrize(
    "run",
    [
        {"starts_on": days_ago(-43)},
        {"places_left": 0},
        {"places_left": None},
        {"places_confirmed_on": days_ago(15)},
        {"cancelled": True},
    ],
    ids=["later", "full", "unknown", "old news", "cancelled"],
)
def test_such_a_run_does_not(asked, area, region, run):
    GroupRunFactory(programme=group_for("scheiding", region.leiden), **run)
    assert supply(area) == NOTHING


def test_a_group_for_others_does_not(asked, area, region):
    for programme in (
        group_for("scheiding", region.leiden, low=12, high=18),
        group_for("scheiding", region.leiden, audience="ouders"),
        group_for("angst", region.leiden),
        group_for("scheiding", MunicipalityFactory(code="GM0363", lat=52.37, lon=4.9)),
    ):
        GroupRunFactory(programme=programme)
    assert supply(area) == NOTHING


def test_two_starts_of_one_group_are_one_group(asked, area, region):
    programme = group_for("scheiding", region.leiden)
    GroupRunFactory(programme=programme, starts_on=days_ago(-7))
    GroupRunFactory(programme=programme, starts_on=days_ago(-14))
    assert supply(area) == "1 groep start binnen 6 weken"


def test_an_open_group_is_something_too(asked, area, region):
    group_for("scheiding", region.leiden, is_open=True)
    assert supply(area) == "1 groep waar instromen altijd kan"


# --- wait lists --------------------------------------------------------------------------------


def waiting(area):
    return [need.waiting_words for need in needs(area, timezone.localdate())]


def test_who_waits_stands_beside_it_and_is_never_added_up(area, region):
    programme = group_for("scheiding", region.leiden)
    WaitTimeFactory(offer=programme.offer, people_waiting=20)
    other = OfferFactory(help_questions=["scheiding"], municipalities=[region.katwijk])
    WaitTimeFactory(offer=other, people_waiting=3)
    ask(programme, 6)
    assert waiting(area) == ["25 mensen op 2 wachtlijsten"]
    assert lines(area)[0][1] == "5 kinderen"


def test_without_interest_a_wait_list_makes_a_line(area, region):
    offer = OfferFactory(help_questions=["scheiding"], municipalities=[region.leiden])
    WaitTimeFactory(offer=offer, people_waiting=4)
    assert waiting(area) == ["minder dan 5 mensen op 1 wachtlijst"]


def test_an_old_count_and_a_draft_do_not_count(area, region):
    old = OfferFactory(help_questions=["scheiding"], municipalities=[region.leiden])
    WaitTimeFactory(offer=old, people_waiting=40, measured_on=days_ago(31))
    draft = OfferFactory(status="concept", municipalities=[region.leiden])
    WaitTimeFactory(offer=draft, people_waiting=40)
    assert waiting(area) == []


def test_the_clocks_of_the_region_count(area, region):
    programme = group_for("scheiding", region.leiden)
    WaitTimeFactory(offer=programme.offer, people_waiting=20, measured_on=days_ago(6))
    GroupRunFactory(programme=programme, places_confirmed_on=days_ago(6))
    ask(programme, 6)
    assert (waiting(area), supply(area)) == (
        ["20 mensen op 1 wachtlijst"],
        "1 groep start binnen 6 weken",
    )
    for fact in (DatedFact.WAIT, DatedFact.PLACES):
        RegionClockFactory(region=region.leiden.region, fact=fact, days=5)
    forget_region_clocks()
    assert (waiting(area), supply(area)) == ([""], NOTHING)


# --- the seam ----------------------------------------------------------------------------------


@dataclass
class Searches:
    """A source of tomorrow: what was searched."""

    kind = DemandKind.INTEREST

    def demand(self, area, today):
        yield Demand("scheiding", AgeBand.TEEN, 9, 1)


def test_another_source_joins_without_a_change_here(area):
    assert lines(area, sources=[Searches()]) == [("Scheiding", "10 jongeren", NOTHING, True)]


def test_the_statements_do_not_grow(area, region, django_assert_num_queries):
    needs(area, timezone.localdate())
    for number in range(6):
        programme = group_for("scheiding", region.leiden)
        GroupRunFactory(programme=programme)
        WaitTimeFactory(offer=programme.offer, people_waiting=number)
        ask(programme, 3)
    # 1: interest; 2: wait lists; 3: groups with their offers; 4: their questions; 5: their runs.
    with django_assert_num_queries(5):
        needs(area, timezone.localdate())


# --- a draft -----------------------------------------------------------------------------------


def draft(region, **changed):
    wanted = {
        "provider": ProviderFactory(),
        "question": HelpQuestion.objects.get(pk="scheiding"),
        "age_band": AgeBand.MIDDLE,
        "municipality": region.leiden,
    }
    return draft_group_from_demand(by=None, **(wanted | changed))


def test_a_draft_holds_what_was_asked_for(area, region):
    offer = draft(region)
    assert offer.title == "Groep: Scheiding (8 tot en met 11 jaar), Leiden en omgeving"
    assert (offer.status, offer.age_min, offer.age_max, offer.group) == (
        OfferStatus.DRAFT,
        8,
        11,
        True,
    )
    assert [question.pk for question in offer.help_questions.all()] == ["scheiding"]
    assert {row.municipality_id for row in offer.service_areas.all()} == set(area.codes)
    assert (offer.programme.on_demand, offer.programme.audience) == (True, "kind")


def test_a_group_for_parents_has_no_age_of_children(area, region):
    offer = draft(region, age_band=AgeBand.PARENT)
    assert (offer.age_min, offer.age_max, offer.programme.audience) == (None, None, "ouders")


def test_a_long_question_still_fits_the_title(area, region):
    question = HelpQuestionFactory(code="lang", label="Woord " * 20)
    assert len(draft(region, question=question).title) <= 120


def test_a_double_tap_makes_one_draft(area, region):
    provider = ProviderFactory()
    first, second = (draft(region, provider=provider) for _ in range(2))
    assert first == second
    assert Offer.objects.count() == 1


def test_the_audit_says_where_it_came_from(area, region):
    draft(region)
    event = AuditEvent.objects.latest("id")
    assert event.action == "offer.drafted_from_demand"
    assert event.changes == {"question": "scheiding", "age_band": "8-11", "area": "GM0546"}


def test_an_age_that_is_not_on_the_list_is_refused(area, region):
    with pytest.raises(ValidationError):
        draft(region, age_band="8-12")


def test_bands_are_ages():
    found = [ages_of(band) for band in AgeBand.values]
    assert found == [(0, 3), (4, 7), (8, 11), (12, 15), (16, 18), (19, 27), None]
