"""What decides a referral, as the API writes it: when it can start, and for whom else it is.

Null is not known.
"""

from typing import Any

from rest_framework import serializers

from providers.enums import AlsoTakes, Ternary
from providers.models import Offer, ReferralFacts
from providers.rules.enrolment import CanEnrol
from providers.rules.freshness import Clocks
from providers.rules.start import NEVER, StartFacts, start_facts

KNOWN = {Ternary.YES: True, Ternary.NO: False}


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


def _known(answer: str) -> bool | None:
    return KNOWN.get(Ternary(answer))


class CanAlsoTakeSerializer(serializers.Serializer):
    """Whether somebody is taken for whom this is the case too."""

    condition = serializers.CharField(help_text=f"Bij ({', '.join(AlsoTakes.values)}).")
    answer = serializers.BooleanField(allow_null=True, help_text="Null: niet bekend.")
    stated_on = serializers.DateField(allow_null=True, help_text="Dag waarop het is opgegeven.")


class ReferralSerializer(serializers.Serializer):
    """What decides a referral; null is not known."""

    can_also_take = CanAlsoTakeSerializer(many=True, help_text="Neemt ook aan bij.")
    continues_after_18 = serializers.BooleanField(
        allow_null=True, help_text="Of de hulp doorloopt na de 18e verjaardag."
    )
    consult = serializers.BooleanField(
        allow_null=True, help_text="Of een verwijzer kan overleggen zonder iemand aan te melden."
    )
    consult_who = serializers.CharField(allow_null=True, help_text="Met wie.")
    consult_when = serializers.CharField(allow_null=True, help_text="Wanneer.")
    consult_about = serializers.CharField(allow_null=True, help_text="Waarover.")
    funding_ends = serializers.BooleanField(
        allow_null=True, help_text="Of er geld is tot een bepaalde dag."
    )
    funded_until = serializers.DateField(allow_null=True, help_text="De laatste dag daarvan.")

    def to_representation(self, offer: Offer) -> dict[str, Any]:
        """Return what is known of an offer fetched in full."""
        facts = getattr(offer, "referral", None) or ReferralFacts()
        rows = {row.condition: row for row in offer.can_also_take.all()}
        return {
            "can_also_take": [
                {
                    "condition": condition.value,
                    "answer": rows[condition].answer if condition in rows else None,
                    "stated_on": str(rows[condition].stated_on) if condition in rows else None,
                }
                for condition in AlsoTakes
            ],
            "continues_after_18": _known(facts.continues_after_18),
            "consult": _known(facts.consult),
            "consult_who": facts.consult_who or None,
            "consult_when": facts.consult_when or None,
            "consult_about": facts.consult_about or None,
            "funding_ends": _known(facts.funding_ends),
            "funded_until": str(facts.funded_until) if facts.funded_until else None,
        }
