"""What the municipality said about help that a search found little or nothing of.

Read with the numbers of the page, in the same statement; see search.finding.counts.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from providers.enums import VISIBLE_STATUSES
from providers.index.sql import among, numbered
from providers.models import HelpQuestion, Offer
from providers.rules.ages import band_of
from providers.rules.policy.answers import answer_words, concerns
from providers.vocabulary.choices import choices
from search.finding.counts import Found, Tally
from search.results.params import SearchParams

ANSWER = "answer"
# No text that people type holds it.
SEPARATOR = "\x1f"
COLUMNS = (
    "s.help_question_id",
    "s.age_band",
    "s.status",
    'CAST(s."on" AS text)',
    "s.reason",
    "COALESCE(m.name, '')",
    "COALESCE(m.email, '')",
    "COALESCE(CAST(o.id AS text), '')",
    "COALESCE(o.title, '')",
)
_VISIBLE = ", ".join(f"'{status.value}'" for status in VISIBLE_STATUSES)
# The last of each question and age band.
_SELECT = f"""SELECT '{ANSWER}', {" || %(separator)s || ".join(COLUMNS)}, s.id
  FROM providers_signalanswer s
  LEFT JOIN providers_policymailbox m ON m.municipality_id = s.municipality_id
  LEFT JOIN providers_offer o ON o.id = s.offer_id AND o.status IN ({_VISIBLE})
  WHERE s.id IN (SELECT MAX(l.id) FROM providers_signalanswer l
    WHERE l.municipality_id = %(answered_in)s AND {{questions}}
    GROUP BY l.help_question_id, l.age_band)"""  # noqa: S608 - our own names


@dataclass(frozen=True, slots=True)
class Answer:
    """What a municipality does about one help question; `url` of the help that came of it."""

    question: str
    words: str
    on: dt.date
    mailbox_name: str
    mailbox: str
    offer: str
    url: str


def request_answers(tally: Tally, params: SearchParams) -> None:
    """Ask for the answers on the questions of this search where it looks; none without either."""
    questions = params.filterset.question_codes
    if not questions or not params.municipality:
        return
    named = among("l.help_question_id", "answered", questions)
    tally.put(
        answered_in=params.municipality,
        separator=SEPARATOR,
        **numbered("answered", questions),
    )
    tally.add(_SELECT.format(questions=named))


def answers_in(found: Found, params: SearchParams) -> list[Answer]:
    """Return the newest answer on each question that is about the ages of this search."""
    band = band_of(params.filterset.criteria.get("leeftijd"))
    newest_first = sorted(found.get(ANSWER, ()), key=lambda row: -row[1])
    cells = [text.split(SEPARATOR) for text, _number in newest_first]
    answers: dict[str, Answer] = {}
    for row in cells:
        if concerns(row[1], band):
            answers.setdefault(row[0], _answer(row[2:], row[0]))
    return list(answers.values())


def _answer(row: Iterable[str], question: str) -> Answer:
    status, on, reason, mailbox_name, mailbox, offer, title = row
    return Answer(
        question=choices(HelpQuestion)[question].label,
        words=answer_words(status, reason),
        on=dt.date.fromisoformat(on),
        mailbox_name=mailbox_name,
        mailbox=mailbox,
        offer=title,
        url=Offer(pk=int(offer), title=title).get_absolute_url() if offer else "",
    )
