"""The admin site of the region's editors."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _


class SocialekaartAdminSite(admin.AdminSite):
    """Django's admin with our name, and one log-in for the whole site."""

    site_header = _("Socialekaart beheer")
    site_title = _("Socialekaart beheer")
    index_title = _("Wat wilt u bijhouden?")

    def login(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Send people to the one log-in page, which is throttled and knows two-step log-in."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        target = request.GET.get("next") or reverse("admin:index")
        return redirect(f"{reverse('account_login')}?{urlencode({'next': target})}")
