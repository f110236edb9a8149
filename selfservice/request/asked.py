"""What an open request still waits for, of one provider."""

import datetime as dt

from django.db.models import Max

from providers.models import AskedProvider, Provider, WaitRequest, WaitTime


def asked_since(provider: Provider, *, today: dt.date) -> dt.date | None:
    """Return the day from which a request that is open wants a wait; None without one."""
    asked = AskedProvider.objects.filter(
        provider=provider, request__in=WaitRequest.objects.open(today)
    )
    found: dt.date | None = asked.aggregate(day=Max("request__opened_on"))["day"]
    return found


def answered_since(provider: Provider, since: dt.date) -> set[int]:
    """Return the offers with a wait from this day on."""
    rows = WaitTime.objects.real().filter(offer__provider=provider, measured_on__gte=since)
    return set(rows.order_by().values_list("offer", flat=True))
