"""What a list has and the database lacks, with what became of each row."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from importing.lists.duplicates import (
    Known,
    Match,
    Matcher,
    known_of_database,
    known_of_row,
)
from importing.lists.places import Places
from importing.lists.rows import ListRow
from importing.lists.suggestions import Suggester, Suggestion
from importing.models import ListSource
from importing.pipeline.keys import digest
from importing.pipeline.outcome import Action, Outcome
from importing.pipeline.plan import Plan
from importing.pipeline.short_text import shortened
from providers.enums import OfferStatus
from providers.models import Location, Membership, Offer, Provider
from providers.services.bulk import OfferDraft
from providers.vocabulary.words import normalise

TITLE, SUMMARY, DESCRIPTION = 120, 300, 4000  # letters, as the domain has room for


class ListPlanner:
    """Builds `plan` and `outcomes`: every row once, in the order of the list."""

    def __init__(self, source: ListSource, rows: Sequence[ListRow], listed_on: date) -> None:
        self.plan = Plan()
        self.outcomes: list[Outcome[ListRow]] = []
        self.suggestions: dict[int, Suggestion] = {}
        self._source, self._listed_on = source, listed_on
        self._places = Places(source.region_id, serves_region=source.serves_region)
        self._suggester = Suggester(source.not_suggested)
        self._providers = {self._key_of(row): row for row in Provider.objects.order_by("pk")}
        self._matcher = Matcher(known_of_database(self._providers))
        self._titles = _titles_of_offers()
        self._locations = _locations_by_address()
        self._kept_by_members = set(
            Membership.objects.filter(provider__isnull=False).values_list("provider", flat=True)
        )
        mine = Offer.objects.filter(source=source.code)
        self.plan.all_offers = {row.external_id: row for row in mine}
        self._first_rows: dict[str, int] = {}
        for row in rows:
            self.outcomes.append(self._outcome(row))

    def _key_of(self, provider: Provider) -> str:
        mine = provider.source == self._source.code
        return provider.external_id if mine else f"nr-{provider.pk}"

    def _outcome(self, row: ListRow) -> Outcome[ListRow]:
        if not row.organisation:
            return _said(row, Action.SKIPPED, "" if row.notes else _("geen naam"))
        known = known_of_row(row, "")
        match = self._matcher.find(known)
        provider, new = self._provider(row, known, match)
        doubt = ""
        if match and not match.is_sure:
            doubt = _("lijkt op %(other)s (%(how)s): kijk of het dezelfde is") % {
                "other": match.known.label,
                "how": match.how,
            }
        if provider.pk in self._kept_by_members:
            return _said(row, Action.SKIPPED, _("de aanbieder houdt zijn aanbod zelf bij"))
        there = self._is_there(row, provider)
        if there:
            return _said(row, Action.DUPLICATE, there)
        return self._take(row, provider, doubt if new else "")

    def _provider(self, row: ListRow, known: Known, match: Match | None) -> tuple[Provider, bool]:
        """Return the organisation of a row, and whether it is new with this row."""
        if match and match.is_sure:
            return self._providers[match.known.key], False
        key = digest(*map(str, (known.name, sorted(known.areas), sorted(known.towns))),
                      known.phone, known.site, known.kvk, known.agb)  # fmt: skip
        if key in self._providers:
            return self._providers[key], False
        provider = _new_provider(self._source, row, key, self._suggestion(row))
        self._providers[key] = self.plan.providers[key] = provider
        self._matcher.add(replace(known, key=key))
        return provider, True

    def _suggestion(self, row: ListRow) -> Suggestion:
        if row.number not in self.suggestions:
            self.suggestions[row.number] = self._suggester.read(row)
        return self.suggestions[row.number]

    def _is_there(self, row: ListRow, provider: Provider) -> str:
        """Say that what this row has is there already; empty when it is not."""
        titles = self._titles.get(provider.pk, set())
        if not row.title and titles:
            return _("staat er al: %(name)s") % {"name": provider.name}
        if normalise(row.title or row.organisation) in titles:
            return _("dit aanbod staat er al bij %(name)s") % {"name": provider.name}
        return ""

    def _take(self, row: ListRow, provider: Provider, doubt: str) -> Outcome[ListRow]:
        provider_key = self._key_of(provider)
        # A row without a title is the one offer of its organisation, however that is written.
        key = digest(provider_key, normalise(row.title))
        before = self.plan.offers.get(key)
        if before is None and key in self.plan.all_offers:
            return _said(row, Action.DUPLICATE, _("dit aanbod is eerder overgenomen"))
        location = self._location(row, provider, provider_key)
        areas = self._places.served_by(row)
        if before is None:
            self._add(row, provider, key, location, areas)
            return _said(row, Action.TAKEN, doubt, key)
        return self._merge(row, key, before, location, areas)

    def _add(
        self,
        row: ListRow,
        provider: Provider,
        key: str,
        location: Location | None,
        areas: tuple[str, ...],
    ) -> None:
        found = self._suggestion(row)
        offer = _new_offer(self._source, row, provider, key, found, self._listed_on)
        self._first_rows[key] = row.number
        self.plan.all_offers[key] = offer
        self.plan.offers[key] = OfferDraft(
            offer=offer,
            help_questions=found.help_questions,
            municipalities=areas,
            locations=[location] if location else [],
            target_groups=found.target_groups,
        )

    def _merge(
        self,
        row: ListRow,
        key: str,
        before: OfferDraft,
        location: Location | None,
        areas: tuple[str, ...],
    ) -> Outcome[ListRow]:
        """Add what a second row of one offer has more: a place, or a municipality."""
        first = {"n": self._first_rows[key]}
        more = tuple(code for code in areas if code not in before.municipalities)
        elsewhere = location is not None and location not in before.locations
        if elsewhere and location:
            before.locations.append(location)
        self.plan.offers[key] = replace(before, municipalities=before.municipalities + more)
        if elsewhere or more:
            return _said(
                row, Action.MERGED, _("zelfde aanbod als rij %(n)d, ook hier") % first, key
            )
        return _said(row, Action.DUPLICATE, _("zegt hetzelfde als rij %(n)d") % first, key)

    def _location(self, row: ListRow, provider: Provider, provider_key: str) -> Location | None:
        location = self._places.location_of(row, provider)
        if location is None:
            return None
        key = digest(provider_key, *_address(location))
        there = self._locations.get(key) or self._locations.get(
            digest(str(provider.pk), *_address(location))
        )
        if there is None:
            location.source, location.external_id = self._source.code, key
            there = self._locations[key] = self.plan.locations[key] = location
        return there


def _said(row: ListRow, action: Action, reason: str, key: str = "") -> Outcome[ListRow]:
    return Outcome(row, action, "; ".join(filter(None, (reason, *row.notes))), key)


def _titles_of_offers() -> dict[int, set[str]]:
    """Return the titles of what every provider has, archived or not."""
    found: dict[int, set[str]] = defaultdict(set)
    for provider, title in Offer.objects.values_list("provider", "title"):
        found[provider].add(normalise(title))
    return found


def _locations_by_address() -> dict[str, Location]:
    return {digest(str(row.provider_id), *_address(row)): row for row in Location.objects.all()}


def _address(location: Location) -> Iterable[str]:
    return normalise(location.street), location.postcode.replace(" ", ""), normalise(location.town)


def _new_provider(source: ListSource, row: ListRow, key: str, suggestion: Suggestion) -> Provider:
    return Provider(
        source=source.code,
        external_id=key,
        name=shortened(row.organisation, 150),
        kind=suggestion.kinds.provider_kind,
        about=_("Overgenomen uit: %(name)s.") % {"name": source.name},
        agb_code=row.agb,
        kvk_number=row.kvk,
        website=row.website,
        phone=row.phone,
        email=row.email,
    )


def _new_offer(
    source: ListSource,
    row: ListRow,
    provider: Provider,
    key: str,
    suggestion: Suggestion,
    listed_on: date,
) -> Offer:
    text = row.description or row.kind
    target = _("Voor: %(target)s") % {"target": row.target} if row.target else ""
    whole = "\n\n".join(filter(None, (row.description, target)))
    return Offer(
        provider=provider,
        source=source.code,
        external_id=key,
        status=OfferStatus.LISTED,
        listed_on=listed_on,
        title=shortened(row.title or row.organisation, TITLE),
        summary=shortened(text, SUMMARY),
        description=shortened(whole, DESCRIPTION) if len(whole) > SUMMARY or target else "",
        how_to_start=shortened(row.how_to_start, 500),
        cost=shortened(row.cost, 150),
        level=source.level if suggestion.kinds.level is None else suggestion.kinds.level,
        help_kind=suggestion.kinds.help_kind,
        age_min=suggestion.ages.low,
        age_max=suggestion.ages.high,
    )
