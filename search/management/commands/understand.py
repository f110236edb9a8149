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
        said = understand(options["text"])
        if options["json"]:
            self.stdout.write(orjson.dumps(as_data(said), option=orjson.OPT_INDENT_2).decode())
            return
        for label, value in _lines(said):
            self.stdout.write(f"{label}: {value}")


def as_data(said: Query) -> dict[str, Any]:
    """Return a query as plain data: codes, best first."""
    return {
        "help_questions": list(said.questions),
        "target_groups": list(said.groups),
        "age_min": said.age_min,
        "age_max": said.age_max,
        "place": said.place,
        "municipality": said.municipality,
        "format": said.format,
        "phase": said.phase,
        "asked_groups": list(said.asked_groups),
        "access": said.access,
        "start": said.start,
        "languages": list(said.languages),
        "level": said.level,
        "crisis": said.crisis,
        "urgent": said.urgent,
        "names": list(said.names),
        "words": list(said.words),
        "dropped": list(said.dropped),
        "corrections": [{"typed": one.typed, "read_as": one.read_as} for one in said.corrections],
    }


def _lines(said: Query) -> list[tuple[str, str]]:
    ages = [str(age) for age in (said.age_min, said.age_max) if age is not None]
    rows = [
        *((_("hulpvraag"), _with_reason(found)) for found in said.help_questions),
        *((_("doelgroep"), _with_reason(found)) for found in said.target_groups),
        (_("leeftijd"), "-".join(dict.fromkeys(ages))),
        (_("plaats"), said.place),
        (_("gemeente"), said.municipality),
        (_("vorm"), said.format),
        (_("fase"), said.phase),
        (_("hulp voor"), " ".join(said.asked_groups)),
        (_("toegang"), said.access),
        (_("start binnen (weken)"), "" if said.start is None else str(said.start)),
        (_("taal"), " ".join(said.languages)),
        (_("trede"), "" if said.level is None else str(said.level)),
        (_("gevaar"), said.crisis),
        (_("haast"), _("ja") if said.urgent else ""),
        (_("naam"), " ".join(said.names)),
        (_("woorden"), " ".join(said.words)),
        (_("niet gebruikt"), " ".join(said.dropped)),
        *((_("gelezen als"), f"{one.typed} > {one.read_as}") for one in said.corrections),
    ]
    return [(label, value) for label, value in rows if value]


def _with_reason(found: Found) -> str:
    return f"{found.code} ({found.weight:.2f}: {' '.join(found.words)})"
