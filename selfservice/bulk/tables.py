"""The kinds of tables that a provider takes out and reads back in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from providers.models import Provider, SheetChange
from providers.services.files.rows import SHEETS, apply_rows, undo_rows
from providers.services.files.sheets import apply_offers, undo_offers
from providers.sheets import offers
from providers.sheets.offers import OfferPlan
from providers.sheets.rows import RowPlan, plan_of

OFFERS = "aanbod"
# By kind: what it is called, and what one may do with it.
TITLES: dict[str, tuple[str | Promise, str | Promise]] = {
    OFFERS: (
        _("Aanbod en wachttijden"),
        _("Teksten, leeftijden, hulpvragen en wachttijden van al uw aanbod."),
    ),
    "locaties": (
        _("Locaties"),
        _("Uw adressen. Een rij zonder nummer wordt een nieuwe locatie."),
    ),
    "gemeenten": (
        _("Gemeenten"),
        _(
            "Per aanbod en gemeente: hoe iemand binnenkomt, het contract en tot wanneer. Met 'ja' "
            "bij 'weghalen' geeft u het daar niet meer."
        ),
    ),
    "starts": (
        _("Starts van groepen"),
        _("Wat vandaag of later begint. Een rij zonder nummer wordt een nieuwe start."),
    ),
}


@dataclass(frozen=True, slots=True)
class KindLink:
    """A kind of table in the list of them, and whether it is this one."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ProviderTable:
    """One kind of table of one provider."""

    provider: Provider
    kind: str

    @classmethod
    def of(cls, provider: Provider, kind: str) -> "ProviderTable":
        """Return this kind of table; raises Http404 for a kind that there is not."""
        if kind not in TITLES:
            raise Http404
        return cls(provider, kind)

    @property
    def title(self) -> str:
        """What it is called."""
        return str(TITLES[self.kind][0])

    @property
    def about(self) -> str:
        """What one can do with it."""
        return str(TITLES[self.kind][1])

    @property
    def links(self) -> tuple[KindLink, ...]:
        """All kinds of tables of this provider."""
        return tuple(
            KindLink(str(title), self._address("", kind), kind == self.kind)
            for kind, (title, _about) in TITLES.items()
        )

    @property
    def url(self) -> str:
        """The page of this table."""
        return self._address("")

    @property
    def xlsx_url(self) -> str:
        """Where it goes out for Excel."""
        return self._address("_xlsx")

    @property
    def csv_url(self) -> str:
        """Where it goes out for other programs."""
        return self._address("_csv")

    def _address(self, ending: str, kind: str = "") -> str:
        kind = kind or self.kind
        if kind == OFFERS:
            return reverse(f"selfservice:table{ending}", args=[self.provider.pk])
        return reverse(f"selfservice:rows{ending}", args=[self.provider.pk, kind])

    @property
    def headings(self) -> list[str]:
        """The first line."""
        return offers.HEADINGS if self.kind == OFFERS else SHEETS[self.kind](self.provider).headings

    @property
    def choices(self) -> dict[str, list[str]]:
        """What one may choose from, by heading."""
        if self.kind == OFFERS:
            return {one.heading: one.choices() for one in offers.COLUMNS if one.choices}
        return SHEETS[self.kind](self.provider).choices

    def rows(self) -> Iterable[list[str]]:
        """Return the lines that go out."""
        if self.kind == OFFERS:
            return offers.lines_of(self.provider)
        return SHEETS[self.kind](self.provider).rows()

    def plan(self, content: bytes) -> OfferPlan | RowPlan:
        """Return what a file would change. Raises ValidationError for what is no such table."""
        if self.kind == OFFERS:
            return offers.plan_of(content, self.provider)
        return plan_of(SHEETS[self.kind](self.provider), content)

    def apply(self, plan: Any, *, by: User) -> None:
        """Carry a plan out. Raises what the services raise."""
        if self.kind == OFFERS:
            apply_offers(by=by, provider=self.provider, plan=plan)
        else:
            apply_rows(by=by, provider=self.provider, kind=self.kind, plan=plan)


def undo(change: SheetChange, *, by: User) -> None:
    """Take back what a table changed, whatever its kind. Raises what the services raise."""
    take_back = undo_offers if change.kind == OFFERS else undo_rows
    take_back(by=by, change=change)
