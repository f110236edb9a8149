"""What was written by hand: one TOML file per made-up provider (see docs/demo.md)."""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings

Part = TypeVar("Part")

CONTENT_DIR = Path(settings.FIXTURES_DIR) / "demo" / "providers"
EVERYWHERE = "alle"
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


class DemoContentError(ValueError):
    """A file of the demo says something that cannot be right."""


@dataclass(frozen=True, slots=True)
class DemoLocation:
    """A place of a provider; only the four digits of its postcode are real."""

    key: str
    postcode: str
    town: str
    name: str = ""
    street: str = ""
    wheelchair: str = "onbekend"
    opening_hours: str = ""


@dataclass(frozen=True, slots=True)
class DemoTeam:
    """A local team with the postcodes it serves: single ones, and from one to another.

    Weeks as measured `days_ago`; without that nothing was measured.
    """

    name: str
    postal_areas: tuple[str, ...]
    phone: str = ""
    consultation_hours: str = ""
    wait: float | None = None
    decision: float | None = None
    waiting: int | None = None
    days_ago: int | None = None


@dataclass(frozen=True, slots=True)
class DemoAreas:
    """Municipalities by name, with the way in and the contract there."""

    municipalities: tuple[str, ...]
    access: tuple[str, ...]
    contract: str
    contract_until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class DemoWait:
    """The wait today, in weeks, and how it moved over the past year.

    Without `days_ago` nobody ever measured.
    """

    status: str
    intake: float | None = None
    treatment: float | None = None
    waiting: int | None = None
    trend: str = "vlak"
    days_ago: int | None = None
    stop_weeks: int | None = None


@dataclass(frozen=True, slots=True)
class DemoRun:
    """One edition of a group, on the first `weekday` at or after `in_days` from today."""

    in_days: int
    weekday: str
    time: str
    places: int | None = None
    places_left: int | None = None
    enrol_by_days: int | None = None
    location: str = ""


@dataclass(frozen=True, slots=True)
class DemoInterest:
    """Somebody said, `days_ago`, to have `count` people; `run` is the place of a run, from 0."""

    municipality: str
    age: str
    count: int
    days_ago: int
    run: int | None = None


@dataclass(frozen=True, slots=True)
class DemoGroup:
    """What an offer in a group adds."""

    kind: str
    audience: str
    size: int | None = None
    min_size: int | None = None
    sessions: int | None = None
    minutes: int | None = None
    open: bool = False
    on_demand: bool = False
    leaders: str = ""
    expert_by_experience: bool = False
    outcome: str = ""
    quote: str = ""
    quote_by: str = ""
    runs: tuple[DemoRun, ...] = ()
    interest: tuple[DemoInterest, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoOffer:
    """One kind of help, in the words of its provider."""

    key: str
    title: str
    summary: str
    description: str
    how_to_start: str
    cost: str
    level: int
    phases: tuple[str, ...]
    help_questions: tuple[str, ...]
    formats: tuple[str, ...]
    areas: tuple[DemoAreas, ...]
    wait: DemoWait
    confirmed_days_ago: int
    not_for: str = ""
    help_kind: str = "onbekend"
    crisis: bool = False
    target_groups: tuple[str, ...] = ()
    age_min: int | None = None
    age_max: int | None = None
    languages: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    # With whom, when and what about one can talk without referring anybody.
    consult: tuple[str, ...] = ()
    group: DemoGroup | None = None


@dataclass(frozen=True, slots=True)
class DemoProvider:
    """A made-up organisation with its places and its help."""

    key: str
    name: str
    kind: str
    about: str
    confirmed_days_ago: int
    website: str = ""
    phone: str = ""
    email: str = ""
    referrer_phone: str = ""
    referrer_hours: str = ""
    subcontractor_of: str = ""
    locations: tuple[DemoLocation, ...] = ()
    local_teams: tuple[DemoTeam, ...] = ()
    offers: tuple[DemoOffer, ...] = field(default=(), repr=False)


def read_content(folder: Path = CONTENT_DIR) -> tuple[DemoProvider, ...]:
    """Return all providers, in the order of their files. Raises DemoContentError."""
    return tuple(_read_file(path) for path in sorted(folder.glob("*.toml")))


def content_digest(folder: Path = CONTENT_DIR) -> str:
    """Return a short mark that changes when any file of the demo changes."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.toml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _read_file(path: Path) -> DemoProvider:
    try:
        return _provider(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, DemoContentError, KeyError, TypeError) as error:
        raise DemoContentError(f"{path.name}: {error}") from error


def _provider(key: str, table: dict[str, Any]) -> DemoProvider:
    served = table.pop("municipalities")
    days_ago = table["confirmed_days_ago"]
    table["locations"] = tuple(_build(DemoLocation, row) for row in table.pop("locations", []))
    table["local_teams"] = tuple(_build(DemoTeam, row) for row in table.pop("local_teams", []))
    table["offers"] = tuple(_offer(row, served, days_ago) for row in table.pop("offers", []))
    return _build(DemoProvider, {"key": key, **table})


def _offer(table: dict[str, Any], served: list[str], days_ago: int) -> DemoOffer:
    table.setdefault("confirmed_days_ago", days_ago)
    main = {
        "municipalities": table.pop("municipalities", served),
        "access": table.pop("access"),
        "contract": table.pop("contract"),
        "contract_until": table.pop("contract_until", None),
    }
    rows = [main, *table.pop("exceptions", [])]
    table["areas"] = tuple(_build(DemoAreas, row) for row in rows)
    table["wait"] = _build(DemoWait, table.pop("wait"))
    group = table.pop("group", None)
    return _build(DemoOffer, {**table, "group": _group(group) if group else None})


def _group(table: dict[str, Any]) -> DemoGroup:
    runs = tuple(_build(DemoRun, row) for row in table.pop("runs", []))
    for run in runs:
        if run.weekday not in WEEKDAYS:
            raise DemoContentError(f"{run.weekday} is no weekday")
    interest = tuple(_build(DemoInterest, row) for row in table.pop("interest", []))
    return _build(DemoGroup, {**table, "runs": runs, "interest": interest})


def _build(kind: Callable[..., Part], table: dict[str, Any]) -> Part:
    """Make one part of a table, with a message that names what is wrong in the file."""
    known = {item.name: item for item in fields(kind)}  # type: ignore[arg-type]
    label = table.get("key", kind.__name__)
    unknown = table.keys() - known.keys()
    if unknown:
        raise DemoContentError(f"{label}: unknown key {', '.join(sorted(unknown))}")
    needed = {name for name, item in known.items() if item.default is MISSING}
    missing = needed - table.keys()
    if missing:
        raise DemoContentError(f"{label}: {', '.join(sorted(missing))} is missing")
    return kind(**{key: _frozen(value) for key, value in table.items()})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
