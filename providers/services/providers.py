"""Writes on providers and their locations."""

import datetime as dt
from typing import Any

from django.db import transaction

from accounts.models import User
from providers.enums import ConfirmedVia
from providers.models import Location, Offer, Provider
from providers.services import audit
from providers.services.confirmations import confirm_contact
from providers.services.index import reindex
from providers.services.offers import EditConflictError


@transaction.atomic
def create_provider(*, by: User | None, **fields: Any) -> Provider:
    """Create a provider. Raises ValidationError."""
    provider = Provider(**fields)
    provider.full_clean()
    provider.save()
    audit.record(by=by, action="provider.created", subject=provider)
    return provider


# What somebody who saves these says is right: the details by which one reaches the provider.
CONTACT_FIELDS = {"phone", "referrer_phone", "referrer_hours", "email", "website"}


@transaction.atomic
def update_provider(
    *,
    by: User | None,
    provider: Provider,
    expected_updated_at: dt.datetime | None = None,
    confirmed_via: ConfirmedVia | None = None,
    **fields: Any,
) -> Provider:
    """Change a provider as it is now; its name is among the search words of its offers.

    With `confirmed_via` somebody of the provider saves: all contact details saved at once are
    confirmed too, beside the edit. With `expected_updated_at`, raises EditConflictError when
    somebody else saved in between. Raises ValidationError.
    """
    fresh: Provider = Provider.objects.select_for_update().get(pk=provider.pk)
    if expected_updated_at is not None and fresh.updated_at != expected_updated_at:
        raise EditConflictError
    changes = audit.changed_fields(fresh, fields)
    for name, value in fields.items():
        setattr(fresh, name, value)
    fresh.full_clean()
    fresh.save()
    if "name" in changes:
        reindex(list(Offer.objects.filter(provider=fresh).values_list("pk", flat=True)))
    audit.record(by=by, action="provider.updated", subject=fresh, changes=changes)
    if confirmed_via and fields.keys() >= CONTACT_FIELDS:
        return confirm_contact(by=by, provider=fresh, via=confirmed_via)
    return fresh


@transaction.atomic
def add_location(*, by: User | None, provider: Provider, **fields: Any) -> Location:
    """Add a place of a provider. Raises ValidationError."""
    location = Location(provider=provider, **fields)
    location.full_clean()
    location.save()
    audit.record(
        by=by, action="location.added", subject=provider, changes={"location": str(location)}
    )
    return location
