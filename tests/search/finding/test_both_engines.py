"""The same results in the same order on every engine: that of a third, in plain Python.

The suite runs on SQLite and on PostgreSQL. Whatever the engine at hand, its answer to each line
of tests/relevance has to be what forty lines of arithmetic make of the same rows.
"""

import datetime as dt
import functools
import math
import tomllib
import zlib
from pathlib import Path

import pytest
from django.http import QueryDict
from django.utils import timezone

from providers.filters.offers import OfferFilterSet
from providers.geography.places import find_place
from providers.index.words import forms_of
from providers.models import HelpQuestion, OfferIndex
from providers.models.offer import PHASE_FIELDS
from providers.rules.availability import Band
from providers.rules.freshness import Clocks
from search.finding.conditions import Conditions
from search.finding.loading import fetch
from search.finding.matching import Order, rank, start_of

FOLDER = Path(__file__).resolve().parents[2] / "relevance"
WORDS = ["training", "trainingen", "ouders", "faalangsttraining", "hardl", "samen", "groepen"]
pytestmark = pytest.mark.django_db
AFTERWARDS = ["after_care"]
PARENTS = {"ouders", "aanstaande-ouders", "eenoudergezin"}
CHILDREN = {"basisschoolkind", "jongere", "jongvolwassene", "brus-kopp"}


def searches():
    """Return the parameters of every line, and of some words."""
    yield {"leeftijd": ["9"]}
    yield from ({"woord": [word], "plaats": ["leiden"]} for word in WORDS)
    yield {"woord": ["muziek", "training"], "hulpvraag": ["angst"], "leeftijd": ["14"]}
    for path in sorted(FOLDER.glob("*.toml")):
        for query in tomllib.loads(path.read_text())["query"]:
            if query.get("must"):
                age = query.get("age")
                yield {
                    "hulpvraag": query["must"],
                    "leeftijd": [str(age)] if isinstance(age, int) else [],
                    "plaats": [query["place"]] if "place" in query else [],
                }


def by_the_engine(asked, order):
    params = QueryDict(mutable=True)
    for name, values in asked.items():
        params.setlist(name, values)
    filterset = OfferFilterSet(params, queryset=OfferIndex.objects.visible())
    assert filterset.form.is_valid(), filterset.form.errors
    return [row[0] for row in rank(Conditions(filterset), order).rows]


# --- the same in plain Python --------------------------------------------------------------------


def by_hand(offers, asked, order):
    place = find_place(asked["plaats"][0]) if asked.get("plaats") else None
    urgent = danger(asked)
    keys = [
        key(offer, asked, place, order, urgent=urgent)
        for offer in offers
        if fits(offer, asked, place)
    ]
    return [found[-1] for found in sorted(keys)]


def key(offer, asked, place, order, *, urgent):
    start, square = start_weeks(offer), square_distance(offer, place)
    fit = float(points(offer, asked))
    light = (6 - offer.level) / 6 * 0.8 + (0.2 if offer.group else 0.0)
    near = 0.0 if place is None else 0.5 if square is None else 1 / (1 + square / 25_000_000.0)
    fresh = 1.0 if offer.confirmed_on and days_old(offer.confirmed_on) <= 90 else 0.0
    soon = 4 / (4 + start) if urgent or not offer.crisis else 0.0
    soon *= 0.5 if place and ends_too_soon(offer, place) else 1.0
    score = 50 * (fit / (fit + 2)) + 25 * soon + 15 * light + 5 * near + 5 * fresh
    unknowns = int(bool(asked.get("leeftijd")) and None in (offer.age_min, offer.age_max))
    first = {
        Order.BEST: (part(offer, start), unknowns),
        Order.NEAREST: (unknowns, square is None, square or 0),
        Order.SHORTEST: (unknowns, start),
        Order.LIGHTEST: (unknowns, offer.level),
    }
    turn = zlib.crc32(str(offer.provider_id).encode()) + timezone.localdate().toordinal() * 353
    return (*first[order], -score, turn % 1009, offer.pk)


def danger(asked):
    questions = HelpQuestion.objects.filter(code__in=asked.get("hulpvraag", []))
    return questions.exclude(signal="").exists()


def days_old(day):
    return (timezone.localdate() - day).days


@functools.cache
def start_weeks(offer):
    starts = [-days_old(run.starts_on) for run in runs(offer)]
    weeks = (2, 6, 12, 26, 52)
    return min([wait_weeks(offer), *(float(n) for n in weeks if any(d <= 7 * n for d in starts))])


def wait_weeks(offer):
    programme = getattr(offer, "programme", None)
    closed = programme is not None and not programme.is_open
    known = not closed and offer.wait_status == "bekend" and offer.wait_weeks is not None
    return float(offer.wait_weeks) if known and wait_counts(offer) else 999.0


def wait_counts(offer):
    """Light help that starts at once has the clock of the offer."""
    always_open = offer.wait_weeks == 0 and offer.level < 2 and offer.confirmed_on
    confirmed = always_open and days_old(offer.confirmed_on) <= 90
    return confirmed or days_old(offer.wait_measured_on) <= 30


def ends_too_soon(offer, place):
    """Whether it is given there no longer on the first day on which it can start."""
    today = timezone.localdate()
    ends = {area.municipality_id: area.ends_on for area in offer.service_areas.all()}
    weeks = wait_weeks(offer)
    days = [run.starts_on for run in runs(offer)]
    days += [] if weeks == 999 else [today + dt.timedelta(days=math.ceil(weeks * 7))]
    last = ends.get(place.municipality)
    return bool(last and days) and min(days) > last


