"""How a group is written: its kind, what it leads to, and the words of who took part."""

from typing import Any

from rest_framework import serializers

from providers.enums import GroupAudience, GroupKind
from providers.models import Offer


class GroupSerializer(serializers.Serializer):
    """What an offer in a group adds; null when it is no group."""

    kind = serializers.CharField(help_text=f"Soort groep ({', '.join(GroupKind.values)}).")
    audience = serializers.CharField(help_text=f"Voor wie ({', '.join(GroupAudience.values)}).")
    outcome = serializers.CharField(allow_null=True, help_text="Wat het oplevert.")
    quote = serializers.CharField(allow_null=True, help_text="Uitspraak van een deelnemer.")
    quote_by = serializers.CharField(allow_null=True, help_text="Van wie, zonder naam.")

    def to_representation(self, offer: Offer) -> Any:
        """Return what is known of the group of an offer fetched in full; None without one."""
        programme = getattr(offer, "programme", None)
        if programme is None:
            return None
        return {
            "kind": programme.kind,
            "audience": programme.audience,
            "outcome": programme.outcome or None,
            "quote": programme.quote or None,
            "quote_by": programme.quote_by or None,
        }
