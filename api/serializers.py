"""How offers and providers are written. What is not known is null, never a guess."""

from typing import Any

from django.utils.functional import cached_property
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.deciding import ReferralSerializer, StartSerializer, start_as_said, start_of
from api.fields import (
    ChoiceField,
    ChoiceListField,
    KnownTextField,
    LinkListField,
    LocalTimeField,
    PeopleField,
    PhoneLinkField,
    PhoneTextField,
    StepField,
    UtcTimeField,
    WeeksField,
)
from api.groups.serializers import GroupSerializer
from providers.enums import (
    AccessRoute,
    CareLevel,
    ContractStatus,
    DatedFact,
    HelpKind,
    PointPrecision,
    ProviderKind,
    Ternary,
    WaitMethod,
    WaitSource,
    WaitStatus,
)
from providers.models import GroupRun, Location, Offer, Provider, ServiceArea, WaitTime
from providers.rules.contract import ends_before_start
from providers.rules.counting.facts import facts_of, offer_age, wait_state
from providers.rules.freshness import Freshness, freshness
from providers.rules.start import tells_start

WHEELCHAIR = {Ternary.YES: True, Ternary.NO: False}


STATE_HELP = (
    "Hoe oud het gegeven is: fresh (telt), due (telt nog, wordt nagevraagd), "
    "stale (te oud: behandel als onbekend) of never (nooit opgegeven). Met een plaats of gemeente "
    "gelden de termijnen van die regio."
)
StateField = OpenApiTypes.STR


class ReadSerializer(serializers.Serializer):
    """A serializer that only writes, with the day of the answer and full addresses at hand."""

    def state_of(self, fact: DatedFact, on: Any) -> Freshness:
        """Return the state of a fact of this date, by the clocks of the answer."""
        return freshness(fact, on, self.context["clocks"])

    def page_of(self, thing: Offer | Provider) -> str:
        """Return the full address of the page about this thing."""
        address: str = self.context["request"].build_absolute_uri(thing.get_absolute_url())
        return address


class AgesSerializer(serializers.Serializer):
    """From and up to and including; a bound that is not known is null."""

    min = serializers.IntegerField(
        source="age_min", allow_null=True, help_text="Leeftijd vanaf, in jaren."
    )
    max = serializers.IntegerField(
        source="age_max", allow_null=True, help_text="Leeftijd tot en met, in jaren."
    )


class HelpQuestionSerializer(serializers.Serializer):
    """A help question, in ordinary words, and the theme it stands under."""

    code = serializers.CharField(source="help_question_id", help_text="Vaste code.")
    label = serializers.CharField(  # type: ignore[assignment]
        source="help_question.label", help_text="De hulpvraag."
    )
    theme = serializers.CharField(source="help_question.theme_id", help_text="Code van het thema.")


class MunicipalitySerializer(serializers.Serializer):
    """A municipality."""

    code = serializers.CharField(help_text="CBS-code, zoals GM0546.")
    name = serializers.CharField(help_text="Naam van de gemeente.")


class ProviderNameSerializer(ReadSerializer):
    """Who gives an offer."""

    id = serializers.IntegerField(help_text="Nummer van de aanbieder.")
    name = serializers.CharField(help_text="Naam van de aanbieder.")
    is_demo = serializers.BooleanField(help_text="Waar: deze organisatie is verzonnen.")
    url = serializers.SerializerMethodField(help_text="Pagina over de aanbieder.")

    def get_url(self, provider: Provider) -> str:
        return self.page_of(provider)


class AccessSerializer(ReadSerializer):
    """How one gets in from one municipality, and who pays there."""

    municipality = MunicipalitySerializer(help_text="De gemeente.")
    routes = ChoiceListField(
        help_text=f"Manieren om binnen te komen ({', '.join(AccessRoute.values)}). "
        "Null: niet bekend."
    )
    contract = ChoiceField(
        ContractStatus,
        unknown=ContractStatus.UNKNOWN,
        help_text=f"Of deze gemeente betaalt ({', '.join(ContractStatus.values[:-1])}). "
        "Null: niet bekend.",
    )
    main_contractor = serializers.SerializerMethodField(
        help_text="Hoofdaannemer, als het contract via een ander loopt."
    )
    ends_on = serializers.DateField(allow_null=True, help_text="Laatste dag, als die bekend is.")
    ends_before_start = serializers.SerializerMethodField(
        help_text="Waar: die laatste dag komt voordat de hulp kan starten (zie start). Reken dan "
        "niet op dit contract."
    )

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_main_contractor(self, area: ServiceArea) -> str | None:
        return area.main_contractor.name if area.main_contractor else None

    @extend_schema_field(serializers.BooleanField())
    def get_ends_before_start(self, area: ServiceArea) -> bool:
        # Most have no last day: then there is nothing to work out.
        return area.ends_on is not None and ends_before_start(
            area.ends_on, start_of(area.offer, self.context["clocks"])
        )


