"""Which offers are for a help question, and how well they fit: points, their share of the score.

The main question of an offer, what it is for, counts for more than all that it is for as well.
Where it answers the main one, each further question asked that it is also for counts twice: one
place that helps with several worries spares a family a second one.
Three forms, held together by tests/providers/rules/test_fit.py: plain Python on codes, the ORM on
offers or on rows of the index, and SQL, of which that an offer is for a question has the last two.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import (
    Case,
    IntegerField,
    Manager,
    Max,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

MAIN_QUESTION = 4
OTHER_QUESTION = 1
HALF_FIT = 2.0  # points at which the fit counts half


def answers(codes: Iterable[str]) -> Q:
    """Offers, or rows of the index, for at least one of these help questions."""
    links = _links().filter(help_question__in=list(codes))
    return Q(pk__in=links.order_by().values("offer"))


def answers_sql(offer: str, question: str) -> str:
    """Return whether the offer with this number is for a question; `question` tests it as `q`.

    IN and not EXISTS: few offers have the question, and so the engine starts from those.
    """
    return f"""{offer} IN (SELECT q.offer_id FROM providers_offerhelpquestion q
        WHERE {question})"""  # noqa: S608


def question_points(questions: Sequence[str], wanted: Collection[str]) -> int:
    """Return the points of an offer with these questions, the main one first."""
    main = sum(code in wanted for code in questions[:1])
    others = sum(code in wanted for code in questions[1:])
    return MAIN_QUESTION * main + OTHER_QUESTION * others * (1 + main)


def question_points_of(wanted: Collection[str]) -> Combinable:
    """Return the expression for the points of an offer, or of a row of the index."""
    main, other = _when_main(MAIN_QUESTION, 0), _when_main(0, OTHER_QUESTION)
    points = Sum(main) + Sum(other) * (1 + Max(_when_main(1, 0)))
    fitting = _links().filter(offer=OuterRef("pk"), help_question__in=list(wanted))
    total = fitting.order_by().values("offer").annotate(total=points).values("total")
    return Coalesce(Subquery(total), Value(0))


def _when_main(main: int, other: int) -> Case:
    return Case(When(rank=0, then=Value(main)), default=Value(other), output_field=IntegerField())


def question_points_sql(questions: str, wanted: Collection[str]) -> str:
    """Return the points of the codes in this column; `wanted` goes along as code_0, code_1...

    From the column of the index, which has been read, and not from the links: those are three
    look-ups for each hit.
    """
    if not wanted:
        return "0"
    places = [place_of_code(questions, f"%(code_{n})s") for n in range(len(wanted))]
    main = " + ".join(f"CASE WHEN {place} = 1 THEN 1 ELSE 0 END" for place in places)
    others = " + ".join(f"CASE WHEN {place} > 1 THEN 1 ELSE 0 END" for place in places)
    return f"({MAIN_QUESTION} * ({main}) + {OTHER_QUESTION} * ({others}) * (1 + {main}))"


def place_of_code(questions: str, code: str) -> str:
    """Return where in a column of codes this one stands: 1 for the main one, 0 for nowhere."""
    return f"{_PLACE[connection.vendor]}({questions}, '|' || {code} || '|')"


_PLACE = {"sqlite": "INSTR", "postgresql": "STRPOS"}


def _links() -> Manager[Any]:
    return apps.get_model("providers", "OfferHelpQuestion")._default_manager


def fit_share(points: float) -> float:
    """Return what points are worth, between 0 and 1."""
    return points / (points + HALF_FIT)


# The same of a column of floats.
FIT_SHARE_SQL = f"(points / (points + {HALF_FIT}))"
