"""Builds what every search needs before the first visitor comes.

The vocabulary, the places and the words of the catalogue are kept in memory per process. Built
by the first question after a start, they would make one visitor wait for more than a second.
"""

import logging

from django.db import Error, connection
from django.http import QueryDict
from django.template.loader import get_template
from django.utils import timezone

from search.asking.suggest import suggestions
from search.asking.understanding import in_catalogue, understand
from search.page_cache import program_version
from search.results.params import SearchParams

logger = logging.getLogger(__name__)
# A line of ordinary words: reading it builds every list there is to compare with.
LINE = "somber meisje 14 leiden"
TEMPLATES = (
    "search/start.html",
    "search/results.html",
    "search/_choice.html",
    "components/card_row.html",
    "components/card_body.html",
)


def warm_up() -> None:
    """Build what is kept in memory; a database that is not there yet never stops a start."""
    try:
        _build()
    except Error as error:
        logger.warning("Nothing was built beforehand: %s", type(error).__name__)
    finally:
        connection.close()


def _build() -> None:
    understand(LINE)
    in_catalogue(LINE.split())
    suggestions(LINE)
    params = QueryDict("hulpvraag=&plaats=leiden")
    SearchParams.from_query(params, today=timezone.localdate()).filterset.criteria  # noqa: B018 - reads the vocabulary
    program_version()
    for name in TEMPLATES:
        get_template(name)
