"""Light and heavy help, by the steps of the ladder, and which help may bridge a wait.

Light ("upstream") are the steps 0-2, heavy all above. Help bridges a wait when it is light, or
says that it is there for those who wait. Their forms are held together by
tests/providers/rules/test_sections.py: plain Python and the ORM on offers or on rows of the index,
and SQL on a row `i` of the index.
"""

from typing import Any

from django.db.models import Q

from providers.enums import UPSTREAM_LEVELS, CareLevel


def is_light(level: int) -> bool:
    """Whether a step is light help."""
    return level in UPSTREAM_LEVELS


def bridges_wait(offer: Any) -> bool:
    """Whether an offer, or a row of the index, may help somebody who waits for something else."""
    return offer.while_waiting or is_light(offer.level)


def may_be_handed_out(offer: Any) -> bool:
    """Whether a family may get this unseen: no day treatment or stay, and no help in a crisis."""
    return not offer.crisis and offer.level < CareLevel.DAY_TREATMENT


LIGHT = Q(level__in=UPSTREAM_LEVELS)
BRIDGES_WAIT = Q(while_waiting=True) | LIGHT
MAY_BE_HANDED_OUT = Q(crisis=False, level__lt=CareLevel.DAY_TREATMENT)


def light_sql(level: str) -> str:
    """Return whether the step in this column is light help."""
    return f"{level} IN ({', '.join(str(one.value) for one in UPSTREAM_LEVELS)})"


BRIDGES_WAIT_SQL = f"(i.while_waiting OR {light_sql('i.level')})"
