"""Shows what a line of text is understood as."""

from argparse import ArgumentParser
from typing import Any

import orjson
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from search.asking.understanding import Found, Query, understand


class Command(BaseCommand):
    """Print what the search makes of a text, for editors of the vocabulary."""

    help = "Toont hoe de zoekbalk een regel tekst begrijpt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", metavar="TEKST")
        parser.add_argument("--json", action="store_true", help="als JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        query = understand(options["text"])
        if options["json"]:
            self.stdout.write(orjson.dumps(as_data(query), option=orjson.OPT_INDENT_2).decode())
            return
        for label, value in _lines(query):
            self.stdout.write(f"{label}: {value}")


def as_data(query: Query) -> dict[str, Any]:
    """Return a query as plain data: codes, best first."""
    return {
        "help_questions": list(query.questions),
        "target_groups": list(query.groups),
        "age_min": query.age_min,
        "age_max": query.age_max,
        "place": query.place,
        "municipality": query.municipality,
        "format": query.format,
        "phase": query.phase,
        "asked_groups": list(query.asked_groups),
        "access": query.access,
        "start": query.start,
        "languages": list(query.languages),
        "level": query.level,
        "crisis": query.crisis,
        "urgent": query.urgent,
        "names": list(query.names),
        "words": list(query.words),
        "dropped": list(query.dropped),
        "corrections": [{"typed": one.typed, "read_as": one.read_as} for one in query.corrections],
    }


def _lines(query: Query) -> list[tuple[str, str]]:
    ages = [str(age) for age in (query.age_min, query.age_max) if age is not None]
    rows = [
        *((_("hulpvraag"), _with_reason(found)) for found in query.help_questions),
        *((_("doelgroep"), _with_reason(found)) for found in query.target_groups),
        (_("leeftijd"), "-".join(dict.fromkeys(ages))),
        (_("plaats"), query.place),
        (_("gemeente"), query.municipality),
        (_("vorm"), query.format),
        (_("fase"), query.phase),
        (_("hulp voor"), " ".join(query.asked_groups)),
        (_("toegang"), query.access),
        (_("start binnen (weken)"), "" if query.start is None else str(query.start)),
        (_("taal"), " ".join(query.languages)),
        (_("trede"), "" if query.level is None else str(query.level)),
        (_("gevaar"), query.crisis),
        (_("haast"), _("ja") if query.urgent else ""),
        (_("naam"), " ".join(query.names)),
        (_("woorden"), " ".join(query.words)),
        (_("niet gebruikt"), " ".join(query.dropped)),
        *((_("gelezen als"), f"{one.typed} > {one.read_as}") for one in query.corrections),
    ]
    return [(label, value) for label, value in rows if value]


def _with_reason(found: Found) -> str:
    return f"{found.code} ({found.weight:.2f}: {' '.join(found.words)})"
