"""What changed in a quarter: for who makes policy, and for a provider what its region asks for."""

import datetime as dt
from dataclasses import dataclass

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.mail import site_address
from gaps.coverage.changes import changes_between
from gaps.coverage.history import last_quarter
from providers.emails import QuarterMail
from providers.figures.demand import asked_in
from providers.figures.wanted import Wanted, wanted, wanted_from
from providers.models import Membership, Municipality, Provider

MOST_LINES = 10
SALT = "gaps.quarter-mail"
# Longer than anybody leaves a mail unread; the next one has a link of its own.
LINK_DAYS = 400


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter that has ended: its first and last day."""

    first: dt.date
    last: dt.date

    @classmethod
    def before(cls, day: dt.date) -> "Quarter":
        """Return the quarter that ended last before the one of this day."""
        last = dt.date(day.year, 3 * ((day.month - 1) // 3) + 1, 1) - dt.timedelta(days=1)
        return cls(dt.date(last.year, last.month - 2, 1), last)

    @property
    def code(self) -> str:
        """What it is stored as."""
        return f"{self.first.year}-{self.first.month // 3 + 1}"

    @property
    def words(self) -> str:
        """The quarter as people call it."""
        number = self.first.month // 3 + 1
        return _("kwartaal %(number)s van %(year)s") % {"number": number, "year": self.first.year}

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def mail_for(membership: Membership, quarter: Quarter) -> QuarterMail:
    """Return the mail of this quarter for a member of a municipality or a provider."""
    if membership.municipality:
        place = membership.municipality
        lines, path = municipality_lines(place, quarter), reverse("gaps:signals", args=[place.slug])
    else:
        assert membership.provider is not None  # noqa: S101 - regions get none
        lines = provider_lines(membership.provider, quarter)
        path = reverse("selfservice:insight", args=[membership.provider.pk])
    return QuarterMail(
        quarter=quarter.code,
        about=_("%(name)s, %(quarter)s") % {"name": membership.body.name, "quarter": quarter.words},
        lines=tuple(lines) or (_("Er is te weinig gezocht en gemeld om te tonen."),),
        link=site_address(path),
        unsubscribe=site_address(reverse("gaps:stop_quarter_mail", args=[token_for(membership)])),
    )


def token_for(membership: Membership) -> str:
    """Return what ends the mails of this membership, and does nothing else."""
    return signing.dumps(membership.pk, salt=SALT)


def membership_of(token: str) -> Membership | None:
    """Return whose mails this token ends; None when it is not ours, too old, or they left."""
    try:
        number = signing.loads(token, salt=SALT, max_age=LINK_DAYS * 24 * 60 * 60)
    except signing.BadSignature:
        return None
    return Membership.objects.filter(pk=number).first()


# --- for a municipality --------------------------------------------------------------------------


def municipality_lines(place: Municipality, quarter: Quarter) -> list[str]:
    """Return what changed in help and in what was asked for, most first."""
    asked = asked_in([place.pk], until=quarter.last, days=quarter.days)
    return [*_changes(place, quarter), *map(_asked_line, wanted(asked)[:MOST_LINES])]


def _changes(place: Municipality, quarter: Quarter) -> list[str]:
    """Return which cells changed class between the ends of two quarters, as far as stored.

    The worst now come first, for no more than MOST_LINES are named.
    """
    began = last_quarter(place, today=quarter.first)
    ended = last_quarter(place, today=quarter.last + dt.timedelta(days=1))
    if began is None or ended is None or began.on == ended.on:
        return []
    moved = changes_between(began, ended)
    better = sum(one.now.kind.rank > one.before.kind.rank for one in moved)
    total = _("Hulpvraag en leeftijd samen: %(better)s beter, %(worse)s slechter.") % {
        "better": better,
        "worse": len(moved) - better,
    }
    lines = [
        _("%(cell)s: van “%(before)s” naar “%(after)s”.")
        % {
            "cell": f"{one.label}, {one.ages}",
            "before": one.before.label,
            "after": one.now.label,
        }
        for one in moved[:MOST_LINES]
    ]
    return [total, *lines]


# --- what is asked for ---------------------------------------------------------------------------


def provider_lines(provider: Provider, quarter: Quarter) -> list[str]:
    """Return what was asked for where this provider works, and whether it offers that."""
    found = wanted_from(provider, until=quarter.last, days=quarter.days)[:MOST_LINES]
    return [_asked_line(one) + _offered_words(one.is_offered) for one in found]


def _asked_line(one: Wanted) -> str:
    return f"{one.label}: {one.words}"


def _offered_words(is_mine: bool) -> str:
    return "; " + (_("u biedt dit aan") if is_mine else _("u biedt dit nog niet aan"))
