"""What cards and the shortlist show of offers, in one statement, with the models made from it.

The ORM would take five statements for the same twenty offers, and more time to build them than
to run them: with the ranking, the counts and what can start meanwhile a page would take eight,
and may take four. Only the columns named here are read: asking for another costs a statement.
"""

import json
from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.db import models
from django.db.models import DEFERRED

from providers.index.codes import split_codes
from providers.index.sql import CURRENT_AREA, among, fetch_all, json_list, numbered, visible
from providers.models import (
    GroupProgramme,
    GroupRun,
    Location,
    Municipality,
    Offer,
    Provider,
    ReferralFacts,
    ServiceArea,
    WaitTime,
)
from providers.models.areas import ROUTE_FIELDS
from providers.models.offer import FORMAT_FIELDS
from providers.models.referral.facts import TAKES_FIELDS
from providers.rules.enrolment import CanEnrol
from providers.rules.freshness import Clocks, days_of
from providers.vocabulary.choices import choices

# The types that a driver, or JSON, may give as something else.
CONVERTED = (models.BooleanField, models.DateField, models.DecimalField, models.TimeField)


class Columns:
    """Some columns of a model, and how to make one of it from their values."""

    def __init__(self, model: type[models.Model], alias: str, *names: str) -> None:
        every = model._meta.concrete_fields
        fields = [field for field in every if field.name in {"id", *names}]
        self.model = model
        self.names = [field.attname for field in fields]
        self.listed = [f'{alias}."{name}"' for name in self.names]
        # Where each stands among all of them: Django would look that up again for every row.
        self._places = [every.index(field) for field in fields]
        self._unread = [DEFERRED] * len(every)
        self._converted = [
            (at, f.to_python) for at, f in enumerate(fields) if isinstance(f, CONVERTED)
        ]

    def make(self, values: Iterable[Any]) -> Any:
        """Return what these values say, or None when it is not there."""
        read = list(values)
        if read[0] is None:
            return None
        for at, convert in self._converted:
            if read[at] is not None:
                read[at] = convert(read[at])
        whole = self._unread.copy()
        for at, value in zip(self._places, read, strict=True):
            whole[at] = value
        return self.model.from_db(None, self.names, whole)


OFFER = Columns(
    Offer,
    "o",
    *(
        "title",
        "summary",
        "level",
        "crisis",
        "status",
        "age_min",
        "age_max",
        *FORMAT_FIELDS.values(),
    ),
    *("confirmed_on", "wait_status", "wait_weeks", "wait_measured_on", "wait_stop_until"),
    *("cost", "how_to_start", "full_reports", "full_reported_on"),
    *("closed_from", "closed_until"),
)
PROVIDER = Columns(Provider, "v", "name", "is_demo", "phone", "referrer_phone", "referrer_hours")
_OF_A_WAIT = (
    *("status", "intake_weeks", "treatment_weeks", "start_weeks"),
    *("people_waiting", "stop_until", "measured_on"),
)
WAIT = Columns(WaitTime, "w", *_OF_A_WAIT)
WAIT_HERE = Columns(WaitTime, "h", *_OF_A_WAIT)
PROGRAMME = Columns(GroupProgramme, "p", "is_open", "expert_by_experience", "min_size")
AREA = Columns(ServiceArea, "a", *ROUTE_FIELDS.values(), "contract", "ends_on")
REFERRAL = Columns(ReferralFacts, "f", "consult", "consult_who", "consult_when", "consult_about")
LOCATION = Columns(Location, "j", "town", "lat", "lon", "rd_x", "rd_y", "precision")
RUN = Columns(
    GroupRun, "j", "starts_on", "start_time", "places", "places_left", "places_confirmed_on"
)
ONE_TO_ONE = (OFFER, PROVIDER, WAIT, PROGRAMME, AREA, WAIT_HERE, REFERRAL)
GROUP: Any = Offer._meta.get_field("programme")
FACTS: Any = Offer._meta.get_field("referral")

