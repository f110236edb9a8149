"""The clocks: how old a fact may be before it counts as unknown.

Past its clock a fact is shown greyed with its age and counts as unknown; it is never deleted.
"""

import datetime as dt
from enum import StrEnum

from django.conf import settings
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Fact(StrEnum):
    """A kind of fact with a clock of its own (settings.FRESHNESS_DAYS)."""

    WAIT = "wait"
    PLACES = "places"
    OFFER = "offer"
    CONTACT = "contact"


class Freshness(StrEnum):
    """The state of a dated fact."""

    FRESH = "fresh"
    STALE = "stale"
    NEVER = "never"


def fresh_since(fact: Fact, today: dt.date) -> dt.date:
    """Return the first day whose facts of this kind still count today."""
    return today - dt.timedelta(days=settings.FRESHNESS_DAYS[fact.value])


def freshness(fact: Fact, on: dt.date | None, today: dt.date) -> Freshness:
    """Return the state of a fact dated `on`."""
    if on is None:
        return Freshness.NEVER
    return Freshness.FRESH if on >= fresh_since(fact, today) else Freshness.STALE


def age_in_words(on: dt.date, today: dt.date) -> str:
    """Return how long ago something was: 'vandaag', '4 dagen geleden', '3 maanden geleden'."""
    days = (today - on).days
    if days <= 0:
        return _("vandaag")
    if days < 21:
        return ngettext("gisteren", "%(n)s dagen geleden", days) % {"n": days}
    if days < 60:
        return _("%(n)s weken geleden") % {"n": days // 7}
    if days < 730:
        return _("%(n)s maanden geleden") % {"n": days // 30}
    return _("ruim %(n)s jaar geleden") % {"n": days // 365}


def measured_words(on: dt.date, today: dt.date) -> str:
    """Return when something was measured, with the month once it is over a year old."""
    if (today - on).days < 365:
        return _("gemeten %(age)s") % {"age": age_in_words(on, today)}
    month = formats.date_format(on, "F Y")
    return _("gemeten in %(month)s, %(age)s") % {"month": month, "age": age_in_words(on, today)}


def confirmed_words(on: dt.date | None, today: dt.date) -> str:
    """Return when somebody last said that this is right, or that nobody has."""
    if on is None:
        return _("nog niet bevestigd")
    return _("bevestigd %(age)s") % {"age": age_in_words(on, today)}
