"""Which offers are for a help question, and how well they fit: points, their share of the score.

The main question of an offer, what it is for, counts for more than all that it is for as well.
Three forms, held together by tests/providers/rules/test_fit.py: plain Python on codes, the ORM on
offers or on rows of the index, and SQL, of which that an offer is for a question has the last two.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.apps import apps
from django.db.models import Case, IntegerField, Manager, OuterRef, Q, Subquery, Sum, Value, When
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
    main, others = questions[:1], questions[1:]
    return MAIN_QUESTION * sum(code in wanted for code in main) + OTHER_QUESTION * sum(
        code in wanted for code in others
    )


def question_points_of(wanted: Collection[str]) -> Combinable:
    """Return the expression for the points of an offer, or of a row of the index."""
    each = Case(
        When(rank=0, then=Value(MAIN_QUESTION)),
        default=Value(OTHER_QUESTION),
        output_field=IntegerField(),
    )
    fitting = _links().filter(offer=OuterRef("pk"), help_question__in=list(wanted))
    total = fitting.order_by().values("offer").annotate(total=Sum(each)).values("total")
    return Coalesce(Subquery(total), Value(0))


def question_points_sql(offer: str, wanted: Collection[str]) -> str:
    """Return the points of the offer with this number; `wanted` goes along as code_0, code_1..."""
    if not wanted:
        return "0"
    each = f"CASE WHEN q.rank = 0 THEN {MAIN_QUESTION} ELSE {OTHER_QUESTION} END"
    codes = ", ".join(f"%(code_{n})s" for n in range(len(wanted)))
    return f"""COALESCE((SELECT SUM({each})
      FROM providers_offerhelpquestion q
      WHERE q.offer_id = {offer} AND q.help_question_id IN ({codes})), 0)"""  # noqa: S608


def _links() -> Manager[Any]:
    return apps.get_model("providers", "OfferHelpQuestion")._default_manager


def fit_share(points: float) -> float:
    """Return what points are worth, between 0 and 1."""
    return points / (points + HALF_FIT)


# The same of a column of floats.
FIT_SHARE_SQL = f"(points / (points + {HALF_FIT}))"
