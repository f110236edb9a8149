"""How often a member is asked by mail to keep a provider's offers true."""

from abc import ABC, abstractmethod

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts.models import User
from providers.enums import DatedFact, MailEvery
from providers.models import Membership, Provider
from providers.services.reminders import choose_mails
from selfservice.access import NAV, ProviderWriteView


class MailsForm(forms.Form):
    """One choice: every so many months, or never."""

    mail_every = forms.TypedChoiceField(
        label=_("Hoe vaak vragen we u per mail om bij te werken?"),
        choices=MailEvery.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe vaak.")},
    )


class MailsPage(ABC, View):
    """Choose how often a mail comes; subclasses say who chooses, and where to go afterwards."""

    provider: Provider

    @property
    @abstractmethod
    def member(self) -> User:
        """Who chooses."""

    @property
    @abstractmethod
    def address_after(self) -> str:
        """Where to go once it is saved."""

    def choose(self) -> HttpResponse:
        """Save the choice, or show the form again."""
        form = MailsForm(self.request.POST)
        if not form.is_valid():
            return self.page(form)
        every = MailEvery(form.cleaned_data["mail_every"])
        choose_mails(by=self.member, membership=self._membership(), every=every)
        messages.success(self.request, _said(every))
        return redirect(self.address_after)

    def page(self, form: MailsForm | None = None) -> HttpResponse:
        """Show the choice, with what fewer mails cost."""
        form = form or MailsForm(initial={"mail_every": self._membership().mail_every})
        context = {
            "form": form,
            "provider": self.provider,
            "days": settings.FRESHNESS_DAYS[DatedFact.WAIT],
            "back": self.address_after,
            "nav": NAV,
        }
        return render(self.request, "selfservice/month/mails.html", context)

    def _membership(self) -> Membership:
        return Membership.objects.get(user=self.member, provider=self.provider)


def _said(every: MailEvery) -> str:
    if every == MailEvery.NEVER:
        return gettext("U krijgt geen mail meer om bij te werken. Kijk zelf elke maand.")
    return gettext("Opgeslagen: %(often)s een mail.") % {"often": str(every.label).lower()}


class ChooseMails(MailsPage, ProviderWriteView):
    """Choose after logging in."""

    @property
    def member(self) -> User:
        return self.user

    @property
    def address_after(self) -> str:
        return reverse("selfservice:portal")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.choose()
