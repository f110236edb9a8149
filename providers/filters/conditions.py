"""When an offer has one of the values that were asked for, in the database."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q

from providers.enums import OfferStatus
from providers.models import Offer


def any_flag(fields: dict[Any, str], chosen: list[str]) -> Q:
    """Return the condition that one of the columns of what was chosen is true."""
    names = [field for choice, field in fields.items() if choice in set(chosen)]
    return reduce(or_, (Q(**{name: True}) for name in names), Q(pk__in=[]))


def not_told(relation: str) -> Q:
    """Only of an offer taken over from a list may the question or the municipality be missing."""
    rows = Offer._meta.get_field(relation).related_model._default_manager  # type: ignore[union-attr]
    return Q(status=OfferStatus.LISTED) & ~Q(Exists(rows.filter(offer=OuterRef("pk"))))


def any_link(relation: str) -> Q:
    """Return the condition that an offer is linked to anything."""
    through = getattr(Offer, relation).through
    return Q(Exists(through.objects.filter(offer=OuterRef("pk"))))


def linked(relation: str, chosen: Any) -> Q:
    """Return the condition that an offer is linked to one of these rows."""
    through = getattr(Offer, relation).through
    column = Offer._meta.get_field(relation).m2m_reverse_field_name()  # type: ignore[union-attr]
    rows = through.objects.filter(**{"offer": OuterRef("pk"), f"{column}__in": list(chosen)})
    return Q(Exists(rows))
