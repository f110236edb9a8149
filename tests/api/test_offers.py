"""What the API says of an offer: everything that is known, and null for the rest."""

import datetime as dt

import pytest

from providers.enums import ContractStatus, OfferStatus, PointPrecision, Ternary, WaitStatus
from providers.vocabulary.choices import level_choices
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    LanguageFactory,
    LocationFactory,
    OfferFactory,
    ProviderFactory,
    RegionClockFactory,
    ServiceAreaFactory,
    TargetGroupFactory,
    WaitTimeFactory,
    days_ago,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole_offer(region):
    """An offer of which everything is known."""
    provider = ProviderFactory(name="Buurthuis De Brug", is_demo=True)
    place = LocationFactory(provider=provider, wheelchair=Ternary.YES, municipality=region.leiden)
    offer = OfferFactory(
        provider=provider,
        title="Samen hardlopen",
        help_questions=["somberheid", "stress"],
        municipalities=[region.leiden],
        target_groups=[TargetGroupFactory(code="ouders", label="Ouders")],
        languages=[LanguageFactory()],
        locations=[place],
    )
    WaitTimeFactory(
        offer=offer,
        intake_weeks=2.5,
        treatment_weeks=0,
        people_waiting=7,
        measured_on=days_ago(3),
    )
    return offer


def test_what_an_offer_is(get, whole_offer):
    found = get(f"offers/{whole_offer.pk}")

    assert found["title"] == "Samen hardlopen"
    assert found["level"] == {"code": 1, "label": "Preventie en lichte steun"}
    assert found["ages"] == {"min": 12, "max": 17}
    assert found["formats"] == [{"code": "individueel", "label": "Individueel"}]
    assert [row["code"] for row in found["help_questions"]] == ["somberheid", "stress"]
    assert found["help_questions"][0] == {
        "code": "somberheid",
        "label": "Somberheid",
        "theme": "stemming",
    }
    assert found["target_groups"] == [{"code": "ouders", "label": "Ouders"}]
    assert found["languages"] == [{"code": "nl", "label": "Nederlands"}]
    assert found["listed"] is False
    assert found["confirmed_on"] is None
    assert found["url"] == f"http://testserver{whole_offer.get_absolute_url()}"


def test_how_one_gets_in_and_when(get, whole_offer):
    found = get(f"offers/{whole_offer.pk}")

    assert found["access"] == [
        {
            "municipality": {"code": "GM0546", "name": "Leiden"},
            "routes": [{"code": "vrij", "label": "Zonder verwijzing"}],
            "contract": {"code": "vrij", "label": "Vrij te gebruiken"},
            "main_contractor": None,
            "ends_on": None,
            "ends_before_start": False,
        }
    ]
    assert found["wait"] == {
        "status": {"code": "bekend", "label": "Bekend"},
        "intake_weeks": 2.5,
        "treatment_weeks": 0.0,
        "total_weeks": 2.5,
        "people_waiting": 5,
        "stop_until": None,
        "measured_on": days_ago(3).isoformat(),
        "fresh": True,
        "state": "fresh",
        "source": {"code": "aanbieder", "label": "Opgave van de aanbieder"},
        "method": {"code": "verwachting", "label": "Verwachting voor wie nu wordt aangemeld"},
    }


def test_who_offers_it_and_where(get, whole_offer):
    found, provider = get(f"offers/{whole_offer.pk}"), whole_offer.provider

    assert found["provider"] == {
        "id": provider.pk,
        "name": "Buurthuis De Brug",
        "is_demo": True,
        "url": f"http://testserver{provider.get_absolute_url()}",
    }
    assert found["locations"][0]["precision"]["code"] == "adres"
    assert found["locations"][0]["wheelchair"] is True


