"""Which rows are one offer, and what is said of each row."""

import datetime as dt
from decimal import Decimal

import pytest

from importing.nza.lists import row_2016, row_2018
from importing.nza.offers import find_offers, place_of
from importing.nza.words import offer_title, wait_as_written
from importing.pipeline.outcome import Action
from importing.pipeline.places import Gazetteer, Spot, successors
from importing.pipeline.wait_text import WaitStatus
from providers.enums import PointPrecision
from tests.importing.nza.files import cells_2016, cells_2018, rows_2018, waits

TODAY = dt.date(2026, 11, 22)


def spot(name, code, precision=PointPrecision.TOWN):
    return Spot(name, code, 52.1, 4.5, 93_000, 463_000, precision)


GAZETTEER = Gazetteer(
    [
        spot("Leiden", "GM0546"),
        spot("Leiderdorp", "GM0547"),
        spot("Katwijk", "GM0537"),
        spot("Katwijk", "GM1982"),
        spot("Ursem", "GM0361"),
        spot("Ursem", "GM1598"),
        spot("Veghel", "GM1948"),
        spot("'s-Gravenhage", "GM0518"),
    ],
    [
        spot(name, code, PointPrecision.MUNICIPALITY)
        for name, code in (
            ("Leiden", "GM0546"),
            ("Leiderdorp", "GM0547"),
            ("Katwijk", "GM0537"),
            ("Meierijstad", "GM1948"),
            ("'s-Gravenhage", "GM0518"),
            ("Rijswijk (ZH.)", "GM0603"),
        )
    ],
)


def found(*cells):
    rows = [row_2018(number, row) for number, row in enumerate(cells, start=1)]
    return find_offers(rows, GAZETTEER, TODAY, all_ages=True)


def actions(outcomes):
    return [outcome.action.value for outcome in outcomes]


def test_every_row_of_a_list_has_one_outcome_in_order():
    offers, outcomes = found(*rows_2018())
    assert [outcome.row.number for outcome in outcomes] == list(range(1, 13))
    assert actions(outcomes) == [
        "overgenomen", "dubbel", "overgenomen", "overgenomen", "samengevoegd", "overgenomen",
        "tegenstrijdig", "overgenomen", "overgeslagen", "overgeslagen", "overgenomen",
        "overgenomen",
    ]  # fmt: skip
    keys = {outcome.offer_key for outcome in outcomes if outcome.action is not Action.SKIPPED}
    assert keys == {offer.key for offer in offers}
    assert all(outcome.reason for outcome in outcomes if outcome.action is not Action.TAKEN)


def test_keys_do_not_depend_on_the_order_or_on_other_rows():
    offers, _ = found(*rows_2018())
    alone, _ = found(rows_2018()[2])
    assert alone[0].key in {offer.key for offer in offers}


def test_municipalities_where_the_same_is_said_are_one_offer():
    region = {"Vestigingslocatie": "Regio Rijn", **waits("4 weken", "4")}
    offers, _ = found(
        cells_2018(**region),
        cells_2018(**region, Plaatsnaam="Leiderdorp", Gemeentecodes="0547"),
    )
    assert [offer.municipalities for offer in offers] == [("GM0546", "GM0547")]
    assert offer_title(offers[0]) == "Jeugd-ggz Regio Rijn (specialistisch)"


def test_municipalities_with_other_waits_are_offers_of_their_own():
    offers, _ = found(
        cells_2018(**waits("4 weken", "4")),
        cells_2018(Plaatsnaam="Leiderdorp", Gemeentecodes="0547", **waits("9 weken", "9")),
    )
    assert [offer.saying.intake for offer in offers] == [Decimal(4), Decimal(9)]


def test_one_row_may_name_several_municipalities():
    offers, _ = found(cells_2018(Gemeentecodes="0546, 0547", **waits("4 weken", "4")))
    assert offers[0].municipalities == ("GM0546", "GM0547")


def test_main_groups_of_one_diagnosis_stay_together_unless_their_waits_differ():
    mood = {"Diagnosegroep_letterlijk": "Stemming"}
    depression = {**mood, "Hoofddiagnosegroep": "Depressieve stoornissen"}
    bipolar = {**mood, "Hoofddiagnosegroep": "Bipolair en overige stemmingsstoornissen"}
    together, outcomes = found(
        cells_2018(**depression, **waits("4 weken", "4")),
        cells_2018(**bipolar, **waits("4 weken", "4")),
    )
    assert len(together[0].main_groups) == 2
    assert actions(outcomes) == ["overgenomen", "samengevoegd"]
    apart, _ = found(
        cells_2018(**depression, **waits("4 weken", "4")),
        cells_2018(**bipolar, **waits("9 weken", "9")),
    )
    assert {offer_title(offer) for offer in apart} == {
        "Jeugd-ggz Leiden: stemming (depressieve stoornissen)",
        "Jeugd-ggz Leiden: stemming (bipolair en overige stemmingsstoornissen)",
    }


