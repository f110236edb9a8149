"""One button that says everything of a provider is still right."""

import datetime as dt
from abc import ABC, abstractmethod
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import ngettext
from django.views import View

from accounts.models import User
from providers.enums import ConfirmedVia, DatedFact, OfferStatus
from providers.models import Offer, Provider, ServiceArea
from providers.rules.contract import contract_until_words, routes_words
from providers.rules.counting.facts import offer_age
from providers.rules.freshness import fact_age
from providers.services.confirmations import confirm_provider
from selfservice.access import NAV, ProviderWriteView
from selfservice.month.questions import Question, open_questions, questions_of
from selfservice.month.settling import MOST_ROWS, SettleForm
from selfservice.portal import ProviderPart, parts_of
from selfservice.request.asked import answered_since, asked_since


@dataclass(frozen=True, slots=True)
class OfferOnPage:
    """What is confirmed of one offer: its text, and where, how and by whose means one gets in."""

    offer: Offer
    age: str
    # Municipalities, way in, contract.
    areas: tuple[tuple[str, ...], ...]


class ConfirmPage(ABC, View):
    """The contact details and offers of one provider, with the waits and places asked for."""

    provider: Provider
    via: ConfirmedVia

    @property
    @abstractmethod
    def member(self) -> User:
        """Who confirms."""

    @property
    def closing(self) -> str:
        """The address where the offers are closed for a while."""
        return reverse("selfservice:close_offers", args=[self.provider.pk])

    @cached_property
    def offers(self) -> list[Offer]:
        """The offers of this provider that are in use."""
        areas = ServiceArea.objects.select_related("municipality", "main_contractor")
        rows = self.provider.offers.exclude(status=OfferStatus.ARCHIVED)
        return list(rows.prefetch_related(Prefetch("service_areas", areas)))

    @cached_property
    def part(self) -> ProviderPart:
        """The provider with the facts of its offers, as of today."""
        parts = parts_of(self.member, today=timezone.localdate(), only=self.provider)
        return parts[0]

    def page(self, form: SettleForm | None = None, status: int = 200) -> HttpResponse:
        """Show what the button confirms, and what is asked for."""
        today = timezone.localdate()
        questions = self._asked(today)
        form = form or SettleForm(questions[:MOST_ROWS])
        dates = [self.provider.confirmed_on, *(offer.confirmed_on for offer in self.offers)]
        context = {
            "provider": self.provider,
            "contact": fact_age(DatedFact.CONTACT, self.provider.confirmed_on, today),
            "rows": [_offer_on_page(offer, today) for offer in self.offers],
            # In one field: a request may hold fewer fields than a provider has offers.
            "shown": ",".join(str(offer.pk) for offer in self.offers),
            "by_link": self.via is ConfirmedVia.LINK,
            "closing": self.closing,
            "all_done": all(date == today for date in dates),
            "form": form,
            "several": False,
            "more": max(0, len(questions) - MOST_ROWS),
            "nav": NAV,
        }
        return render(self.request, "selfservice/confirm_provider.html", context, status=status)

    def _asked(self, today: dt.date) -> list[Question]:
        """What a mail of today asks for, and what an open request of the region waits for."""
        asked = open_questions(self.part)
        since = asked_since(self.provider, today=today)
        if since is None:
            return asked
        answered = answered_since(self.provider, since)
        waits = [one for one in questions_of(self.part) if one.run is None]
        more = [one for one in waits if one.offer.pk not in answered]
        keys = {one.key for one in asked}
        return asked + [one for one in more if one.key not in keys]

    def save(self, *, by: User) -> HttpResponse | None:
        """Confirm what stood on the page and write the answers; return the page when refused."""
        form = SettleForm.of_answers(questions_of(self.part), self.request.POST)
        if not form.is_valid():
            return self.page(form)
        with transaction.atomic():
            confirmed = self._confirm(by)
            answered = form.save(by=by, via=self.via)
            refused = not form.is_valid()
            transaction.set_rollback(refused)
        if refused:
            del self.part
            return self.page(form.again(questions_of(self.part)), status=409)
        self._thank(confirmed, len(answered))
        return None

    def _confirm(self, by: User) -> int:
        """Confirm the offers on the page: a colleague may have added one in the meantime."""
        shown = {pk for value in self.request.POST.getlist("aanbod") for pk in value.split(",")}
        offers = [offer for offer in self.offers if str(offer.pk) in shown]
        confirm_provider(by=by, provider=self.provider, offers=offers, via=self.via)
        return len(offers)

    def _thank(self, confirmed: int, answered: int) -> None:
        text = ngettext(
            "Dank u. De contactgegevens en %(n)s aanbod zijn bevestigd.",
            "Dank u. De contactgegevens en %(n)s soorten aanbod zijn bevestigd.",
            confirmed,
        ) % {"n": confirmed}
        if answered:
            more = ngettext(
                "Ook is %(n)s wachttijd of aantal plekken bijgewerkt.",
                "Ook zijn %(n)s wachttijden en plekken bijgewerkt.",
                answered,
            )
            text = f"{text} {more % {'n': answered}}"
        messages.success(self.request, text)


def _offer_on_page(offer: Offer, today: dt.date) -> OfferOnPage:
    areas: dict[tuple[str, str], list[str]] = {}
    for area in offer.service_areas.all():
        if area.ends_on is None or area.ends_on >= today:
            terms = (routes_words(area), contract_until_words(area))
            areas.setdefault(terms, []).append(area.municipality.name)
    return OfferOnPage(
        offer,
        offer_age(offer, today).age,
        tuple((", ".join(names), *terms) for terms, names in areas.items()),
    )


class ConfirmProvider(ConfirmPage, ProviderWriteView):
    """Confirm a provider after logging in."""

    via = ConfirmedVia.LOGIN

    @property
    def member(self) -> User:
        return self.user

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.save(by=self.user) or redirect("selfservice:portal")
