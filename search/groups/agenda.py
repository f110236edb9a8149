"""Calendar files (iCalendar, RFC 5545) of the runs of groups."""

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from typing import TypeVar
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import formats
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.enums import STATUS, TRANSP

from providers.filters.runs import BY_HOUR
from providers.models import GroupRun, Location
from providers.phones import phone_text
from providers.rules.meeting_hours import ends_next_day

ZONE = ZoneInfo(settings.TIME_ZONE)
PRODUCT = "-//Socialekaart//Groepen//NL"
# How often a calendar that follows the file should look again.
REFRESH = dt.timedelta(hours=12)
MOST_EVENTS = 500
# Runs that began this long ago are of use to nobody's calendar any more.
PAST_DAYS = 60


def with_everything(runs: QuerySet[GroupRun]) -> QuerySet[GroupRun]:
    """Fetch what an event needs in one statement, the soonest first."""
    rows = runs.select_related("programme__offer__provider", "location")
    return rows.order_by("starts_on", BY_HOUR, "id")[:MOST_EVENTS]


def of_offer(offer_id: int, today: dt.date) -> QuerySet[GroupRun]:
    """Return the runs of one offer for its calendar, also the full and the cancelled ones."""
    since = today - dt.timedelta(days=PAST_DAYS)
    recent = Q(starts_on__gte=since) | Q(ends_on__gte=today)
    return GroupRun.objects.visible().filter(recent, programme__offer=offer_id)


def calendar_file(runs: Iterable[GroupRun], *, name: str, site: str, path: str) -> bytes:
    """Return a calendar of these runs, which stands at this path of this site.

    The same runs give the same bytes, so that an unchanged file is answered with 304.
    """
    calendar = Calendar.new(
        uid=uuid5(NAMESPACE_URL, f"{site}{path}"),
        name=one_line(name) or PRODUCT,
        prodid=PRODUCT,
        language="nl",
        refresh_interval=REFRESH,
    )
    rows = list(runs)
    if any(run.start_time is not None for run in rows):
        calendar.add_component(time_zone())
    for run in rows:
        # A day on which no calendar can end (31 December 9999) must not spoil the others.
        with suppress(OverflowError):
            calendar.add_component(_event(run, site))
    return bytes(calendar.to_ical())


def time_zone() -> Timezone:
    """Return the clock of the Netherlands as two yearly rules.

    Outlook reads no list of separate changes: it would put every summer an hour off. The rules
    are those of the European Union since 1996, and hold for whatever year a run has.
    """
    zone = Timezone()
    zone.add("tzid", settings.TIME_ZONE)
    zone.add_component(_half_of_year(TimezoneDaylight(), "CEST", month=3, from_=1, to=2))
    zone.add_component(_half_of_year(TimezoneStandard(), "CET", month=10, from_=2, to=1))
    return zone


Half = TypeVar("Half", TimezoneDaylight, TimezoneStandard)


def _half_of_year(half: Half, name: str, *, month: int, from_: int, to: int) -> Half:
    """Begin this half on the last Sunday of a month; from and to are hours ahead of UTC."""
    half.add("dtstart", dt.datetime(1996, month, 31 if month == 3 else 27, 1 + from_))  # noqa: DTZ001 - local by definition
    half.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
    half.add("tzoffsetfrom", dt.timedelta(hours=from_))
    half.add("tzoffsetto", dt.timedelta(hours=to))
    half.add("tzname", name)
    return half


def _event(run: GroupRun, site: str) -> Event:
    offer = run.programme.offer
    changed = max(run.updated_at, offer.updated_at).replace(microsecond=0)
    start, end = _span(run)
    return Event.new(
        uid=uid(run),
        summary=one_line(offer.title),
        start=start,
        end=end,
        # Without a METHOD the stamp says when the event was last revised.
        stamp=changed,
        last_modified=changed,
        # Both only ever rise, and so does their sum.
        sequence=run.version + offer.version - 2,
        status=STATUS.CANCELLED if run.cancelled else STATUS.CONFIRMED,
        # It is a start to know of, not an appointment of one's own.
        transparency=TRANSP.TRANSPARENT,
        location=_place(run.location) or None,
        url=f"{site}{offer.get_absolute_url()}",
        description="\n".join(_description(run)),
    )


def uid(run: GroupRun) -> str:
    """Return the name of a run in every calendar, the same for ever."""
    return f"ronde-{run.pk}.{settings.REGION_CODE.lower()}@socialekaart"


def _span(run: GroupRun) -> tuple[dt.date, dt.date | None]:
    """Return start and end; a whole day when no time is known."""
    if run.start_time is None:
        return run.starts_on, run.starts_on + dt.timedelta(days=1)
    start = dt.datetime.combine(run.starts_on, run.start_time, ZONE)
    return start, _end(run, start)


def _end(run: GroupRun, start: dt.datetime) -> dt.datetime | None:
    if run.end_time is not None and run.start_time is not None:
        night = dt.timedelta(days=ends_next_day(run.start_time, run.end_time))
        return dt.datetime.combine(run.starts_on + night, run.end_time, ZONE)
    if run.programme.minutes:
        return start + dt.timedelta(minutes=run.programme.minutes)
    return None


def _place(location: Location | None) -> str:
    if location is None:
        return ""
    town = f"{location.postcode} {location.town}".strip()
    return one_line(", ".join(filter(None, [location.name, location.street, town])))


def _description(run: GroupRun) -> Iterable[str]:
    """Yield what one needs to know beside day and place. No places left: those change too soon."""
    programme = run.programme
    offer = programme.offer
    if run.cancelled:
        yield _("Deze groep gaat niet door.")
    yield _("Start van de groep van %(provider)s.") % {"provider": one_line(offer.provider.name)}
    if programme.sessions:
        yield _("%(n)s keer.") % {"n": programme.sessions}
    if run.ends_on:
        yield _("Laatste keer: %(day)s.") % {"day": formats.date_format(run.ends_on, "j F Y")}
    if run.enrol_by:
        yield _("Aanmelden tot en met %(day)s.") % {
            "day": formats.date_format(run.enrol_by, "j F Y")
        }
    if offer.provider.phone:
        yield _("Telefoon: %(phone)s") % {"phone": one_line(phone_text(offer.provider.phone))}


def one_line(text: str) -> str:
    """Return text without line ends and other signs that no calendar can hold."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
