"""What the page about measuring waits says beyond its fixed text."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from providers.enums import DatedFact
from providers.models import RegionClock, WaitNorm
from providers.rules.norms import norm_words
from providers.statistics import SURVIVOR_BIAS


@dataclass(frozen=True, slots=True)
class ClockLine:
    """How long one kind of fact counts, and from when its provider is asked again."""

    fact: str
    days: int
    ask_after: int


def about_waits_context() -> dict[str, Any]:
    """Return the clocks of the settings, and what regions have set themselves: two statements."""
    own = RegionClock.objects.select_related("region")
    norms = WaitNorm.objects.select_related("region")
    return {
        "clocks": [_clock(fact) for fact in DatedFact],
        "own_clocks": [_own_words(clock) for clock in own],
        "norms": [(norm_words(norm), norm) for norm in norms],
        "survivor_bias": SURVIVOR_BIAS,
    }


def _clock(fact: DatedFact) -> ClockLine:
    days = settings.FRESHNESS_DAYS[fact.value]
    return ClockLine(str(fact.label), days, int(days * settings.FRESHNESS_DUE_SHARE))


def _own_words(clock: RegionClock) -> str:
    return _("%(region)s: %(fact)s telt %(days)s dagen") % {
        "region": clock.region.name,
        "fact": str(DatedFact(clock.fact).label).lower(),
        "days": clock.days,
    }
