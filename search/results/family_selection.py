"""What stands in the address of a page for the family: which help, and what was asked."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from providers.models import Offer, OfferIndex
from providers.rules.lightness import MAY_BE_HANDED_OUT, may_be_handed_out
from search.asking.need import Need
from search.finding.loading import questions_of
from search.shortlist.shortlist import list_query

if TYPE_CHECKING:
    from search.results.page import SearchPage

# As many results as a statement may name.
MOST_LOOKED_AT = 500


def family_query(offers: Iterable[int], municipality: str, need: Need) -> str:
    """Return the parameters of a page for the family: numbers, codes and a municipality."""
    return "&".join(filter(None, [list_query(offers, municipality), need.query]))


def best_for_family(page: "SearchPage") -> str:
    """Return the parameters of the hand-out that goes with a page of results; or nothing.

    One offer of each part: the first that is most of all for a question that was asked. Then for
    each question that is left the first that is for it, most of all or as well. Who asked in
    other words gets the first of all. A bed or help in a crisis is never handed out like this,
    and with a sign of danger nothing is: whoever refers chooses what goes along.
    """
    asked = page.asked.questions
    if page.emergency or page.conditions.danger or not (asked or page.filterset.words):
        return ""
    parts = [[page.offers[card.offer_id] for card in part.cards] for part in page.parts]
    fitting = [[offer for offer in part if _may_go_along(offer, asked)] for part in parts]
    best = [part[0] for part in fitting if part]
    if not best:
        return ""
    shown = [*best, *_for_the_rest(page, best)] if asked else best[:1]
    return family_query((offer.pk for offer in shown), page.filterset.municipality or "", page.need)


def _for_the_rest(page: "SearchPage", best: Iterable[Offer]) -> list[Offer]:
    """Return the best offer for each question that none of these is most of all for."""
    covered = {code for offer in best for code in questions_of(offer)[:1]}
    left = [code for code in page.asked.questions if code not in covered]
    if not left:
        return []
    found: list[Offer] = []
    ranked = _ranked(page)
    for code in left:
        main = (one for one in ranked if questions_of(one)[:1] == [code])
        also = (one for one in ranked if code in questions_of(one))
        first = next(main, None) or next(also, None)
        if first and first.pk not in {one.pk for one in (*best, *found)}:
            found.append(first)
    return found


def _ranked(page: "SearchPage") -> list[Offer]:
    """Return the results that may be handed out, in their order, with their questions."""
    rows = OfferIndex.objects.filter(MAY_BE_HANDED_OUT, pk__in=page.ranking.ids[:MOST_LOOKED_AT])
    light = rows.in_bulk()
    found = []
    for pk in page.ranking.ids[:MOST_LOOKED_AT]:
        if pk in light:
            offer: Any = Offer(pk=pk)
            offer.questions = light[pk].questions.strip("|").split("|")
            found.append(offer)
    return found


def _may_go_along(offer: Offer, asked: Collection[str]) -> bool:
    if not may_be_handed_out(offer):
        return False
    return not asked or any(code in asked for code in questions_of(offer)[:1])
