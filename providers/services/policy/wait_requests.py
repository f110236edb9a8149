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
from providers.models.audit import ON_NO_PAGE
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
    audit.record(by=by, action="wait_request.opened", subject=request, regions=ON_NO_PAGE)
    return request


def mail_request(*, by: User | None, request: WaitRequest, letters: Iterable[Letter]) -> int:
    """Mail these people, each provider at most once a day; returns how many providers were mailed.

    Each provider is claimed just before its mails leave: killed or run twice at once it is mailed
    at most once, and the next run mails the others. One of which the server took no mail counts
    as not mailed, so that the next try is a new one. Call it outside a transaction.
    """
    by_provider: dict[int, list[Letter]] = {}
    for letter in letters:
        by_provider.setdefault(letter.provider.pk, []).append(letter)
    return sum(_mail_provider(by, request, pk, found) for pk, found in by_provider.items())


def _mail_provider(
    by: User | None, request: WaitRequest, provider: int, letters: Iterable[Letter]
) -> bool:
    with transaction.atomic(durable=True):
        before = _claim(by, request, provider)
    if before is None:
        return False
    accepted = [emails.ask_waits(request, one.person, one.provider, one.link) for one in letters]
    if any(accepted):
        return True
    rows = AskedProvider.objects.filter(pk=before.pk)
    rows.update(mailed_on=before.mailed_on, mails=before.mails)
    return False


def _claim(by: User | None, request: WaitRequest, provider: int) -> AskedProvider | None:
    """Take the mail of today to a provider; return the row of before, None when it is not due."""
    today = timezone.localdate()
    rows = AskedProvider.objects.select_for_update(of=("self",))
    row = rows.filter(request=request, provider=provider).first()
    if row is None or row.mailed_on == today:
        return None
    AskedProvider.objects.filter(pk=row.pk).update(mailed_on=today, mails=row.mails + 1)
    changes = {"provider": provider}
    audit.record(
        by=by, action="wait_request.mailed", subject=request, changes=changes, regions=ON_NO_PAGE
    )
    return row
