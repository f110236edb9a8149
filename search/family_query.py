"""What stands in the address of a page for the family: which help, and what was asked.

All of it is numbers and codes of ours. Which question was asked has to come along: help may be
for more than one, and the paper must not speak of what nobody asked about.
"""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.http import QueryDict

from providers.ages import Ages
from providers.choices import choices
from providers.enums import CareLevel
from providers.models import HelpQuestion, Offer
from search.rows import questions_of
from search.shortlist import list_query

if TYPE_CHECKING:
    from search.page import SearchPage

QUESTION, AGE = "hulpvraag", "leeftijd"
# More than a line of text can be understood as; the rest is not read.
MOST_QUESTIONS = 8


def asked_questions(params: QueryDict) -> tuple[str, ...]:
    """Return the codes of the help questions in an address, in their order; ours only."""
    given = list(dict.fromkeys(params.getlist(QUESTION)))[:MOST_QUESTIONS]
    return tuple(code for code in given if code in choices(HelpQuestion))


def asked_age(params: QueryDict) -> Ages | None:
    """Return the age in an address; None for anything that is none."""
    try:
        return Ages.read(params.get(AGE, ""))
    except ValidationError:
        return None


def family_query(offers: Iterable[int], municipality: str = "", asked: Iterable[str] = ()) -> str:
    """Return the parameters of a page for the family: numbers, codes and a municipality."""
    questions = QueryDict(mutable=True)
    questions.setlist(QUESTION, list(asked))
    return "&".join(filter(None, [list_query(offers, municipality), questions.urlencode()]))


def best_for_family(page: "SearchPage") -> str:
    """Return the parameters of the hand-out that goes with a page of results; or nothing.

    One offer of each part: the first that is most of all for a question that was asked. Who asked
    in other words gets the first of all. A bed or help in a crisis is never handed out like this.
    """
    asked = page.asked.questions
    parts = [[page.offers[card.offer_id] for card in part.cards] for part in page.parts]
    fitting = [[offer for offer in part if _may_go_along(offer, asked)] for part in parts]
    best = [part[0].pk for part in fitting if part]
    if not best or not (asked or page.filterset.words):
        return ""
    shown = best if asked else best[:1]
    return family_query(shown, page.filterset.municipality or "", asked)


def _may_go_along(offer: Offer, asked: Collection[str]) -> bool:
    if offer.crisis or offer.level >= CareLevel.DAY_TREATMENT:
        return False
    return not asked or any(code in asked for code in questions_of(offer)[:1])
