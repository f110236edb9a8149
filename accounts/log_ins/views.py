"""The page on which people see when they logged in."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.log_ins.models import LogIn
from accounts.log_ins.record import DAYS_KEPT
from accounts.models import User

SHOWN = 10


@never_cache
@login_required
@require_safe
def log_ins(request: HttpRequest) -> HttpResponse:
    """Show the last log-ins of this person."""
    found = list(LogIn.objects.filter(user=cast(User, request.user))[:SHOWN])
    context = {"log_ins": found, "shown": SHOWN, "days": DAYS_KEPT}
    return render(request, "account/log_ins.html", context)