def test_what_is_not_known_is_null(get):
    place = LocationFactory(
        lat=None, lon=None, rd_x=None, rd_y=None, precision=PointPrecision.NONE, street=""
    )
    offer = OfferFactory(
        status=OfferStatus.LISTED,
        individual=False,
        summary="",
        cost="",
        age_min=None,
        help_questions=[],
        municipalities=[],
        provider=place.provider,
        locations=[place],
    )
    ServiceAreaFactory(offer=offer, walk_in=False, contract=ContractStatus.UNKNOWN)

    found = get(f"offers/{offer.pk}")

    assert found["listed"] is True
    empty = ("summary", "cost", "formats", "phases", "help_questions", "target_groups")
    assert {name: found[name] for name in (*empty, "languages", "next_run")} == dict.fromkeys(
        (*empty, "languages", "next_run")
    )
    assert found["ages"]["min"] is None
    assert found["access"][0]["routes"] is None
    assert found["access"][0]["contract"] is None
    assert found["locations"][0]["lat"] is None
    assert found["locations"][0]["street"] is None
    assert found["locations"][0]["wheelchair"] is None
    wait = found["wait"]
    assert wait.pop("status")["code"] == "onbekend"
    assert wait.pop("state") == "never"
    assert set(wait.values()) == {None}


def test_what_was_taken_over_and_confirmed_is_not_just_listed(get):
    offer = OfferFactory(status=OfferStatus.LISTED, confirmed_on=days_ago(1))
    assert get(f"offers/{offer.pk}")["listed"] is False


def test_half_a_wait_has_no_total(get):
    offer = WaitTimeFactory(intake_weeks=4, treatment_weeks=None).offer
    wait = get(f"offers/{offer.pk}")["wait"]
    assert (wait["intake_weeks"], wait["treatment_weeks"], wait["total_weeks"]) == (4, None, None)


def test_an_old_measurement_is_shown_and_marked(get):
    offer = WaitTimeFactory(measured_on=days_ago(31)).offer
    wait = get(f"offers/{offer.pk}")["wait"]
    assert (wait["total_weeks"], wait["fresh"]) == (6, False)


def test_a_stop_has_no_weeks(get):
    offer = WaitTimeFactory(status=WaitStatus.STOP, stop_until=days_ago(-30)).offer
    wait = get(f"offers/{offer.pk}")["wait"]
    assert wait["status"]["code"] == "stop"
    assert wait["stop_until"] == days_ago(-30).isoformat()
    assert wait["total_weeks"] is None


def test_the_next_run_is_the_first_that_still_starts(get):
    programme = GroupProgrammeFactory()
    GroupRunFactory(programme=programme, starts_on=days_ago(1))
    GroupRunFactory(programme=programme, starts_on=days_ago(-7), cancelled=True)
    run = GroupRunFactory(
        programme=programme,
        starts_on=days_ago(-21),
        start_time=dt.time(15, 30),
        places_confirmed_on=days_ago(15),
    )
    GroupRunFactory(programme=programme, starts_on=days_ago(-35))
    assert get(f"offers/{programme.offer_id}")["next_run"] == {
        "id": run.pk,
        "starts_on": days_ago(-21).isoformat(),
        "start_time": "15:30:00",
        "enrol_by": None,
        "places": 10,
        "places_left": 4,
        "places_confirmed_on": days_ago(15).isoformat(),
        "places_fresh": False,
        "places_state": "stale",
    }


def test_ended_service_is_left_out(get, region):
    offer = OfferFactory(municipalities=[region.katwijk])
    ServiceAreaFactory(offer=offer, municipality=region.leiden, ends_on=days_ago(1))
    access = get(f"offers/{offer.pk}")["access"]
    assert [row["municipality"]["code"] for row in access] == ["GM0537"]


@pytest.mark.parametrize("status", [OfferStatus.DRAFT, OfferStatus.ARCHIVED])
def test_hidden_offers_are_not_there(get, status):
    hidden = OfferFactory(status=status)
    assert get("offers")["count"] == 0
    assert get(f"offers/{hidden.pk}", 404)["status"] == 404
    assert get("offer-points")["features"] == []


