"""What the line says outright, before it is weighed: signs of danger, and who does or has what.

A question that alarms is understood only with a sign of its danger in the line. What a line
merely sounds like never is one.
"""

import functools
from collections import defaultdict
from dataclasses import dataclass, field, replace

from providers.reference import vocabulary_rows
from search.asking.understanding.danger.learnt import judge
from search.asking.understanding.danger.model import Spoken
from search.asking.understanding.danger.over import is_over
from search.asking.understanding.danger.patterns import QUESTION_OF, Danger, find_dangers
from search.asking.understanding.danger.signs import cues_in
from search.asking.understanding.line.line import Line
from search.asking.understanding.people.holders import are_all_sober
from search.asking.understanding.people.people import ADULTS, find_people
from search.asking.understanding.people.roles import (
    NOBODY,
    VIOLENCE,
    Role,
    act_words,
    find_roles,
    role_questions,
)
from search.asking.understanding.questions.afterwards import literal_codes
from search.asking.understanding.vocabulary import Vocabularies

PARENT = "parent"
ADDICTION = "addiction"
# Of whom a state is that of the child: brothers and sisters have their own questions.
OF_CHILD = "child"
OF_SIBLING = "sibling"
OF_PARENT_QUESTION = "ouder-met-problemen"
OF_THEIR_CHILDREN = frozenset({"kopp", "kov", "kvo", "koap", "gezin", "ik"})
# Directions in which somebody is in danger.
IN_DANGER = frozenset({"child_to_parent", "parent_to_child", "between_parents"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """Questions that are said outright, by where; those that may not be; and the dangers.

    `unsigned` are the barred ones that only lack a sign of their danger: those may be asked about.
    Of what is `hinted` at the sign is a word that may mean something else; what is `asked` is
    likely for its danger alone. `acts` is where somebody does or has something.
    """

    said: dict[str, frozenset[int]] = field(default_factory=dict)
    barred: frozenset[str] = frozenset()
    unsigned: frozenset[str] = frozenset()
    hinted: frozenset[str] = frozenset()
    asked: tuple[str, ...] = ()
    dangers: tuple[Danger, ...] = ()
    acts: frozenset[int] = frozenset()
    of_parent: frozenset[int] = frozenset()
    of_child: frozenset[int] = frozenset()


def evidence_in(line: Line, words: Vocabularies, spoken: Spoken | None = None) -> Evidence:
    """Return what a line says outright; `spoken` is how much it speaks of danger."""
    roles = tuple(role for role in find_roles(line) if not is_over(line, role.positions))
    dangers = _dangers(find_dangers(line), roles)
    cues = _cues(line, words, roles)
    signs = {one.kind for one in dangers} | {words.signals[code] for code in cues}
    verdict = judge(line, spoken, signs=signs)
    asked = verdict.asked
    if not verdict.signs_hold:
        asked = tuple(dict.fromkeys([*(one.code for one in dangers if one.code), *sorted(cues)]))
        dangers, cues = (), frozenset()
    said = _said(dangers, roles)
    learnt = {danger.kind for danger in verdict.dangers}
    unsaid = {code for code in words.signals if code not in said and code not in cues}
    # What happened already is read literally: help for afterwards is for who spoke of it.
    hinted = {code for code in unsaid - literal_codes() if words.signals[code] in learnt}
    alarming = unsaid - hinted
    states = [role for role in roles if role.act != VIOLENCE]
    barred = _other_directions(roles) | _of_the_sober(line)
    if not _speaks_of_parent(line):
        barred.add(OF_PARENT_QUESTION)
    return Evidence(
        said={code: frozenset(where) for code, where in said.items()},
        barred=frozenset((barred | alarming) - said.keys()),
        unsigned=frozenset(alarming - barred),
        hinted=frozenset(hinted - barred),
        asked=asked,
        dangers=dangers or verdict.dangers,
        acts=frozenset(at for role in roles for at in role.positions),
        of_parent=_positions(states, {PARENT}),
        of_child=_positions(states, {OF_CHILD, OF_SIBLING}),
    )


def _said(dangers: tuple[Danger, ...], roles: tuple[Role, ...]) -> dict[str, set[int]]:
    """Return the questions that dangers and roles are about, with where they are said."""
    said: dict[str, set[int]] = defaultdict(set)
    for danger in dangers:
        if danger.code:
            said[danger.code] |= danger.positions
    for role in roles:
        if role.code:
            said[role.code] |= role.positions
    return said


def _cues(line: Line, words: Vocabularies, roles: tuple[Role, ...]) -> frozenset[str]:
    """Return the questions that alarm of which a phrase is said, if not of what nobody does."""
    idle = _positions(list(roles), {NOBODY})
    return frozenset(
        code
        for code, where in cues_in(line, words).items()
        if not (code in _codes_between() and where & idle)
    )


def _of_the_sober(line: Line) -> set[str]:
    """Return the questions about addiction, where only something harmless is drunk or loved."""
    words = act_words()
    acts = {
        at: words[token.word]
        for at, token in enumerate(line)
        if token.word in words and words[token.word].act == ADDICTION
    }
    if not are_all_sober(line, acts.keys()):
        return set()
    return {OF_PARENT_QUESTION, *(act.code for act in words.values() if act.act == ADDICTION)}


def _speaks_of_parent(line: Line) -> bool:
    """Whether a grown-up of the family is named, or a group for children of such parents."""
    return any(one.who in ADULTS for one in find_people(line)) or any(
        token.word in OF_THEIR_CHILDREN or token.stem in OF_THEIR_CHILDREN for token in line
    )


@functools.cache
def _codes_between() -> frozenset[str]:
    return frozenset(code for (act, _to), code in role_questions().items() if act == VIOLENCE)


def _positions(roles: list[Role], directions: set[str]) -> frozenset[int]:
    return frozenset(at for role in roles if role.direction in directions for at in role.positions)


def _dangers(found: tuple[Danger, ...], roles: tuple[Role, ...]) -> tuple[Danger, ...]:
    """Return the dangers, with violence under the question of its direction."""
    directed = [role for role in roles if role.act == VIOLENCE]
    where = {at for role in directed for at in role.positions}
    undirected = [
        replace(one, code="")
        if directed and one.grave and one.code == default_of(one.kind)
        else one
        for one in found
        if not (directed and one.kind == VIOLENCE and one.code == default_of(VIOLENCE))
        or one.grave
        or (not one.positions & where and not _in_all(directed))
    ]
    own = [
        Danger(VIOLENCE, role.code, role.positions)
        for role in directed
        if role.direction in IN_DANGER
    ]
    return (*undirected, *own)


def _in_all(roles: list[Role]) -> bool:
    return any(role.direction in IN_DANGER for role in roles)


@functools.cache
def of_acts() -> frozenset[str]:
    """Return the questions that say who does what to whom, or which parent has something."""
    return frozenset({OF_PARENT_QUESTION, *role_questions().values()} - {"*"})


def default_of(kind: str) -> str:
    """Return the question of a kind of danger where no direction is known."""
    return QUESTION_OF[kind]


def _other_directions(roles: tuple[Role, ...]) -> set[str]:
    """Return the questions of directions that the line contradicts."""
    found: set[str] = set()
    for act in {role.act for role in roles}:
        here = {role.direction for role in roles if role.act == act}
        if act == VIOLENCE and here != {NOBODY}:
            found |= _codes_between()
        elif here == {PARENT}:
            found |= _codes_of(act)
    states = {role.direction for role in roles if role.act != VIOLENCE}
    if states & {OF_CHILD, OF_SIBLING} and PARENT not in states:
        found.add(OF_PARENT_QUESTION)
    return found


@functools.cache
def _codes_of(act: str) -> frozenset[str]:
    return frozenset(row["code"] for row in vocabulary_rows("act_words") if row["act"] == act)
