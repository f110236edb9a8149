"""The demo at the size of the country, to measure with: made-up help in every municipality.

Nothing is written anew: providers and offers of the demo region are taken apart and put
together again elsewhere, as many in each municipality as its young people ask for.
"""

from __future__ import annotations

import bisect
import itertools
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from demo import loader
from demo.building import Build, build_all
from demo.content import (
    WEEKDAYS,
    DemoAreas,
    DemoLocation,
    DemoOffer,
    DemoProvider,
    DemoRun,
    DemoWait,
    read_content,
)
from demo.moments import DEFAULT_SEED, chance
from providers.models import Municipality, PostalArea
from providers.models.provider import DEMO_MARK

NATIONAL_OFFERS = 25_000
OFFERS_PER_PROVIDER = 4
LOCATIONS_PER_PROVIDER = (1, 2, 2, 2, 2, 2, 2, 2, 2, 2)
# How many municipalities an offer serves: from its own to a few regions, twelve on average.
AREAS_PER_OFFER = (1, 2, 3, 6, 8, 10, 12, 13, 16, 18, 25, 30)
# Close to half of the offers are groups; this makes one run per five offers.
RUN_SHARE = 0.42
PROVIDERS_PER_BATCH = 250


@dataclass(frozen=True, slots=True)
class Country:
    """The real municipalities, how the young people are spread, and who lies near whom."""

    municipalities: tuple[Municipality, ...]
    cumulative_youths: tuple[int, ...]
    postal_areas: dict[str, list[PostalArea]]
    nearest: dict[str, tuple[str, ...]]

    def draw(self, rng: random.Random) -> Municipality:
        """Return a municipality, each as likely as it has young people."""
        ticket = rng.randrange(self.cumulative_youths[-1])
        return self.municipalities[bisect.bisect_right(self.cumulative_youths, ticket)]


def read_country() -> Country:
    """Return what the reference data says of the country."""
    rows = tuple(Municipality.objects.order_by("code"))
    areas: dict[str, list[PostalArea]] = defaultdict(list)
    for area in PostalArea.objects.order_by("code"):
        areas[area.municipality_id].append(area)
    inhabited = tuple(row for row in rows if row.code in areas)
    return Country(
        inhabited,
        tuple(itertools.accumulate(row.youths or 100 for row in inhabited)),
        areas,
        {row.code: _nearest(row, rows) for row in inhabited},
    )


def _nearest(home: Municipality, rows: tuple[Municipality, ...]) -> tuple[str, ...]:
    by_distance = sorted(
        rows, key=lambda row: (row.rd_x - home.rd_x) ** 2 + (row.rd_y - home.rd_y) ** 2
    )
    return tuple(row.name for row in by_distance[: max(AREAS_PER_OFFER)])


@transaction.atomic
def load_national(
    *, offers: int = NATIONAL_OFFERS, seed: str = DEFAULT_SEED, with_accounts: bool = False
) -> None:
    """Replace the demo by the demo region plus made-up help up to `offers` offers."""
    loader.load_demo(seed=seed, with_accounts=with_accounts)
    written = read_content()
    extra = max(0, offers - sum(len(row.offers) for row in written))
    today = timezone.localdate()
    content = generated(written, read_country(), offers=extra, seed=seed)
    with tqdm(total=extra, unit=" aanbod", disable=None) as bar:
        while batch := list(itertools.islice(content, PROVIDERS_PER_BATCH)):
            build_all(batch, Build(today, seed))
            bar.update(sum(len(row.offers) for row in batch))
    loader.remember(loader.mark(seed=seed, offers=offers))


def generated(
    written: tuple[DemoProvider, ...], country: Country, *, offers: int, seed: str
) -> Iterator[DemoProvider]:
    """Yield made-up providers that together have this many offers."""
    sentences = _sentences(written)
    pools = _pools(written)
    for number in range(0, offers, OFFERS_PER_PROVIDER):
        rng = chance(seed, "land", str(number))
        base = rng.choice(written)
        size = min(OFFERS_PER_PROVIDER, offers - number)
        texts = [rng.choice(pools[base.kind]) for _ in range(size)]
        yield _provider(base, texts, country, sentences, rng, f"land-{number}")