def test_filters_are_those_of_the_search_page(get, region):
    mine = OfferFactory(municipalities=[region.leiden], age_min=12, age_max=18)
    OfferFactory(municipalities=[region.leiden], age_min=4, age_max=11)
    OfferFactory(municipalities=[region.katwijk], age_min=12, age_max=18)
    found = get("offers", plaats="2311", leeftijd=14, hulpvraag="somberheid", trede=[0, 1])
    assert [row["id"] for row in found["results"]] == [mine.pk]


def test_ages_and_one_more_question_filter_as_on_the_search_page(get, region):
    mine = OfferFactory(help_questions=["somberheid", "angst"], age_min=11, age_max=18)
    OfferFactory(help_questions=["somberheid"], age_min=11, age_max=18)
    OfferFactory(help_questions=["somberheid", "angst"], age_min=12, age_max=18)
    found = get("offers", hulpvraag="somberheid", ook="angst", leeftijd="9-11")
    assert [row["id"] for row in found["results"]] == [mine.pk]


def test_pages(get):
    for number in range(5):
        OfferFactory(title=f"Aanbod {number}")
    first = get("offers", pageSize=2)
    last = get("offers", pageSize=2, page=3)
    assert (first["count"], len(first["results"]), first["previous"]) == (5, 2, None)
    assert first["next"].endswith("/api/v1/offers?page=2&pageSize=2")
    assert [row["title"] for row in last["results"]] == ["Aanbod 4"]
    assert last["next"] is None


def _offer_with_everything():
    programme = GroupProgrammeFactory(
        offer__locations=[LocationFactory(), LocationFactory()],
        offer__target_groups=[TargetGroupFactory()],
        offer__languages=[LanguageFactory()],
        offer__help_questions=["somberheid", "stress"],
        offer__municipalities=["GM0001", "GM0002"],
    )
    GroupRunFactory(programme=programme)
    WaitTimeFactory(offer=programme.offer)
    return programme.offer


def test_a_longer_list_asks_no_more_queries(client, django_assert_num_queries):
    # Count, page, the newest change, and one each for: questions, target groups, languages,
    # locations, areas, runs.
    for wanted in (1, 6):
        for _ in range(wanted):
            _offer_with_everything()
        level_choices()  # kept in memory until a question or step is edited
        with django_assert_num_queries(10):
            client.get("/api/v1/offers?pageSize=100")


def test_one_offer_takes_a_fixed_number_of_queries(client, django_assert_num_queries):
    offer = _offer_with_everything()
    level_choices()  # kept in memory
    # The offer, the newest change, and the same six.
    with django_assert_num_queries(9):
        client.get(f"/api/v1/offers/{offer.pk}")


def test_every_dated_fact_says_its_state(get):
    provider = ProviderFactory(confirmed_on=days_ago(181))
    offer = OfferFactory(provider=provider, confirmed_on=days_ago(61), help_kind="ggz")
    WaitTimeFactory(offer=offer, measured_on=days_ago(5))
    found = get(f"offers/{offer.pk}")
    assert (found["confirmed_state"], found["wait"]["state"]) == ("due", "fresh")
    assert found["help_kind"] == {"code": "ggz", "label": "Jeugd-ggz"}
    assert get(f"providers/{provider.pk}")["confirmed_state"] == "stale"


def test_with_a_municipality_the_clocks_of_its_region_apply(get, region):
    offer = OfferFactory(municipalities=[region.leiden])
    WaitTimeFactory(offer=offer, measured_on=days_ago(11))
    RegionClockFactory(region=region.leiden.region, days=10)
    there = get(f"offers?gemeente={region.leiden.pk}")["results"][0]["wait"]
    assert (there["state"], there["fresh"]) == ("stale", False)
    assert get("offers")["results"][0]["wait"]["state"] == "fresh"


def test_a_group_says_what_it_leads_to(get):
    programme = GroupProgrammeFactory(outcome="De helft loopt door.", quote="Fijn.")
    group = get(f"offers/{programme.offer_id}")["group"]
    assert group["outcome"] == "De helft loopt door."
    assert group["quote"] == "Fijn."
    assert group["quote_by"] is None
    assert get(f"offers/{OfferFactory().pk}")["group"] is None
