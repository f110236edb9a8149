"""The mail of each quarter: who gets it, and how it ends with one button."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import User
from gaps.demand.quarter import membership_of
from gaps.views import NAV
from providers.models import Membership
from providers.services.policy.quarter_mails import choose_quarter_mail


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def quarter_mail(request: HttpRequest) -> HttpResponse:
    """Show a member for which municipality or provider they get the mail, and change that."""
    assert isinstance(request.user, User)  # noqa: S101 - narrows the type
    mine = Membership.objects.of(request.user).filter(region__isnull=True)
    if request.method == "POST":
        number = request.POST.get("membership", "")
        membership = get_object_or_404(mine, pk=number if number.isdecimal() else 0)
        wanted = request.POST.get("wanted") == "ja"
        choose_quarter_mail(by=request.user, membership=membership, wanted=wanted)
        return redirect("gaps:quarter_mail")
    rows = mine.select_related("municipality", "provider")
    members = [(one.pk, one.body.name, one.quarter_mail) for one in rows]
    return render(request, "gaps/quarter/choose.html", {"members": members, "nav": NAV})


# A mail program posts here by itself (RFC 8058); the token does nothing but end these mails.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop_quarter_mail(request: HttpRequest, token: str) -> HttpResponse:
    """End the mails with one button, without a log-in; looking changes nothing."""
    membership = membership_of(token)
    if membership is None:
        raise Http404
    if request.method == "POST":
        membership = choose_quarter_mail(by=None, membership=membership, wanted=False)
    context = {"name": membership.body.name, "wants": membership.quarter_mail, "nav": NAV}
    return render(request, "gaps/quarter/stop.html", context)