def _sentences(written: tuple[DemoProvider, ...]) -> dict[str, list[str]]:
    """Return the sentences of all descriptions by main help question."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in written:
        for text in row.offers:
            found[text.help_questions[0]] += text.description.replace("? ", "?. ").split(". ")
    return found


def _pools(written: tuple[DemoProvider, ...]) -> dict[str, list[DemoOffer]]:
    pools: dict[str, list[DemoOffer]] = defaultdict(list)
    for row in written:
        pools[row.kind] += row.offers
    return pools


def _provider(
    base: DemoProvider,
    texts: list[DemoOffer],
    country: Country,
    sentences: dict[str, list[str]],
    rng: random.Random,
    key: str,
) -> DemoProvider:
    home = country.draw(rng)
    places = _locations(country, home, rng)
    name = base.name.removesuffix(DEMO_MARK)
    nearest = country.nearest[home.code]
    offers = tuple(
        _offer(text, f"aanbod-{index}", home, nearest, places, sentences, rng)
        for index, text in enumerate(texts)
    )
    return replace(
        base,
        key=key,
        name=f"{name} {home.name} {key.removeprefix('land-')}{DEMO_MARK}",
        subcontractor_of="",
        confirmed_days_ago=rng.randint(0, 200),
        locations=places,
        offers=offers,
    )


def _locations(
    country: Country, home: Municipality, rng: random.Random
) -> tuple[DemoLocation, ...]:
    areas = rng.choices(country.postal_areas[home.code], k=rng.choice(LOCATIONS_PER_PROVIDER))
    return tuple(
        DemoLocation(
            key=f"plek-{index}",
            postcode=area.code,
            town=area.town,
            street=f"Voorbeeldstraat {rng.randint(1, 200)}",
            wheelchair=rng.choice(("ja", "ja", "nee", "onbekend")),
        )
        for index, area in enumerate(areas)
    )


def _offer(
    base: DemoOffer,
    key: str,
    home: Municipality,
    nearest: tuple[str, ...],
    places: tuple[DemoLocation, ...],
    sentences: dict[str, list[str]],
    rng: random.Random,
) -> DemoOffer:
    pool = sentences[base.help_questions[0]]
    parts = rng.sample(pool, k=min(6, len(pool)))
    served = nearest[: rng.choice(AREAS_PER_OFFER)]
    return replace(
        base,
        key=key,
        title=f"{base.title} in {home.name}"[:120],
        description=". ".join(part.strip().rstrip(".") for part in parts) + ".",
        areas=(DemoAreas(served, base.areas[0].access or ("vrij",), base.areas[0].contract),),
        wait=_wait(base.wait, rng),
        confirmed_days_ago=rng.randint(0, 120),
        locations=(rng.choice(places).key,) if base.locations else (),
        # Interest names runs by their place in the list, and these runs are other ones.
        group=replace(base.group, runs=_runs(rng), interest=()) if base.group else None,
    )


def _wait(base: DemoWait, rng: random.Random) -> DemoWait:
    factor = rng.uniform(0.5, 1.8)
    return replace(
        base,
        intake=None if base.intake is None else round(base.intake * factor, 1),
        treatment=None if base.treatment is None else round(base.treatment * factor, 1),
        days_ago=None if base.days_ago is None else rng.randint(0, 45),
    )


def _runs(rng: random.Random) -> tuple[DemoRun, ...]:
    if rng.random() >= RUN_SHARE:
        return ()
    in_days, places = rng.randint(-30, 150), rng.randint(6, 16)
    left = rng.choice((None, *range(places + 1)))
    return (DemoRun(in_days, rng.choice(WEEKDAYS[:5]), "16.00", places, left),)
