"""No help for a danger, or for afterwards, that nobody spoke of: every surface, every question."""

import re

import pytest
import time_machine

from providers.enums import CarePhase
from providers.models import Offer
from providers.reference import vocabulary_rows
from tests.loaded import MONDAY
from tests.pages import element, html_of, on_one_line, page_at
from tests.search.searching import params_of

# Who asks about the first has said the second; named here too, so that no change of the rule that
# is tested changes what is right.
PRESUPPOSED = {
    "nieuw-gezin": "scheiding",
    "ouder-uit-beeld": "scheiding",
    "rouw-na-zelfdoding": "rouw",
}
ROWS = {row["code"]: row for row in vocabulary_rows("help_questions")}
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def questions_of(demo):
    """The questions that each offer is for, the main one first."""
    offers = Offer.objects.visible().prefetch_related("question_links")
    return {one.pk: [link.help_question_id for link in one.question_links.all()] for one in offers}


def wrong(codes, asked):
    """Whether help for these questions is for something that was not asked about."""
    main = ROWS[codes[0]]
    if main["after"]:
        later = {code for code in codes if PRESUPPOSED.get(code) == codes[0]}
        return not {codes[0], *later} & set(asked)
    dangers = [code for code in codes if ROWS[code]["signal"]]
    return bool(main["signal"]) and not set(dangers) & set(asked)


@pytest.fixture(scope="module")
def only_after_care(demo):
    """The offers that help in no other phase."""
    return {one.pk for one in Offer.objects.visible() if one.phases == [CarePhase.AFTER]}


def offers_linked(html):
    return {int(number) for number in re.findall(r'href="/aanbod/(\d+)-', html)}


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def results(client, questions_of, asked):
    found = element(page_at(client, f"/?hulpvraag={asked}&plaats=leiden"), id="resultaat")
    return offers_linked(html_of(found))


def of_offers(client, questions_of, asked):
    """What stands beside the offers for this question, on their own pages."""
    shown = set()
    for offer in first_of(questions_of, asked):
        address = f"{Offer.objects.get(pk=offer).get_absolute_url()}?gemeente=GM0546"
        shown |= offers_linked(text(client, f"{address}&terug=hulpvraag%3D{asked}")) - {offer}
    return shown


def on_family_page(client, questions_of, asked):
    chosen = first_of(questions_of, asked)
    query = "&".join(f"aanbod={offer}" for offer in chosen)
    html = text(client, f"/gezin/?{query}&gemeente=leiden&hulpvraag={asked}")
    titles = set(re.findall(r"<li><b>([^<]*)</b>", on_one_line(html)))
    named = Offer.objects.filter(title__in=[one.replace("&#x27;", "'") for one in titles])
    return set(named.values_list("pk", flat=True))


def on_shortlist(client, questions_of, asked):
    chosen = first_of(questions_of, asked)
    query = "&".join(f"aanbod={offer}" for offer in chosen)
    html = text(client, f"/keuzelijst/?{query}&gemeente=leiden")
    return offers_linked(html) - set(chosen)


def in_the_api(client, questions_of, asked):
    found = client.get(f"/api/v1/offers?hulpvraag={asked}&gemeente=GM0546&pageSize=100").json()
    points = client.get(f"/api/v1/offer-points?hulpvraag={asked}&gemeente=GM0546").json()
    return {one["id"] for one in found["results"]} | {
        one["properties"]["id"] for one in points["features"]
    }


def on_map_and_calendar(client, questions_of, asked):
    filterset = params_of(f"hulpvraag={asked}&plaats=leiden").filterset
    on_map = set(filterset.qs.values_list("pk", flat=True))
    return on_map | offers_linked(text(client, f"/groepen/?hulpvraag={asked}&plaats=leiden"))


def first_of(questions_of, asked):
    """The first offers that are most of all for this question."""
    return [offer for offer, codes in questions_of.items() if codes[0] == asked][:2]


SURFACES = [
    results,
    of_offers,
    on_family_page,
    on_shortlist,
    in_the_api,
    on_map_and_calendar,
]


@pytest.mark.parametrize("surface", SURFACES, ids=[one.__name__ for one in SURFACES])
def test_nothing_is_shown_for_a_danger_or_afterwards_that_was_not_asked_about(
    client, questions_of, only_after_care, surface
):
    found, seen = {}, 0
    with time_machine.travel(MONDAY, tick=False):
        for asked in ROWS:
            shown = surface(client, questions_of, asked)
            seen += len(shown)
            too_early = set() if asked == "stoppen-met-hulp" else shown & only_after_care
            bad = {offer for offer in shown if wrong(questions_of[offer], [asked])} | too_early
            if bad:
                found[asked] = sorted(bad)
    assert seen
    assert found == {}
