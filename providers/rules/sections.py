"""The parts in which results are shown: light before heavy, soon before later.

A database form only: whoever shows results has the part from there. The oracle in
tests/providers/rules/test_sections.py says it in Python.
"""

from collections.abc import Callable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from providers.rules.lightness import light_sql
from providers.rules.start import SOON_START_WEEKS, starts_within_sql


class Section(TextChoices):
    """A part of the results. The values sort in the order in which the parts are shown."""

    NOW = "1-nu", _("Lichte hulp, start binnen 6 weken")
    AROUND = "2-omgeving", _("Gezin en omgeving")
    LATER = "3-later", _("Lichte hulp, start later of onbekend")
    SPECIALIST = "4-specialistisch", _("Specialistische hulp")


SECTIONS = tuple(Section)


def _section_sql(row: str, starts_soon: str, named: Callable[[Section], str]) -> str:
    return f"""CASE WHEN NOT {light_sql(f"{row}level")} THEN {named(Section.SPECIALIST)}
    WHEN {row}for_family THEN {named(Section.AROUND)}
    WHEN {starts_soon} THEN {named(Section.NOW)}
    ELSE {named(Section.LATER)} END"""


def _by_value(section: Section) -> str:
    return f"'{section.value}'"


def _by_number(section: Section) -> str:
    return str(SECTIONS.index(section))


# Of a row `i` of the index.
SECTION_SQL = _section_sql("i.", starts_within_sql(SOON_START_WEEKS), _by_value)
# Of a row that has the weeks of `start.START_WEEKS` already: which one of SECTIONS, counted from
# 0. By a number rows sort several times as fast as by a text.
SECTION_NUMBER_SQL = _section_sql("", f"start_weeks <= {SOON_START_WEEKS}", _by_number)
