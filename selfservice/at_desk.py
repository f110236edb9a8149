"""Remembers at the log-in whether somebody works at a desk: every page says where it is.

Looked up once: on each page it would be one statement more.
"""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from providers.permissions import desk_regions


@receiver(user_logged_in)
def remember_desk(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Note in the session that there is a desk for this person, or forget it."""
    if desk_regions(user).exists():
        request.session["at_desk"] = True
    else:
        request.session.pop("at_desk", None)
