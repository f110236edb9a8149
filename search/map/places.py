"""Where the results of a search lie: counted, clustered and listed by the engine, in one statement.

Read into Python first, the map of a town with ten thousand offers would fetch all of them to count
them. Everything is taken from the step `places`, a row for each place of a result.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from providers.filters.conditions import Conditions
from providers.filters.search import Search
from providers.geography.geometry import Box
from providers.index.sql import among, fetch_all, numbered, still_visible

# With more points than these they are clustered.
MAX_POINTS = 300
# A cluster covers so much of the width of a view: about twelve columns.
CELLS_ACROSS = 12
COUNTRY_METRES = 280_000

ALL, CELL, POINT, NUMBERED = "all", "cell", "point", "numbered"
# Whole numbers divide to whole numbers on both engines.
STEPS = (
    # By the status of the offer itself, which the index follows: with that of the index the engine
    # would read every row of it.
    """fitting AS MATERIALIZED (
  SELECT i.offer_id FROM providers_offerindex i WHERE {asked} AND {visible})""",
    """places AS MATERIALIZED (
  SELECT k.offer_id, k.location_id, l.rd_x, l.rd_y, l.lat, l.lon
  FROM fitting f JOIN providers_offer_locations k ON k.offer_id = f.offer_id
  JOIN providers_location l ON l.id = k.location_id
  WHERE l.rd_x IS NOT NULL)""",
    "in_view AS (SELECT * FROM places WHERE {box})",
    "others AS (SELECT * FROM in_view WHERE NOT {numbered})",
)
IN_BOX = "rd_x >= %(min_x)s AND rd_x <= %(max_x)s AND rd_y >= %(min_y)s AND rd_y <= %(max_y)s"
NOWHERE = "CAST(NULL AS double precision)"
# Few enough to send are sent one by one; to list more would take as long as to count them.
STATEMENT = f"""{{begin}}
SELECT '{ALL}', COUNT(DISTINCT offer_id), COUNT(*), {NOWHERE}, {NOWHERE}, 0, 0 FROM places
UNION ALL
SELECT '{CELL}', COUNT(DISTINCT offer_id), COUNT(*), AVG(lat), AVG(lon),
  rd_x / {{size}}, rd_y / {{size}} FROM others GROUP BY 6, 7
UNION ALL
SELECT '{NUMBERED}', offer_id, location_id, lat, lon, 0, 0 FROM in_view WHERE {{numbered}}
UNION ALL
SELECT '{POINT}', offer_id, location_id, lat, lon, 0, 0 FROM others
  WHERE (SELECT COUNT(*) FROM others) <= {{most}}"""  # noqa: S608 - constants

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where results lie; a point is one place of one offer.

    `offers` and `points` are all there are. Of what is in view and has no number, there are
    `clusters` as [lat, lon, number of offers], and up to MAX_POINTS `points_in_view`; of what has
    a number `numbered`. Both are [lat, lon, offer id].
    """

    offers: int
    points: int
    is_crowded: bool
    clusters: list[list[Any]]
    points_in_view: list[list[Any]]
    numbered: list[list[Any]]


def cell_size(box: Box | None) -> int:
    """Return the side of a cluster in metres."""
    width = box.max_x - box.min_x if box else COUNTRY_METRES
    return max(50, width // CELLS_ACROSS)


def places_of(search: Search, box: Box | None, with_number: Collection[int]) -> Places:
    """Return where the results of a search lie; without a box the whole country is in view."""
    found: dict[str, list[Row]] = defaultdict(list)
    for kind, *row in _found(search, box, with_number):
        found[kind].append(tuple(row))
    ((offers, points, *_nowhere),) = found[ALL]
    clusters = sorted(found[CELL], key=lambda row: row[4:])
    in_view = sum(row[1] for row in clusters)
    return Places(
        offers=offers,
        points=points,
        is_crowded=points > MAX_POINTS and (box is None or in_view > MAX_POINTS),
        clusters=[_place(row) for row in clusters],
        points_in_view=_in_order(found[POINT]),
        numbered=_in_order(found[NUMBERED]),
    )


def _found(search: Search, box: Box | None, with_number: Collection[int]) -> list[Row]:
    conditions = Conditions(search)
    shown = among("offer_id", "shown", with_number) if with_number else "1 = 0"
    parts = {
        "asked": conditions.asked,
        "visible": still_visible("i.offer_id"),
        "box": IN_BOX if box else "1 = 1",
        "numbered": shown,
    }
    sql = STATEMENT.format(
        begin=conditions.beginning(*(step.format(**parts) for step in STEPS)),
        size=cell_size(box),
        numbered=shown,
        most=MAX_POINTS,
    )
    values = {
        **conditions.values,
        **numbered("shown", with_number),
        **(box._asdict() if box else {}),
    }
    return fetch_all(sql, values)


def _in_order(rows: list[Row]) -> list[list[Any]]:
    """Return rows by offer, and the places of one in a fixed order."""
    return [_place(row) for row in sorted(rows)]


def _place(row: Row) -> list[Any]:
    number, _of, lat, lon, *_cell = row
    return [round(lat, 5), round(lon, 5), number]
