"""Reports of faults to a Sentry, built from a short list of what may leave this machine.

Kind of error, places in the code, name of the view and method: no text of the error, no variables,
no form, address, cookie or person. Needs the extra `sentry` and SENTRY_DSN.
"""

import re
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint

KEPT = ("event_id", "timestamp", "level", "platform", "release", "environment", "logger")
OF_FRAME = ("filename", "function", "module", "lineno", "in_app")
# The name of a function or a view; an address has other signs in it.
NAME = re.compile(r"[\w.:-]+")


def start(dsn: str, **options: Any) -> None:
    """Send faults there from now on."""
    import sentry_sdk
    from sentry_sdk.integrations.django import DjangoIntegration

    sentry_sdk.init(
        dsn=dsn,
        before_send=only_places,
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=None,
        auto_session_tracking=False,
        default_integrations=False,
        integrations=[DjangoIntegration(transaction_style="function_name")],
        **options,
    )


def only_places(event: "Event", hint: "Hint") -> "Event | None":
    """Return a report anew from what may leave; one without an exception stays here."""
    found = (event.get("exception") or {}).get("values")
    if not found:
        return None
    report: Any = {name: value for name, value in event.items() if name in KEPT}
    report["exception"] = {"values": [_exception(one) for one in found]}
    if NAME.fullmatch(str(event.get("transaction"))):
        report["transaction"] = event["transaction"]
    return cast("Event", report)


def _exception(found: dict[str, Any]) -> dict[str, Any]:
    frames = (found.get("stacktrace") or {}).get("frames") or []
    kept = [{name: frame[name] for name in OF_FRAME if name in frame} for frame in frames]
    return {
        "type": found.get("type"),
        "module": found.get("module"),
        "stacktrace": {"frames": kept},
    }