def test_a_contradiction_keeps_both_texts_and_averages_nothing():
    offers, outcomes = found(
        cells_2018(**waits("20 weken", "20")), cells_2018(**waits("36 weken", "36"))
    )
    assert len(offers) == 1
    assert len(offers[0].contradicting) == 1
    assert wait_as_written(offers[0]) == "tot de intake: 20 weken | tot de intake: 36 weken"
    assert actions(outcomes) == ["overgenomen", "tegenstrijdig"]


def test_a_row_that_says_nothing_yields_to_one_that_does():
    offers, outcomes = found(cells_2018(), cells_2018(**waits("2 weken", "2")))
    assert offers[0].saying.intake == 2
    assert actions(outcomes) == ["dubbel", "overgenomen"]
    assert "zegt niets over wachten" in outcomes[0].reason


def test_no_wait_and_zero_weeks_say_the_same():
    offers, _ = found(
        cells_2018(**waits("Geen wachttijd", "1")), cells_2018(**waits("0 weken", "1"))
    )
    assert not offers[0].contradicting


def test_a_stop_in_the_remark_is_a_stop():
    offers, _ = found(cells_2018(Opmerking="Aanmeldstop", **waits("", "Stop", "", "Stop")))
    assert offers[0].saying == (WaitStatus.STOP, None, None)


def test_a_remark_about_some_is_no_stop_for_all():
    stop = "Stop bij ADHD/ASS tot februari 2018"
    offers, _ = found(cells_2018(Opmerking=stop, **waits("4 weken", "4")))
    assert offers[0].saying.status is WaitStatus.KNOWN


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"Naam_zorgaanbieder": "Onbekend"}, "geen naam"),
        ({"Peildatum": "ergens"}, "peildatum ontbreekt"),
        ({"Peildatum": "2031-01-01"}, "toekomst"),
        ({"Opmerking": "Faillissement"}, "gesloten: Faillissement"),
        ({"Opmerking": "Geen aanbod"}, "aanbod er niet"),
    ],
)
def test_skipped(changes, reason):
    offers, outcomes = found(cells_2018(**changes))
    assert offers == []
    assert reason in outcomes[0].reason


@pytest.mark.parametrize(
    ("town", "codes", "municipalities", "precision"),
    [
        ("Leiden", "0546", ("GM0546",), PointPrecision.TOWN),
        ("Regio Leiden", "0546", ("GM0546",), PointPrecision.MUNICIPALITY),
        ("Veghel", "0860", ("GM1948",), PointPrecision.TOWN),
        ("Schijndel", "0844", ("GM1948",), PointPrecision.MUNICIPALITY),
        ("Den Haag", "0518", ("GM0518",), PointPrecision.TOWN),
        ("Onbekend", "Onbekend", (), None),
        ("Haaren", "0788", (), None),
    ],
)
def test_places_of_2018(town, codes, municipalities, precision):
    row = row_2018(1, cells_2018(Plaatsnaam=town, Gemeentecodes=codes, Vestigingslocatie="-"))
    place = place_of(row, GAZETTEER)
    assert place.municipalities == municipalities
    assert (place.spot.precision if place.spot else None) == precision


@pytest.mark.parametrize(
    ("location", "municipalities"),
    [
        ("De Wilg, loc. Leiden", ("GM0546",)),
        ("De Wilg, loc. Leiden - Kanaalstraat", ("GM0546",)),
        ("De Wilg, loc. Katwijk/Leiderdorp", ("GM0537", "GM0547")),
        ("De Wilg, Leiden, loc. Gezondheidscentrum West", ("GM0546",)),
        ("De Wilg, loc. Rijswijk", ("GM0603",)),
        ("Den Haag Centrum", ("GM0518",)),
        ("De Wilg, loc. Ursem", ()),
        ("De Wilg, regio Onder de Rivier", ()),
        ("", ("GM0537",)),
    ],
)
def test_places_of_2016_come_from_the_name_of_the_location(location, municipalities):
    row = row_2016(1, cells_2016(Vestigingslocatie=location))
    assert place_of(row, GAZETTEER).municipalities == municipalities


def test_a_split_municipality_has_no_successor():
    assert successors()["0860"] == "GM1948"
    assert successors()["0788"] == ""
