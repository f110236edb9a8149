"""The page for the family: what help is, in plain words (B1), on one A4 per offer.

It speaks to the young person and the parents, says nothing about them, and avoids the words of
the field. What it says is measured: `manage.py readability`.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from providers.enums import OfferFormat
from providers.models import Location, Municipality, Offer
from providers.rules.audience import audience_of
from search.alternatives.lighter import SmallCard
from search.asking.emergency import EmergencyLine, emergency_lines
from search.asking.need import Need
from search.cards.card import nearest
from search.cards.contracts import contract_sentences
from search.handout.sketch import Sketch, sketch_of
from search.handout.words import ages_sentence, cost_sentence, start_sentences
from search.offer.detail import OfferDetail, detail_queryset
from search.results.family_selection import family_query
from search.results.whom_to_call import WhomToCall, whom_to_call_at
from search.shortlist.compare import chosen_municipality
from search.shortlist.shortlist import Shared, list_query

# What fits on one A4 in letters of 12 points, in characters; measured in the browser tests.
ROOM, ROOMY = 1050, 760
# The description gets what the rest leaves, and no more than this: a hand-out is no folder.
MORE_CHARACTERS = 330
# Of all there is in the vocabulary: whom a family can call itself.
NUMBERS = ("112", "113", "0800-0432")
# The Kindertelefoon is for children from about this age (years).
CALLS_FROM = 8
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call: the number for families, never the one for referrers."""

    name: str
    phone: str
    email: str


class Sheet:
    """One offer on one A4."""

    def __init__(self, detail: OfferDetail, municipality: Municipality | None, need: Need) -> None:
        self.detail = detail
        self.offer: Offer = detail.offer
        self.municipality = municipality
        self.need = need

    @property
    def title(self) -> str:
        """Return the name of the help."""
        return self.offer.title

    @property
    def provider(self) -> str:
        """Return who offers it."""
        return self.offer.provider.name.removesuffix(" (demo)")

    @property
    def is_demo(self) -> bool:
        """Whether all of this is made up."""
        return self.offer.provider.is_demo

    @cached_property
    def more(self) -> str:
        """Return the first sentences of the description, as many as there is room for."""
        room, found = min(MORE_CHARACTERS, ROOM - self._taken), ""
        for sentence in SENTENCE_END.split(" ".join(self.offer.description.split())):
            longer = f"{found} {sentence}".strip()
            if len(longer) > room:
                break
            found = longer
        return found

    @property
    def _taken(self) -> int:
        """Return how many characters everything but the description takes."""
        parts = [self.offer.title, self.offer.summary, self.steps, self.cost]
        parts += [*self.who, *self.when, *self.where]
        # A line for each of what one can do meanwhile, and two for their heading.
        return sum(map(len, parts)) + sum(
            len(other.title) + len(other.provider) + 60 for other in self.meanwhile
        )

    @property
    def is_roomy(self) -> bool:
        """Whether there is room for larger letters still."""
        return self._taken + len(self.more) < ROOMY

    @property
    def is_full(self) -> bool:
        """Whether even without a description it takes smaller letters to fit on one A4."""
        return self._taken > ROOM

    @property
    def who(self) -> list[str]:
        """Return for whom it is."""
        about = ", ".join(map(_in_a_row, self._about))
        sentences = [ages_sentence(self.offer, audience_of(self.offer))]
        if about:
            sentences.append(_("Het gaat over: %(questions)s.") % {"questions": about})
        return sentences

    @property
    def _about(self) -> list[str]:
        """Return the questions that were asked, as far as it is for them; else its main one."""
        links = list(self.offer.question_links.all())
        asked = [link for link in links if link.help_question_id in self.need.questions]
        return [link.help_question.label for link in asked or links[:1]]

    @cached_property
    def when(self) -> list[str]:
        """Return when it can start."""
        detail = self.detail
        return [*start_sentences(detail), *contract_sentences(detail.here, detail.start)]

    @cached_property
    def location(self) -> Location | None:
        """Return the place nearest to the municipality in view, or the first there is."""
        here = self.municipality
        point = (here.rd_x, here.rd_y) if here else None
        return nearest(list(self.offer.locations.all()), point)

    @property
    def where(self) -> list[str]:
        """Return where it is: an address, and how help without one reaches people."""
        words: dict[Any, str] = {
            OfferFormat.HOME: _("De hulp komt bij je thuis."),
            OfferFormat.ONLINE: _("Het kan online."),
            OfferFormat.SCHOOL: _("Het is op school."),
        }
        found = [self._address] if self.location else []
        found += [words[one] for one in self.offer.formats if one in words]
        return found or [_("Vraag waar het is als je belt.")]

    @property
    def _address(self) -> str:
        location = self.location
        assert location is not None  # noqa: S101 - asked for only when there is one
        town = " ".join(filter(None, [location.postcode, location.town]))
        return ", ".join(filter(None, [location.name, location.street, town])) + "."

    @property
    def cost(self) -> str:
        """Return what it costs."""
        return cost_sentence(self.offer.cost)

    @property
    def steps(self) -> str:
        """Return what to do, in the words of the provider."""
        return self.offer.how_to_start or _("Bel en vraag hoe je kunt beginnen.")

    @property
    def contact(self) -> Contact:
        """Return whom to call."""
        provider: Any = self.offer.provider
        return Contact(self.provider, provider.phone, provider.email)

    @cached_property
    def meanwhile(self) -> list[SmallCard]:
        """Return what one can do while waiting; on paper nothing that is mainly for others."""
        return [other for other in self.detail.beside.meanwhile if other.is_meant]

    @property
    def is_for_callers(self) -> bool:
        """Whether children old enough to call may read this; unknown ages may be any."""
        return self.offer.age_max is None or self.offer.age_max >= CALLS_FROM

    @cached_property
    def sketch(self) -> Sketch | None:
        """Return the map."""
        return sketch_of(self.location)

    @property
    def address(self) -> str:
        """Return the address of this sheet by itself, for its QR code."""
        slug = self.municipality.slug if self.municipality else ""
        return f"{reverse('search:family')}?{family_query([self.offer.pk], slug, self.need)}"

    @property
    def text(self) -> str:
        """Return every sentence of this sheet, for measuring how hard it reads.

        Names, addresses and numbers are no sentences and are left out.
        """
        where = self.where[1:] if self.location else self.where
        parts = [self.offer.summary, self.more, *self.who, *self.when, *where, self.cost]
        return "\n".join(filter(None, [*parts, self.steps]))


