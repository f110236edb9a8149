"""What there is and what is missing in one municipality, per theme."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Min
from django.utils import formats
from django.utils.translation import gettext as _

from providers.models import Municipality, Offer, Theme
from providers.rules.clocks import clocks_in
from providers.rules.freshness import Clocks
from providers.rules.lightness import LIGHT
from providers.rules.start import fresh_wait


@dataclass(frozen=True, slots=True)
class ThemeSupply:
    """The offers under one theme that serve one municipality.

    Counts are of offers, not of people, so small ones need not be hidden.
    `shortest_wait` is in weeks, from referral to the start of help, and only from
    measurements that still count; None when there is none.
    """

    code: str
    label: str
    offers: int
    upstream: int
    shortest_wait: Decimal | None

    @property
    def is_missing(self) -> bool:
        """Whether nothing is offered under this theme."""
        return self.offers == 0

    @property
    def upstream_share(self) -> int | None:
        """Light help (steps 0-2) as a whole percentage of the offers; None without offers."""
        return round(100 * self.upstream / self.offers) if self.offers else None

    @property
    def offers_text(self) -> str:
        """The number of offers, or that there are none."""
        return _("geen aanbod") if self.is_missing else str(self.offers)

    @property
    def share_text(self) -> str:
        """The share of light help in words; a dash where there is nothing to share."""
        return "–" if self.upstream_share is None else f"{self.upstream_share}%"

    @property
    def wait_text(self) -> str:
        """The shortest wait in weeks as people write it, or that it is not known."""
        if self.is_missing:
            return "–"
        if self.shortest_wait is None:
            return _("niet bekend")
        # 2.00 is 2, 2.50 is 2,5.
        return formats.number_format(self.shortest_wait.normalize(), force_grouping=False)


@dataclass(frozen=True, slots=True)
class Supply:
    """What there is in one municipality on one day."""

    municipality: Municipality
    on: dt.date
    themes: tuple[ThemeSupply, ...]
    # Offers that serve the municipality and of which no help question is known: under no theme.
    without_theme: int

    @property
    def missing(self) -> list[str]:
        """Themes without any offer."""
        return [theme.label for theme in self.themes if theme.is_missing]

    @property
    def only_heavy(self) -> list[str]:
        """Themes with offers, none of which is light."""
        return [theme.label for theme in self.themes if theme.offers and not theme.upstream]

    @property
    def wait_unknown(self) -> list[str]:
        """Themes with offers, of none of which the wait is known."""
        return [
            theme.label for theme in self.themes if theme.offers and theme.shortest_wait is None
        ]


def supply(municipality: Municipality, *, today: dt.date) -> Supply:
    """Return what there is in this municipality today, in two queries.

    Once a minute a third reads the clocks of regions.
    """
    themes = list(Theme.objects.all())  # Query 1: every theme, also those without offers.
    clocks = clocks_in(municipality.pk, today)
    counted = _counts(municipality.pk, clocks)  # Query 2: the figures per theme.
    return Supply(
        municipality=municipality,
        on=today,
        themes=tuple(_theme_supply(theme, counted.get(theme.pk)) for theme in themes),
        without_theme=counted[None]["offers"] if None in counted else 0,
    )


def _counts(municipality: str, clocks: Clocks) -> dict[str | None, dict[str, Any]]:
    """Count visible offers per theme; the key None holds those without a help question."""
    rows = (
        Offer.objects.visible()
        .serving(municipality, on=clocks.today)
        .order_by()
        .values("help_questions__theme")
        # Distinct: an offer that answers three questions of a theme is one offer.
        .annotate(
            offers=Count("pk", distinct=True),
            upstream=Count("pk", distinct=True, filter=LIGHT),
            shortest_wait=Min("wait_weeks", filter=fresh_wait(clocks)),
        )
    )
    return {row["help_questions__theme"]: dict(row) for row in rows}


def _theme_supply(theme: Theme, row: dict[str, Any] | None) -> ThemeSupply:
    return ThemeSupply(
        code=theme.pk,
        label=theme.label,
        offers=row["offers"] if row else 0,
        upstream=row["upstream"] if row else 0,
        shortest_wait=row["shortest_wait"] if row else None,
    )