def runs(offer):
    programme = getattr(offer, "programme", None)
    for run in programme.runs.all() if programme else []:
        recent = run.places_confirmed_on and days_old(run.places_confirmed_on) <= 14
        opens = run.enrol_by is None or days_old(run.enrol_by) <= 0
        coming = days_old(run.starts_on) <= 0 and not run.cancelled
        if recent and opens and coming and run.places_left:
            yield run


def part(offer, start):
    if offer.level >= 3:
        return "4-specialistisch"
    return "2-omgeving" if for_family(offer) else "1-nu" if start <= 6 else "3-later"


def for_family(offer):
    if hasattr(offer, "programme"):
        return offer.programme.audience != "kind"
    links = sorted(offer.question_links.all(), key=lambda link: link.rank)
    home = bool(links) and links[0].help_question.theme_id == "gezin"
    groups = {group.pk for group in offer.target_groups.all()}
    parents, children = bool(groups & PARENTS), bool(groups & CHILDREN)
    return parents if parents != children else home


def points(offer, asked):
    codes = {link.help_question_id: link.rank for link in offer.question_links.all()}
    fitting = [codes[c] for c in asked.get("hulpvraag", []) if c in codes]
    other = 2 if 0 in fitting else 1
    fit = sum(4 if rank == 0 else other for rank in fitting)
    title, everything = offer.words.title.split(), offer.words.text.split()
    for word in asked.get("woord", []):
        fit += 2 if has(title, word) else 1 if has(everything, word) else 0
    return fit


def has(words, asked):
    """Whether some word begins like this, has its stem, or all parts are there."""
    forms = forms_of(asked)
    held = {word.removeprefix("0") for word in words if word[0] == "0" or word[0].isalpha()}
    return (
        any(word.startswith(asked) for word in words)
        or forms.stem in held
        or (bool(forms.parts) and set(forms.parts) <= held)
    )


def square_distance(offer, place):
    found = [at for at in offer.locations.all() if at.rd_x is not None] if place else []
    return min(((at.rd_x - place.x) ** 2 + (at.rd_y - place.y) ** 2 for at in found), default=None)


def fits(offer, asked, place):
    today = timezone.localdate()
    for age in map(int, asked.get("leeftijd", [])):
        low, high = offer.age_min, offer.age_max
        if (low is not None and age < low) or (high is not None and age > high):
            return False
    served = {
        area.municipality_id
        for area in offer.service_areas.all()
        if area.ends_on is None or area.ends_on >= today
    }
    if place and place.municipality not in served:
        return False
    if not (asked.get("hulpvraag") or asked.get("woord")):
        return True
    return points(offer, asked) > 0 and spoken_of(offer, asked)


# What only comes after a thing that has happened.
LATER = {"scheiding": {"nieuw-gezin", "ouder-uit-beeld"}, "rouw": {"rouw-na-zelfdoding"}}


def spoken_of(offer, asked):
    """Whether what the help is reserved for was asked about, or it by name."""
    links = sorted(offer.question_links.all(), key=lambda link: link.rank)
    main, *_others = [link.help_question for link in links]
    dangers = {link.help_question.pk for link in links if link.help_question.signal}
    later = {link.help_question.pk for link in links} & LATER.get(main.pk, set())
    wanted = {main.pk, *later} if main.after else dangers if main.signal else set()
    if (
        not wanted
        and [name for name in PHASE_FIELDS.values() if getattr(offer, name)] == AFTERWARDS
    ):
        wanted = {"stoppen-met-hulp"}
    named = offer.words.title.split(), offer.provider.name.lower()
    return (
        not wanted
        or bool(wanted & set(asked.get("hulpvraag", [])))
        or any(has(named[0], word) or word in named[1] for word in asked.get("woord", []))
    )


# --- the same answers ----------------------------------------------------------------------------


@pytest.mark.parametrize("order", Order)
def test_every_search_gives_the_same_results_in_the_same_order(demo_offers, order):
    differing, longest = [], 0
    # The other orders differ in their first keys only: some of the searches will do.
    for asked in list(searches())[:: 2 if order is Order.BEST else 12]:
        expected, found = by_hand(demo_offers, asked, order), by_the_engine(asked, order)
        longest = max(longest, len(found))
        if found != expected:
            differing.append((asked, found[:5], expected[:5], len(found), len(expected)))
    assert differing == []
    assert longest > 50


def test_what_a_card_says_of_the_start_is_what_counts_in_the_score(demo_offers):
    """A wait or a run that counts is what the card shows; the demo has every mixture of both."""
    clocks = Clocks(timezone.localdate())
    ids = [offer.pk for offer in demo_offers]
    pills = {row.pk: start_of(row, clocks) for row in fetch(ids, clocks=clocks, municipality=None)}
    soon = {pk for pk, pill in pills.items() if pill.kind in {Band.NOW, Band.SOON}}
    # Long, or full: the second is said, and gives no points.
    later = {pk for pk, pill in pills.items() if pill.kind is Band.LONG}
    known = {offer.pk for offer in demo_offers if start_weeks(offer) < 999}
    assert soon <= known <= soon | later


def test_there_is_something_to_compare():
    assert sum(1 for _search in searches()) > 200
