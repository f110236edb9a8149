"""What often plays at home behind the question that was asked, and the light help for it.

The first question need not be the real one: a child may stay away from school because there is no
money at home. So beside the results stands, apart from them, one light offer for each of a few
questions that nobody asked. They are data (`fixtures/vocabulary/at_home.csv`); advice, never a
part of the results or their counts.
"""

import functools
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import F

from providers.index.codes import split_codes
from providers.models import HelpQuestion, Offer, OfferIndex
from providers.reference import vocabulary_rows
from providers.rules.ages import Ages
from providers.rules.availability import start_words
from providers.rules.danger import SpokenOf
from providers.rules.lightness import LIGHT
from providers.rules.start import first_start_on, known_wait, start_weeks
from providers.vocabulary.choices import choices
from search.cards.card import Alternative, SearchContext, offer_address
from search.cards.reasons import lower_first
from search.finding.score import turn

# Seconds: advice may be a minute old, and so most pages need no statement for it.
CACHE_SECONDS = 60
CHOICE = 200
ADULT = 18
# Kinds of danger (`fixtures/vocabulary/crisis.csv`) beside which nobody is asked about money.
NOT_NOW = frozenset({"suicide", "selfharm", "abuse", "violence", "acute"})


class AtHome(NamedTuple):
    """One question about the home, and the offer that may help with it."""

    ask: str
    other: Alternative
    offer_id: int


def at_home(context: SearchContext, *, shown: Collection[int]) -> list[AtHome]:
    """Return one offer per question about the home that was not asked.

    `shown` are the offers already on the page. Nothing without a municipality, and nothing for
    who is grown up.
    """
    if context.municipality is None or not context.questions or _is_grown_up(context.age):
        return []
    found: list[AtHome] = []
    for code, ask in questions_about_home():
        if code not in context.questions and code in choices(HelpQuestion):
            taken = {*shown, *(one.offer_id for one in found)}
            best = _best(code, _allowed(context, context.municipality), taken)
            found += [_with_words(ask, best, context)] if best else []
    return found


def _is_grown_up(age: Ages | None) -> bool:
    return age is not None and age.low >= ADULT


@functools.cache
def questions_about_home() -> tuple[tuple[str, str], ...]:
    """Return the code of each question about the home, with the sentence that asks it."""
    return tuple((row["code"], row["ask"]) for row in vocabulary_rows("at_home"))


Row = dict[str, Any]


def _light_help(context: SearchContext, municipality: str) -> list[Row]:
    """Return light help there for any of the questions about the home, soonest first."""
    ages = context.age or ()
    key = "-".join(map(str, ("at_home", context.today, municipality, *ages)))
    return cache.get_or_set(key, lambda: list(_rows(context, municipality)), CACHE_SECONDS) or []


def _allowed(context: SearchContext, municipality: str) -> list[Row]:
    """Leave out help for a danger that was not asked about; what is cached is for everybody."""
    spoken_of = SpokenOf(context.questions)
    rows = _light_help(context, municipality)
    return [row for row in rows if spoken_of.allows(row["reserved_for"])]


def _rows(context: SearchContext, municipality: str) -> Iterable[Row]:
    codes = [code for code, _ask in questions_about_home()]
    rows = OfferIndex.objects.visible().serving(municipality, on=context.today)
    rows = rows.answering(codes, ()).filter(LIGHT)
    if context.age:
        rows = rows.suitable_for_ages(*context.age)
    rows = rows.annotate(
        weeks=start_weeks(context.clocks),
        wait=known_wait(context.clocks),
        first=first_start_on(context.clocks),
        title=F("offer__title"),
    )
    ordered = rows.order_by("weeks", "level", turn(context.today), "pk")
    columns = ("pk", "title", "questions", "reserved_for", "for_family", "wait", "first")
    found: Iterable[Row] = ordered.values(*columns)[:CHOICE]
    return found


def _best(code: str, rows: Sequence[Row], taken: Collection[int]) -> Row | None:
    """Return the offer that is most of all for this question; of equals the soonest."""
    fitting = [
        (codes[0] != code, not row["for_family"], at)
        for at, row in enumerate(rows)
        if code in (codes := split_codes(row["questions"])) and row["pk"] not in taken
    ]
    return rows[min(fitting)[-1]] if fitting else None


def _with_words(ask: str, row: Row, context: SearchContext) -> AtHome:
    offer = Offer(pk=row["pk"], title=row["title"])
    start = lower_first(start_words(row["wait"], row["first"], context.today))
    other = Alternative(
        offer.title, offer_address(offer, context.municipality, context.way_back(offer.pk)), start
    )
    return AtHome(ask, other, offer.pk)
