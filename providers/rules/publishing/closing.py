"""Whether an offer is closed for a while, such as over the holidays; it opens again by itself.

Closed is a known no, like an intake stop: nobody is taken from the first day through the last. A
group that starts on a day of its own still does. While it is closed nobody asks its provider for
anything.

Two forms, held together by tests/providers/rules/test_start_rule.py.
"""

import datetime as dt

from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext as _

from providers.models import Offer
from providers.rules.freshness import Moment, day_of

# On a row `i` of the index, with the values of freshness.days_of; never null.
CLOSED = "COALESCE(i.closed_from <= %(today)s AND i.closed_until >= %(today)s, FALSE)"


def is_closed(offer: Offer, moment: Moment) -> bool:
    """Whether this offer is closed today; on its last day it still is."""
    if offer.closed_from is None or offer.closed_until is None:
        return False
    return offer.closed_from <= day_of(moment) <= offer.closed_until


def closed_on(moment: Moment) -> Q:
    """Offers that are closed today."""
    today = day_of(moment)
    return Q(closed_from__isnull=False, closed_from__lte=today, closed_until__gte=today)


def closed_words(offer: Offer, moment: Moment) -> str:
    """Return until when it is closed, or from when it will be; empty for an open offer."""
    first, last = offer.closed_from, offer.closed_until
    if first is None or last is None or last < day_of(moment):
        return ""
    if is_closed(offer, moment):
        return _("Dicht t/m %(last)s") % {"last": _day(last, moment)}
    return _("Dicht van %(first)s t/m %(last)s") % {
        "first": _day(first, moment),
        "last": _day(last, moment),
    }


def _day(day: dt.date, moment: Moment) -> str:
    this_year = day.year == day_of(moment).year
    return formats.date_format(day, "j F" if this_year else "j F Y")
