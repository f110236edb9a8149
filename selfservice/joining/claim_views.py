"""Ways in for an organisation without an account: claim it, or put it on the map."""

from abc import ABC, abstractmethod
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.limits import NetworkThrottle
from providers.models import Provider
from providers.services.joining.claims import claim_new, claim_provider
from selfservice.access import NAV
from selfservice.forms import add_errors
from selfservice.joining.claim_forms import ClaimForm, NewOrganisationForm


class JoinThrottle(NetworkThrottle):
    """Counts requests to join per network: an organisation asks once, a flood asks more."""

    scope = "joining"
    rate = "10/hour"


@method_decorator(never_cache, name="dispatch")
class AskToJoin(ABC, View):
    """A public form that somebody at the region looks at."""

    http_method_names = ["get", "head", "post"]
    template = ""

    @abstractmethod
    def form(self, data: Any = None) -> Form:
        """Return the form of this page."""

    @abstractmethod
    def save(self, form: Form) -> None:
        """Write what was asked."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        return self.page(self.form())

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form, 422)
        if not JoinThrottle().allow_request(request, None):  # type: ignore[arg-type]
            form.add_error(None, _("Er kwamen net veel vragen van u. Probeer het over een uur."))
            return self.page(form, 429)
        try:
            self.save(form)
        except ValidationError as error:
            add_errors(form, error)
            return self.page(form, 422)
        return redirect("joining:asked")

    def page(self, form: Form, status: int = 200) -> HttpResponse:
        """Show the form."""
        context = {"form": form, "nav": NAV, **self.context}
        page = f"selfservice/joining/{self.template}.html"
        return render(self.request, page, context, status=status)

    @property
    def context(self) -> dict[str, object]:
        """What this page needs besides its form."""
        return {}


class ClaimProvider(AskToJoin):
    """'Dit is mijn organisatie', on the page of every provider that everybody sees."""

    template = "claim"

    @cached_property
    def provider(self) -> Provider:
        """The organisation."""
        return get_object_or_404(Provider.objects.visible(), pk=self.kwargs["pk"])

    @property
    def context(self) -> dict[str, object]:
        return {"provider": self.provider}

    def form(self, data: Any = None) -> Form:
        assert self.provider  # noqa: S101 - a 404 goes before everything
        return ClaimForm(data)

    def save(self, form: Form) -> None:
        claim_provider(provider=self.provider, **form.cleaned_data)


class NewOrganisation(AskToJoin):
    """'Zet uw organisatie op de kaart'."""

    template = "new_organisation"

    def form(self, data: Any = None) -> Form:
        return NewOrganisationForm(data)

    def save(self, form: Form) -> None:
        claim_new(**form.cleaned_data)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Say what happens now: the same to everybody."""
    return render(request, "selfservice/joining/asked.html", {"nav": NAV})
