"""What an offer cannot be published without, and what referrers miss on it.

The one rule behind publishing, the checklist of the portal and the forms of the admin.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from providers.models import Offer, ServiceArea

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NO_QUESTION = _("Kies ten minste één hulpvraag.")
NO_AREA = _("Kies ten minste één gemeente.")
NO_WAY_IN = _("Vul in hoe iemand binnenkomt.")


class Part(StrEnum):
    """A part of what is known of an offer, as its provider fills it in."""

    WHAT = "wat"
    WHOM = "voor-wie"
    WHERE = "waar"
    AREAS = "gemeenten"
    START = "begin"
    REFERRAL = "verwijzing"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is not filled in, and in which part."""

    part: Part
    text: "StrOrPromise"


def missing_for_publication(offer: Offer) -> list[Gap]:
    """Return what has to be filled in before this offer may be published; two statements."""
    gaps = [] if offer.question_links.exists() else [Gap(Part.WHOM, NO_QUESTION)]
    refusal = refusal_of_areas(list(offer.service_areas.all()))
    return gaps + ([Gap(Part.AREAS, refusal)] if refusal else [])


def refusal_of_areas(areas: Collection[ServiceArea]) -> "StrOrPromise":
    """Return why an offer with these areas may not be published; empty when it may."""
    if not areas:
        return NO_AREA
    return "" if any(area.routes for area in areas) else NO_WAY_IN


def worth_adding(offer: Offer) -> list[Gap]:
    """Return what may stay empty, but without which referrers pass this offer by."""
    provider = offer.provider
    phone = provider.phone_of_intake
    has_place = offer.online or offer.at_home or offer.at_school or offer.locations.exists()
    facts = (
        (offer.summary, Part.WHAT, _("Vertel in het kort wat het is.")),
        (
            offer.age_min is not None or offer.age_max is not None,
            Part.WHOM,
            _("Vul de leeftijd in."),
        ),
        (has_place, Part.WHERE, _("Kies een locatie, of dat het online, thuis of op school is.")),
        (offer.how_to_start, Part.START, _("Vul in hoe het begint.")),
        (offer.cost, Part.START, _("Vul in wat het kost.")),
        (phone, Part.CONTACT, _("Vul een telefoonnummer in.")),
    )
    return [Gap(part, text) for known, part, text in facts if not known]
