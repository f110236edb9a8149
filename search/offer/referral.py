"""What decides a referral, in words, each with the day on which it was stated."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _

from providers.enums import AlsoTakes, Ternary
from providers.models import Offer, ReferralFacts
from providers.rules.freshness import age_in_words


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """A question, its answer, and how long ago that was given; without an answer: unknown."""

    label: str
    answer: str
    stated: str = ""


def referral_lines(offer: Offer, today: dt.date) -> list[ReferralLine]:
    """Return what is known of an offer fetched with its facts, and in one line what is not.

    Runs no statement.
    """
    lines = _lines(offer, today)
    unknown = [line.label for line in lines if not line.answer]
    known = [line for line in lines if line.answer]
    return [*known, ReferralLine(_("Niet bekend"), "; ".join(unknown))] if unknown else known


def _lines(offer: Offer, today: dt.date) -> list[ReferralLine]:
    facts = getattr(offer, "referral", None) or ReferralFacts()
    return [
        *_also_takes(offer, today),
        _line(_("Loopt door na 18"), facts.continues_after_18, facts.continues_stated_on, today),
        _line(
            _("Overleg zonder aanmelding"),
            facts.consult,
            facts.consult_stated_on,
            today,
            yes=_consult_words(facts),
        ),
        _line(
            _("Gefinancierd"),
            facts.funding_ends,
            facts.funding_stated_on,
            today,
            yes=_until(facts.funded_until),
            no=_("Zonder einddatum"),
        ),
    ]


def _also_takes(offer: Offer, today: dt.date) -> Iterator[ReferralLine]:
    rows = {row.condition: row for row in offer.can_also_take.all()}
    for condition in AlsoTakes:
        label = _("Neemt ook aan bij %(condition)s") % {"condition": condition.in_a_row}
        row = rows.get(condition)
        answer = Ternary.UNKNOWN if row is None else Ternary.YES if row.answer else Ternary.NO
        yield _line(label, answer, row.stated_on if row else None, today)


def _line(
    label: str,
    answer: str,
    on: dt.date | None,
    today: dt.date,
    *,
    yes: str = "",
    no: str = "",
) -> ReferralLine:
    words = {
        Ternary.YES: yes or str(Ternary.YES.label),
        Ternary.NO: no or str(Ternary.NO.label),
        Ternary.UNKNOWN: "",
    }
    stated = _("opgegeven %(age)s") % {"age": age_in_words(on, today)} if on else ""
    return ReferralLine(label, words[Ternary(answer)], stated)


def _consult_words(facts: ReferralFacts) -> str:
    details = (facts.consult_who, facts.consult_when, facts.consult_about)
    return ". ".join([str(Ternary.YES.label), *(one.rstrip(".") for one in details if one)])


def _until(day: dt.date | None) -> str:
    if day is None:
        return ""
    return _("Tot en met %(day)s") % {"day": formats.date_format(day, "j F Y")}
