"""Writes while the desk is on the telephone."""

from django.db import transaction

from accounts.models import User
from providers.enums import ConfirmedVia, OfferStatus
from providers.models import Call, Provider, YouthRegion
from providers.services import audit
from providers.services.confirmations import confirm_provider


@transaction.atomic
def record_call(*, by: User, region: YouthRegion, provider: Provider, all_is_right: bool) -> None:
    """Tick a provider off: nobody answered, or somebody said that everything is still right."""
    Call.objects.create(region=region, by=by, provider=provider, reached=all_is_right)
    audit.record(by=by, action="provider.called", subject=provider, regions="")
    if all_is_right:
        offers = provider.offers.exclude(status=OfferStatus.ARCHIVED)
        confirm_provider(by=by, provider=provider, offers=offers, via=ConfirmedVia.PHONE)
