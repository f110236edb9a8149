"""The steps in which an offer is made and changed, with what each holds and what it lacks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from providers.enums import VISIBLE_STATUSES, AlsoTakes, OfferStatus
from providers.languages import all_of
from providers.models import Offer, OfferHelpQuestion
from providers.phones import phone_text
from providers.rules.ages import Ages
from providers.rules.publishing.completeness import (
    Gap,
    Part,
    missing_for_publication,
    worth_adding,
)
from providers.vocabulary.choices import level_label

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# More municipalities than this say less by name than by number.
MOST_NAMES = 8


@dataclass(frozen=True, slots=True)
class Step:
    """One page on which a part of an offer is filled in."""

    part: Part
    title: "StrOrPromise"
    page: str
    of_provider: bool = False

    def address(self, offer: Offer) -> str:
        """Return where this part of this offer is filled in."""
        if self.of_provider:
            page = reverse(f"selfservice:{self.page}", args=[offer.provider_id])
            return f"{page}?aanbod={offer.pk}"
        return reverse(f"selfservice:{self.page}", args=[offer.pk])


STEPS = (
    Step(Part.WHAT, gettext_lazy("Wat het is"), "edit_what"),
    Step(Part.WHOM, gettext_lazy("Voor wie"), "edit_whom"),
    Step(Part.WHERE, gettext_lazy("Hoe en waar"), "edit_where"),
    Step(Part.AREAS, gettext_lazy("Gemeenten en toegang"), "edit_areas"),
    Step(Part.START, gettext_lazy("Hoe het begint"), "edit_start"),
    Step(Part.REFERRAL, gettext_lazy("Wat een verwijzing bepaalt"), "edit_referral"),
    Step(Part.CONTACT, gettext_lazy("Contact"), "edit_provider", of_provider=True),
)


def step_of(part: Part) -> Step:
    """Return the step in which this part is filled in."""
    return next(step for step in STEPS if step.part is part)


def step_after(part: Part) -> Step | None:
    """Return the step that follows; None after the last."""
    parts = [step.part for step in STEPS]
    following = parts.index(part) + 1
    return STEPS[following] if following < len(STEPS) else None


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of an offer as the overview shows it."""

    title: str
    address: str
    content: str
    missing: tuple[str, ...]
    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """An offer with its steps, and what stands between it and everybody."""

    offer: Offer
    lines: tuple[StepLine, ...]

    @property
    def missing(self) -> list[tuple[str, str]]:
        """What has to be filled in before it can be published, and where."""
        return [(text, line.address) for line in self.lines for text in line.missing]

    @property
    def advice(self) -> list[tuple[str, str]]:
        """What may stay empty, and where it is filled in."""
        return [(text, line.address) for line in self.lines for text in line.advice]

    @property
    def is_draft(self) -> bool:
        """Whether nobody but its provider sees it yet."""
        return self.offer.status == OfferStatus.DRAFT

    @property
    def is_visible(self) -> bool:
        """Whether everybody may see it."""
        return self.offer.status in VISIBLE_STATUSES


def overview_of(offer: Offer) -> Overview:
    """Return an offer as its provider goes through it."""
    missing, advice = missing_for_publication(offer), worth_adding(offer)
    content = _content(offer)
    lines = [
        StepLine(
            title=str(step.title),
            address=step.address(offer),
            content=content[step.part],
            missing=_texts(missing, step.part),
            advice=_texts(advice, step.part),
        )
        for step in STEPS
    ]
    return Overview(offer, tuple(lines))


def _texts(gaps: Iterable[Gap], part: Part) -> tuple[str, ...]:
    return tuple(str(gap.text) for gap in gaps if gap.part is part)


def _content(offer: Offer) -> dict[Part, str]:
    """Return in a line what each part says now; empty where nothing was filled in."""
    provider = offer.provider
    questions = [link.help_question.label for link in _questions(offer)]
    ages = Ages.between(offer.age_min, offer.age_max)
    formats = [str(one.label) for one in offer.formats]
    phone = provider.referrer_phone or provider.phone
    return {
        Part.WHAT: " · ".join(filter(None, [level_label(offer.level), offer.summary])),
        Part.WHOM: " · ".join(filter(None, [", ".join(questions), ages.words if ages else ""])),
        Part.WHERE: ", ".join(formats + [str(place) for place in offer.locations.all()]),
        Part.AREAS: _areas_words(offer),
        Part.START: " · ".join(filter(None, [offer.how_to_start, offer.cost])),
        Part.REFERRAL: _referral_words(offer),
        Part.CONTACT: " · ".join(filter(None, [phone_text(phone), provider.email])),
    }


def _questions(offer: Offer) -> Iterable[OfferHelpQuestion]:
    return offer.question_links.select_related("help_question")


def _referral_words(offer: Offer) -> str:
    """Return for whom else the offer is; the rest stands on its own page."""
    taken = [AlsoTakes(row.condition).in_a_row for row in offer.can_also_take.all() if row.answer]
    return _("Neemt ook aan bij %(conditions)s") % {"conditions": all_of(taken)} if taken else ""


def _areas_words(offer: Offer) -> str:
    areas = offer.service_areas.select_related("municipality")
    names = [area.municipality.name for area in areas]
    if len(names) > MOST_NAMES:
        return _("%(n)s gemeenten") % {"n": len(names)}
    return all_of(names)