# The offers first, by themselves: with nine tables to put in order PostgreSQL takes twice as long
# to plan the statement as to run it.
STATEMENT = """
WITH shown AS MATERIALIZED (
  SELECT o.*, i.questions, {takes}
  FROM providers_offer o JOIN providers_offerindex i ON i.offer_id = o.id
  WHERE {wanted} AND {visible}
)
SELECT {columns}, o.questions, {taken}, {locations}, {runs}
FROM shown o
JOIN providers_provider v ON v.id = o.provider_id
LEFT JOIN providers_waittime w ON w.id = o.current_wait_id
LEFT JOIN providers_groupprogramme p ON p.offer_id = o.id
LEFT JOIN providers_servicearea a
  ON a.offer_id = o.id AND a.municipality_id = %(municipality)s AND {current}
LEFT JOIN providers_waittime h ON h.id = a.current_wait_id
LEFT JOIN providers_referralfacts f ON f.offer_id = o.id
"""
# In the orders of their models.
LOCATIONS = """SELECT l.* FROM providers_offer_locations k
  JOIN providers_location l ON l.id = k.location_id
  WHERE k.offer_id = o.id ORDER BY l.town, l.street, l.id"""
RUNS = f"""SELECT r.* FROM providers_grouprun r WHERE r.programme_id = p.id AND {CanEnrol.SQL}
  ORDER BY r.starts_on, r.start_time, r.id"""  # noqa: S608


def fetch(ids: Iterable[int], *, clocks: Clocks, municipality: str | None) -> list[Offer]:
    """Return those of these offers that everybody may see, in this order, as a card shows them.

    The status is the offer's own: the ids come from the index, which is written after it.
    """
    wanted = list(ids)
    if not wanted:
        return []
    sql = STATEMENT.format(
        columns=", ".join(column for part in ONE_TO_ONE for column in part.listed),
        takes=", ".join(f"i.{name}" for name in TAKES_FIELDS.values()),
        taken=", ".join(f"o.{name}" for name in TAKES_FIELDS.values()),
        locations=json_list(LOCATION.listed, LOCATIONS),
        runs=json_list(RUN.listed, RUNS),
        current=CURRENT_AREA,
        wanted=among("o.id", "id", wanted),
        visible=visible("o"),
    )
    values = {**days_of(clocks), **numbered("id", wanted), "municipality": municipality}
    place = choices(Municipality).get(municipality)
    offers = {row[0]: _offer(row, place) for row in fetch_all(sql, values)}
    return [offers[pk] for pk in wanted if pk in offers]


def _offer(row: tuple[Any, ...], municipality: Municipality | None) -> Offer:
    values = iter(row)
    made = [part.make(islice(values, len(part.names))) for part in ONE_TO_ONE]
    offer, provider, wait, programme, area, wait_here, referral = made
    questions, *takes, locations, runs = values
    offer.provider, offer.current_wait = provider, wait
    FACTS.set_cached_value(offer, referral)
    if area is not None:
        area.municipality, area.current_wait = municipality, wait_here
    offer.areas_here = [area] if area else []
    offer.questions = split_codes(questions)
    # SQLite gives a truth as a number.
    answers = (None if answer is None else bool(answer) for answer in takes)
    offer.takes = dict(zip(TAKES_FIELDS, answers, strict=True))
    offer.places = [LOCATION.make(place) for place in json.loads(locations or "[]")]
    return with_group(offer, programme, runs)


def with_group(offer: Offer, programme: Any, runs: str | None) -> Offer:
    """Return the offer with its group, and the runs to come from JSON by the columns of RUN."""
    GROUP.set_cached_value(offer, programme)
    if programme is not None:
        programme.next_runs = [RUN.make(run) for run in json.loads(runs or "[]")]
        for run in programme.next_runs:
            run.programme = programme
    return offer


def questions_of(offer: Offer) -> list[str]:
    """Return the codes of the help questions of an offer fetched in any way, main one first."""
    known: list[str] | None = getattr(offer, "questions", None)
    if known is not None:
        return known
    return [link.help_question_id for link in offer.question_links.all()]


def places_of(offer: Offer) -> list[Location]:
    """Return the locations of an offer fetched in any way, in their order."""
    known: list[Location] | None = getattr(offer, "places", None)
    return list(offer.locations.all()) if known is None else known
