"""The parts of the results: their rows, what is said once for all, and what is folded away."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from providers.rules.availability import Band
from providers.rules.sections import Section
from search.alternatives.meanwhile import in_words
from search.cards.card import Alternative, Card
from search.cards.row import RowFacts
from search.finding.loading import questions_of
from search.finding.matching import Hit
from search.results.run import Results

# With fewer rows there is nothing to compare.
FEWEST_IN_COMMON = 3
# As many as fit on the one line below a part.
MOST_MEANWHILE = 2
# More than twelve weeks, or closed for now.
LATE = (Band.LONG, Band.STOP)


@dataclass(frozen=True, slots=True)
class CardSection:
    """One section of the results: its title, how many there are, and the cards shown of it.

    `folded` are those with a wait of more than twelve weeks, or that take nobody now, as far as
    the other cards answer the same questions. `shared` is what all of them say of the way in and
    the cost, `meanwhile` what can start beside their long waits; both stand once. `more` is the
    address of all of them, empty where they are all shown.
    """

    title: str
    total: int
    cards: Sequence[Card]
    folded: Sequence[Card] = ()
    shared: str = ""
    meanwhile: Sequence[Alternative] = ()
    more: str = ""
    is_around: bool = False

    @property
    def shown(self) -> list[Card]:
        """Return all its cards on this page, in their order."""
        return [*self.cards, *self.folded]


def sections_of(results: Results, cards: Mapping[int, Card]) -> list[CardSection]:
    """Return the best few of each section, numbered through; or one page of the list.

    `cards` are those of the results that are listed, by the number of their offer.
    """
    if not results.matches.is_overview:
        return [_whole_list(results, cards)]
    return list(_overview(results, cards))


def _whole_list(results: Results, cards: Mapping[int, Card]) -> CardSection:
    """Return one page of the list, in its own order: nothing in it is folded."""
    chosen = results.params.filterset.criteria.get("deel")
    return _section(
        str(Section(chosen).label) if chosen else _("Alle resultaten"),
        results.matches.ranking.total,
        [cards[hit.offer] for hit in results.listed],
        first=results.shown.page.start_index(),
        meanwhile=_meanwhile(results, results.listed),
    )


def _overview(results: Results, cards: Mapping[int, Card]) -> Iterator[CardSection]:
    first = 1
    for section, total in results.matches.ranking.per_section.items():
        hits = [hit for hit in results.listed if hit.part == section.value]
        every = [cards[hit.offer] for hit in hits]
        late = _to_fold(results, every)
        yield _section(
            str(section.label),
            total,
            [one for one in every if one.offer_id not in late],
            [one for one in every if one.offer_id in late],
            first=first,
            meanwhile=_meanwhile(results, hits),
            more=results.params.address(deel=section.value) if total > len(hits) else "",
            is_around=section is Section.AROUND,
        )
        first += len(hits)


def _section(
    title: str,
    total: int,
    cards: Sequence[Card],
    folded: Sequence[Card] = (),
    *,
    first: int,
    **where: object,
) -> CardSection:
    every = [*cards, *folded]
    shared = _in_common(every)
    rows = [_as_row(one, number, shared) for number, one in enumerate(every, first)]
    return CardSection(
        title,
        total,
        rows[: len(cards)],
        rows[len(cards) :],
        " · ".join(filter(None, shared.values())),
        **where,  # type: ignore[arg-type]
    )


# --- folded --------------------------------------------------------------------------------------


def _to_fold(results: Results, cards: Sequence[Card]) -> set[int]:
    """Return which of a part wait too long to stand among the rest.

    What is the only answer to a question stays, and so does the first of a part of long waits.
    """
    asked = set(results.params.filterset.question_codes)
    offers = [one.offer_id for one in cards]
    answers = {offer: asked & set(questions_of(results.offers[offer])) for offer in offers}
    late = [one.offer_id for one in cards if one.pill.kind in LATE]
    shown = [offer for offer in offers if offer not in late] or late[:1]
    answered = {question for offer in shown for question in answers[offer]}
    folded = set()
    for offer in late:
        if offer in shown:
            continue
        if answers[offer] - answered:
            answered |= answers[offer]
        else:
            folded.add(offer)
    return folded


# --- said once -----------------------------------------------------------------------------------


_SHARED: Mapping[str, Callable[[RowFacts], str]] = {
    "way_in": lambda row: row.way_in,
    "cost": lambda row: row.cost,
}


def _in_common(cards: Sequence[Card]) -> dict[str, str]:
    """Return what the rows all say of the way in and the cost, as far as it is the same."""
    if len(cards) < FEWEST_IN_COMMON:
        return {}
    values = {name: {of(one.row) for one in cards} for name, of in _SHARED.items()}
    return {name: found.pop() for name, found in values.items() if len(found) == 1}


def _as_row(one: Card, number: int, shared: Collection[str]) -> Card:
    """Number a card, and leave out what stands beside its heading or above the page."""
    emptied: dict[str, Any] = dict.fromkeys(shared, "")
    left = replace(one.row, **emptied) if emptied else one.row
    # Where the banner says that everybody is made up, no row repeats it.
    return replace(one, number=number, row=left, is_demo=one.is_demo and not settings.DEMO)


def _meanwhile(results: Results, hits: Sequence[Hit]) -> list[Alternative]:
    """Return what can start beside the long waits of a part, each once, the best of each first.

    What is among the results shown stands there with its start already: it is repeated only where
    there is nothing else.
    """
    shown = {results.offers[hit.offer].title for hit in results.listed}
    beside = [
        [(hit.offer, other) for other in results.meanwhile.get(hit.offer, ())] for hit in hits
    ]
    in_turn = chain.from_iterable(zip_longest(*beside))
    found = {pair[1].title: pair for pair in in_turn if pair}
    others = [pair for title, pair in found.items() if title not in shown]
    chosen = (others or list(found.values()))[:MOST_MEANWHILE]
    return [in_words(other, offer, results.params.context) for offer, other in chosen]
