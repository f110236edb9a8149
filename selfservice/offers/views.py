"""The pages on which a provider makes an offer, step by step, and keeps it."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from providers.enums import VISIBLE_STATUSES, ConfirmedVia, OfferStatus
from providers.models import Offer
from providers.rules.publishing.closing import closed_words
from providers.rules.publishing.completeness import Part
from providers.services.offers import EditConflictError, update_offer
from providers.services.publishing.copies import copies_of
from providers.services.publishing.drafts import begin_offer, publish_own_offer
from providers.services.publishing.referral import set_referral_facts
from selfservice.access import NAV, OfferWriteView, ProviderWriteView
from selfservice.forms import add_errors
from selfservice.offers.conflict import Conflict, conflict_of
from selfservice.offers.plain_words import hint_for
from selfservice.offers.referral_forms import ReferralForm
from selfservice.offers.step_forms import StartForm, StepForm, WhatForm, WhereForm, WhomForm
from selfservice.offers.steps import Step, overview_of, step_after, step_of

# The names of the buttons that save and go on: to the next step, or to a new location.
GO_ON, ADD_LOCATION = "verder", "locatie"


class NewOffer(ProviderWriteView):
    """Begin an offer: a draft, of which the other steps can be filled in later."""

    takes_back = True

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(WhatForm(instance=self._blank()))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = WhatForm(request.POST, instance=self._blank())
        if not self.accepts(form):
            return self._page(form)
        offer = begin_offer(by=self.user, provider=self.provider, **form.changes())
        hint_at_hard_words(request, form)
        messages.success(
            request,
            _("'%(title)s' is bewaard als concept. Niemand anders kan het nog zien.")
            % {"title": offer.title},
        )
        return after_save(request, offer, Part.WHAT)

    def _blank(self) -> Offer:
        return Offer(provider=self.provider)

    def _page(self, form: WhatForm) -> HttpResponse:
        context = {"form": form, "provider": self.provider} | step_context(step_of(Part.WHAT))
        return render(self.request, "selfservice/offers/new.html", context)


class OfferOverview(OfferWriteView):
    """One offer with its steps, what is missing, and what can be done with it."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        context = {
            "overview": overview_of(self.offer),
            "offer": self.offer,
            "closed": closed_words(self.offer, timezone.localdate()),
            "number_of_copies": Offer.objects.copies_of(self.offer).count(),
            "template": self._template(),
            "nav": NAV,
        }
        return render(request, "selfservice/offers/overview.html", context)

    def _template(self) -> Offer | None:
        """Return of which offer this is a copy, where that is still one of the same provider."""
        if self.offer.template_id is None:
            return None
        rows = Offer.objects.filter(pk=self.offer.template_id, provider=self.offer.provider_id)
        return rows.exclude(status=OfferStatus.ARCHIVED).first()


class StepView(OfferWriteView):
    """A step of an offer: what was saved counts at once for who sees the offer already."""

    takes_back = True
    part: ClassVar[Part]
    template: ClassVar[str]
    form_class: ClassVar[type[StepForm]]

    @property
    def step(self) -> Step:
        """The step that this page fills in."""
        return step_of(self.part)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(self.form_class(instance=self.offer))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = self.form_class(request.POST, instance=self.offer)
        if not self.accepts(form):
            return self._page(form)
        try:
            offer = self._save(form)
        except EditConflictError:
            return self._conflict(form)
        except ValidationError as error:
            add_errors(form, error)
            return self._page(form)
        hint_at_hard_words(request, form)
        return saved(request, offer, self.part)

    def _save(self, form: StepForm) -> Offer:
        """Save, also when a colleague saved something that does not stand in this form."""
        version = form.cleaned_data["version"]
        try:
            return self.write(form, version)
        except EditConflictError:
            stored = self._stored()
            if not conflict_of(form, stored, version).is_elsewhere:
                raise
            return self.write(form, stored.version)

    def write(self, form: StepForm, version: int) -> Offer:
        """Hand what was typed to the service."""
        offer: Offer = update_offer(
            by=self.user,
            offer=self.offer,
            expected_version=version,
            confirmed_via=confirms(self.offer),
            **form.changes(),
        )
        return offer

    def _stored(self) -> Offer:
        stored: Offer = Offer.objects.select_related("provider").get(pk=self.offer.pk)
        return stored

    def _conflict(self, form: StepForm) -> HttpResponse:
        """Show what the other one changed, keep what was typed, and allow one more save."""
        stored = self._stored()
        conflict = conflict_of(form, stored, form.cleaned_data["version"])
        typed = self.request.POST.copy()
        typed["version"] = str(stored.version)
        return self._page(self.form_class(typed, instance=stored), conflict, status=409)

    def _page(
        self, form: StepForm, conflict: Conflict | None = None, status: int = 200
    ) -> HttpResponse:
        # Anew from the database: checking a form writes what was typed on its offer.
        context = {"form": form, "conflict": conflict, "offer": self._stored()}
        context |= step_context(self.step) | self.more_context()
        return render(self.request, self.template, context, status=status)

    def more_context(self) -> dict[str, Any]:
        """Return what this step shows besides its form."""
        return {}


