"""For whom help is asked: that is not everybody whom a line names."""

from collections.abc import Collection, Iterable

from search.asking.understanding.line.line import Line
from search.asking.understanding.questions.questions import Reading

# Named in many a line, as who tells it or lives there: these need a "voor".
NAMED_BY_THE_WAY = frozenset({"ouders", "professionals", "brus-kopp"})
FOR = "voor"
ARTICLES = frozenset("de het een mijn onze deze alle alleen ons mij haar zijn hun".split())
# These say that the help itself is for them.
FOR_THEM = frozenset(
    "oudergroep oudercursus oudertraining kopp kov koap kvo brus brussen brusje brusjes"
    " mantelzorger mantelzorgers deskundigheidsbevordering".split()
)
# Groups of ages: the ages say the same, and better.
OF_AGES = frozenset({"jonge-kind", "basisschoolkind", "jongere", "jongvolwassene"})
# What is the matter rather than who somebody is: with the question asked, this adds nothing.
SAME_AS_QUESTION = frozenset({"thuiszitters", "gescheiden-gezin"})
OTHERS = frozenset(
    "moeder vader mama papa ouder ouders stiefmoeder stiefvader broer broertje zus zusje oma opa"
    " vriend vriendin buurman buurvrouw man vrouw tante oom".split()
)
CHILD = frozenset(
    "kind kinderen kindje jongen jongens meisje meisjes zoon zoontje dochter dochtertje puber"
    " pubers tiener tieners jongere jongeren leerling leerlingen peuter kleuter".split()
)
MOST_BETWEEN = 3


def asked_groups(
    line: Line, groups: Iterable[Reading], questions: Iterable[Reading], *, has_ages: bool
) -> tuple[str, ...]:
    """Return the codes of the groups that help is asked for."""
    explained = {at for one in questions for at in one.positions}
    return tuple(
        one.found.code for one in groups if _is_asked(line, one, explained, has_ages=has_ages)
    )


def _is_asked(line: Line, group: Reading, explained: Collection[int], *, has_ages: bool) -> bool:
    code, is_for = group.found.code, any(_is_for(line, at) for at in group.positions)
    if code in OF_AGES:
        return not has_ages
    if code in NAMED_BY_THE_WAY:
        return is_for or any(line[at].word in FOR_THEM for at in group.positions)
    if code in SAME_AS_QUESTION and group.positions & set(explained):
        return is_for
    return not _is_of_another(line, group.positions)


def _is_for(line: Line, at: int) -> bool:
    """Whether a word follows "voor", or is that itself."""
    clause = line[at].clause
    while line[at].word != FOR:
        at -= 1
        if at < 0 or line[at].clause != clause or line[at].word not in ARTICLES | {FOR}:
            return False
    return True


def _is_of_another(line: Line, positions: Collection[int]) -> bool:
    """Whether somebody else is like this, and no child: moeder is autistisch."""
    first, last = min(positions), max(positions)
    clause = line[first].clause
    if any(one.word in CHILD and one.clause == clause for one in line[first : last + 2]):
        return False
    before = range(max(first - MOST_BETWEEN, 0), first)
    return any(line[at].word in OTHERS and line[at].clause == clause for at in before)
