"""Where people land after they logged in: each on their own page."""

from django.http import HttpRequest
from django.urls import reverse

from accounts.adapter import AccountAdapter
from accounts.models import User
from providers.models import Municipality


class SiteAccountAdapter(AccountAdapter):
    """The rules of accounts, with the pages of the whole site."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where to, when no page was asked for (`next` goes before this)."""
        assert isinstance(request.user, User)  # noqa: S101 - narrows the type
        return home_of(request.user)


def home_of(user: User) -> str:
    """Return the address of the page on which this person works."""
    if user.memberships.filter(region__isnull=False).exists():
        return reverse("desk:start")
    if user.is_staff:
        return reverse("admin:index")
    municipalities = Municipality.objects.filter(memberships__user=user).distinct()[:2]
    match list(municipalities):
        case []:
            return reverse("selfservice:portal")
        case [only]:
            return reverse("gaps:municipality", args=[only.slug])
        case _:
            return reverse("gaps:index")
