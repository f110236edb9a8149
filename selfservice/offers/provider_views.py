"""The page on which a provider keeps its own contact details."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from providers.enums import ConfirmedVia
from providers.models import AuditEvent, Offer, Provider
from providers.services.offers import EditConflictError
from providers.services.providers import update_provider
from selfservice.access import NAV, ProviderWriteView
from selfservice.forms import add_errors
from selfservice.offers.conflict import Conflict, Difference
from selfservice.offers.provider_forms import ProviderForm
from selfservice.offers.step_forms import shown


class EditProvider(ProviderWriteView):
    """Change how a provider is reached, which confirms it for each of its offers."""

    takes_back = True

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(ProviderForm(instance=self.provider))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = ProviderForm(request.POST, instance=self.provider)
        if not self.accepts(form):
            return self._page(form)
        try:
            update_provider(
                by=self.user,
                provider=self.provider,
                expected_updated_at=form.cleaned_data["seen"],
                confirmed_via=ConfirmedVia.LOGIN,
                **form.changes(),
            )
        except EditConflictError:
            return self._conflict()
        except ValidationError as error:
            add_errors(form, error)
            return self._page(form)
        messages.success(request, _("De contactgegevens zijn opgeslagen en vandaag bevestigd."))
        offer = self._offer()
        if offer:
            return redirect("selfservice:edit_offer", offer.pk)
        return redirect("selfservice:portal")

    def _offer(self) -> Offer | None:
        """The offer from whose steps somebody came."""
        return offer_in_address(self.request, self.provider)

    def _conflict(self) -> HttpResponse:
        """Show what the other one changed, keep what was typed, and allow one more save."""
        stored = Provider.objects.get(pk=self.provider.pk)
        typed = self.request.POST.copy()
        typed["seen"] = stored.updated_at.isoformat()
        form = ProviderForm(typed, instance=stored)
        return self._page(form, _conflict_of(form, stored), status=409)

    def _page(
        self, form: ProviderForm, conflict: Conflict | None = None, status: int = 200
    ) -> HttpResponse:
        provider = Provider.objects.get(pk=self.provider.pk)
        context = {
            "form": form,
            "conflict": conflict,
            "provider": provider,
            "offer": self._offer(),
            "nav": NAV,
        }
        return render(self.request, "selfservice/offers/provider.html", context, status=status)


def offer_in_address(request: HttpRequest, provider: Provider) -> Offer | None:
    """Return the offer of this provider that is named in the address; None for any other text."""
    number = request.GET.get("aanbod", "")
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        return None
    found: Offer | None = provider.offers.filter(pk=number).first()
    return found


def _conflict_of(form: ProviderForm, stored: Provider) -> Conflict:
    now = ProviderForm(instance=stored)
    events = AuditEvent.objects.filter(
        subject_type="provider", subject_id=str(stored.pk), action="provider.updated"
    )
    last = events.select_related("by").first()
    differences = [
        Difference(str(form[name].label), shown(now[name]), shown(form[name]))
        for name in form.fields
        if name != "seen"
    ]
    return Conflict(
        who=str(last.by) if last and last.by else _("Iemand anders"),
        at=stored.updated_at,
        differences=tuple(item for item in differences if item.stored != item.typed),
    )
