"""The parts in which results are shown: light before heavy, soon before later.

Two forms, held together by tests/providers/rules/test_sections.py: the ORM and SQL.
"""

from typing import Any

from django.db.models import Case, Q, QuerySet, TextChoices, Value, When
from django.db.models.fields import CharField
from django.utils.translation import gettext_lazy as _

from providers.models import Offer
from providers.rules.freshness import Moment
from providers.rules.lightness import LIGHT, light_sql
from providers.rules.start import SOON_START_WEEKS, starts_within, starts_within_sql


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
        When(~LIGHT, then=Value(Section.SPECIALIST.value)),
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


def _section_sql(row: str, starts_soon: str) -> str:
    return f"""CASE WHEN NOT {light_sql(f"{row}level")} THEN '{Section.SPECIALIST.value}'
    WHEN {row}for_family THEN '{Section.AROUND.value}'
    WHEN {starts_soon} THEN '{Section.NOW.value}'
    ELSE '{Section.LATER.value}' END"""


# Of a row `i` of the index, and of a row that has the weeks of `start.START_WEEKS` already.
SECTION_SQL = _section_sql("i.", starts_within_sql(SOON_START_WEEKS))
SECTION_BY_WEEKS_SQL = _section_sql("", f"start_weeks <= {SOON_START_WEEKS}")
