"""The reference data every installation starts from: regions, municipalities, places, words.

The files stand in ``fixtures/`` (see its README for where they come from). Loading them again
changes what differs and touches nothing else, so an update of the files is one command away.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction

from providers.geography.geometry import to_grid
from providers.models import (
    CareLevelText,
    HelpQuestion,
    Language,
    Municipality,
    PostalArea,
    SearchWord,
    TargetGroup,
    Theme,
    Town,
    YouthRegion,
)
from providers.vocabulary.words import normalise

Row = dict[str, str]
Progress = Callable[[str, int], None]

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
SCHEMATIC_OUTLINES = FIXTURES / "outlines" / "municipalities.geojson"


def loaded_outlines() -> Path:
    """Where ``load_boundaries`` keeps the official boundaries; the file need not exist."""
    return Path(settings.VAR_DIR) / "boundaries.geojson"


def outlines_path() -> Path:
    """The municipal outlines for the map: the loaded official ones, else the schematic ones."""
    loaded = loaded_outlines()
    return loaded if loaded.is_file() else SCHEMATIC_OUTLINES


def reference_rows(name: str) -> list[Row]:
    """The rows of ``fixtures/reference/<name>.csv``."""
    return _rows(FIXTURES / "reference" / f"{name}.csv")


def vocabulary_rows(name: str) -> list[Row]:
    """The rows of ``fixtures/vocabulary/<name>.csv``."""
    return _rows(FIXTURES / "vocabulary" / f"{name}.csv")


@transaction.atomic
def load_reference_data(progress: Progress | None = None) -> dict[str, int]:
    """Load every reference file, all or nothing; return the number of rows per kind.

    Rows that are there already are updated by their code; what an administrator added stays, and
    so do the names of the steps of the ladder.
    ``progress`` is called after each kind, with its Dutch name and the number of rows.
    """
    counts: dict[str, int] = {}
    for rows in _all_rows():
        model = type(rows[0])
        name = str(model._meta.verbose_name_plural)
        counts[name] = _save(model, rows)
        if progress is not None:
            progress(name, counts[name])
    return counts


def _all_rows() -> Iterator[list[Any]]:
    """The rows of each kind, those that others point at first."""
    municipalities = reference_rows("municipalities")
    questions, groups = vocabulary_rows("help_questions"), vocabulary_rows("target_groups")
    yield [YouthRegion(code=r["code"], name=r["name"]) for r in reference_rows("youth_regions")]
    yield [_municipality(row) for row in municipalities]
    yield [_postal_area(row) for row in reference_rows("postal_areas")]
    yield _towns(reference_rows("towns"), municipalities)
    yield _labels(Theme, vocabulary_rows("themes"))
    yield [_help_question(row, position) for position, row in enumerate(questions)]
    yield [_target_group(row, position) for position, row in enumerate(groups)]
    yield _labels(Language, vocabulary_rows("languages"))
    yield [_care_level(row) for row in vocabulary_rows("care_levels")]
    # What a word means second is for those who read the file: one word finds one thing here.
    yield [_search_word(row) for row in vocabulary_rows("search_words") if row["rank"] == "1"]


def _save(model: type[models.Model], rows: list[Any]) -> int:
    if model is SearchWord:
        _add_missing_words(rows)
        return len(rows)
    if model is CareLevelText:
        # What a region calls the steps outlives a new version: the file only fills in.
        return len(CareLevelText.objects.bulk_create(rows, ignore_conflicts=True))
    key = "slug" if model is Town else "code"
    own = [f.name for f in model._meta.concrete_fields if not f.primary_key and f.name != key]
    model._default_manager.bulk_create(
        rows, batch_size=1000, update_conflicts=True, unique_fields=[key], update_fields=own
    )
    return len(rows)


def _add_missing_words(words: list[SearchWord]) -> None:
    # A word has no code of its own: it is known by its key and what it points at.
    known = set(SearchWord.objects.values_list("key", "help_question_id", "target_group_id"))
    SearchWord.objects.bulk_create(
        (w for w in words if (w.key, w.help_question_id, w.target_group_id) not in known),
        batch_size=1000,
    )


def slug_of(name: str) -> str:
    """A name as it stands in addresses: ``'s-Gravenhage`` is ``s-gravenhage``."""
    return normalise(name).replace(" ", "-")


