"""Whether a line speaks of danger: what is said outright and the trained model, together.

An alarm rests on a word: a sign that is said outright (a pattern), or a word that tells of danger
by what the model has learnt, which nobody denies, no story tells and that is not over. Of signs
that the model takes for something else, and of a line it is not sure of, one is asked.
"""

from collections.abc import Collection
from dataclasses import dataclass

from search.asking.understanding.danger.denial import NOT, says_no
from search.asking.understanding.danger.model import ANY, Spoken
from search.asking.understanding.danger.over import is_over
from search.asking.understanding.danger.patterns import QUESTION_OF, Danger, classes_of_word
from search.asking.understanding.line.line import Line
from search.asking.understanding.line.stories import is_told_in_story

# From which score (log odds of any danger) a line alarms by a word that tells of danger, is asked
# about, and alarms by a sign that is said outright.
SURE = 1.05
MAYBE = -0.8
WITH_SIGN = -2.7
# Of a sign whose own kind is as unlikely as this, where a word tells of danger, more is asked:
# the model knows such words, and takes them for something else.
UNLIKE_KIND = -3.5
WITH_UNLIKE_SIGN = -1.4
# One kind that is as likely as this alarms from a lower score of any danger.
SURE_OF_KIND = 0.9
WITH_KIND = 0.3
# What a word brings at least that tells of danger.
LEAST_TELLING = 0.25
# A kind that is as likely as this is spoken of, beside the likeliest.
LEAST_OF_KIND = 0.5
# A line about a story, a game, an animal or the kitchen has to be surer.
OTHERWISE = 1.5
HARMLESS = frozenset(
    {"<verhaal>", "<vakwerk>", "<spel>", "<speelgoed>", "<dier>", "<keuken>", "<ongelukje>"}
    | {"<ander_verband>"}
)
# Where a no ends the clause, nobody does this: "slaat haar kind niet".
DENIED = frozenset({"selfharm", "violence", "abuse"})
# What is one word says nothing of who does what.
LEAST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a line speaks of: dangers that alarm, kinds to be asked about; whether signs hold."""

    dangers: tuple[Danger, ...] = ()
    asked: tuple[str, ...] = ()
    signs_hold: bool = True


def judge(line: Line, spoken: Spoken | None, *, signs: Collection[str]) -> Verdict:
    """Return what the model makes of a line that has signs of these kinds of danger.

    With no model signs alarm and nothing else does.
    """
    if spoken is None:
        return Verdict()
    score = spoken.whole[ANY]
    least = _least_sure(spoken)
    sure = score >= least and (score >= least + OTHERWISE or not _is_otherwise(line))
    if sure and len(line) >= LEAST_WORDS:
        kinds = _kinds_of(spoken)
        telling = _telling(line, spoken)
        if telling and not (kinds[0] in DENIED and _ends_in_no(line, telling)):
            return Verdict(tuple(Danger(kind, "", telling) for kind in kinds))
    if signs and len(line) >= LEAST_WORDS and score < _least_with(signs, line, spoken):
        return Verdict(signs_hold=False)
    if score >= MAYBE:
        return Verdict(asked=_asked(spoken))
    return Verdict()


def _least_sure(spoken: Spoken) -> float:
    """Return from which score of any danger a line alarms, by how likely its likeliest kind is."""
    likeliest = max(score for kind, score in spoken.whole.items() if kind != ANY)
    return WITH_KIND if likeliest >= SURE_OF_KIND else SURE


def _least_with(signs: Collection[str], line: Line, spoken: Spoken) -> float:
    """Return from which score of any danger a line alarms by signs of these kinds."""
    likeliest = max(spoken.whole[kind] for kind in signs)
    is_unlike = likeliest < UNLIKE_KIND and bool(_telling(line, spoken))
    return WITH_UNLIKE_SIGN if is_unlike else WITH_SIGN


def _telling(line: Line, spoken: Spoken) -> frozenset[int]:
    """Return where words tell of danger that are not denied, over or from a story.

    Empty where the one that tells most of it is.
    """
    tells = [at for at, brought in enumerate(spoken.words) if brought >= LEAST_TELLING]
    if not tells or _is_taken_away(line, max(tells, key=spoken.words.__getitem__)):
        return frozenset()
    return frozenset(at for at in tells if not (line[at].weak or _is_taken_away(line, at)))


def _is_taken_away(line: Line, at: int) -> bool:
    return (
        line[at].denied
        or says_no(line, [at])
        or is_told_in_story(line, [at])
        or is_over(line, [at])
    )


def _ends_in_no(line: Line, telling: Collection[int]) -> bool:
    """Whether every clause with a word that tells of danger ends in a no."""
    last = {token.clause: token.word for token in line}
    return all(last[line[at].clause] in NOT for at in telling)


def _is_otherwise(line: Line) -> bool:
    """Whether a line speaks of a story, a game, an animal, the kitchen or work."""
    return any(not HARMLESS.isdisjoint(classes_of_word(token.word)) for token in line)


def _kinds_of(spoken: Spoken) -> list[str]:
    """Return the likeliest kind, and others that are likely as well."""
    kinds = sorted((kind for kind in spoken.whole if kind != ANY), key=spoken.whole.__getitem__)
    first, others = kinds[-1], kinds[:-1]
    return [first, *(kind for kind in others if spoken.whole[kind] >= LEAST_OF_KIND)]


def _asked(spoken: Spoken) -> tuple[str, ...]:
    """Return the question of the likeliest kind that has one."""
    kinds = (kind for kind in spoken.whole if kind != ANY and QUESTION_OF[kind])
    return (QUESTION_OF[max(kinds, key=spoken.whole.__getitem__)],)
