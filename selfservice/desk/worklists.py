"""What lies at the desk of a region: lists with a page each, counted on the start page."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from providers.enums import VISIBLE_STATUSES
from providers.models import (
    Invitation,
    Location,
    Membership,
    Offer,
    Provider,
    ServiceArea,
    YouthRegion,
)
from providers.permissions import Right, roles_with
from providers.rules.reports import unanswered_wrong, wrong_reports
from providers.rules.start import enters_at_start, entry_at_start


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to look at: what, of whom, why, and whom to call."""

    title: str
    url: str
    provider: Provider
    details: tuple[str, ...] = ()
    # Where the desk does something about it, and in which words.
    action: tuple[str, str] | None = None

    @property
    def phone(self) -> str:
        """The number to call this provider on."""
        return str(self.provider.referrer_phone or self.provider.phone)


@dataclass(frozen=True, slots=True)
class Worklist:
    """A kind of work at the desk."""

    name: str
    title: Any
    about: Any
    lines: Callable[[YouthRegion, dt.date], list[Line]] = field(repr=False)
    # How many there are, counted by the database.
    number: Callable[[YouthRegion, dt.date], int] = field(repr=False)


def offers_in(region: YouthRegion) -> Any:
    """Return the offers that everybody sees and that serve this region."""
    areas = ServiceArea.objects.filter(offer=OuterRef("pk"), municipality__region=region)
    rows = Offer.objects.visible().filter(Exists(areas)).select_related("provider")
    return rows.order_by("provider__name", "title", "pk")


def ending_areas(region: YouthRegion, today: dt.date) -> list[Line]:
    """Return per offer where its way in or contract ends soon."""
    rows = _ending(region, today).select_related("offer__provider", "municipality")
    by_offer: dict[tuple[dt.date, Offer], list[str]] = defaultdict(list)
    for area in rows.order_by(
        "ends_on", "offer__provider__name", "offer__title", "municipality__name", "pk"
    ):
        assert area.ends_on is not None  # noqa: S101 - the filter says so
        by_offer[area.ends_on, area.offer].append(area.municipality.name)
    return [
        _line(offer, _("t/m %(day)s: %(places)s") % {"day": _day(day), "places": ", ".join(names)})
        for (day, offer), names in by_offer.items()
    ]


def _ending(region: YouthRegion, today: dt.date) -> QuerySet[ServiceArea]:
    return ServiceArea.objects.ending(today).filter(
        municipality__region=region, offer__status__in=VISIBLE_STATUSES
    )


def count_ending_areas(region: YouthRegion, today: dt.date) -> int:
    """Return how many lines `ending_areas` has."""
    return _ending(region, today).order_by().values("ends_on", "offer").distinct().count()


def lacking_offers(region: YouthRegion, today: dt.date) -> list[Line]:
    """Return the offers of which a telephone, point, age or wait is not known."""
    rows = _with_point(region).select_related("programme")
    found = ((offer, tuple(_lacks(offer))) for offer in rows)
    return [
        _line(offer, _("mist: %(what)s") % {"what": ", ".join(what)})
        for offer, what in found
        if what
    ]


def _with_point(region: YouthRegion) -> Any:
    points = Location.objects.filter(offers=OuterRef("pk"), lat__isnull=False)
    return offers_in(region).annotate(has_point=Exists(points))


def count_lacking_offers(region: YouthRegion, today: dt.date) -> int:
    """Return how many lines `lacking_offers` has."""
    nowhere = Q(has_point=False, online=False, at_home=False, at_school=False)
    lacks = (
        Q(provider__phone="", provider__referrer_phone="")
        | nowhere
        | Q(age_min=None, age_max=None)
        | Q(wait_measured_on=None) & ~Q(entry_at_start())
    )
    return int(_with_point(region).filter(lacks).count())


def _lacks(offer: Any) -> Iterable[str]:
    if not (offer.provider.phone or offer.provider.referrer_phone):
        yield _("telefoon")
    # Help by chat or at home has no address.
    if not offer.has_point and not (offer.online or offer.at_home or offer.at_school):
        yield _("plek op de kaart")
    if offer.age_min is None and offer.age_max is None:
        yield _("leeftijd")
    if offer.wait_measured_on is None and not enters_at_start(offer):
        yield _("wachttijd")


def reported_offers(region: YouthRegion, today: dt.date) -> list[Line]:
    """Return the offers of which referrers say that something is wrong."""
    offers = list(_reported(region, today))
    wrong = wrong_reports(offers, today)
    return [_line(offer, *wrong[offer.pk]) for offer in offers if offer.pk in wrong]


def count_reported_offers(region: YouthRegion, today: dt.date) -> int:
    """Return how many lines `reported_offers` has."""
    return int(_reported(region, today).count())


def _reported(region: YouthRegion, today: dt.date) -> Any:
    return offers_in(region).filter(pk__in=unanswered_wrong(today).order_by().values("offer"))


def unmanned_providers(region: YouthRegion, today: dt.date) -> list[Line]:
    """Return the providers for which nobody could write."""
    rows = _unmanned(region)
    waiting = set(
        Invitation.objects.open().filter(provider__in=rows).values_list("provider", flat=True)
    )
    invite = reverse("desk:invite", args=[region.pk])
    return [
        Line(
            title=provider.name,
            url=provider.get_absolute_url(),
            provider=provider,
            details=(_("uitgenodigd"),) if provider.pk in waiting else (),
            action=(f"{invite}?aanbieder={provider.pk}", _("Nodig uit")),
        )
        for provider in rows
    ]


def _unmanned(region: YouthRegion) -> QuerySet[Provider]:
    writers = Membership.objects.active(*roles_with(Right.WRITE)).filter(provider=OuterRef("pk"))
    return Provider.objects.in_region(region).filter(~Exists(writers))


def count_unmanned_providers(region: YouthRegion, today: dt.date) -> int:
    """Return how many lines `unmanned_providers` has."""
    return _unmanned(region).count()


def _line(offer: Offer, *details: str) -> Line:
    return Line(offer.title, offer.get_absolute_url(), offer.provider, details)


def _day(day: dt.date) -> str:
    return date_format(day, "j F")


WORKLISTS = (
    Worklist(
        "gemeld",
        gettext_lazy("Verwijzers melden dat iets niet klopt"),
        gettext_lazy("Het verdwijnt als de aanbieder zijn aanbod bevestigt."),
        reported_offers,
        count_reported_offers,
    ),
    Worklist(
        "loopt-af",
        gettext_lazy("Werkgebieden die binnen 60 dagen eindigen"),
        gettext_lazy("Daarna staat het aanbod daar niet meer op de kaart."),
        ending_areas,
        count_ending_areas,
    ),
    Worklist(
        "zonder-medewerker",
        gettext_lazy("Organisaties waarvoor niemand kan bijwerken"),
        gettext_lazy("Bel, en nodig iemand uit."),
        unmanned_providers,
        count_unmanned_providers,
    ),
    Worklist(
        "onvolledig",
        gettext_lazy("Aanbod zonder telefoon, plek, leeftijd of wachttijd"),
        gettext_lazy("Dit wordt minder goed gevonden."),
        lacking_offers,
        count_lacking_offers,
    ),
)
BY_NAME = {one.name: one for one in WORKLISTS}