class WaitSerializer(ReadSerializer):
    """The newest valid measurement of the wait."""

    status = ChoiceField(
        WaitStatus,
        help_text="bekend: weken zijn gemeten. stop: er is een aanmeldstop. onbekend: niemand "
        "heeft het opgegeven.",
    )
    intake_weeks = WeeksField(
        help_text="Aanmeldwachttijd: weken van aanmelding tot het eerste gesprek (intake)."
    )
    treatment_weeks = WeeksField(
        help_text="Behandelwachttijd: weken van intake tot de start van de hulp."
    )
    total_weeks = WeeksField(
        help_text="Totale wachttijd: de som van beide, of het ene getal dat is opgegeven. Null "
        "als het niet bekend is."
    )
    people_waiting = PeopleField(
        help_text="Aantal wachtenden, afgerond op 5. Null: niet bekend, of minder dan 5. Een "
        "gemiddelde wachttijd zegt niet hoeveel mensen wachten."
    )
    stop_until = serializers.DateField(
        allow_null=True, help_text="Einde van de aanmeldstop, als dat bekend is."
    )
    measured_on = serializers.DateField(allow_null=True, help_text="Dag van de meting.")
    fresh = serializers.SerializerMethodField(
        help_text="Of de meting nog telt. Onwaar: te oud, behandel de wachttijd als onbekend. "
        "Null: nooit gemeten."
    )
    state = serializers.SerializerMethodField(help_text=STATE_HELP)
    source = ChoiceField(  # type: ignore[assignment]
        WaitSource,
        allow_null=True,
        help_text=f"Wie de weken opgaf ({', '.join(WaitSource.values)}).",
    )
    method = ChoiceField(
        WaitMethod,
        allow_null=True,
        help_text="Hoe de weken gevonden zijn (verwachting, gemiddelde, mediaan). Een gemiddelde "
        "of mediaan telt alleen wie begonnen is. Tel methoden nooit bij elkaar op.",
    )

    @extend_schema_field(serializers.BooleanField(allow_null=True))
    def get_fresh(self, wait: WaitTime) -> bool | None:
        return self._state(wait).counts_if_known

    @extend_schema_field(StateField)
    def get_state(self, wait: WaitTime) -> str:
        return self._state(wait).value

    def _state(self, wait: WaitTime) -> Freshness:
        return wait_state(facts_of(wait, wait.offer), self.context["clocks"])


class RunSerializer(ReadSerializer):
    """The first edition of a group that starts today or later, whether or not it is full."""

    id = serializers.IntegerField(help_text="Nummer van de ronde.")
    starts_on = serializers.DateField(help_text="Startdatum.")
    start_time = LocalTimeField(allow_null=True, help_text="Tijd van de dag.")
    enrol_by = serializers.DateField(allow_null=True, help_text="Aanmelden tot en met.")
    places = serializers.IntegerField(allow_null=True, help_text="Plekken in de groep.")
    places_left = serializers.IntegerField(allow_null=True, help_text="Plekken die vrij zijn.")
    places_confirmed_on = serializers.DateField(
        allow_null=True, help_text="Dag waarop de vrije plekken zijn opgegeven."
    )
    places_fresh = serializers.SerializerMethodField(
        help_text="Of die opgave nog telt. Onwaar: te oud. Null: nooit opgegeven."
    )
    places_state = serializers.SerializerMethodField(help_text=STATE_HELP)

    @extend_schema_field(serializers.BooleanField(allow_null=True))
    def get_places_fresh(self, run: GroupRun) -> bool | None:
        return self.state_of(DatedFact.PLACES, run.places_confirmed_on).counts_if_known

    @extend_schema_field(StateField)
    def get_places_state(self, run: GroupRun) -> str:
        return self.state_of(DatedFact.PLACES, run.places_confirmed_on).value


