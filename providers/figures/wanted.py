"""What is asked for where a provider works, per help question, and whether it offers that."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from providers.figures.demand import DAYS, Asked, asked_in, per_question
from providers.languages import grouped
from providers.models import HelpQuestion, Offer, Provider, ServiceArea
from providers.rules.small_numbers import FEWEST, rounded, shows_part
from providers.vocabulary.choices import choices


@dataclass(frozen=True, slots=True)
class Wanted:
    """One help question that was searched for five times or more.

    `empty` (searches that found nothing, or nothing in time) and `signals` are None where the
    number is small, or where a small one follows from it. `is_rounded`: all three are to the
    nearest five. `is_near` is a question of a theme of which the provider offers something.
    """

    code: str
    label: str
    searches: int
    empty: int | None
    signals: int | None
    is_rounded: bool = False
    is_offered: bool = False
    is_near: bool = False

    @property
    def words(self) -> str:
        """How often, in words; of rounded numbers that it was about as often."""
        searched = _("ongeveer %(n)s keer gezocht") if self.is_rounded else _("%(n)s keer gezocht")
        words = [searched % {"n": grouped(self.searches)}]
        if self.empty:
            words.append(_("%(n)s keer niets gevonden") % {"n": grouped(self.empty)})
        if self.signals:
            words.append(_("%(n)s meldingen dat het ontbreekt") % {"n": grouped(self.signals)})
        return ", ".join(words)


def wanted(asked: Asked) -> list[Wanted]:
    """Return what was asked for often enough to show, most searched first."""
    searches, empty = per_question(asked.searches), per_question(asked.empty_searches)
    signals, known = per_question(asked.signals), choices(HelpQuestion)
    return [
        Wanted(
            code=code,
            label=known[code].label,
            searches=number,
            empty=empty[code] if empty[code] and shows_part(empty[code], number) else None,
            signals=signals[code] if signals[code] >= FEWEST else None,
        )
        for code, number in searches.most_common()
        if number >= FEWEST and code in known
    ]


def wanted_from(provider: Provider, *, until: dt.date, days: int = DAYS) -> list[Wanted]:
    """Return what was asked for in the municipalities of a provider, rounded: five statements.

    A provider says itself where it works. With exact numbers those of one municipality would
    follow from the numbers before and after that one is added.
    """
    offers = Offer.objects.visible().filter(provider=provider)
    areas = ServiceArea.objects.current(until).filter(offer__in=offers).order_by()
    codes = list(areas.values_list("municipality", flat=True).distinct())
    mine = set(offers.order_by().values_list("help_questions", flat=True)) - {None}
    known = choices(HelpQuestion)
    themes = {known[code].theme_id for code in mine if code in known}
    found = [
        replace(
            _rounded(one), is_offered=one.code in mine, is_near=known[one.code].theme_id in themes
        )
        for one in wanted(asked_in(codes, until=until, days=days))
    ]
    # By name where the number is the same: the exact order would tell which one is larger.
    return sorted(found, key=lambda one: (-one.searches, one.label))


def _rounded(one: Wanted) -> Wanted:
    return replace(
        one,
        # From five on there is always a rounded number.
        searches=rounded(one.searches) or FEWEST,
        empty=None if one.empty is None else rounded(one.empty),
        signals=None if one.signals is None else rounded(one.signals),
        is_rounded=True,
    )


def could_be_offered(found: Iterable[Wanted]) -> list[Wanted]:
    """Return what the provider does not offer: first what is near to what it does."""
    return sorted((one for one in found if not one.is_offered), key=lambda one: not one.is_near)
