"""Calendar files of groups, read back by two parsers that are not ours."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from providers.models import GroupRun
from providers.services.groups import cancel_run, update_places, update_run
from providers.services.offers import update_offer
from search.groups.agenda import calendar_file, with_everything
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    LocationFactory,
    OfferFactory,
    days_ago,
)

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def run(region):
    offer = OfferFactory(
        title="Rots & Water; samen, sterker 🙂",
        provider__name="Buurthuis De Brug",
        municipalities=[region.leiden],
    )
    place = LocationFactory(provider=offer.provider, name="Gymzaal", street="Kade 1")
    return GroupRunFactory(
        programme=GroupProgrammeFactory(offer=offer, minutes=None),
        starts_on=days_ago(-14),
        start_time=dt.time(16),
        end_time=dt.time(17, 30),
        location=place,
    )


def events(client, address="/groepen/agenda.ics"):
    answer = client.get(address)
    assert answer.status_code == 200
    calendar = Calendar.from_ical(answer.content)
    assert list(vobject.readComponents(answer.content.decode()))
    assert [error for part in calendar.walk() for error in part.errors] == []
    return list(calendar.events)


def event(client, address="/groepen/agenda.ics"):
    (found,) = events(client, address)
    return found


def of_offer(run):
    return f"{run.programme.offer.get_absolute_url()}agenda.ics"


def test_an_event_says_what_when_and_where(client, run):
    found = event(client)
    assert found["SUMMARY"] == "Rots & Water; samen, sterker 🙂"
    assert found.start == dt.datetime.combine(run.starts_on, dt.time(16), AMSTERDAM)
    assert found.end == dt.datetime.combine(run.starts_on, dt.time(17, 30), AMSTERDAM)
    assert found["LOCATION"] == "Gymzaal, Kade 1, 2311 AA Leiden"
    assert found["URL"] == f"http://testserver{run.programme.offer.get_absolute_url()}"
    assert (found["STATUS"], found["TRANSP"]) == ("CONFIRMED", "TRANSPARENT")


def test_another_parser_reads_the_same(client, run):
    answer = client.get("/groepen/agenda.ics")
    found = vobject.readOne(answer.content.decode()).vevent
    assert found.summary.value == "Rots & Water; samen, sterker 🙂"
    assert found.dtstart.value.utcoffset() in {dt.timedelta(hours=1), dt.timedelta(hours=2)}
    assert found.dtstart.value.replace(tzinfo=None) == dt.datetime.combine(
        run.starts_on, dt.time(16)
    )


def test_the_time_zone_is_in_the_file(client, run):
    (zone,) = Calendar.from_ical(client.get("/groepen/agenda.ics").content).timezones
    assert zone.tz_name == "Europe/Amsterdam"
    kinds = {part.name for part in zone.subcomponents}
    assert kinds == {"STANDARD", "DAYLIGHT"}


def test_the_time_zone_is_two_yearly_rules(run):
    """As Outlook reads it; a list of separate changes puts summers an hour off."""
    (zone,) = Calendar.from_ical(calendar_file([run], name="x", site="", path="/")).timezones
    rules = {part.name: part["rrule"].to_ical().decode() for part in zone.subcomponents}
    assert len(zone.subcomponents) == 2
    assert rules == {
        "DAYLIGHT": "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "STANDARD": "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
    }


@pytest.mark.parametrize("fields", [{}, {"start_time": None, "end_time": None}])
def test_a_run_beyond_every_calendar_does_not_spoil_the_others(client, run, fields):
    GroupRunFactory(starts_on=dt.date(9999, 12, 31), **fields)
    events = Calendar.from_ical(client.get("/groepen/agenda.ics").content).events
    assert str(run.programme.offer) in {str(one["summary"]) for one in events}


@pytest.mark.parametrize(("month", "hours"), [(1, 1), (7, 2)])
def test_summer_and_winter_time_are_right_by_the_file_itself(month, hours, run):
    run.starts_on = dt.date(2027, month, 6)
    zone = (
        Calendar.from_ical(calendar_file([run], name="x", site="", path="/")).timezones[0].to_tz()
    )
    offset = dt.datetime(2027, month, 6, 16, tzinfo=zone).utcoffset()
    assert offset == dt.timedelta(hours=hours)


def test_without_a_time_it_takes_the_whole_day(client, run):
    update_run(by=None, run=run, start_time=None, end_time=None)
    found = event(client)
    assert (found.start, found.end) == (run.starts_on, run.starts_on + dt.timedelta(days=1))


def test_the_length_of_a_meeting_gives_the_end(client, run):
    run.programme.minutes = 45
    run.programme.save()
    update_run(by=None, run=run, end_time=None)
    assert event(client).end == dt.datetime.combine(run.starts_on, dt.time(16, 45), AMSTERDAM)


def test_an_unknown_end_is_not_made_up(client, run):
    update_run(by=None, run=run, end_time=None)
    assert "DTEND" not in event(client)


def test_of_one_day_what_has_no_hour_yet_comes_last(run):
    run.start_time = run.end_time = None
    run.save()
    other = GroupRunFactory(starts_on=run.starts_on, start_time=dt.time(9))
    assert list(with_everything(GroupRun.objects.all())) == [other, run]


def test_a_cancelled_run_stays_and_says_so(client, run):
    cancel_run(by=None, run=run)
    assert event(client)["STATUS"] == "CANCELLED"
    assert "Deze groep gaat niet door." in event(client, of_offer(run))["DESCRIPTION"]


def test_the_name_of_an_event_never_changes(client, run):
    before = event(client)["UID"]
    update_run(by=None, run=run, starts_on=days_ago(-20))
    assert event(client)["UID"] == before
    assert event(client, of_offer(run))["UID"] == before


def test_a_change_raises_the_sequence_and_the_stamp(client, run, time_machine):
    before = event(client)
    time_machine.move_to(timezone.now() + dt.timedelta(hours=1))
    update_run(by=None, run=run, start_time=dt.time(15))
    after = event(client)
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert after.DTSTAMP > before.DTSTAMP
    assert after.LAST_MODIFIED == after.DTSTAMP


def test_a_change_of_the_offer_counts_too(client, run):
    before = event(client)["SEQUENCE"]
    update_offer(by=None, offer=run.programme.offer, title="Anders")
    assert event(client)["SEQUENCE"] == before + 1


def test_news_about_places_changes_no_calendar(client, run):
    before = client.get(of_offer(run)).content
    update_places(by=None, run=run, places_left=1)
    assert client.get(of_offer(run)).content == before


def test_who_has_the_file_gets_no_second_copy(client, run):
    first = client.get("/groepen/agenda.ics")
    again = client.get("/groepen/agenda.ics", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    update_run(by=None, run=run, starts_on=days_ago(-20))
    fresh = client.get("/groepen/agenda.ics", headers={"If-None-Match": first["ETag"]})
    assert fresh.status_code == 200


def test_a_feed_takes_the_filters_of_the_page(client, run, region):
    parents = GroupRunFactory(programme=GroupProgrammeFactory(audience="ouders"))
    found = event(client, "/groepen/agenda.ics?wie=ouders")
    assert found["SUMMARY"] == parents.programme.offer.title
    assert event(client, "/groepen/agenda.ics?plaats=Leiden")["SUMMARY"].startswith("Rots")


def test_a_feed_that_cannot_be_read_is_refused_in_words(client, region):
    answer = client.get("/groepen/agenda.ics?plaats=Atlantis&binnen=99")
    assert answer.status_code == 400
    text = answer.content.decode()
    assert "Deze plaats kennen we niet" in text
    assert "Start binnen (weken)" in text


def test_the_calendar_of_an_offer_has_its_full_runs_and_those_just_begun(client, run):
    GroupRunFactory(programme=run.programme, starts_on=days_ago(10), places_left=0)
    GroupRunFactory(programme=run.programme, starts_on=days_ago(100))
    GroupRunFactory()
    assert len(events(client, of_offer(run))) == 2


def test_a_former_name_in_the_address_leads_to_the_current(client, run):
    pk = run.programme.offer_id
    answer = client.get(f"/aanbod/{pk}-vroeger/agenda.ics")
    assert (answer.status_code, answer["Location"]) == (301, of_offer(run))


@pytest.mark.parametrize("status", ["concept", "gearchiveerd"])
def test_what_nobody_may_see_has_no_calendar(client, run, status):
    offer = run.programme.offer
    offer.status = status
    offer.save()
    assert client.get(of_offer(run)).status_code == 404


def test_an_offer_without_a_group_has_no_calendar(client, db):
    offer = OfferFactory()
    assert client.get(f"{offer.get_absolute_url()}agenda.ics").status_code == 404


def test_a_calendar_without_events_is_still_a_calendar(client, db):
    assert events(client) == []


def test_the_statements_of_a_feed_do_not_grow(client, run, django_assert_num_queries):
    for _ in range(10):
        GroupRunFactory(location=LocationFactory())
    # 1: the runs with their groups, offers, providers and locations.
    with django_assert_num_queries(1):
        client.get("/groepen/agenda.ics")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=st.text(min_size=1, max_size=120),
    place=st.text(max_size=60),
    hour=st.none() | st.times(),
)
def test_any_text_comes_back_whole(run, title, place, hour):
    run.programme.offer.title = title
    run.location.name = place
    run.start_time, run.end_time = hour, None
    content = calendar_file([run], name=title, site="https://kaart.example", path="/")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    (found,) = Calendar.from_ical(content).events
    printable = "".join(c if c.isprintable() else " " for c in title)
    assert found.get("SUMMARY", "") == " ".join(printable.split())
    other = vobject.readOne(content.decode())
    assert getattr(other.vevent, "summary", None) is None or isinstance(
        other.vevent.summary.value, str
    )
