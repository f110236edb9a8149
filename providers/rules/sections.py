"""The parts in which results are shown: light before heavy, soon before later."""

from typing import Any

from django.db.models import Case, Q, QuerySet, TextChoices, Value, When
from django.db.models.fields import CharField
from django.utils.translation import gettext_lazy as _

from providers.enums import CareLevel
from providers.models import Offer
from providers.rules.freshness import Moment
from providers.rules.start import SOON_START_WEEKS, starts_within


class Section(TextChoices):
    """A part of the results. The values sort in the order in which the parts are shown."""

    NOW = "1-nu", _("Lichte hulp, start binnen 6 weken")
    AROUND = "2-omgeving", _("Gezin en omgeving")
    LATER = "3-later", _("Lichte hulp, start later of onbekend")
    SPECIALIST = "4-specialistisch", _("Specialistische hulp")


def section_of(today: Moment, *, via: str = "") -> Case:
    """Return the expression that gives the section of an offer.

    It reads the search index; `via="index__"` gets there from the offers themselves.
    """
    return Case(
        When(level__gte=CareLevel.SPECIALIST, then=Value(Section.SPECIALIST.value)),
        When(**{f"{via}for_family": True}, then=Value(Section.AROUND.value)),
        When(Q(starts_within(SOON_START_WEEKS, today)), then=Value(Section.NOW.value)),
        default=Value(Section.LATER.value),
        output_field=CharField(),
    )


def in_section(queryset: QuerySet[Any], section: Section, today: Moment) -> QuerySet[Any]:
    """Return the offers of one section."""
    via = "index__" if queryset.model is Offer else ""
    found: QuerySet[Any] = queryset.alias(_section=section_of(today, via=via))
    return found.filter(_section=section.value)
