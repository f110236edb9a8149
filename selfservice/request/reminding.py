"""Reminders of open requests, a week and a day before they close."""

import datetime as dt

from providers.models import WaitRequest
from providers.services.policy.wait_requests import mail_request
from selfservice.request.progress import letters_of

DAYS_BEFORE = (7, 1)


def remind_asked(today: dt.date) -> int:
    """Mail who did not answer, of the requests that close in a week or a day; returns how many.

    Run twice on a day, it mails once.
    """
    days = [today + dt.timedelta(days=left) for left in DAYS_BEFORE]
    found = WaitRequest.objects.open(today).filter(answer_by__in=days).select_related("region")
    return sum(
        mail_request(by=None, request=one, letters=letters_of(one, today=today)) for one in found
    )