class EditWhat(StepView):
    """What it is."""

    part, form_class = Part.WHAT, WhatForm
    template = "selfservice/offers/what.html"


class EditWhom(StepView):
    """For whom it is."""

    part, form_class = Part.WHOM, WhomForm
    template = "selfservice/offers/whom.html"


class EditWhere(StepView):
    """How and where it is given."""

    part, form_class = Part.WHERE, WhereForm
    template = "selfservice/offers/where.html"

    def more_context(self) -> dict[str, Any]:
        places = self.offer.provider.locations.select_related("provider")
        return {"add_location": ADD_LOCATION, "places": places}


class EditStart(StepView):
    """How it begins."""

    part, form_class = Part.START, StartForm
    template = "selfservice/offers/start.html"


class EditReferral(StepView):
    """What decides a referral."""

    part, form_class = Part.REFERRAL, ReferralForm
    template = "selfservice/offers/referral.html"

    def write(self, form: StepForm, version: int) -> Offer:
        return set_referral_facts(
            by=self.user,
            offer=self.offer,
            expected_version=version,
            confirmed_via=confirms(self.offer),
            **form.changes(),
        )


class PublishOffer(OfferWriteView):
    """Show an offer to everybody."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            publish_own_offer(by=self.user, offer=self.offer)
        except ValidationError as error:
            messages.error(
                request, _("Nog niet gepubliceerd. %(why)s") % {"why": " ".join(error.messages)}
            )
        else:
            text = _("'%(title)s' is gepubliceerd: iedereen kan het vinden.")
            messages.success(request, text % {"title": self.offer.title})
        return redirect("selfservice:edit_offer", pk)


def confirms(offer: Offer) -> ConfirmedVia | None:
    """Return how saving confirms this offer: one that is seen already is right as of today."""
    return ConfirmedVia.LOGIN if offer.status in VISIBLE_STATUSES else None


def step_context(step: Step) -> dict[str, Any]:
    """Return what the frame of every step shows."""
    return {"step": step, "next_step": step_after(step.part), "go_on": GO_ON, "nav": NAV}


def hint_at_hard_words(request: HttpRequest, form: StepForm) -> None:
    """Say which texts read hard; they are saved all the same."""
    hint = hint_for(form.cleaned_data)
    if hint:
        messages.info(request, hint)


def saved(request: HttpRequest, offer: Offer, part: Part) -> HttpResponseRedirect:
    """Say that a step was saved, and go where the button leads."""
    text = (
        _("'%(title)s' is bewaard.")
        if offer.status == OfferStatus.DRAFT
        else _("'%(title)s' is opgeslagen en vandaag bevestigd.")
    )
    messages.success(request, text % {"title": offer.title})
    return after_save(request, offer, part)


def after_save(request: HttpRequest, offer: Offer, part: Part) -> HttpResponseRedirect:
    """Go to the next step when that was asked for, else to the overview of the offer."""
    if ADD_LOCATION in request.POST:
        return HttpResponseRedirect(reverse("selfservice:add_location", args=[offer.pk]))
    following = step_after(part)
    if following and GO_ON in request.POST:
        return HttpResponseRedirect(following.address(offer))
    if Offer.objects.copies_of(offer).exists() and copies_of(offer).lag:
        return HttpResponseRedirect(reverse("selfservice:copies", args=[offer.pk]))
    return HttpResponseRedirect(reverse("selfservice:edit_offer", args=[offer.pk]))
