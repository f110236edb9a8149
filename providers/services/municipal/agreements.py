"""Writes on what a region agreed on: its clocks and its norms, by its desk."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Self

from django.db import transaction

from accounts.models import User
from providers.enums import DatedFact, HelpKind
from providers.models import RegionClock, WaitNorm, YouthRegion
from providers.rules.clocks import forget_region_clocks
from providers.services import audit
from providers.services.offers import EditConflictError

AGREEMENTS_SET = "youthregion.agreements_set"
# Before the code of a fact or a kind of help, in the audit trail.
CLOCK, NORM = "clock ", "norm "
KINDS = tuple(kind for kind in HelpKind if kind != HelpKind.UNKNOWN)


@dataclass(frozen=True, slots=True)
class NormTerms:
    """The longest wait for one kind of help, in weeks, and where that is written."""

    weeks: Decimal
    source: str
    source_url: str = ""

    @classmethod
    def of(cls, norm: WaitNorm) -> Self:
        return cls(norm.weeks.normalize(), norm.source, norm.source_url)

    def as_json(self) -> dict[str, str]:
        """Return what the audit trail holds."""
        return asdict(self) | {"weeks": f"{self.weeks.normalize():f}"}


# By name in the audit trail: the days of a clock, the terms of a norm, or None for none.
Agreements = dict[str, Any]


def agreements_of(region: YouthRegion) -> Agreements:
    """Return what a region has agreed on, as the audit trail holds it: two statements."""
    clocks = {CLOCK + row.fact: row.days for row in RegionClock.objects.filter(region=region)}
    norms = {
        NORM + row.kind: NormTerms.of(row).as_json()
        for row in WaitNorm.objects.filter(region=region)
    }
    return clocks | norms


@transaction.atomic
def set_agreements(
    *,
    by: User | None,
    region: YouthRegion,
    clocks: Mapping[DatedFact, int | None],
    norms: Mapping[HelpKind, NormTerms | None],
    expected: Agreements | None = None,
) -> bool:
    """Write what a region agreed on; None takes one away. Returns whether anything changed.

    With `expected`, raises EditConflictError when somebody else saved in between. Raises
    ValidationError.
    """
    YouthRegion.objects.select_for_update().get(pk=region.pk)
    before = agreements_of(region)
    if expected is not None and expected != before:
        raise EditConflictError
    wanted: Agreements = {CLOCK + fact: days for fact, days in clocks.items()}
    wanted |= {NORM + kind: terms and terms.as_json() for kind, terms in norms.items()}
    return _write(by, region, before, wanted)


@transaction.atomic
def undo_agreements(*, by: User, region: YouthRegion, changes: Mapping[str, list[Any]]) -> bool:
    """Give what a change changed its values of before; returns False when it changed since."""
    YouthRegion.objects.select_for_update().get(pk=region.pk)
    now = agreements_of(region)
    if any(now.get(name) != after for name, (_before, after) in changes.items()):
        return False
    return _write(by, region, now, {name: before for name, (before, _after) in changes.items()})


def _write(by: User | None, region: YouthRegion, before: Agreements, wanted: Agreements) -> bool:
    changes = {
        name: [before.get(name), value]
        for name, value in wanted.items()
        if before.get(name) != value
    }
    if not changes:
        return False
    for name, (_before, after) in changes.items():
        _set(region, name, after)
    transaction.on_commit(forget_region_clocks)
    audit.record(by=by, action=AGREEMENTS_SET, subject=region, changes=changes, regions=region.pk)
    return True


def _set(region: YouthRegion, name: str, value: Any) -> None:
    """Store one agreement, or take it away."""
    row: RegionClock | WaitNorm
    if name.startswith(CLOCK):
        key: dict[str, Any] = {"region": region, "fact": name.removeprefix(CLOCK)}
        row = RegionClock.objects.filter(**key).first() or RegionClock(**key)
        fields: Iterable[tuple[str, Any]] = [("days", value)]
    else:
        key = {"region": region, "kind": name.removeprefix(NORM)}
        row = WaitNorm.objects.filter(**key).first() or WaitNorm(**key)
        terms = value or {}
        fields = (terms | {"weeks": Decimal(terms["weeks"])}).items() if terms else ()
    if value is None:
        if row.pk:
            row.delete()
        return
    for field, new in fields:
        setattr(row, field, new)
    row.full_clean()
    row.save()
