"""From what was written to rows: providers, places, offers, areas, groups and waits.

Everything goes through the services, so the demo obeys the same rules as real data.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from demo.content import (
    EVERYWHERE,
    DemoAreas,
    DemoContentError,
    DemoGroup,
    DemoLocation,
    DemoOffer,
    DemoProvider,
)
from demo.moments import chance, group_runs, still_to_come, wait_history
from providers.enums import (
    AccessRoute,
    ConfirmedVia,
    ContractStatus,
    DatedFact,
    OfferStatus,
    PointPrecision,
)
from providers.geography.geometry import to_degrees
from providers.models import (
    Confirmation,
    GroupProgramme,
    GroupRun,
    Interest,
    Location,
    Municipality,
    Offer,
    PostalArea,
    Provider,
    ServiceArea,
    WaitTime,
)
from providers.models.areas import ROUTE_FIELDS
from providers.models.offer import FORMAT_FIELDS, PHASE_FIELDS
from providers.models.signals import INTEREST_DAYS
from providers.services import bulk
from providers.services.confirmations import add_confirmations
from providers.services.waits import record_waits

SOURCE = "demo"
CONFIRMED_BY = "Verzonnen medewerker (demo)"
REGION = "JZ18"  # Holland Rijnland
# Made-up streets have no point: they get one near the middle of their postcode, each its own.
SPREAD_METRES = 250


@dataclass(slots=True)
class Build:
    """The rows of one load, by the keys of the files, and what they are dated against.

    `kept_ids` are the numbers that providers and offers had in an earlier load: they get them
    again, so that a link to the demo keeps working.
    """

    today: dt.date
    seed: str
    kept_ids: Mapping[str, int] = field(default_factory=dict)
    providers: dict[str, Provider] = field(default_factory=dict)
    locations: dict[tuple[str, str], Location] = field(default_factory=dict)
    offers: dict[tuple[str, str], Offer] = field(default_factory=dict)

    def days_ago(self, days: int) -> dt.date:
        """Return the day this many days before today."""
        return self.today - dt.timedelta(days)


def build_all(content: Iterable[DemoProvider], build: Build) -> None:
    """Save every row of the demo. Raises DemoContentError or ValidationError."""
    rows = list(content)
    _add_providers(rows, build)
    _add_locations(rows, build)
    _add_offers(rows, build)
    _add_areas(rows, build)
    _add_groups(rows, build)
    _add_waits(rows, build)
    _add_confirmations(build)
    bulk.publish_offers(by=None, offers=build.offers.values())


def _add_providers(rows: list[DemoProvider], build: Build) -> None:
    for row in rows:
        build.providers[row.key] = Provider(
            pk=build.kept_ids.get(row.key),
            name=row.name,
            kind=row.kind,
            about=row.about,
            website=row.website,
            phone=row.phone,
            email=row.email,
            referrer_phone=row.referrer_phone,
            referrer_hours=row.referrer_hours,
            confirmed_on=build.days_ago(row.confirmed_days_ago),
            is_demo=True,
            source=SOURCE,
            external_id=row.key,
        )
    bulk.add_providers(by=None, providers=build.providers.values())
    _link_subcontractors(rows, build)


def _link_subcontractors(rows: list[DemoProvider], build: Build) -> None:
    by_name = {provider.name: provider for provider in build.providers.values()}
    linked = []
    for row in rows:
        if not row.subcontractor_of:
            continue
        if row.subcontractor_of not in by_name:
            raise DemoContentError(f"{row.key}: no provider is called {row.subcontractor_of}")
        provider = build.providers[row.key]
        provider.subcontractor_of = by_name[row.subcontractor_of]
        linked.append(provider)
    Provider.objects.bulk_update(linked, ["subcontractor_of"])


def _add_locations(rows: list[DemoProvider], build: Build) -> None:
    areas = PostalArea.objects.in_bulk()
    for row in rows:
        for place in row.locations:
            area = areas.get(place.postcode[:4])
            if area is None:
                raise DemoContentError(f"{row.key}: postcode {place.postcode} does not exist")
            provider = build.providers[row.key]
            build.locations[row.key, place.key] = _location(provider, place, area)
    bulk.add_locations(by=None, locations=build.locations.values())


def _location(provider: Provider, place: DemoLocation, area: PostalArea) -> Location:
    # Not from the seed: a place does not move when the figures are drawn anew.
    rng = chance(SOURCE, provider.external_id, place.key)
    x = area.rd_x + rng.randint(-SPREAD_METRES, SPREAD_METRES)
    y = area.rd_y + rng.randint(-SPREAD_METRES, SPREAD_METRES)
    point = to_degrees(x, y)
    return Location(
        provider=provider,
        name=place.name,
        street=place.street,
        postcode=place.postcode,
        town=place.town,
        municipality_id=area.municipality_id,
        lat=point.lat,
        lon=point.lon,
        rd_x=x,
        rd_y=y,
        precision=PointPrecision.POSTCODE,
        wheelchair=place.wheelchair,
        opening_hours=place.opening_hours,
        source=SOURCE,
        external_id=f"{provider.external_id}/{place.key}",
    )


def _add_offers(rows: list[DemoProvider], build: Build) -> None:
    drafts = []
    for row in rows:
        for text in row.offers:
            offer = offer_from(text, build.providers[row.key], build)
            build.offers[row.key, text.key] = offer
            drafts.append(
                bulk.OfferDraft(
                    offer,
                    help_questions=text.help_questions,
                    target_groups=text.target_groups,
                    languages=text.languages,
                    locations=[build.locations[row.key, key] for key in text.locations],
                )
            )
    bulk.add_offers(by=None, drafts=drafts, action="offer.created")


def offer_from(text: DemoOffer, provider: Provider, build: Build) -> Offer:
    """Return the unsaved draft of one offer."""
    key = f"{provider.external_id}/{text.key}"
    return Offer(
        pk=build.kept_ids.get(key),
        provider=provider,
        status=OfferStatus.DRAFT,
        title=text.title,
        summary=text.summary,
        description=text.description,
        not_for=text.not_for,
        how_to_start=text.how_to_start,
        cost=text.cost,
        level=text.level,
        crisis=text.crisis,
        help_kind=text.help_kind,
        age_min=text.age_min,
        age_max=text.age_max,
        confirmed_on=build.days_ago(text.confirmed_days_ago),
        source=SOURCE,
        external_id=key,
        **{FORMAT_FIELDS[choice]: choice in text.formats for choice in FORMAT_FIELDS},
        **{PHASE_FIELDS[choice]: choice in text.phases for choice in PHASE_FIELDS},
    )


def _add_areas(rows: list[DemoProvider], build: Build) -> None:
    towns = list(Municipality.objects.all())
    codes = {town.name: town.code for town in towns}
    everywhere = tuple(town.name for town in towns if town.region_id == REGION)
    areas: list[ServiceArea] = []
    for row in rows:
        for text in row.offers:
            offer = build.offers[row.key, text.key]
            served = _served(text, codes, everywhere)
            areas += [_area(offer, code, terms, build.today) for code, terms in served.items()]
    bulk.add_service_areas(by=None, areas=areas)


def _served(
    text: DemoOffer, codes: Mapping[str, str], everywhere: tuple[str, ...]
) -> dict[str, DemoAreas]:
    """Return the terms per municipality code; an exception goes before the rule."""
    served: dict[str, DemoAreas] = {}
    for terms in text.areas:
        names = everywhere if EVERYWHERE in terms.municipalities else terms.municipalities
        for name in names:
            if name not in codes:
                raise DemoContentError(f"{text.key}: {name} is no municipality")
            served[codes[name]] = terms
    return served


def _area(offer: Offer, code: str, terms: DemoAreas, today: dt.date) -> ServiceArea:
    access = {AccessRoute(route) for route in terms.access}
    through = terms.contract == ContractStatus.SUBCONTRACTOR
    return ServiceArea(
        offer=offer,
        municipality_id=code,
        contract=terms.contract,
        main_contractor=offer.provider.subcontractor_of if through else None,
        ends_on=still_to_come(terms.contract_until, today) if terms.contract_until else None,
        **{ROUTE_FIELDS[route]: route in access for route in ROUTE_FIELDS},
    )


def _add_groups(rows: list[DemoProvider], build: Build) -> None:
    programmes: list[GroupProgramme] = []
    runs: list[GroupRun] = []
    interest: list[Interest] = []
    for row in rows:
        for text in row.offers:
            if text.group is None:
                continue
            programme = programme_from(text.group, build.offers[row.key, text.key])
            programmes.append(programme)
            rng = chance(build.seed, row.key, text.key, "runs")
            own = group_runs(text, today=build.today, rng=rng)
            for written, run in zip(text.group.runs, own, strict=True):
                run.programme = programme
                run.location = build.locations.get((row.key, written.location))
            runs += own
            interest += _interest(text.group, programme, own, build)
    bulk.add_programmes(by=None, programmes=programmes)
    bulk.add_runs(by=None, runs=runs)
    bulk.add_interest(by=None, interest=interest)


def _interest(
    group: DemoGroup, programme: GroupProgramme, runs: list[GroupRun], build: Build
) -> Iterator[Interest]:
    """Yield who looks for this group, each said by somebody else."""
    codes = dict(Municipality.objects.values_list("name", "code")) if group.interest else {}
    for number, row in enumerate(group.interest):
        expressed_on = build.days_ago(row.days_ago)
        yield Interest(
            programme=programme,
            run=None if row.run is None else runs[row.run],
            count=row.count,
            age_band=row.age,
            municipality_id=codes[row.municipality],
            created_on=expressed_on,
            expires_on=expressed_on + dt.timedelta(days=INTEREST_DAYS),
            sender=f"demo-{programme.offer.external_id}-{number}"[:64],
        )


def programme_from(group: DemoGroup, offer: Offer) -> GroupProgramme:
    """Return the unsaved programme of one offer."""
    return GroupProgramme(
        offer=offer,
        kind=group.kind,
        audience=group.audience,
        min_size=group.min_size,
        max_size=group.size,
        sessions=group.sessions,
        minutes=group.minutes,
        is_open=group.open,
        on_demand=group.on_demand,
        leaders=group.leaders,
        expert_by_experience=group.expert_by_experience,
        outcome=group.outcome,
        quote=group.quote,
        quote_by=group.quote_by,
    )


def _add_waits(rows: list[DemoProvider], build: Build) -> None:
    waits: list[WaitTime] = []
    for row in rows:
        for text in row.offers:
            rng = chance(build.seed, row.key, text.key, "wait")
            history = wait_history(text.wait, level=text.level, today=build.today, rng=rng)
            for wait in history:
                wait.offer = build.offers[row.key, text.key]
                waits.append(wait)
    record_waits(by=None, waits=waits)


def _add_confirmations(build: Build) -> None:
    """Say who confirmed each offer: somebody made up, without an account."""
    add_confirmations(
        Confirmation(
            offer=offer,
            fact=DatedFact.OFFER,
            at=timezone.make_aware(dt.datetime.combine(offer.confirmed_on, dt.time(12))),
            who=CONFIRMED_BY,
            via=ConfirmedVia.LOGIN,
        )
        for offer in build.offers.values()
        if offer.confirmed_on
    )
