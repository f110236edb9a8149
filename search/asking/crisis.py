"""Help in a crisis: which offers are meant, as a part of the statement that counts.

For those who named a danger it is help for that danger; for those who only said that it is urgent
it is help for any crisis, never for one danger that nobody spoke of. The broadest help goes first;
of equals the lightest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from providers.index.sql import CURRENT_AREA, VISIBLE
from providers.models import HelpQuestion
from providers.rules.ages import FOR_AGES_SQL, Ages, ages_values
from providers.rules.danger import SpokenOf
from providers.vocabulary.choices import choices
from search.asking.emergency import region_of
from search.finding.counts import Found, Tally

# Help for so many kinds of danger is for any crisis.
BROAD = 3
MOST_CRISIS_CARDS = 3

CARDS, SERVICE = "crisis_cards", "crisis_service"
_DANGERS = """(SELECT COUNT(DISTINCT h.signal) FROM providers_offerhelpquestion q
    JOIN providers_helpquestion h ON h.code = q.help_question_id
    WHERE q.offer_id = i.offer_id AND h.signal <> '')"""
_STEP = """crisis AS MATERIALIZED (
  SELECT f.*, ROW_NUMBER() OVER (ORDER BY dangers DESC, level, offer_id) AS place FROM (
    SELECT i.offer_id, i.level, v.phone, {allowed} AS allowed, {dangers} AS dangers
    FROM providers_offerindex i JOIN providers_offer o ON o.id = i.offer_id
    JOIN providers_provider v ON v.id = o.provider_id
    WHERE {visible} AND i.crisis AND {ages} AND EXISTS (
      SELECT 1 FROM providers_servicearea a JOIN providers_municipality m
      ON m.code = a.municipality_id WHERE a.offer_id = i.offer_id AND {current} AND {there})) f
  WHERE allowed OR dangers >= {broad})"""


@dataclass(frozen=True, slots=True)
class Crisis:
    """What somebody in danger or in a hurry said: where, for whom, and which dangers were named.

    `questions` are the codes of the help questions asked, `kinds` the kinds of danger in the order
    in which they were named.
    """

    municipality: str | None
    age: Ages | None
    questions: tuple[str, ...]
    kinds: tuple[str, ...]
    is_urgent: bool

    @property
    def region(self) -> str:
        """Return the code of the youth region whose crisis service it is for."""
        return region_of(self.municipality)

    @property
    def spoken_of(self) -> SpokenOf:
        """The questions asked, and all those about a danger that was named."""
        known: Mapping[str, Any] = choices(HelpQuestion)
        named = (code for code, one in known.items() if one.signal in self.kinds and not one.after)
        return SpokenOf([*self.questions, *named])


@dataclass(frozen=True, slots=True)
class CrisisHelp:
    """Offers that help in a crisis: the best few, and the first of all that one can call."""

    cards: Sequence[int] = ()
    service: int | None = None

    @property
    def numbers(self) -> Iterable[int]:
        """Return every offer of which something is said."""
        return [*self.cards, *([] if self.service is None else [self.service])]


def request_crisis(tally: Tally, crisis: Crisis) -> None:
    """Ask for what `crisis_help` reads."""
    spoken_of = crisis.spoken_of
    there = "m.code = %(crisis_there)s" if crisis.municipality else "m.region_id = %(crisis_there)s"
    step = _STEP.format(
        allowed=tally.of(spoken_of, spoken_of.sql()),
        dangers=_DANGERS,
        visible=VISIBLE,
        ages=FOR_AGES_SQL if crisis.age else "1 = 1",
        current=CURRENT_AREA,
        there=there,
        broad=BROAD,
    )
    tally.put(crisis_there=crisis.municipality or crisis.region, **ages_values(crisis.age))
    tally.add(
        f"SELECT '{CARDS}', CAST(place AS text), offer_id FROM crisis"  # noqa: S608
        f" WHERE place <= {MOST_CRISIS_CARDS}",
        step=step,
    )
    tally.add(
        f"SELECT '{SERVICE}', CAST(place AS text), offer_id FROM crisis"  # noqa: S608
        " WHERE place = (SELECT MIN(place) FROM crisis WHERE phone <> '')"
    )


def crisis_help(found: Found) -> CrisisHelp:
    """Return what was asked for."""
    cards = sorted((int(place), offer) for place, offer in found.get(CARDS, ()))
    service = [offer for _place, offer in found.get(SERVICE, ())]
    return CrisisHelp([offer for _place, offer in cards], service[0] if service else None)
