"""The parts in which results are shown: light before heavy, soon before later."""

import datetime as dt
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, TextChoices, Value, When
from django.db.models.fields import CharField
from django.utils.translation import gettext_lazy as _

from providers.availability import SOON_START_WEEKS, starts_within
from providers.enums import CareLevel, GroupAudience
from providers.models import Offer, OfferHelpQuestion

FAMILY_THEME = "gezin"
PARENT_GROUPS = ("ouders", "aanstaande-ouders", "eenoudergezin")


class Section(TextChoices):
    """A part of the results. The values sort in the order in which the parts are shown."""

    NOW = "1-nu", _("Kan nu starten")
    AROUND = "2-omgeving", _("Gezin en omgeving")
    LATER = "3-later", _("Lichte hulp, start later of onbekend")
    SPECIALIST = "4-specialistisch", _("Specialistische hulp")


def _for_the_family() -> Q:
    """Help for parents or the home: by its main question, its audience or its target group."""
    main = OfferHelpQuestion.objects.filter(
        offer=OuterRef("pk"), rank=0, help_question__theme=FAMILY_THEME
    )
    parents = Offer.target_groups.through.objects.filter(
        offer=OuterRef("pk"), targetgroup__in=PARENT_GROUPS
    )
    return Q(Exists(main)) | Q(Exists(parents)) | Q(programme__audience=GroupAudience.PARENTS)


def section_of(today: dt.date) -> Case:
    """Return the expression that gives the section of an offer."""
    return Case(
        When(level__gte=CareLevel.SPECIALIST, then=Value(Section.SPECIALIST.value)),
        When(_for_the_family(), then=Value(Section.AROUND.value)),
        When(Q(starts_within(SOON_START_WEEKS, today)), then=Value(Section.NOW.value)),
        default=Value(Section.LATER.value),
        output_field=CharField(),
    )


def in_section(queryset: QuerySet[Any], section: Section, today: dt.date) -> QuerySet[Any]:
    """Return the offers of one section."""
    return queryset.alias(_section=section_of(today)).filter(_section=section.value)
