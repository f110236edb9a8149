"""The page for the family: what help is, in plain words (B1), on one A4 per offer.

It speaks to the young person and the parents, says nothing about them, and avoids the words of
the field. What it says is measured: `manage.py readability`.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from providers.enums import OfferFormat
from providers.languages import lower_first
from providers.models import Location, Municipality, Offer
from providers.models.base import MAX_AGE
from providers.rules.ages import Ages, suits_ages
from providers.rules.audience import audience_of
from search.alternatives.lighter import SmallCard
from search.asking.emergency import EmergencyLine, emergency_lines
from search.asking.need import DUTCH, Need
from search.asking.whom_to_call import WhomToCall, whom_to_call_at
from search.cards.card import nearest
from search.cards.contracts import contract_sentences
from search.handout.plan import FamilyPlan, plan_for
from search.handout.sketch import Sketch, sketch_of
from search.handout.voice import Voice, voice_for
from search.handout.words import ages_sentence, cost_sentence, start_sentences
from search.offer.detail import OfferDetail, detail_queryset, offer_detail
from search.offer.page import alternatives_of
from search.shortlist.compare import chosen_municipality
from search.shortlist.shortlist import Shared, family_query, list_query

# What fits on one A4 in letters of 12 points, in characters; measured in the browser tests.
ROOM, ROOMY = 1050, 760
# The description gets what the rest leaves, and no more than this: a hand-out is no folder.
MORE_CHARACTERS = 330
# Of all there is in the vocabulary: whom a family can call itself.
NUMBERS = ("112", "113", "0800-0432")
# The Kindertelefoon is for children from about this age (years).
OLD_ENOUGH_TO_CALL = Ages(8, MAX_AGE)
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call: the number for families, never the one for referrers."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One offer on one A4.

    `more` are the first sentences of the description, `location` the place nearest to the
    municipality in view, `address` that of this sheet by itself, for its QR code. `is_roomy`:
    there is room for larger letters still; `is_full`: even without a description it takes smaller
    letters to fit.
    """

    offer: Offer
    who: list[str]
    when: list[str]
    where: list[str]
    cost: str
    steps: str
    contact: Contact
    meanwhile: list[SmallCard]
    location: Location | None
    sketch: Sketch | None
    address: str
    more: str = ""
    is_roomy: bool = False
    is_full: bool = False

    @property
    def provider(self) -> str:
        """Who offers it."""
        return self.offer.provider.plain_name

    @property
    def is_demo(self) -> bool:
        """Whether all of this is made up."""
        return self.offer.provider.is_demo

    @property
    def is_for_callers(self) -> bool:
        """Whether children old enough to call may read this; unknown ages may be any."""
        return suits_ages(self.offer, OLD_ENOUGH_TO_CALL)

    @property
    def text(self) -> str:
        """Every sentence of this sheet, for measuring how hard it reads.

        Names, addresses and numbers are no sentences and are left out.
        """
        where = self.where[1:] if self.location else self.where
        parts = [self.offer.summary, self.more, *self.who, *self.when, *where, self.cost]
        return "\n".join(filter(None, [*parts, self.steps]))


def sheet_of(
    detail: OfferDetail, municipality: Municipality | None, need: Need, voice: Voice = Voice.YOUNG
) -> Sheet:
    """Return the sheet of one offer, with as much of its description as there is room for."""
    offer = detail.offer
    location = _nearest_location(offer, municipality)
    slug = municipality.slug if municipality else ""
    others = alternatives_of(detail, need).meanwhile
    sheet = Sheet(
        offer=offer,
        who=_for_whom(offer, need),
        when=[*start_sentences(detail, voice), *contract_sentences(detail.here, detail.start)],
        where=_where(offer, location, voice),
        cost=cost_sentence(offer.cost),
        steps=offer.how_to_start
        or voice.say(
            _("Bel en vraag hoe je kunt beginnen."), _("Bel en vraag hoe u kunt beginnen.")
        ),
        contact=Contact(offer.provider.plain_name, offer.provider.phone, offer.provider.email),
        # On paper nothing that is mainly for others.
        meanwhile=[other for other in others if other.is_meant],
        location=location,
        sketch=sketch_of(location),
        address=f"{reverse('search:family')}?{family_query([offer.pk], slug, need)}",
    )
    return _filled(sheet)


