"""What is asked for somewhere, per help question, and whether a provider offers that.

Numbers are rounded: a provider says itself where it works, and mails and files of a municipality
lie beside each other. With exact ones those of one municipality, or of a few days, would follow
from the numbers of two moments.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from providers.figures.demand import DAYS, Asked, asked_in, per_question, publishable
from providers.languages import grouped
from providers.models import HelpQuestion, Offer, Provider, ServiceArea
from providers.rules.small_numbers import FEWEST, rounded, shows_part
from providers.vocabulary.choices import choices


@dataclass(frozen=True, slots=True)
class Wanted:
    """One help question that was searched for five times or more, in one place at one age.

    `empty` (searches that found nothing, or nothing in time) and `signals` are None where the
    number is small, or where a small one follows from it. All three are to the nearest five.
    `is_near` is a question of a theme of which the provider offers something.
    """

    code: str
    label: str
    searches: int
    empty: int | None
    signals: int | None
    is_offered: bool = False
    is_near: bool = False

    @property
    def words(self) -> str:
        """About how often, in words."""
        words = [_("ongeveer %(n)s keer gezocht") % {"n": grouped(self.searches)}]
        if self.empty:
            words.append(_("%(n)s keer niets gevonden") % {"n": grouped(self.empty)})
        if self.signals:
            words.append(_("%(n)s meldingen dat het ontbreekt") % {"n": grouped(self.signals)})
        return ", ".join(words)


def wanted(asked: Asked) -> list[Wanted]:
    """Return what was asked for often enough to show, most searched first."""
    shown = (asked.searches, asked.empty_searches, asked.signals)
    searches, empty, signals = (per_question(publishable(counts)) for counts in shown)
    known = choices(HelpQuestion)
    found = [
        Wanted(
            code=code,
            label=known[code].label,
            # From five on there is always a rounded number.
            searches=rounded(number) or FEWEST,
            empty=rounded(empty[code]) if shows_part(empty[code], number) else None,
            signals=rounded(signals[code]),
        )
        for code, number in searches.items()
        if number and code in known
    ]
    # By name where the number is the same: the exact order would tell which one is larger.
    return sorted(found, key=lambda one: (-one.searches, one.label))


def wanted_from(provider: Provider, *, until: dt.date, days: int = DAYS) -> list[Wanted]:
    """Return what was asked for in the municipalities of a provider: five statements."""
    offers = Offer.objects.visible().filter(provider=provider)
    areas = ServiceArea.objects.current(until).filter(offer__in=offers).order_by()
    codes = list(areas.values_list("municipality", flat=True).distinct())
    mine = set(offers.order_by().values_list("help_questions", flat=True)) - {None}
    known = choices(HelpQuestion)
    themes = {known[code].theme_id for code in mine if code in known}
    return [
        replace(one, is_offered=one.code in mine, is_near=known[one.code].theme_id in themes)
        for one in wanted(asked_in(codes, until=until, days=days))
    ]


def could_be_offered(found: Iterable[Wanted]) -> list[Wanted]:
    """Return what the provider does not offer: first what is near to what it does."""
    return sorted((one for one in found if not one.is_offered), key=lambda one: not one.is_near)
