"""Writes on the quarterly request for waits: open it, mail who is asked."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from providers import emails
from providers.enums import HelpKind
from providers.models import AskedProvider, Offer, Provider, ServiceArea, WaitRequest, YouthRegion
from providers.models.offer import OfferQuerySet
from providers.services import audit

LONGEST_DAYS = 92


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail of a request: to whom, about which provider, with the link that opens the page."""

    person: User
    provider: Provider
    link: str


def asked_offers(region: YouthRegion, on: dt.date) -> OfferQuerySet:
    """Return the offers that a request is about: what one waits for in this region.

    Neighbours, clubs and walk-ins are left alone, and groups that one joins at their start.
    """
    areas = ServiceArea.objects.current(on).filter(municipality__region=region).order_by()
    rows = Offer.objects.visible().exclude(programme__is_open=False)
    return rows.exclude(help_kind=HelpKind.COMMUNITY).filter(pk__in=areas.values("offer"))


@transaction.atomic
def open_request(
    *, by: User, region: YouthRegion, year: int, quarter: int, answer_by: dt.date
) -> WaitRequest:
    """Open the request of one quarter for every provider with an offer one waits for.

    Raises ValidationError for a quarter that has one, and for a last day in the past or more
    than a quarter away.
    """
    today = timezone.localdate()
    if not today <= answer_by <= today + dt.timedelta(days=LONGEST_DAYS):
        raise ValidationError(
            {"answer_by": _("Kies een dag tussen vandaag en drie maanden vooruit.")}
        )
    request = WaitRequest(
        region=region, year=year, quarter=quarter, opened_on=today, answer_by=answer_by, by=by
    )
    request.full_clean()
    request.save()
    providers = asked_offers(region, today).order_by().values_list("provider", flat=True).distinct()
    AskedProvider.objects.bulk_create(
        AskedProvider(request=request, provider_id=pk) for pk in sorted(providers)
    )
    audit.record(by=by, action="wait_request.opened", subject=request)
    return request


@transaction.atomic
def mail_request(*, by: User | None, request: WaitRequest, letters: Iterable[Letter]) -> int:
    """Mail these people, each provider at most once a day; returns how many providers.

    The mails leave after the transaction; a provider of which no mail was accepted counts as
    not mailed, so that the next try is a new one.
    """
    today = timezone.localdate()
    by_provider: dict[int, list[Letter]] = {}
    for letter in letters:
        by_provider.setdefault(letter.provider.pk, []).append(letter)
    rows = AskedProvider.objects.select_for_update().filter(request=request)
    due = [row for row in rows.filter(provider__in=by_provider) if row.mailed_on != today]
    before = {row.pk: (row.mailed_on, row.mails) for row in due}
    for row in due:
        row.mailed_on, row.mails = today, row.mails + 1
    AskedProvider.objects.bulk_update(due, ["mailed_on", "mails"])
    if due:
        audit.record(by=by, action="wait_request.mailed", subject=request)
        transaction.on_commit(lambda: _send(request, due, by_provider, before))
    return len(due)


def _send(
    request: WaitRequest,
    due: list[AskedProvider],
    by_provider: dict[int, list[Letter]],
    before: dict[int, tuple[dt.date | None, int]],
) -> None:
    for row in due:
        letters = by_provider[row.provider_id]
        accepted = [
            emails.ask_waits(request, one.person, one.provider, one.link) for one in letters
        ]
        if not any(accepted):
            mailed_on, mails = before[row.pk]
            AskedProvider.objects.filter(pk=row.pk).update(mailed_on=mailed_on, mails=mails)
