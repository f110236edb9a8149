"""Makes a loaded database larger: many times the country, or one municipality full of points."""

from __future__ import annotations

import random
from typing import Any

LARGEST_WRITTEN = 25_000  # what load_demo makes in a few minutes; more are copies of those


def multiply(times: int) -> None:
    """Copy every offer with all that hangs on it, so that there are `times` as many."""
    from django.db import connection, transaction

    models = _copied()
    with transaction.atomic(), connection.cursor() as cursor:
        steps = {model: _highest(cursor, model) for model in models}
        for copy in range(1, times):
            for model in models:
                cursor.execute(_copy_of(model, copy, steps))
        if connection.vendor == "postgresql":
            for statement in connection.ops.sequence_reset_sql(_no_style(), models):
                cursor.execute(statement)


def _copied() -> list[Any]:
    """Return the models whose rows are copied, those that others point at first."""
    from providers import models as m

    offer = m.Offer
    links = [offer.locations.through, offer.target_groups.through, offer.languages.through]
    parts = [m.WaitTime, m.OfferHelpQuestion, m.ServiceArea, m.GroupProgramme, m.GroupRun]
    return [m.Provider, m.Location, offer, *parts, *links, m.OfferIndex, m.OfferWords]


def _highest(cursor: Any, model: Any) -> int:
    column, table = model._meta.pk.column, model._meta.db_table
    cursor.execute(f'SELECT MAX("{column}") FROM {table}')
    return int(cursor.fetchone()[0] or 0)


def _copy_of(model: Any, copy: int, steps: dict[Any, int]) -> str:
    """Return the statement that adds one copy of all rows there were at first."""
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(field, model, copy, steps) for field in fields)
    key, table = model._meta.pk, model._meta.db_table
    highest = steps[key.related_model if key.is_relation else model]
    return (
        f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table}"
        f' WHERE "{key.column}" <= {highest}'
    )


def _value(field: Any, model: Any, copy: int, steps: dict[Any, int]) -> str:
    pointed_at = field.related_model if field.is_relation else model
    if (field.primary_key or field.is_relation) and pointed_at in steps:
        return f'"{field.column}" + {copy * steps[pointed_at]}'
    if field.name == "external_id":
        return f"CASE WHEN external_id = '' THEN '' ELSE external_id || '-{copy}' END"
    return f'"{field.column}"'


def _no_style() -> Any:
    from django.core.management.color import no_style

    return no_style()


def crowd(municipality: str, points: int) -> None:
    """Give the offers of one municipality more locations in it, until the map has this many."""
    from providers.geography.geometry import to_degrees
    from providers.models import Location, Municipality, Offer

    home = Municipality.objects.get(code=municipality)
    through = Offer.locations.through
    offers = list(
        Offer.objects.visible()
        .filter(service_areas__municipality=home)
        .order_by("pk")
        .values_list("pk", "provider_id")
    )
    there = through.objects.filter(offer__in=[pk for pk, _provider in offers]).count()
    rng = random.Random(municipality)
    rows = []
    for number in range(max(0, points - there)):
        x, y = home.rd_x + rng.randint(-6000, 6000), home.rd_y + rng.randint(-6000, 6000)
        lat, lon = to_degrees(x, y)
        _pk, provider = offers[number % len(offers)]
        place = {"town": home.name, "municipality": home, "precision": "adres"}
        rows.append(Location(provider_id=provider, rd_x=x, rd_y=y, lat=lat, lon=lon, **place))
    made = Location.objects.bulk_create(rows, batch_size=500)
    links = [
        through(offer_id=offers[number % len(offers)][0], location=location)
        for number, location in enumerate(made)
    ]
    through.objects.bulk_create(links, batch_size=500)
