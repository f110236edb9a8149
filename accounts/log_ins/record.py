"""Writes and reads log-ins."""

import datetime as dt
import re
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest

from accounts.log_ins.models import Browser, Device, LogIn, Way
from accounts.models import User

DAYS_KEPT = 90
# In this order: Edge also calls itself Chrome, and Chrome also Safari.
BROWSERS = (
    (Browser.EDGE, re.compile(r"\bEdg(e|A|iOS)?/")),
    (Browser.FIREFOX, re.compile(r"\b(Firefox|FxiOS)/")),
    (Browser.CHROME, re.compile(r"\b(Chrome|CriOS)/")),
    (Browser.SAFARI, re.compile(r"\bSafari/")),
)
DEVICES = (
    (Device.TABLET, re.compile(r"\b(iPad|Tablet)\b|Android(?!.*\bMobile\b)")),
    (Device.PHONE, re.compile(r"\b(iPhone|Mobile|Mobi)\b")),
    (Device.COMPUTER, re.compile(r"\b(Windows NT|Macintosh|Linux|CrOS)\b")),
)
# By what allauth calls it.
WAYS = {"password": Way.PASSWORD, "socialaccount": Way.ORGANISATION}


def record_log_in(*, by: User, request: HttpRequest) -> LogIn:
    """Keep that this person logged in just now."""
    agent = request.headers.get("User-Agent", "")
    records = get_authentication_records(request, by)
    # The last one: a log-in that stopped at the second step may have begun in another way.
    ways = [_way_of(one) for one in records]
    way = next((one for one in reversed(ways) if one), Way.INVITATION)
    return LogIn.objects.create(
        user=by,
        device=next((kind for kind, sign in DEVICES if sign.search(agent)), Device.UNKNOWN),
        browser=next((kind for kind, sign in BROWSERS if sign.search(agent)), Browser.OTHER),
        way=way,
        in_two_steps=any(one["method"] == "mfa" and not _way_of(one) for one in records),
    )


def _way_of(record: dict[str, Any]) -> Way | None:
    """Return which way in this was a step of; None for a second step."""
    if record.get("passwordless"):
        return Way.PASSKEY
    return WAYS.get(record["method"])


def last_of_each(users: QuerySet[User]) -> dict[int, LogIn]:
    """Return the newest log-in that is kept, by the number of the person; one statement."""
    newest = LogIn.objects.filter(user=OuterRef("pk")).values("pk")[:1]
    numbers = users.annotate(newest=Subquery(newest)).values("newest")
    return {found.user_id: found for found in LogIn.objects.filter(pk__in=numbers)}


def remove_old_log_ins(*, on: dt.datetime) -> None:
    """Delete log-ins of which nobody asks any more whether it was them."""
    LogIn.objects.filter(at__lt=on - dt.timedelta(days=DAYS_KEPT)).delete()
