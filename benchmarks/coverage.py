"""Measures the nightly coverage of every municipality, and the page that reads it.

`DATABASE_URL=... .venv/bin/python -m benchmarks.coverage` on a loaded database; what it stores is
undone. Beside it stands one bare SQL statement that only counts the offers of every cell.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.setup import set_up

# Joins what a search joins, without waits, distances, money or reserved help.
BARE = """
SELECT a.municipality_id, q.help_question_id, b.low, COUNT(*)
FROM providers_servicearea a
JOIN providers_offerindex i ON i.offer_id = a.offer_id
JOIN providers_offerhelpquestion q ON q.offer_id = a.offer_id
JOIN (SELECT 0 AS low, 3 AS high UNION ALL SELECT 4, 7 UNION ALL SELECT 8, 11
      UNION ALL SELECT 12, 15 UNION ALL SELECT 16, 18) b
  ON COALESCE(i.age_min, 0) <= b.high AND COALESCE(i.age_max, 99) >= b.low
WHERE i.status IN ('gepubliceerd', 'overgenomen')
GROUP BY 1, 2, 3
"""


def main() -> None:
    """Print the seconds of a core, the cells and the memory as JSON."""
    set_up()
    json.dump(measure(), sys.stdout, indent=2)


def measure() -> dict[str, Any]:
    """Return what storing everything costs, a page from what is stored, and the workbook."""
    from django.db import connection, transaction
    from django.utils import timezone

    from gaps.coverage.matrix import matrix_page
    from gaps.coverage.report import coverage_of, coverage_of_all
    from gaps.coverage.snapshots import store_coverage
    from gaps.exports.files import guide_of, workbook
    from providers.models import Municipality

    today = timezone.localdate()
    found: dict[str, Any] = {"engine": connection.vendor}
    with transaction.atomic():
        found["bare_sql_s"], counted = _timed(_bare)
        found["bare_sql_cells"] = len(counted)
        found["store_s"], found["municipalities"] = _timed(
            lambda: store_coverage(by=None, today=today)
        )
        place = Municipality.objects.order_by("-inhabitants")[0]
        coverage = coverage_of(place, today=today)
        found["cells"] = len(coverage.cells) * found["municipalities"]
        matrix_page(coverage)  # What is remembered for a minute, is read here.
        found["page_s"], _page = _timed(lambda: matrix_page(coverage_of(place, today=today)))
        places = Municipality.objects.filter(region=place.region_id).order_by("name")
        every = coverage_of_all(list(places), today=today)
        found["workbook_cells"] = sum(len(one.cells) for one in every)
        found["workbook_s"], _file = _timed(lambda: workbook(every, guide_of(coverage)))
        found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        transaction.set_rollback(True)
    return found


def _bare() -> list[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(BARE)
        return list(cursor.fetchall())


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds of a core, which others on the machine hardly change, and the result."""
    started = time.process_time()
    result = work()
    return round(time.process_time() - started, 3), result


if __name__ == "__main__":
    main()
