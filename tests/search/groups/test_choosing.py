"""Choosing a group: the month that opens, how far it is, questions by theme, what it leads to."""

import pytest
from django.utils import formats

from providers.enums import GroupKind
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    HelpQuestionFactory,
    LocationFactory,
    OfferFactory,
    ThemeFactory,
    days_ago,
)
from tests.pages import element, elements, page_at, text_of

pytestmark = pytest.mark.django_db
CALENDAR = "/groepen/?weergave=kalender"


@pytest.fixture
def run(region):
    offer = OfferFactory(title="Samen hardlopen", municipalities=[region.leiden])
    programme = GroupProgrammeFactory(offer=offer, kind=GroupKind.PEERS)
    return GroupRunFactory(programme=programme, starts_on=days_ago(-70))


def month_shown(client, address):
    return text_of(element(page_at(client, address), "h2", id="maand"))


def name_of(day):
    return formats.date_format(day, "F Y").capitalize()


def test_the_calendar_opens_on_the_first_month_with_a_start(client, run):
    assert month_shown(client, CALENDAR) == name_of(run.starts_on)


def test_it_is_the_first_start_that_fits_the_filters(client, run):
    other = OfferFactory(title="Koken", age_min=4, age_max=6)
    GroupRunFactory(programme=GroupProgrammeFactory(offer=other), starts_on=days_ago(-1))
    assert month_shown(client, f"{CALENDAR}&leeftijd=15") == name_of(run.starts_on)


def test_a_month_that_was_asked_for_is_shown(client, run):
    today = days_ago(0)
    assert month_shown(client, f"{CALENDAR}&maand={today:%Y-%m}") == name_of(today)


def test_without_any_start_it_is_this_month(client):
    assert month_shown(client, CALENDAR) == name_of(days_ago(0))


def test_with_a_postcode_each_group_says_how_far_it_is(client, run):
    run.location = LocationFactory(
        provider=run.programme.offer.provider, town="Katwijk", lat=52.1984, lon=4.4160
    )
    run.save()
    near = text_of(element(page_at(client, "/groepen/?plaats=2311"), "ul", class_="sk-grid"))
    assert "Katwijk, 6,9 km" in near
    anywhere = text_of(element(page_at(client, "/groepen/"), "ul", class_="sk-grid"))
    assert " km" not in anywhere


def test_questions_stand_under_their_theme(client):
    HelpQuestionFactory(
        code="geldzorgen", label="Geldzorgen", theme=ThemeFactory(code="geld", label="Geld")
    )
    page = page_at(client, "/groepen/")
    groups = {dict(one.attributes)["label"]: text_of(one) for one in elements(page, "optgroup")}
    assert groups["Geld"] == "Geldzorgen"


def test_the_kinds_of_groups_are_explained(client, run):
    kinds = text_of(element(page_at(client, "/groepen/"), class_="sk-groups__kinds"))
    for kind in GroupKind:
        assert f"{kind.label} {kind.about}" in kinds
    offer = text_of(element(page_at(client, run.programme.offer.get_absolute_url()), "main"))
    assert "Lotgenotengroep Steun van mensen die hetzelfde meemaken." in offer


def test_what_it_leads_to_and_who_says_so_stand_on_its_page(client, run):
    programme = run.programme
    address = programme.offer.get_absolute_url()
    assert "Wat levert het op?" not in text_of(element(page_at(client, address), "main"))
    programme.outcome, programme.quote = "De helft loopt door.", "Iedereen snapte het al."
    programme.quote_by = "een deelnemer"
    programme.save()
    words = text_of(element(page_at(client, address), "main"))
    assert "Wat levert het op? De helft loopt door." in words
    assert "“Iedereen snapte het al.” een deelnemer" in words
