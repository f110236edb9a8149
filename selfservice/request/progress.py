"""Who answered a request and who did not, from the measurements since it opened."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from providers.models import AskedProvider, Membership, Provider, WaitRequest, WaitTime
from providers.permissions import Right, roles_with
from providers.services.policy.wait_requests import Letter, asked_offers
from selfservice.links import confirm_link


@dataclass(frozen=True, slots=True)
class Answered:
    """How far one provider is: of so many offers, how many have a wait, and a number waiting."""

    provider: Provider
    offers: int
    measured: int
    counted: int
    mailed_on: dt.date | None
    # Whether there is anybody whom a mail may ask.
    can_be_mailed: bool

    @property
    def is_complete(self) -> bool:
        """Whether each of its offers has a wait."""
        return self.measured >= self.offers

    @property
    def phone(self) -> str:
        """The number to call this provider on."""
        return str(self.provider.referrer_phone or self.provider.phone)


@dataclass(frozen=True, slots=True)
class Progress:
    """Every provider of one request; who did not answer first."""

    request: WaitRequest
    rows: tuple[Answered, ...]

    @property
    def complete(self) -> int:
        """How many providers answered for all their offers."""
        return sum(row.is_complete for row in self.rows)

    @property
    def started(self) -> int:
        """How many gave a part."""
        return sum(bool(row.measured) and not row.is_complete for row in self.rows)

    @property
    def silent(self) -> int:
        """How many gave nothing."""
        return sum(not row.measured for row in self.rows)


def progress(request: WaitRequest, *, today: dt.date) -> Progress:
    """Return how far each provider is, in four statements."""
    asked = list(request.asked.select_related("provider"))  # 1.
    offers: dict[int, set[int]] = defaultdict(set)
    for pk, provider in asked_offers(request.region, today).values_list("pk", "provider"):  # 2.
        offers[provider].add(pk)
    measured, counted = _given(request)  # 3.
    writers = _writers([row.provider_id for row in asked])  # 4.
    rows = [
        Answered(
            provider=row.provider,
            offers=len(offers[row.provider_id]),
            measured=len(offers[row.provider_id] & measured),
            counted=len(offers[row.provider_id] & counted),
            mailed_on=row.mailed_on,
            can_be_mailed=row.provider_id in writers,
        )
        for row in asked
    ]
    return Progress(
        request, tuple(sorted(rows, key=lambda row: (row.is_complete, row.provider.name)))
    )


def letters_of(request: WaitRequest, *, today: dt.date) -> list[Letter]:
    """Return a mail to everybody who may answer for a provider that is not complete."""
    open_ones = [row.provider for row in progress(request, today=today).rows if not row.is_complete]
    people = _writers([provider.pk for provider in open_ones])
    return [
        Letter(row.user, row.provider, confirm_link(row.user, row.provider))
        for provider in open_ones
        for row in people.get(provider.pk, [])
        if row.provider
    ]


def _given(request: WaitRequest) -> tuple[set[int], set[int]]:
    """Return the offers with a measurement since the request opened, and those with a count."""
    rows = WaitTime.objects.real().filter(
        measured_on__gte=request.opened_on,
        offer__provider__in=AskedProvider.objects.filter(request=request).values("provider"),
    )
    found = list(rows.order_by().values_list("offer", "people_waiting"))
    return {offer for offer, _n in found}, {offer for offer, n in found if n is not None}


def _writers(providers: list[int]) -> dict[int, list[Membership]]:
    rows = Membership.objects.active(*roles_with(Right.WRITE)).may_get_mail()
    found: dict[int, list[Membership]] = defaultdict(list)
    for row in rows.filter(provider__in=providers).select_related("user", "provider"):
        if row.provider_id:
            found[row.provider_id].append(row)
    return found
