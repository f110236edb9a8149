"""How local teams are written. What is not known is null, never a guess."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.fields import KnownTextField, PeopleField, PhoneLinkField, PhoneTextField, WeeksField
from api.serializers import STATE_HELP, ProviderNameSerializer, ReadSerializer, StateField
from providers.enums import DatedFact
from providers.models import LocalTeam


class LocalTeamSerializer(ReadSerializer):
    """The team that serves some postcodes, with its own wait."""

    id = serializers.IntegerField(help_text="Nummer van het team.")
    name = serializers.CharField(help_text="Naam van het team.")
    provider = ProviderNameSerializer(help_text="De organisatie van het team.")
    phone = PhoneTextField(
        source="phone_to_call", help_text="Telefoon, zoals mensen die schrijven."
    )
    phone_link = PhoneLinkField(
        source="phone_to_call", help_text="Link om te bellen, zoals tel:+31715161616."
    )
    consultation_hours = KnownTextField(help_text="Spreekuur: dag, tijd en plek.")
    postal_areas = serializers.SerializerMethodField(
        help_text="De postcodes van dit team, vier cijfers elk."
    )
    wait_weeks = WeeksField(help_text="Weken tot het eerste gesprek met het team.")
    decision_weeks = WeeksField(
        help_text="Weken van dat gesprek tot het besluit van de gemeente. Tel ze niet op bij "
        "wait_weeks of bij de wachttijd van een aanbieder."
    )
    people_waiting = PeopleField(
        help_text="Aantal wachtenden, afgerond op 5. Null: niet bekend, of minder dan 5."
    )
    measured_on = serializers.DateField(
        allow_null=True, help_text="Dag waarop deze getallen klopten."
    )
    state = serializers.SerializerMethodField(help_text=STATE_HELP)

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_postal_areas(self, team: LocalTeam) -> list[str]:
        return [area.pk for area in team.postal_areas.all()]

    @extend_schema_field(StateField)
    def get_state(self, team: LocalTeam) -> str:
        return self.state_of(DatedFact.WAIT, team.measured_on)
