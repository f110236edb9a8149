"""The parts in which results are shown: light before heavy, soon before later.

A database form only: whoever shows results has the part from there. The oracle in
tests/providers/rules/test_sections.py says it in Python.
"""

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


def _section_sql(row: str, starts_soon: str) -> str:
    return f"""CASE WHEN NOT {light_sql(f"{row}level")} THEN '{Section.SPECIALIST.value}'
    WHEN {row}for_family THEN '{Section.AROUND.value}'
    WHEN {starts_soon} THEN '{Section.NOW.value}'
    ELSE '{Section.LATER.value}' END"""


# Of a row `i` of the index, and of a row that has the weeks of `start.START_WEEKS` already.
SECTION_SQL = _section_sql("i.", starts_within_sql(SOON_START_WEEKS))
SECTION_BY_WEEKS_SQL = _section_sql("", f"start_weeks <= {SOON_START_WEEKS}")
