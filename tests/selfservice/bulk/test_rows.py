"""Places, municipalities and starts out as tables and back in: seen first, all or nothing, back."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.enums import ContractStatus, PointPrecision, Ternary
from providers.models import GroupRun, Location, ServiceArea, SheetChange
from providers.services.files.rows import undo_rows
from providers.services.offers import EditConflictError
from providers.sheets.rows import plan_of
from tests.factories import (
    GroupRunFactory,
    InterestFactory,
    LocationFactory,
    OfferFactory,
    ProviderFactory,
    UserFactory,
    days_ago,
)
from tests.selfservice.bulk.sheets import (
    KINDS,
    apply,
    csv_of,
    plan,
    save,
    sheet_of,
    table,
    workbook_of,
)

pytestmark = pytest.mark.django_db

# --- out and back --------------------------------------------------------------------------------

ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60)
HOURS = st.none() | st.times().map(lambda time: time.replace(microsecond=0))
NUMBERS = st.none() | st.integers(0, 300)


@pytest.mark.parametrize("written", [csv_of, workbook_of], ids=["csv", "xlsx"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(data=st.data())
def test_what_goes_out_and_comes_back_changes_nothing(everything, place, run, written, data):
    draw = data.draw
    Location.objects.filter(pk=place.pk).update(
        name=draw(ANY_TEXT),
        street=draw(ANY_TEXT),
        town=draw(ANY_TEXT),
        wheelchair=draw(st.sampled_from(Ternary.values)),
        opening_hours=draw(ANY_TEXT),
    )
    ServiceArea.objects.update(
        walk_in=draw(st.booleans()),
        via_court=draw(st.booleans()),
        contract=draw(st.sampled_from(ContractStatus.values)),
        ends_on=draw(st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1))),
    )
    GroupRun.objects.update(
        start_time=draw(HOURS),
        places=draw(st.none() | st.just(400)),
        places_left=draw(NUMBERS),
        location=draw(st.sampled_from([None, place.pk])),
        cancelled=draw(st.booleans()),
    )
    for kind in KINDS:
        found = plan_of(sheet_of(kind, everything), written(sheet_of(kind, everything)))
        assert (kind, found.changes, found.problems, found.unchanged) == (kind, (), (), 1)


@pytest.mark.parametrize(
    ("kind", "heading", "other"),
    [
        ("starts", "startdatum", lambda cell: f"{cell[8:]}-{cell[5:7]}-{cell[:4]}"),
        ("starts", "startdatum", lambda cell: f"{cell} 00:00:00"),
        ("gemeenten", "gemeente", lambda cell: cell.partition(" ")[2].upper()),
        ("gemeenten", "contract", lambda cell: cell.partition(" ")[0]),
    ],
)
def test_the_same_written_in_another_way_changes_nothing(everything, kind, heading, other):
    sheet = sheet_of(kind, everything)
    cell = next(iter(sheet.rows()))[sheet.headings.index(heading)]
    assert plan(kind, everything, first={heading: other(cell)}).changes == ()


# --- places --------------------------------------------------------------------------------------


def test_a_place_is_changed_added_and_put_back(everything, place):
    street = place.street
    change = apply(
        "locaties",
        everything,
        first={"straat en huisnummer": "Nieuwstraat 1", "rolstoeltoegankelijk": "ja"},
        more=[{"straat en huisnummer": "Dam 2", "postcode": "2311cs", "plaats": "Leiden"}],
    )
    place.refresh_from_db()
    assert (place.street, place.wheelchair) == ("Nieuwstraat 1", Ternary.YES)
    assert Location.objects.get(street="Dam 2").postcode == "2311 CS"
    assert undo_rows(by=UserFactory(), change=change) == 2
    place.refresh_from_db()
    assert (place.street, Location.objects.filter(street="Dam 2").exists()) == (street, False)


def test_a_place_gets_its_own_point_back(everything, place):
    Location.objects.filter(pk=place.pk).update(
        lat=52.16, lon=4.5, rd_x=93_000, rd_y=463_000, precision=PointPrecision.ADDRESS
    )
    change = apply("locaties", everything, first={"straat en huisnummer": "Nieuwstraat 1"})
    undo_rows(by=UserFactory(), change=change)
    place.refresh_from_db()
    assert (place.lat, place.precision) == (52.16, PointPrecision.ADDRESS)


def test_an_added_place_that_is_used_stays(everything, offer):
    new = {"straat en huisnummer": "Dam 2", "postcode": "2311", "plaats": "Leiden"}
    change = apply("locaties", everything, more=[new])
    offer.locations.add(Location.objects.get(street="Dam 2"))
    with pytest.raises(EditConflictError):
        undo_rows(by=UserFactory(), change=change)


# --- municipalities ------------------------------------------------------------------------------


def places_of(offer):
    return sorted(offer.service_areas.values_list("municipality__name", flat=True))


def test_municipalities_are_changed_added_taken_away_and_put_back(offer, region):
    area = offer.service_areas.get()
    before = list(offer.service_areas.values("municipality", "walk_in", "contract", "ends_on"))
    change = apply(
        "gemeenten",
        offer.provider,
        first={"weghalen": "ja"},
        more=[
            {
                "aanbod": str(offer.pk),
                "gemeente": "Katwijk",
                "via lokaal team": "ja",
                "contract": "gecontracteerd",
                "tot en met": "31-12-2030",
            }
        ],
    )
    added = offer.service_areas.get()
    assert places_of(offer) == ["Katwijk"]
    assert (added.via_local_team, added.contract) == (True, ContractStatus.CONTRACTED)
    assert added.ends_on == dt.date(2030, 12, 31)
    undo_rows(by=UserFactory(), change=change)
    after = list(offer.service_areas.values("municipality", "walk_in", "contract", "ends_on"))
    assert (after, places_of(offer)) == (before, [area.municipality.name])


@pytest.mark.parametrize("is_beside", [False, True], ids=["in its terms", "as stored earlier"])
def test_through_whom_it_is_paid_comes_back_with_its_municipality(offer, is_beside):
    main = ProviderFactory()
    offer.service_areas.update(main_contractor=main, contract=ContractStatus.SUBCONTRACTOR)
    new = {"aanbod": str(offer.pk), "gemeente": "Katwijk", "via lokaal team": "ja"}
    change = apply("gemeenten", offer.provider, first={"weghalen": "ja"}, more=[new])
    if is_beside:
        row = next(row for row in change.rows if row["terms"])
        row["main_contractor"] = row["terms"].pop("main_contractor")
        change.save()
    undo_rows(by=UserFactory(), change=change)
    assert offer.service_areas.get().main_contractor == main


def test_the_last_way_in_of_what_everybody_sees_stays(client, log_in_as, offer):
    log_in_as("owner")
    content = table("gemeenten", offer.provider, first={"weghalen": "ja"})
    page = save(client, offer.provider, "gemeenten", content)
    assert "Rij 2" in page
    assert places_of(offer) == ["Leiden"]


# --- starts --------------------------------------------------------------------------------------


def test_starts_are_changed_added_cancelled_and_put_back(offer, run, place):
    later = days_ago(-90).isoformat()
    counted = run.places_confirmed_on
    new = {"aanbod": str(offer.pk), "startdatum": later, "locatie": str(place.pk), "plekken": "6"}
    change = apply(
        "starts",
        offer.provider,
        first={"plekken vrij": "1", "gaat niet door": "ja", "tijd": "19.30"},
        more=[new],
    )
    run.refresh_from_db()
    assert (run.places_left, run.cancelled, run.start_time) == (1, True, dt.time(19, 30))
    assert GroupRun.objects.get(starts_on=later).location == place
    undo_rows(by=UserFactory(), change=change)
    run.refresh_from_db()
    assert (run.places_left, run.cancelled, run.places_confirmed_on) == (3, False, counted)
    assert not GroupRun.objects.filter(starts_on=later).exists()


def test_an_added_start_that_people_wait_for_stays(offer, run):
    later = days_ago(-90).isoformat()
    new = {"aanbod": str(offer.pk), "startdatum": later}
    change = apply("starts", offer.provider, more=[new])
    InterestFactory(programme=run.programme, run=GroupRun.objects.get(starts_on=later))
    with pytest.raises(EditConflictError):
        undo_rows(by=UserFactory(), change=change)
    assert GroupRun.objects.filter(starts_on=later).exists()


def test_a_start_that_somebody_changed_again_is_not_put_back(offer, run):
    change = apply("starts", offer.provider, first={"plekken": "9"})
    GroupRun.objects.update(places=12)
    with pytest.raises(EditConflictError):
        undo_rows(by=UserFactory(), change=change)
    run.refresh_from_db()
    assert (run.places, SheetChange.objects.get().undone_at) == (12, None)


def test_a_start_whose_first_day_has_passed_meanwhile_is_not_put_back(offer, run):
    change = apply("starts", offer.provider, first={"startdatum": days_ago(-30).isoformat()})
    change.rows[0]["before"]["startdatum"] = days_ago(1).isoformat()
    change.save()
    with pytest.raises(EditConflictError):
        undo_rows(by=UserFactory(), change=change)
    run.refresh_from_db()
    assert run.starts_on == days_ago(-30)


# --- mistakes, by cell ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "cells", "heading", "text"),
    [
        ("locaties", {"plaats": ""}, "plaats", "Dit is leeg."),
        ("locaties", {"postcode": "12"}, "postcode", "Schrijf een postcode"),
        ("locaties", {"rolstoeltoegankelijk": "soms"}, "rolstoeltoegankelijk", "Kies uit: ja"),
        ("locaties", {"nummer": "999999"}, "nummer", "niet van een van uw locaties"),
        ("locaties", {"openingstijden": "x" * 201}, "openingstijden", "te lang"),
        ("gemeenten", {"gemeente": "Atlantis"}, "gemeente", "kennen we niet: “Atlantis”"),
        ("gemeenten", {"aanbod": "999999"}, "aanbod", "niet van uw aanbod"),
        ("gemeenten", {"contract": "mondeling"}, "contract", "Kies uit: vrij"),
        ("gemeenten", {"via arts": "misschien"}, "via arts", "Typ ja of nee."),
        ("gemeenten", {"tot en met": "gauw"}, "tot en met", "Typ een datum"),
        ("gemeenten", {"tot en met": "31-12-0026"}, "tot en met", "Klopt het jaar 0026?"),
        ("starts", {"startdatum": ""}, "startdatum", "Dit is leeg."),
        ("starts", {"startdatum": "01-02-2020"}, "startdatum", "al voorbij"),
        ("starts", {"tijd": "25:00"}, "tijd", "Typ een tijd"),
        ("starts", {"plekken vrij": "veel"}, "plekken vrij", "heel getal"),
        ("starts", {"plekken vrij": "99"}, "startdatum", "meer plekken vrij"),
        ("starts", {"locatie": "999999"}, "locatie", "niet van een van uw locaties"),
        ("starts", {"aanbod": "999999"}, "aanbod", "één aanbod"),
    ],
)
def test_a_mistake_is_said_with_its_row_and_column(everything, kind, cells, heading, text):
    (problem,) = plan(kind, everything, first=cells).problems
    assert (problem.row, problem.column) == (2, heading)
    assert text in problem.text


def test_nothing_of_somebody_else_can_be_named(everything, offer):
    other = OfferFactory(locations=[LocationFactory()])
    theirs = other.locations.get()
    strange = GroupRunFactory()
    for kind, cells in (
        ("locaties", {"nummer": str(theirs.pk)}),
        ("gemeenten", {"aanbod": str(other.pk)}),
        ("starts", {"nummer": str(strange.pk)}),
        ("starts", {"locatie": str(theirs.pk)}),
    ):
        (problem,) = plan(kind, everything, first=cells).problems
        assert problem.text.startswith("Dit nummer is niet van")


def test_a_line_that_stands_there_twice_is_refused(offer):
    again = {"aanbod": str(offer.pk), "gemeente": "Leiden"}
    (problem,) = plan("gemeenten", offer.provider, more=[again]).problems
    assert (problem.row, problem.text) == (3, "Dit staat ook op rij 2.")


def test_a_heading_of_many_lines_is_quoted_on_one_and_not_whole(everything):
    """Found by mutation: what a sentence quotes may be of any length."""
    with pytest.raises(ValidationError) as refusal:
        plan_of(sheet_of("locaties", everything), b'nummer;"a\nb' + b"x" * 5_000 + b'"\n1;2\n')
    (sentence,) = refusal.value.messages
    assert sentence.startswith("De kolom “a bxxx")
    assert len(sentence) < 100
