"""Who drinks, is ill or is locked up: whose a state is that the line tells of."""

from collections.abc import Collection, Iterator

from providers.vocabulary.text.lexicon import lines_of
from search.asking.understanding.line.line import Line
from search.asking.understanding.people.people import ADULTS, Person, Who

OF = frozenset({"van", "bij", "door"})
MOST_OF = 5


def _holder(line: Line, at: int, people: list[Person]) -> Person | None:
    """Return who drinks, is ill or is locked up: named right behind it, or last before it."""
    behind = _of_somebody(line, at, people) or _behind(line, at, people)
    return behind or next(_before(line, at, people), None)


def _of_somebody(line: Line, at: int, people: list[Person]) -> Person | None:
    """Return the parent who is only named by it: "kind van een alcoholist"."""
    of = at - 2 if at > 1 and line[at - 1].word in {"een", "de"} else at - 1
    of = of if of > 0 and line[of].word == "van" else 0
    child = any(one.last == of - 1 and one.who is Who.CHILD for one in people)
    named = any(one.first == at + 1 for one in people)
    return Person(Who.PARENT, at, at) if of and child and not named else None


def _behind(line: Line, at: int, people: list[Person]) -> Person | None:
    """Return whose it is: "verslaafde jongen", "de ziekte van moeder"."""
    for one in people:
        if one.first <= at or one.is_pronoun or line[one.first].clause != line[at].clause:
            continue
        between = [line[here].word for here in range(at + 1, one.first)]
        if not between and line[at].word.endswith("e"):
            return one
        if between and between[0] in OF and len(between) < MOST_OF:
            return one
    return None


def _before(line: Line, at: int, people: list[Person]) -> Iterator[Person]:
    for one in reversed(people):
        if one.last < at and line[one.last].clause == line[at].clause and not one.is_object:
            yield one


def holder_of(line: Line, at: int, people: list[Person], *, sits: bool) -> str | None:
    """Return whose state is told of at a place: of a parent, a child or a sibling.

    `sits` is whether it counts only beside "zit", as "vast" does. None when nobody has it, or
    nobody is named.
    """
    if _is_denied(line, at) or _is_sober(line, at) or (sits and not _sits(line, at)):
        return None
    holder = _holder(line, at, people)
    if holder is None:
        return None
    return Who.PARENT if holder.who in ADULTS else holder.who


def _is_denied(line: Line, at: int) -> bool:
    """Whether nobody has it; "kan niet van de drank afblijven" is no denial."""
    near = {line[here].word for here in range(max(at - 5, 0), at)}
    return line[at].denied and not near & {"kan", "kunnen", "kon"}


MOST_BEHIND = 4
# "Zat mijn moeder al een jaar vast".
MOST_BETWEEN = 6


def _is_sober(line: Line, at: int) -> bool:
    """Whether what one drinks, or is fond of, is nothing the matter: coffee, sweets, books."""
    near = line[at + 1 : at + 1 + MOST_BEHIND]
    sober = lines_of("sober_objects.txt")
    return any(token.word in sober and token.clause == line[at].clause for token in near)


def are_all_sober(line: Line, places: Collection[int]) -> bool:
    """Whether there are such words, and all of them are about something harmless."""
    return bool(places) and all(_is_sober(line, at) for at in places)


def _sits(line: Line, at: int) -> bool:
    first = max(at - MOST_BETWEEN, 0)
    near = {line[here].word for here in range(first, min(at + 2, len(line)))}
    return bool(near & {"zit", "zat", "zitten", "gezeten"}) and not near & {
        "school",
        "hulp",
        "studie",
        "file",
        "rekenen",
        "lezen",
        "lift",
    }
