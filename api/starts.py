"""When an offer can start, as the API writes it."""

from typing import Any

from rest_framework import serializers

from providers.models import Offer
from providers.rules.enrolment import CanEnrol
from providers.rules.freshness import Clocks
from providers.rules.start import NEVER, StartFacts, start_facts


def start_of(offer: Offer, clocks: Clocks) -> StartFacts:
    """Return what is known of the start of an offer fetched in full."""
    programme = getattr(offer, "programme", None)
    coming = programme.upcoming_runs if programme else []
    return start_facts(offer, filter(CanEnrol(clocks.today).holds, coming), clocks)


def start_as_said(facts: StartFacts) -> dict[str, Any]:
    """Return what StartSerializer writes; the weeks with one decimal."""
    return {
        "entry": "start" if facts.at_start else "altijd",
        "on": facts.first,
        "weeks": None if facts.weeks >= NEVER else round(facts.weeks, 1),
    }


class StartSerializer(serializers.Serializer):
    """When it can start: by a run or by the wait, as the site says it."""

    entry = serializers.CharField(
        help_text="altijd: men kan altijd instromen. start: alleen als een groep start; dan zegt "
        "de wachttijd niets."
    )
    on = serializers.DateField(
        allow_null=True, help_text="Eerste startdag van een groep met plek. Null: niet bekend."
    )
    weeks = serializers.FloatField(
        allow_null=True,
        help_text="Weken tot de start: tot die dag of de wachttijd, wat het eerst komt. Bij entry "
        "start alleen tot die dag. Null: niet bekend, of een aanmeldstop.",
    )