def _filled(sheet: Sheet) -> Sheet:
    taken = _characters(sheet)
    more = _first_sentences(sheet.offer.description, min(MORE_CHARACTERS, ROOM - taken))
    is_roomy = taken + len(more) < ROOMY
    return replace(sheet, more=more, is_roomy=is_roomy, is_full=taken > ROOM)


def _characters(sheet: Sheet) -> int:
    """Return how many characters everything but the description takes."""
    parts = [sheet.offer.title, sheet.offer.summary, sheet.steps, sheet.cost]
    parts += [*sheet.who, *sheet.when, *sheet.where]
    # A line for each of what one can do meanwhile, and two for their heading.
    return sum(map(len, parts)) + sum(
        len(other.title) + len(other.provider) + 60 for other in sheet.meanwhile
    )


def _first_sentences(text: str, room: int) -> str:
    found = ""
    for sentence in SENTENCE_END.split(" ".join(text.split())):
        longer = f"{found} {sentence}".strip()
        if len(longer) > room:
            break
        found = longer
    return found


def _for_whom(offer: Offer, need: Need) -> list[str]:
    about = ", ".join(map(_in_a_row, _labels(offer, need)))
    sentences = [ages_sentence(offer, audience_of(offer))]
    if about:
        sentences.append(_("Het gaat over: %(questions)s.") % {"questions": about})
    return sentences


def _labels(offer: Offer, need: Need) -> list[str]:
    """Return the questions of the family, as far as it is for them; else its main one."""
    links = list(offer.question_links.all())
    meant = [link for link in links if link.help_question_id in need.questions]
    return [link.help_question.label for link in meant or links[:1]]


def _nearest_location(offer: Offer, municipality: Municipality | None) -> Location | None:
    """Return the place nearest to the municipality in view, or the first there is."""
    point = (municipality.rd_x, municipality.rd_y) if municipality else None
    return nearest(list(offer.locations.all()), point)


def _where(offer: Offer, location: Location | None, voice: Voice) -> list[str]:
    """Return an address, and how help without one reaches people."""
    words: dict[Any, str] = {
        OfferFormat.HOME: voice.say(
            _("De hulp komt bij je thuis."), _("De hulp komt bij u thuis.")
        ),
        OfferFormat.ONLINE: _("Het kan online."),
        OfferFormat.SCHOOL: _("Het is op school."),
    }
    found = [_address(location)] if location else []
    found += [words[one] for one in offer.formats if one in words]
    ask = voice.say(_("Vraag waar het is als je belt."), _("Vraag waar het is als u belt."))
    return found or [ask]


def _address(location: Location) -> str:
    town = " ".join(filter(None, [location.postcode, location.town]))
    return ", ".join(filter(None, [location.name, location.street, town])) + "."


