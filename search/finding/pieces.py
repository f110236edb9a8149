"""What statements that rank look up of an offer."""

from collections.abc import Collection

from providers.index.sql import CURRENT_AREA, among
from search.finding.score import MAIN_QUESTION, OTHER_QUESTION


def last_day(offer: str) -> str:
    """Return the last day in the municipality asked for; null without one."""
    return f"""(SELECT a.ends_on FROM providers_servicearea a
    WHERE a.municipality_id = %(municipality)s AND a.offer_id = {offer} AND {CURRENT_AREA})"""  # noqa: S608


def question_points(offer: str, codes: Collection[str]) -> str:
    """Return the points for the help questions asked: most for the one the offer is for."""
    if not codes:
        return "0"
    each = f"CASE WHEN q.rank = 0 THEN {MAIN_QUESTION} ELSE {OTHER_QUESTION} END"
    return f"""COALESCE((SELECT SUM({each})
      FROM providers_offerhelpquestion q
      WHERE q.offer_id = {offer} AND {among("q.help_question_id", "code", codes)}), 0)"""  # noqa: S608
