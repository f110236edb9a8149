"""Which changes somebody at the desk of a region looks at: name, target, and who pays."""

from collections.abc import Iterable
from typing import Any

from providers.models import AuditEvent

# By what was done: the fields that matter. Of municipalities it is the contract.
SENSITIVE = {
    "offer.updated": frozenset(
        {"title", "help_questions", "target_groups", "age_min", "age_max", "not_for"}
    ),
    "provider.updated": frozenset({"name"}),
}
AREAS_SET = "offer.areas_set"
ACTIONS = (*SENSITIVE, AREAS_SET)


def differences(events: Iterable[AuditEvent]) -> dict[tuple[str, str], list[Any]]:
    """Return {(action, field): [before, after]} of what matters in these events, oldest first.

    What was changed and changed back is no difference.
    """
    found: dict[tuple[str, str], list[Any]] = {}
    for event in events:
        for name, (before, after) in event.changes.items():
            if is_sensitive(event.action, name, before, after):
                first = found.get((event.action, name), [before])[0]
                found[event.action, name] = [first, after]
    return {key: pair for key, pair in found.items() if pair[0] != pair[1]}


def is_sensitive(action: str, name: str, before: Any, after: Any) -> bool:
    """Whether the desk looks at this change of one field."""
    if action == AREAS_SET:
        return bool(_contract(before) != _contract(after))
    return name in SENSITIVE.get(action, frozenset())


def _contract(terms: Any) -> Any:
    return terms and (terms["contract"], terms.get("main_contractor"))
