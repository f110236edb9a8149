"""Which few of many results to show, so that each question asked has its answer among them."""

from collections.abc import Sequence


def choose_answers(
    found: Sequence[Sequence[str]], questions: Sequence[str], most: int
) -> list[int]:
    """Return at most so many places in `found`, in order: an answer per question, then the best.

    `found` are the questions of each result, its main one first, the best result first. The
    answer to a question is the best result that is mainly for it; only where there is none, the
    best that is for it as well. A question that nothing is for takes no place.
    """
    chosen: set[int] = set()
    for question in questions:
        place = _first_mainly_for(question, found)
        if place is not None and len(chosen) < most:
            chosen.add(place)
    for question in questions:
        if len(chosen) < most and not any(question in found[place] for place in chosen):
            chosen.update(_first_also_for(question, found))
    rest = (place for place in range(len(found)) if place not in chosen)
    return sorted(
        [*chosen, *(place for place, _room in zip(rest, range(most - len(chosen)), strict=False))]
    )


def _first_mainly_for(question: str, found: Sequence[Sequence[str]]) -> int | None:
    places = (place for place, codes in enumerate(found) if question in codes[:1])
    return next(places, None)


def _first_also_for(question: str, found: Sequence[Sequence[str]]) -> list[int]:
    return [place for place, codes in enumerate(found) if question in codes][:1]