class LocationSerializer(serializers.Serializer):
    """A place, with how precisely its point is known."""

    id = serializers.IntegerField(help_text="Nummer van de locatie.")
    name = KnownTextField(help_text="Naam van de plek.")
    street = KnownTextField(help_text="Straat en huisnummer.")
    postcode = KnownTextField(help_text="Postcode.")
    town = KnownTextField(help_text="Plaats.")
    municipality = serializers.CharField(
        source="municipality_id", allow_null=True, help_text="CBS-code van de gemeente."
    )
    lat = serializers.FloatField(allow_null=True, help_text="Breedtegraad (WGS84).")
    lon = serializers.FloatField(allow_null=True, help_text="Lengtegraad (WGS84).")
    precision = ChoiceField(
        PointPrecision,
        help_text=f"Hoe precies het punt is ({', '.join(PointPrecision.values)}).",
    )
    wheelchair = serializers.SerializerMethodField(
        help_text="Rolstoeltoegankelijk: waar, onwaar, of null als het niet bekend is."
    )
    opening_hours = KnownTextField(help_text="Openingstijden.")

    @extend_schema_field(serializers.BooleanField(allow_null=True))
    def get_wheelchair(self, location: Location) -> bool | None:
        return WHEELCHAIR.get(Ternary(location.wheelchair))


class OfferSerializer(ReadSerializer):
    """One kind of help by one provider."""

    id = serializers.IntegerField(help_text="Nummer van het aanbod.")
    url = serializers.SerializerMethodField(help_text="Pagina over het aanbod.")
    title = serializers.CharField(help_text="Titel.")
    summary = KnownTextField(help_text="In het kort.")
    description = KnownTextField(help_text="Hoe het werkt.")
    not_for = KnownTextField(help_text="Voor wie het niet is.")
    how_to_start = KnownTextField(help_text="Hoe het begint.")
    cost = KnownTextField(help_text="Wat het kost.")
    listed = serializers.BooleanField(
        help_text="Waar: overgenomen uit een landelijke lijst, en niet bevestigd door de aanbieder."
    )
    confirmed_on = serializers.DateField(
        allow_null=True, help_text="Dag waarop iemand zei dat alles nog klopt."
    )
    confirmed_state = serializers.SerializerMethodField(help_text=STATE_HELP)
    updated_at = UtcTimeField(help_text="Laatste wijziging, in UTC; dat is geen bevestiging.")
    help_kind = ChoiceField(
        HelpKind,
        unknown=HelpKind.UNKNOWN,
        help_text=f"Soort hulp, zoals regio's die inkopen ({', '.join(HelpKind.values[:-1])}). "
        "Null: niet bekend.",
    )
    level = StepField(CareLevel, help_text="Trede van licht naar zwaar, 0 tot en met 6.")
    crisis = serializers.BooleanField(help_text="Waar: hulp bij crisis.")
    ages = AgesSerializer(source="*", help_text="Voor welke leeftijd.")
    formats = ChoiceListField(help_text="Hoe en waar de hulp gegeven wordt. Null: niet bekend.")
    phases = ChoiceListField(help_text="In welke fase de hulp past. Null: niet bekend.")
    help_questions = serializers.SerializerMethodField(
        help_text="Hulpvragen, de belangrijkste eerst. Null: niet bekend."
    )
    target_groups = LinkListField(help_text="Doelgroepen naast leeftijd. Null: niet opgegeven.")
    languages = LinkListField(help_text="Talen (BCP 47). Null: niet opgegeven.")
    referral = ReferralSerializer(source="*", help_text="Wat een verwijzing bepaalt.")
    group = GroupSerializer(
        source="*", allow_null=True, help_text="Wat een groep toevoegt. Null: geen groep."
    )
    closed_from = serializers.DateField(
        allow_null=True, help_text="Eerste dag waarop het tijdelijk dicht is. Null: is niet dicht."
    )
    closed_until = serializers.DateField(
        allow_null=True, help_text="Laatste dag waarop het tijdelijk dicht is."
    )
    access = AccessSerializer(
        source="current_areas", many=True, help_text="Toegang en contract per gemeente."
    )
    start = serializers.SerializerMethodField(help_text="Wanneer het kan starten.")
    wait = serializers.SerializerMethodField(
        help_text="De wachttijd. Onbekend als men alleen kan instromen wanneer een groep start: "
        "zie start."
    )
    next_run = serializers.SerializerMethodField(
        help_text="De eerstvolgende start van een groep. Null: geen start bekend."
    )
    provider = ProviderNameSerializer(help_text="De aanbieder.")
    locations = LocationSerializer(many=True, help_text="Plekken waar de hulp gegeven wordt.")

    def get_url(self, offer: Offer) -> str:
        return self.page_of(offer)

    @extend_schema_field(StateField)
    def get_confirmed_state(self, offer: Offer) -> str:
        return offer_age(offer, self.context["clocks"]).state.value

    @extend_schema_field(HelpQuestionSerializer(many=True, allow_null=True))
    def get_help_questions(self, offer: Offer) -> Any:
        write = self._writers["question"].to_representation
        return [write(link) for link in offer.question_links.all()] or None

    @extend_schema_field(WaitSerializer)
    def get_wait(self, offer: Offer) -> Any:
        wait = offer.current_wait
        if not tells_start(wait, offer):
            # How many wait is so all the same; when it starts they do not say.
            people = wait.people_waiting if wait else None
            wait = WaitTime(status=WaitStatus.UNKNOWN, source="", method="", people_waiting=people)
        # At hand: without it every wait would fetch its offer.
        wait.offer = offer
        return self._writers["wait"].to_representation(wait)

    @extend_schema_field(StartSerializer)
    def get_start(self, offer: Offer) -> Any:
        facts = start_as_said(start_of(offer, self.context["clocks"]))
        return self._writers["start"].to_representation(facts)

    @extend_schema_field(RunSerializer(allow_null=True))
    def get_next_run(self, offer: Offer) -> Any:
        programme = getattr(offer, "programme", None)
        runs = programme.upcoming_runs if programme else []
        return self._writers["run"].to_representation(runs[0]) if runs else None

    @cached_property
    def _writers(self) -> dict[str, serializers.Serializer]:
        """The serializers of what may be missing: made once, not once per offer."""
        return {
            "question": HelpQuestionSerializer(context=self.context),
            "wait": WaitSerializer(context=self.context),
            "start": StartSerializer(context=self.context),
            "run": RunSerializer(context=self.context),
        }


