"""What a list has and the database lacks, as rows ready to be written."""

from collections import defaultdict
from collections.abc import Sequence

from importing.nza.circuits import ages_of
from importing.nza.help_questions import help_questions_of
from importing.nza.offers import FoundOffer, Site
from importing.nza.rows import NzaRow
from importing.nza.words import (
    description_of,
    level_of,
    offer_title,
    summary_of,
    wait_as_written,
    wait_note,
)
from importing.pipeline.plan import Plan
from importing.pipeline.short_text import shortened
from importing.pipeline.source import Source
from importing.pipeline.wait_text import WaitStatus as TextStatus
from providers import enums
from providers.models import HelpQuestion, Location, Offer, Provider, WaitTime
from providers.services.bulk import OfferDraft
from providers.vocabulary.words import normalise

YOUTH = {"Jeugd", "Adolescenten"}
_STATUS = {
    TextStatus.KNOWN: enums.WaitStatus.KNOWN,
    TextStatus.STOP: enums.WaitStatus.STOP,
    TextStatus.UNKNOWN: enums.WaitStatus.UNKNOWN,
}


class Planner:
    """Builds ``plan``: what is missing of these offers, each row made once."""

    def __init__(self, source: Source[NzaRow], offers: Sequence[FoundOffer]) -> None:
        self.source = source
        self.plan = Plan()
        self._questions = set(HelpQuestion.objects.values_list("code", flat=True))
        self._providers = {row.external_id: row for row in Provider.objects.filter(**self._mine)}
        self._locations = {row.external_id: row for row in Location.objects.filter(**self._mine)}
        self.plan.all_offers = {row.external_id: row for row in Offer.objects.filter(**self._mine)}
        self._others = self._providers_of_others()
        self._measured = set(
            WaitTime.objects.filter(offer__source=source.code, source=enums.WaitSource.NZA)
            .values_list("offer_id", "measured_on")
        )  # fmt: skip
        self._youth = {item.provider_key for item in offers if item.lead.circuit in YOUTH}
        for found in offers:
            self._compare(found)

    @property
    def _mine(self) -> dict[str, str]:
        return {"source": self.source.code}

    def _providers_of_others(self) -> dict[str, list[Provider]]:
        """Providers that did not come from this list, by AGB code."""
        found: dict[str, list[Provider]] = defaultdict(list)
        for row in Provider.objects.exclude(**self._mine).exclude(agb_code=""):
            found[row.agb_code].append(row)
        return found

    def _compare(self, found: FoundOffer) -> None:
        offers = self.plan.all_offers
        offer = offers.get(found.key)
        if offer is None:
            draft = self._draft(found)
            self.plan.offers[found.key] = draft
            offer = offers[found.key] = draft.offer
        if (offer.pk, found.measured_on) not in self._measured:
            self.plan.waits.append(_wait(offer, found))

    def _draft(self, found: FoundOffer) -> OfferDraft:
        provider = self._provider(found)
        groups_and_words = help_questions_of(found.main_groups, found.lead.diagnosis)
        sites = {site.key: site for site in found.sites}
        return OfferDraft(
            offer=_offer(provider, found, self.source),
            help_questions=tuple(code for code in groups_and_words if code in self._questions),
            municipalities=found.municipalities,
            locations=[self._location(provider, site) for site in sites.values()],
        )

    def _provider(self, found: FoundOffer) -> Provider:
        provider = self._providers.get(found.provider_key) or self._same_elsewhere(found)
        if provider is None:
            provider = self._new_provider(found)
            self.plan.providers[found.provider_key] = provider
        self._providers[found.provider_key] = provider
        return provider

    def _same_elsewhere(self, found: FoundOffer) -> Provider | None:
        """The provider with this AGB code from elsewhere: the only one, or the namesake."""
        same = self._others.get(found.lead.agb_code, [])
        if len(same) > 1:
            name = _bare_name(found.lead.provider_name)
            same = [row for row in same if _bare_name(row.name) == name]
        return same[0] if len(same) == 1 else None

    def _new_provider(self, found: FoundOffer) -> Provider:
        lead, kinds = found.lead, enums.ProviderKind
        for_youth = found.provider_key in self._youth
        return Provider(
            source=self.source.code,
            external_id=found.provider_key,
            name=shortened(lead.provider_name, 150),
            kind=kinds.MENTAL_HEALTH if for_youth else kinds.UNKNOWN,
            about=f"Overgenomen uit de {self.source.title}.",
            agb_code=lead.agb_code,
            kvk_number=lead.kvk_number,
        )

    def _location(self, provider: Provider, site: Site) -> Location:
        location = self._locations.get(site.key)
        if location is None:
            location = _new_location(provider, site, self.source.code)
            self._locations[site.key] = self.plan.locations[site.key] = location
        return location


def _bare_name(name: str) -> str:
    return normalise(name).removeprefix("stichting ")


def _new_location(provider: Provider, site: Site, source: str) -> Location:
    spot, served = site.place.spot, site.place.municipalities
    in_town = spot is not None and spot.precision is enums.PointPrecision.TOWN
    location = Location(
        provider=provider,
        source=source,
        external_id=site.key,
        name="" if site.name == site.town else shortened(site.name, 150),
        town=shortened(spot.name if spot and in_town else site.town, 80),
        municipality_id=served[0] if len(served) == 1 else None,
    )
    if spot:
        location.lat, location.lon = spot.lat, spot.lon
        location.rd_x, location.rd_y = spot.rd_x, spot.rd_y
        location.precision = spot.precision
    return location


def _offer(provider: Provider, found: FoundOffer, source: Source[NzaRow]) -> Offer:
    ages = ages_of(found.lead.circuit, found.lead.diagnosis)
    return Offer(
        provider=provider,
        source=source.code,
        external_id=found.key,
        status=enums.OfferStatus.LISTED,
        title=offer_title(found),
        summary=summary_of(found, source.title),
        description=description_of(found),
        level=level_of(found.lead.diagnosis),
        # The list is of mental health care only.
        help_kind=enums.HelpKind.MENTAL_HEALTH,
        age_min=ages.low,
        age_max=ages.high,
        in_care=True,
    )


def _wait(offer: Offer, found: FoundOffer) -> WaitTime:
    """One measurement; rows that contradict each other leave the weeks unknown."""
    status, intake, treatment = found.saying
    if found.contradicting:
        status, intake, treatment = TextStatus.UNKNOWN, None, None
    return WaitTime(
        offer=offer,
        measured_on=found.measured_on,
        status=_STATUS[status],
        intake_weeks=intake,
        treatment_weeks=treatment,
        method=enums.WaitMethod.FORECAST,
        source=enums.WaitSource.NZA,
        as_written=wait_as_written(found),
        note=wait_note(found),
    )
