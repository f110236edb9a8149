"""Which of the results stand on the page for the family."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from providers.index.codes import split_codes
from providers.models import Offer, OfferIndex
from providers.rules.lightness import MAY_BE_HANDED_OUT, may_be_handed_out
from search.finding.loading import questions_of

# As many results as a statement may name.
MOST_LOOKED_AT = 500


def best_for_family(
    sections: Iterable[Sequence[Offer]], questions: Collection[str], ranked: Sequence[int]
) -> list[int]:
    """Return the offers of the hand-out that goes with these results.

    `sections` are the offers on the page, `questions` the codes asked for, `ranked` all results.
    One offer of each section: the first that is most of all for a question that was asked. Then
    for each question that is left the first that is for it, most of all or as well. Who asked in
    other words gets the first of all. A bed or help in a crisis is never handed out like this.
    """
    fitting = [[one for one in part if _may_go_along(one, questions)] for part in sections]
    best = [part[0] for part in fitting if part]
    if not questions:
        return [offer.pk for offer in best[:1]]
    rest = _for_the_rest(best, questions, ranked) if best else []
    return [offer.pk for offer in (*best, *rest)]


def _for_the_rest(
    best: Sequence[Offer], questions: Collection[str], ranked: Sequence[int]
) -> list[Offer]:
    """Return the best offer for each question that none of these is most of all for."""
    covered = {code for offer in best for code in questions_of(offer)[:1]}
    left = [code for code in questions if code not in covered]
    if not left:
        return []
    found: list[Offer] = []
    candidates = _candidates(ranked)
    for code in left:
        main = (one for one in candidates if questions_of(one)[:1] == [code])
        also = (one for one in candidates if code in questions_of(one))
        first = next(main, None) or next(also, None)
        if first and first.pk not in {one.pk for one in (*best, *found)}:
            found.append(first)
    return found


def _candidates(ranked: Sequence[int]) -> list[Offer]:
    """Return the results that may be handed out, in their order, with their questions."""
    rows = OfferIndex.objects.filter(MAY_BE_HANDED_OUT, pk__in=ranked[:MOST_LOOKED_AT])
    light = rows.in_bulk()
    found = []
    for pk in ranked[:MOST_LOOKED_AT]:
        if pk in light:
            offer: Any = Offer(pk=pk)
            offer.questions = split_codes(light[pk].questions)
            found.append(offer)
    return found


def _may_go_along(offer: Offer, questions: Collection[str]) -> bool:
    if not may_be_handed_out(offer):
        return False
    return not questions or any(code in questions for code in questions_of(offer)[:1])