class OfferNameSerializer(ReadSerializer):
    """An offer by name only."""

    id = serializers.IntegerField(help_text="Nummer van het aanbod.")
    title = serializers.CharField(help_text="Titel.")
    url = serializers.SerializerMethodField(help_text="Pagina over het aanbod.")

    def get_url(self, offer: Offer) -> str:
        return self.page_of(offer)


class ProviderSerializer(ProviderNameSerializer):
    """An organisation that offers help."""

    kind = ChoiceField(
        ProviderKind,
        unknown=ProviderKind.UNKNOWN,
        help_text="Soort organisatie. Null: niet bekend.",
    )
    about = KnownTextField(help_text="Over de organisatie.")
    agb_code = KnownTextField(help_text="AGB-code, acht cijfers.")
    kvk_number = KnownTextField(help_text="KvK-nummer, acht cijfers.")
    website = KnownTextField(help_text="Website.")
    phone = PhoneTextField(help_text="Telefoon, zoals mensen die schrijven.")
    phone_link = PhoneLinkField(
        source="phone", help_text="Link om te bellen, zoals tel:+31715161616."
    )
    email = KnownTextField(help_text="Algemeen e-mailadres.")
    referrer_phone = PhoneTextField(help_text="Telefoon voor verwijzers.")
    referrer_phone_link = PhoneLinkField(
        source="referrer_phone", help_text="Link om te bellen voor verwijzers."
    )
    referrer_hours = KnownTextField(help_text="Bereikbaar voor verwijzers.")
    confirmed_on = serializers.DateField(
        allow_null=True, help_text="Dag waarop de gegevens bevestigd zijn."
    )
    confirmed_state = serializers.SerializerMethodField(help_text=STATE_HELP)
    updated_at = UtcTimeField(help_text="Laatste wijziging, in UTC; dat is geen bevestiging.")
    locations = LocationSerializer(many=True, help_text="Plekken van de aanbieder.")
    offers = OfferNameSerializer(
        source="visible_offers", many=True, help_text="Aanbod dat te vinden is."
    )

    @extend_schema_field(StateField)
    def get_confirmed_state(self, provider: Provider) -> str:
        return self.state_of(DatedFact.CONTACT, provider.confirmed_on).value
