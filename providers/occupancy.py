"""How far a run of a group has filled: who enrolled, how many are needed, what comes next.

How many enrolled is exact, however few. Places left are what a group has to show, so that somebody
can be sent there, and everybody reads of how many; the rest is who enrolled, whatever a page would
hide of it. It is what the organiser says of the own group, of no municipality, question or age.
Who looks for the group is a number that referrers give, and is rounded to all but the organiser.
"""

from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers.enums import DatedFact
from providers.models import GroupRun
from providers.rules.freshness import Moment, day_of, fact_age
from providers.rules.small_numbers import rounded_words


@dataclass(frozen=True, slots=True)
class Occupancy:
    """How full a run is, in words, and how old that news is."""

    # "nog 3 plekken", "vol, volgende start in april", "aantal plekken niet bekend"
    places: str
    # "3 van 6 aangemeld, 5 belangstellend"
    filling: str
    # "nog 2 nodig om te starten"; empty when it starts anyway or nobody knows
    needed: str
    # "plekken bevestigd gisteren"
    dated: str
    counts: bool


def enrolled(run: GroupRun) -> int | None:
    """Return how many have enrolled; None when that does not follow from the places."""
    if run.places is None or run.places_left is None:
        return None
    return run.places - run.places_left


def occupancy(
    run: GroupRun, moment: Moment, *, interest: str = "", following: GroupRun | None = None
) -> Occupancy:
    """Return how full a run is. `following` is the next run of the group that has places.

    `interest` says how many look for it, by one of the functions below.

    Numbers past their clock are said as what they were, and nothing is derived from them.
    """
    found = fact_age(DatedFact.PLACES, run.places_confirmed_on, moment)
    state, words = found.state, found.words
    known = state.counts and run.places_left is not None
    return Occupancy(
        places=_places(run, known=known, following=following),
        filling=", ".join(filter(None, [_enrolled(run) if known else "", interest])),
        needed=_needed(run) if known and not _has_started(run, moment) else "",
        dated=words,
        counts=known,
    )


def interest_words(people: int) -> str:
    """Return for about how many people somebody looks for this group; empty for none."""
    return _("%(n)s belangstellend") % {"n": rounded_words(people)} if people else ""


def exact_interest_words(people: int) -> str:
    """Return the same to who organises the group, who has to know when it can start."""
    return _("%(n)s belangstellend") % {"n": people} if people else ""


def _has_started(run: GroupRun, moment: Moment) -> bool:
    return run.starts_on < day_of(moment)


def _enrolled(run: GroupRun) -> str:
    number = enrolled(run)
    if number is None:
        return ""
    return _("%(n)s van %(places)s aangemeld") % {"n": number, "places": run.places}


def _needed(run: GroupRun) -> str:
    """Return how many more are needed before the group starts."""
    number, least = enrolled(run), run.programme.min_size
    if number is None or least is None or number >= least:
        return ""
    return _("nog %(n)s nodig om te starten") % {"n": least - number}


def _places(run: GroupRun, *, known: bool, following: GroupRun | None) -> str:
    left = run.places_left
    if left is None:
        return _("aantal plekken niet bekend")
    if not known:
        return _("was: %(places)s") % {"places": _("vol") if left == 0 else left_words(left)}
    return _full(run, following) if left == 0 else left_words(left)


def left_words(left: int) -> str:
    """Return the number of free places in words."""
    return ngettext("nog %(n)s plek", "nog %(n)s plekken", left) % {"n": left}


def _full(run: GroupRun, following: GroupRun | None) -> str:
    if following is None:
        return _("vol, nog geen volgende start bekend")
    same_month = (following.starts_on.year, following.starts_on.month) == (
        run.starts_on.year,
        run.starts_on.month,
    )
    when = formats.date_format(following.starts_on, "j F" if same_month else "F")
    if same_month:
        return _("vol, volgende start op %(day)s") % {"day": when}
    return _("vol, volgende start in %(month)s") % {"month": when}