def _in_a_row(label: str) -> str:
    """Return a help question as one of several in a sentence."""
    return label[:1].lower() + label[1:].rstrip("?")


class FamilyPage:
    """The sheets for the offers in the address, for the questions in it."""

    def __init__(
        self, shared: Shared, municipality: str, today: dt.date, need: Need | None = None
    ) -> None:
        self.shared = shared
        self.asked_municipality = municipality
        self.today = today
        self.need = need or Need()

    @cached_property
    def municipality(self) -> Municipality | None:
        """Return the municipality in view."""
        return chosen_municipality(self.asked_municipality)

    @cached_property
    def sheets(self) -> list[Sheet]:
        """Return one sheet per offer that is still shown, in the order asked for."""
        return sheets_of(self.shared.offers, self.municipality, self.today, self.need)

    @property
    def gone(self) -> int:
        """Return how many of the offers asked for are not shown any more."""
        return len(self.shared.offers) - len(self.sheets) + self.shared.unreadable

    @property
    def query(self) -> str:
        """Return the parameters of this page."""
        slug = self.municipality.slug if self.municipality else ""
        numbers = (sheet.offer.pk for sheet in self.sheets)
        return "&".join(filter(None, [list_query(numbers, slug), self.need.to_shortlist]))

    @cached_property
    def numbers(self) -> list[EmergencyLine]:
        """Return whom a family can call when it cannot wait."""
        service = self.emergency.service
        lines = [line for line in emergency_lines("suicide") if line.number in NUMBERS]
        return [*lines, service] if service else lines

    @cached_property
    def emergency(self) -> WhomToCall:
        """Return whom to call first, where the search spoke of danger or haste; else nobody."""
        here = self.municipality.code if self.municipality else None
        return whom_to_call_at(self.need, here, self.today)

    @cached_property
    def numbers_on(self) -> int | None:
        """Return the offer on whose sheet those numbers stand: one time is enough.

        None on a hand-out about small children only, whom these numbers are not for; a danger
        that was asked about always has them.
        """
        if self.emergency:
            return self.sheets[0].offer.pk if self.sheets else None
        return next((one.offer.pk for one in self.sheets if one.is_for_callers), None)


def sheets_of(
    offers: Sequence[int],
    municipality: Municipality | None,
    today: dt.date,
    need: Need | None = None,
) -> list[Sheet]:
    """Return the sheets for these offers, as far as they are shown, in this order."""
    need = need or Need()
    here = municipality.code if municipality else ""
    rows = {offer.pk: offer for offer in detail_queryset().filter(pk__in=offers)}
    shown = [rows[pk] for pk in offers if pk in rows]
    details = (OfferDetail(offer, today, here, need.questions, need.age) for offer in shown)
    return [Sheet(detail, municipality, need) for detail in details]