def _in_a_row(label: str) -> str:
    """Return a help question as one of several in a sentence."""
    return lower_first(label).rstrip("?")


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """All that the hand-out prints.

    `gone` is how many of the offers asked for are not shown any more, `query` has the parameters
    of this page, `plan` is its first page. `numbers` are whom a family can call when it cannot
    wait; without a plan they stand on the sheet of the offer `numbers_on`. `emergency` says whom to
    call first, where the search spoke of danger or haste.
    """

    today: dt.date
    sheets: Sequence[Sheet]
    need: Need
    municipality: Municipality | None
    is_unknown_municipality: bool
    gone: int
    query: str
    emergency: WhomToCall
    numbers: Sequence[EmergencyLine]
    numbers_on: int | None
    voice: Voice = Voice.YOUNG
    plan: FamilyPlan | None = None

    @property
    def own_query(self) -> str:
        """Return the parameters of this page, without its reader: never what was typed."""
        need = replace(self.need, language="")
        slug = self.municipality.slug if self.municipality else ""
        return family_query((sheet.offer.pk for sheet in self.sheets), slug, need)

    @property
    def is_formal(self) -> bool:
        """Whether it says "u"."""
        return self.voice is Voice.PARENTS


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the page: the voice that was chosen, if any, and the language of its plan."""

    voice: str = ""
    language: str = DUTCH


def family_page(
    shared: Shared, municipality: str, today: dt.date, need: Need, reader: Reader | None = None
) -> FamilyPage:
    """Return the plan and the sheets for the offers in an address, for the questions in it."""
    reader = reader or Reader()
    here = chosen_municipality(municipality)
    details = _details(shared.offers, here, today)
    voice = voice_for(reader.voice, need.age, [one.offer.age_min for one in details])
    sheets = [sheet_of(detail, here, need, voice) for detail in details]
    numbers = list_query((sheet.offer.pk for sheet in sheets), here.slug if here else "")
    page = _page(
        today,
        sheets,
        need,
        whom_to_call_at(need, here.code if here else None, today),
        municipality=here,
        is_unknown_municipality=bool(municipality) and here is None,
        gone=len(shared.offers) - len(sheets) + shared.unreadable,
        query="&".join(filter(None, [numbers, need.to_shortlist])),
    )
    page = replace(page, voice=voice)
    if not details:
        return page
    addresses = [_address(sheet.location) if sheet.location else "" for sheet in sheets]
    # The numbers stand on the plan: one time is enough.
    plan = plan_for(details, addresses, need, here, voice, reader.language)
    return replace(page, plan=plan)


def family_preview(offer: Offer, today: dt.date) -> FamilyPage:
    """Return the sheet of one offer for its provider, whether or not everybody sees it."""
    need = Need()
    return _page(today, [sheet_of(offer_detail(offer, today), None, need)], need, WhomToCall())


def _page(
    today: dt.date,
    sheets: Sequence[Sheet],
    need: Need,
    emergency: WhomToCall,
    *,
    municipality: Municipality | None = None,
    is_unknown_municipality: bool = False,
    gone: int = 0,
    query: str = "",
) -> FamilyPage:
    lines = [line for line in emergency_lines("suicide") if line.number in NUMBERS]
    return FamilyPage(
        today=today,
        sheets=sheets,
        need=need,
        municipality=municipality,
        is_unknown_municipality=is_unknown_municipality,
        gone=gone,
        query=query,
        emergency=emergency,
        numbers=[*lines, emergency.service] if emergency.service else lines,
        numbers_on=_numbers_on(sheets, is_danger=bool(emergency)),
    )


def _numbers_on(sheets: Sequence[Sheet], *, is_danger: bool) -> int | None:
    """Return the offer on whose sheet the numbers stand: one time is enough.

    None on a hand-out about small children only, whom these numbers are not for; a danger
    that was asked about always has them.
    """
    callers = (one.offer.pk for one in sheets if is_danger or one.is_for_callers)
    return next(callers, None)


def sheets_of(
    offers: Sequence[int],
    municipality: Municipality | None,
    today: dt.date,
    need: Need | None = None,
) -> list[Sheet]:
    """Return the sheets for these offers, as far as they are shown, in this order."""
    need = need or Need()
    return [sheet_of(one, municipality, need) for one in _details(offers, municipality, today)]


def _details(
    offers: Sequence[int], municipality: Municipality | None, today: dt.date
) -> list[OfferDetail]:
    here = municipality.code if municipality else ""
    rows = {offer.pk: offer for offer in detail_queryset().filter(pk__in=offers)}
    return [offer_detail(rows[pk], today, here) for pk in offers if pk in rows]