def _point(row: Row) -> dict[str, float | int]:
    lat, lon = float(row["lat"]), float(row["lon"])
    x, y = to_grid(lat, lon)
    return {"lat": lat, "lon": lon, "rd_x": x, "rd_y": y}


def _number(text: str) -> int | None:
    return int(text) if text else None


def _municipality(row: Row) -> Municipality:
    return Municipality(
        code=row["code"],
        name=row["name"],
        slug=slug_of(row["name"]),
        region_id=row["youth_region"],
        inhabitants=_number(row["inhabitants"]),
        youths=_number(row["youths"]),
        **_point(row),
    )


def _postal_area(row: Row) -> PostalArea:
    return PostalArea(
        code=row["code"],
        town=row["town"],
        municipality_id=row["municipality"],
        youths=_number(row["youths"]),
        **_point(row),
    )


def _towns(towns: list[Row], municipalities: list[Row]) -> list[Town]:
    """Every name of every town, and of the municipalities that are called after no town."""
    areas = [{**row, "municipality": row["code"]} for row in municipalities]
    # The first mention of a name in a municipality wins: a town's own name before others.
    mentions = [(row["name"], row) for row in towns]
    mentions += [(name, row) for row in towns for name in _other_names(row)]
    mentions += [(name, row) for row in areas for name in (row["name"], *_other_names(row))]
    distinct: dict[tuple[str, str], tuple[str, Row]] = {}
    for name, row in mentions:
        distinct.setdefault((normalise(name), row["municipality"]), (name, row))
    called = {row["code"]: row["name"] for row in municipalities}
    slugs = _town_slugs({key: called[key[1]] for key in distinct})
    return [_town(name, row, slugs[key]) for key, (name, row) in distinct.items()]


def _other_names(row: Row) -> list[str]:
    return [name for name in row["alternative_names"].split("|") if name]


def _town_slugs(municipality_names: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """The name in addresses per (key, municipality code): just the name where that is enough.

    Of several towns with one name, the one whose municipality is called the same keeps it
    bare (``noordwijk``, ``hengelo``); the others are told apart (``noordwijk-westerkwartier``).
    """
    namesakes = {
        pair: pair[0] == normalise(name.partition(" (")[0])
        for pair, name in municipality_names.items()
    }
    times = Counter(key for key, _code in municipality_names)
    bare = Counter(key for (key, _code), namesake in namesakes.items() if namesake)
    return {
        pair: slug_of(
            pair[0]
            if times[pair[0]] == 1 or (namesakes[pair] and bare[pair[0]] == 1)
            else f"{pair[0]} {name}"
        )
        for pair, name in municipality_names.items()
    }


def _town(name: str, row: Row, slug: str) -> Town:
    return Town(
        name=name,
        key=normalise(name),
        slug=slug,
        municipality_id=row["municipality"],
        inhabitants=_number(row["inhabitants"]),
        **_point(row),
    )


def _labels(model: type[Theme] | type[Language], rows: list[Row]) -> list[Any]:
    return [
        model(code=row["code"], label=row["label"], position=position)
        for position, row in enumerate(rows)
    ]


def _help_question(row: Row, position: int) -> HelpQuestion:
    return HelpQuestion(
        code=row["code"],
        label=row["label"],
        theme_id=row["theme"],
        age_min=_number(row["age_min"]),
        age_max=_number(row["age_max"]),
        signal=row["signal"],
        after=row["after"] == "1",
        position=position,
    )


def _target_group(row: Row, position: int) -> TargetGroup:
    return TargetGroup(
        code=row["code"],
        label=row["label"],
        age_min=_number(row["age_min"]),
        age_max=_number(row["age_max"]),
        position=position,
    )


def _care_level(row: Row) -> CareLevelText:
    return CareLevelText(level=int(row["level"]), label=row["label"], examples=row["examples"])


def _search_word(row: Row) -> SearchWord:
    points_at = {f"{row['kind']}_id": row["code"]}
    return SearchWord(text=row["text"], key=normalise(row["text"]), **points_at)


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
