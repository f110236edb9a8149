"""How often the offers of a provider were met, per month that has ended.

The running month is not shown: from its numbers of two days a small one would follow.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from providers.enums import UseKind
from providers.languages import grouped
from providers.models import Offer, OfferUse, Provider
from providers.rules.small_numbers import FEWEST, Hidden, protect, small_number_words

MONTHS = 12
# For the mail, what comes closest to help first: one number that is worth reading.
CLOSEST_FIRST = tuple(reversed(UseKind))

NEWS = {
    UseKind.SHOWN: gettext_lazy("In %(month)s stond uw aanbod %(n)s keer in een zoekresultaat."),
    UseKind.OPENED: gettext_lazy("In %(month)s werd uw aanbod %(n)s keer geopend."),
    UseKind.KEPT: gettext_lazy("In %(month)s werd uw aanbod %(n)s keer bewaard in een keuzelijst."),
    UseKind.HANDED_OUT: gettext_lazy(
        "In %(month)s stond uw aanbod %(n)s keer op een gezinspagina."
    ),
    UseKind.CALLED: gettext_lazy(
        "In %(month)s tikte %(n)s keer iemand op het telefoonnummer bij uw aanbod."
    ),
}

# How often each offer was met, by its number.
PerOffer = Mapping[int, int]
PerKind = Mapping[UseKind, PerOffer]


@dataclass(frozen=True, slots=True)
class UseCell:
    """One number in words, of one kind of use."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class UseLine:
    """One line of a table: its heading, and a number per kind of use."""

    heading: str
    cells: tuple[UseCell, ...]


@dataclass(frozen=True, slots=True)
class MonthOption:
    """A month that can be looked at."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class UseTable:
    """A table of use: what it is about, the heading of its lines, and perhaps a total."""

    caption: str
    first: str
    lines: tuple[UseLine, ...]
    total: UseLine | None = None


@dataclass(frozen=True, slots=True)
class Uses:
    """The use of one month per offer with its total, and the totals of the last year."""

    month: MonthOption
    options: tuple[MonthOption, ...]
    kinds: tuple[str, ...]
    per_offer: UseTable
    per_month: UseTable


def ended_months(today: dt.date) -> list[dt.date]:
    """Return the first days of the last twelve months that have ended, the newest first."""
    last = today.year * 12 + today.month - 2
    return [dt.date(n // 12, n % 12 + 1, 1) for n in range(last, last - MONTHS, -1)]


def uses_of(provider: Provider, today: dt.date, chosen: str = "") -> Uses:
    """Return the use of the month chosen ("2026-10"), else of the last one: two statements."""
    months = ended_months(today)
    by_month = _read(provider, months)
    month = next((one for one in months if _option(one).code == chosen), months[0])
    titles = _titles(provider, by_month[month])
    return Uses(
        month=_option(month),
        options=tuple(map(_option, months)),
        kinds=tuple(str(kind.label) for kind in UseKind),
        per_offer=UseTable(
            _("Per aanbod in %(month)s") % {"month": _option(month).label},
            _("Aanbod"),
            _offer_lines(titles, by_month[month]),
            UseLine(_("Samen"), _totals(by_month[month])),
        ),
        per_month=UseTable(
            _("Al uw aanbod samen, per maand"),
            _("Maand"),
            tuple(UseLine(_option(one).label, _totals(by_month[one])) for one in months),
        ),
    )


def news_of(provider: Provider, today: dt.date) -> str:
    """Return one number of the last month in a sentence; empty when none may be shown."""
    month = ended_months(today)[0]
    per_kind = _read(provider, [month])[month]
    for kind in CLOSEST_FIRST:
        counts = list(per_kind[kind].values())
        total = sum(counts)
        if total >= FEWEST and protect(counts).total is None:
            return NEWS[kind] % {"n": grouped(total), "month": date_format(month, "F Y")}
    return ""


def _read(provider: Provider, months: Sequence[dt.date]) -> dict[dt.date, PerKind]:
    rows = OfferUse.objects.in_months(months[-1], months[0]).filter(offer__provider=provider)
    found: dict[dt.date, dict[UseKind, dict[int, int]]] = {
        month: {kind: defaultdict(int) for kind in UseKind} for month in months
    }
    for month, kind, offer, times in rows.values_list("month", "kind", "offer", "times"):
        found[month][UseKind(kind)][offer] = times
    return {month: dict(kinds) for month, kinds in found.items()}


def _titles(provider: Provider, met: PerKind) -> dict[int, str]:
    """Return the title of each offer that everybody sees, or that was met in this month."""
    numbers = {offer for per_offer in met.values() for offer in per_offer}
    offers = Offer.objects.filter(provider=provider).order_by("title", "pk")
    rows = offers.visible() | offers.filter(pk__in=numbers)
    return dict(rows.values_list("pk", "title"))


def _offer_lines(titles: Mapping[int, str], met: PerKind) -> tuple[UseLine, ...]:
    columns = [_words([met[kind].get(offer, 0) for offer in titles]) for kind in UseKind]
    return tuple(
        UseLine(title, _cells([column[place] for column in columns]))
        for place, title in enumerate(titles.values())
    )


def _words(parts: Sequence[int]) -> list[str]:
    hidden = protect(parts).parts
    return [number_words(part, hidden.get(place)) for place, part in enumerate(parts)]


def _totals(met: PerKind) -> tuple[UseCell, ...]:
    counts = [list(met[kind].values()) for kind in UseKind]
    return _cells([number_words(sum(parts), protect(parts).total) for parts in counts])


def _cells(words: Sequence[str]) -> tuple[UseCell, ...]:
    return tuple(UseCell(str(kind.label), each) for kind, each in zip(UseKind, words, strict=True))


def number_words(number: int, hidden: Hidden | None) -> str:
    """Return a number as people read it, or what may be known of one that is hidden."""
    if hidden is Hidden.WITHHELD:
        return _("%(n)s of meer") % {"n": FEWEST}
    return "–" if hidden is Hidden.BLANK else small_number_words(number)


def _option(month: dt.date) -> MonthOption:
    return MonthOption(f"{month:%Y-%m}", date_format(month, "F Y"))
