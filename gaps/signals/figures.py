"""The signals of a year in one municipality, per help question, with small numbers hidden."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from providers.enums import AgeBand, MissingReason, ReportKind, ReportReason
from providers.figures.demand import DAYS, asked_in, per_question
from providers.models import HelpQuestion, MissingHelpSignal, Municipality, Offer, Report
from providers.models import SignalAnswer as AnswerRow
from providers.rules.policy.answers import answer_words
from providers.rules.reports import REASONS
from providers.rules.small_numbers import is_small, protect, shows_part, small_number_words

HIDDEN = "–"


class Tap(NamedTuple):
    """One signal: what was missing, for whom, on which day."""

    reason: str
    age_band: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Part:
    """So many of the signals on a question have this reason and age."""

    reason: str
    ages: str
    number: int


@dataclass(frozen=True, slots=True)
class QuestionSignals:
    """One help question: signals, searches and help in one municipality.

    `offers` are counts of offers, so never hidden. `days` are from the first signal of the year to
    the first offer that was made since; None where there is none, or too few signals to say.
    """

    code: str
    label: str
    signals: str
    parts: tuple[Part, ...]
    searches: str
    empty_searches: str
    offers: int
    days: int | None
    answer: str
    answered_on: dt.date | None


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How often an offer was reported full, or not to fit for one reason."""

    label: str
    number: str


@dataclass(frozen=True, slots=True)
class SignalsPage:
    """All signals of one municipality in the year up to a day."""

    municipality: Municipality
    on: dt.date
    questions: tuple[QuestionSignals, ...]
    refusals: tuple[ReasonCount, ...]
    median_days: float | None

    @property
    def unanswered(self) -> int:
        """Help questions that were reported and not answered yet."""
        return sum(not one.answer for one in self.questions)


def signals_page(municipality: Municipality, *, today: dt.date) -> SignalsPage:
    """Return the signals of a year in eight statements, however many there are."""
    since = today - dt.timedelta(days=DAYS - 1)
    taps = _taps(municipality.pk, since)  # 1
    asked = asked_in([municipality.pk], until=today)  # 2, 3, 4
    searches, empty = per_question(asked.searches), per_question(asked.empty_searches)
    answers = _answers(municipality.pk)  # 5
    made_on = _offers(municipality.pk, today)  # 6
    named = HelpQuestion.objects.filter(pk__in=taps).values_list("code", "label")
    labels = dict(named)  # 7
    questions = [
        _question(
            HelpQuestion(code=code, label=labels[code]),
            found,
            (searches[code], empty[code]),
            made_on.get(code, ()),
            answers.get(code),
        )
        for code, found in taps.items()
    ]
    days = [one.days for one in questions if one.days is not None]
    return SignalsPage(
        municipality=municipality,
        on=today,
        questions=tuple(sorted(questions, key=lambda one: _order(one, len(taps[one.code])))),
        refusals=_refusals(municipality.pk, since),
        median_days=median(days) if days else None,
    )


def _order(one: QuestionSignals, number: int) -> tuple[bool, int, str]:
    """Most reported first; small ones by name, so that their order does not tell them."""
    return (is_small(number), 0 if is_small(number) else -number, one.label)


def _taps(municipality: str, since: dt.date) -> dict[str, list[Tap]]:
    """Return the signals per question; several reasons of one sender on one day are one."""
    rows = MissingHelpSignal.objects.filter(
        municipality=municipality, counts=True, created_on__gte=since
    ).order_by("pk")
    first: dict[tuple[str, str, dt.date], Tap] = {}
    names = ("help_question", "sender", "created_on", "reason", "age_band")
    for question, sender, on, reason, band in rows.values_list(*names):
        first.setdefault((question, sender, on), Tap(reason, band, on))
    taps: dict[str, list[Tap]] = defaultdict(list)
    for (question, _sender, _on), tap in first.items():
        taps[question].append(tap)
    return dict(taps)


def _answers(municipality: str) -> dict[str, AnswerRow]:
    """Return the newest answer per question, whatever its age band."""
    rows = AnswerRow.objects.filter(municipality=municipality).order_by("pk")
    return {row.help_question_id: row for row in rows}


def _offers(municipality: str, today: dt.date) -> dict[str, list[dt.date]]:
    """Return per question the days on which the offers that serve this municipality were made.

    What came from a list of others was there before: it stands as of the first day there is.
    """
    rows = Offer.objects.visible().serving(municipality, on=today).order_by()
    made: dict[str, list[dt.date]] = defaultdict(list)
    columns = ("help_questions", "pk", "created_at", "source")
    for question, _pk, at, source in rows.values_list(*columns).distinct():
        made[question].append(dt.date.min if source else timezone.localdate(at))
    return made


def _question(
    question: HelpQuestion,
    taps: Sequence[Tap],
    searched: tuple[int, int],
    made_on: Sequence[dt.date],
    answer: AnswerRow | None,
) -> QuestionSignals:
    searches, empty = searched
    return QuestionSignals(
        code=question.code,
        label=question.label,
        signals=small_number_words(len(taps)),
        parts=tuple(parts_of(taps)),
        searches=small_number_words(searches),
        empty_searches=str(empty) if shows_part(empty, searches) else HIDDEN,
        offers=len(made_on),
        days=None if is_small(len(taps)) else _days(taps, made_on),
        answer=answer_words(answer.status, answer.reason) if answer else "",
        answered_on=answer.on if answer else None,
    )


def _days(taps: Iterable[Tap], made_on: Iterable[dt.date]) -> int | None:
    """Return the days from the first signal to the first offer since."""
    first = min(tap.on for tap in taps)
    since = [day for day in made_on if day >= first]
    return (min(since) - first).days if since else None


def parts_of(taps: Sequence[Tap]) -> list[Part]:
    """Return how many signals have which reason and age, as far as no hidden number follows.

    Neither from the total, nor from the number of an age band, which stands on other pages.
    """
    counts = Counter((tap.age_band, tap.reason) for tap in taps)
    hidden = _hidden(counts, list(counts))
    for band in {band for band, _reason in counts}:
        hidden |= _hidden(counts, [key for key in counts if key[0] == band])
    shown = [(key, number) for key, number in counts.most_common() if key not in hidden]
    return [
        Part(
            reason=str(MissingReason(reason).label),
            ages=str(AgeBand(band).label) if band else _("alle leeftijden"),
            number=number,
        )
        for (band, reason), number in shown
    ]


def _hidden(
    counts: Mapping[tuple[str, str], int], keys: Sequence[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Return which of these, which add up to a number that is known, may not be shown."""
    shown = protect([counts[key] for key in keys])
    # The total stands elsewhere: where it would have to be withheld, no part is shown.
    return set(keys) if shown.total else {keys[place] for place in shown.parts}


def _refusals(municipality: str, since: dt.date) -> tuple[ReasonCount, ...]:
    """Return how often an offer was full or did not fit, by reason: statement 8."""
    rows = Report.objects.counting().filter(municipality=municipality).since(since)
    named = rows.exclude(kind=ReportKind.WRONG).order_by().values_list("kind", "reason")
    counts = Counter((kind, reason) for kind, reason in named)
    lines = [(ReportKind.NO_FIT.value, one.value) for one in REASONS[ReportKind.NO_FIT]]
    lines.append((ReportKind.FULL.value, ""))
    return tuple(
        ReasonCount(
            label=str(ReportReason(reason).label if reason else ReportKind(kind).label),
            number=small_number_words(counts[kind, reason]),
        )
        for kind, reason in lines
    )
