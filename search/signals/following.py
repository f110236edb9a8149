"""What became of a signal: for whoever sent it, by a link that only they have."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from providers.enums import VISIBLE_STATUSES
from providers.models import MissingHelpSignal, SignalAnswer
from providers.rules.policy.answers import answer_words, concerns
from providers.services.signals import FOLLOW_LENGTH


@dataclass(frozen=True, slots=True)
class Step:
    """One answer of the municipality, in words; `url` of the help that came of it."""

    on: dt.date
    words: str
    offer: str
    url: str


@dataclass(frozen=True, slots=True)
class FollowedSignal:
    """One help question that was reported, and what the municipality did since, newest first."""

    question: str
    ages: str
    reported_on: dt.date
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """One report: what was missing where, and whom to ask about it."""

    municipality: str
    mailbox_name: str
    mailbox: str
    signals: tuple[FollowedSignal, ...]


def followed(key: str) -> Followed | None:
    """Return what became of the signals with this key; None for a key of nobody.

    Two statements: the signals, and the answers of their municipality.
    """
    if len(key) != FOLLOW_LENGTH:
        return None
    rows = MissingHelpSignal.objects.filter(follow=key).order_by("pk")
    signals = list(rows.select_related("municipality__policy_mailbox", "help_question"))
    if not signals:
        return None
    place = signals[0].municipality
    mailbox = getattr(place, "policy_mailbox", None)
    answers = SignalAnswer.objects.select_related("offer").filter(
        municipality=place, help_question__in=[one.help_question_id for one in signals]
    )
    found = list(answers)
    return Followed(
        municipality=place.name,
        mailbox_name=mailbox.name if mailbox else "",
        mailbox=mailbox.email if mailbox else "",
        signals=tuple(_followed(one, found) for one in signals),
    )


def _followed(signal: MissingHelpSignal, answers: list[SignalAnswer]) -> FollowedSignal:
    mine = [
        one
        for one in answers
        if one.help_question_id == signal.help_question_id
        and concerns(one.age_band, signal.age_band)
    ]
    return FollowedSignal(
        question=signal.help_question.label,
        ages=str(signal.get_age_band_display()) if signal.age_band else _("alle leeftijden"),
        reported_on=signal.created_on,
        steps=tuple(map(_step, mine)),
    )


def _step(answer: SignalAnswer) -> Step:
    offer = answer.offer
    if offer and offer.status not in VISIBLE_STATUSES:
        offer = None
    return Step(
        on=answer.on,
        words=answer_words(answer.status, answer.reason),
        offer=offer.title if offer else "",
        url=offer.get_absolute_url() if offer else "",
    )
