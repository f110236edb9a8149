"""The beginning of an offer: a draft that only its provider sees."""

from typing import Any

from django.db import transaction

from accounts.models import User
from providers.enums import ConfirmedVia, OfferStatus
from providers.models import Offer, Provider
from providers.services.confirmations import confirm_offer
from providers.services.offers import create_offer, publish_offer


@transaction.atomic
def begin_offer(*, by: User, provider: Provider, **fields: Any) -> Offer:
    """Make a draft with these plain fields; of two taps on one button the second makes none.

    Raises ValidationError.
    """
    Provider.objects.select_for_update().get(pk=provider.pk)
    same = Offer.objects.filter(
        provider=provider, status=OfferStatus.DRAFT, version=1, source="", **fields
    )
    return same.first() or create_offer(by=by, provider=provider, **fields)


@transaction.atomic
def publish_own_offer(*, by: User, offer: Offer) -> Offer:
    """Show an offer to everybody; its provider, who does so, says that it is right today.

    Raises ValidationError when something essential is missing.
    """
    published = publish_offer(by=by, offer=offer)
    return confirm_offer(by=by, offer=published, via=ConfirmedVia.LOGIN)
