"""The admin of offers, with all that hangs on them.

Waits, publishing and archiving go through the services; of the rest the search words and the
event follow here.
"""

from abc import ABC, abstractmethod
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.forms import BaseInlineFormSet, HiddenInput, IntegerField, ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from providers.admin.base import AuditedAdmin, editor
from providers.enums import OfferStatus, WaitStatus
from providers.models import GroupProgramme, Offer, OfferHelpQuestion, ServiceArea, WaitTime
from providers.rules.availability import availability, run_to_show
from providers.rules.publishing.completeness import NO_QUESTION, refusal_of_areas, worth_adding
from providers.rules.start import open_runs
from providers.services.index import reindex
from providers.services.offers import archive_offer, publish_offer
from providers.services.waits import record_wait


class NeededFormSet(ABC, BaseInlineFormSet):
    """Rows of an offer that it cannot be without once it is published."""

    def clean(self) -> None:
        super().clean()
        if self.instance.status == OfferStatus.PUBLISHED and not any(self.errors):
            filled = [row for row in self.forms if row.cleaned_data]
            self.check([row.instance for row in filled if not row.cleaned_data["DELETE"]])

    @abstractmethod
    def check(self, rows: list[Any]) -> None:
        """Raise ValidationError when an offer with these rows may not be published."""


class QuestionFormSet(NeededFormSet):
    """A published offer says what it is for."""

    def check(self, rows: list[Any]) -> None:
        """Raise ValidationError in the words of the service."""
        if not rows:
            raise ValidationError(NO_QUESTION)


class AreaFormSet(NeededFormSet):
    """A published offer says where it is, and how one gets in."""

    def check(self, rows: list[ServiceArea]) -> None:
        """Raise ValidationError in the words of the service."""
        refusal = refusal_of_areas(rows)
        if refusal:
            raise ValidationError(refusal)


class QuestionInline(admin.TabularInline):
    """Help questions of an offer, the main one first."""

    model = OfferHelpQuestion
    formset = QuestionFormSet
    extra = 1
    autocomplete_fields = ("help_question",)


class AreaInline(admin.TabularInline):
    """Municipalities an offer serves."""

    model = ServiceArea
    formset = AreaFormSet
    extra = 0
    autocomplete_fields = ("municipality", "main_contractor")


class ProgrammeInline(admin.StackedInline):
    """The group of an offer."""

    model = GroupProgramme
    extra = 0


class WaitInline(admin.TabularInline):
    """Measurements: added, never changed."""

    model = WaitTime
    extra = 1
    max_num = 1000
    fields = (
        "measured_on",
        "status",
        "intake_weeks",
        "treatment_weeks",
        "start_weeks",
        "people_waiting",
        "stop_until",
        "method",
        "source",
    )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[WaitTime]:
        return WaitTime.objects.newest_first()


class OfferForm(ModelForm):
    """Remembers which version was opened, as the portal does."""

    opened = IntegerField(required=False, widget=HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["opened"] = self.instance.version if self.instance.pk else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.instance.pk:
            # Locked, so that nobody saves between this look and our own save.
            now = Offer.objects.select_for_update().get(pk=self.instance.pk).version
            if cleaned.get("opened") != now:
                raise ValidationError(
                    _(
                        "Iemand anders heeft dit aanbod intussen veranderd. Er is niets "
                        "opgeslagen. Open het opnieuw en doe uw wijziging nog eens."
                    )
                )
        return cleaned


@admin.register(Offer)
class OfferAdmin(AuditedAdmin):
    """Offers with all that hangs on them."""

    form = OfferForm
    list_display = ("title", "provider", "level", "status", "wait", "confirmed_on")
    list_filter = ("status", "level", "help_kind", "crisis", "group", "source")
    search_fields = ("title", "provider__name")
    list_select_related = ("provider", "programme")
    autocomplete_fields = ("provider", "target_groups", "languages", "locations")
    readonly_fields = ("status", "confirmed_on", "wait", "version")
    inlines = (QuestionInline, AreaInline, ProgrammeInline, WaitInline)
    actions = ("publish", "archive")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Offer]:
        runs = Prefetch("programme__runs", open_runs(timezone.localdate()), to_attr="next_runs")
        found: QuerySet[Offer] = super().get_queryset(request).prefetch_related(runs)
        return found

    @admin.display(description=_("kan starten"))
    def wait(self, offer: Offer) -> str:
        today, programme = timezone.localdate(), getattr(offer, "programme", None)
        run = run_to_show(getattr(programme, "next_runs", ()), today)
        found = availability(offer, today=today, next_run=run)
        return f"{found.text} {found.note}".strip()

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        obj.version = (obj.version or 0) + 1 if change else 1
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        reindex([form.instance.pk])

    def save_formset(
        self, request: HttpRequest, form: ModelForm, formset: Any, change: bool
    ) -> None:
        if formset.model is not WaitTime:
            super().save_formset(request, form, formset, change)
            return
        for wait in formset.save(commit=False):
            fields = {name: getattr(wait, name) for name in WaitInline.fields}
            record_wait(by=editor(request), offer=form.instance, **fields)

    @admin.action(description=_("Publiceer"))
    def publish(self, request: HttpRequest, queryset: QuerySet[Offer]) -> None:
        number = 0
        for offer in queryset:
            try:
                published = publish_offer(by=editor(request), offer=offer)
            except ValidationError as error:
                self.message_user(request, f"{offer}: {' '.join(error.messages)}", "error")
                continue
            number += 1
            self._say_what_lacks(request, published)
        if number:
            words = ngettext(
                "%(n)s aanbod staat op de site.", "%(n)s keer aanbod staat op de site.", number
            )
            self.message_user(request, words % {"n": number}, "success")

    def _say_what_lacks(self, request: HttpRequest, offer: Offer) -> None:
        """Name what may stay empty, but without which referrers pass an offer by."""
        lacks = [str(gap.text) for gap in worth_adding(offer)]
        if offer.wait_status == WaitStatus.UNKNOWN:
            lacks.append(gettext("Vul de wachttijd in."))
        if lacks:
            self.message_user(request, f"{offer}: {' '.join(lacks)}", "warning")

    @admin.action(description=_("Haal van de site (archiveer)"))
    def archive(self, request: HttpRequest, queryset: QuerySet[Offer]) -> None:
        for offer in queryset:
            archive_offer(by=editor(request), offer=offer)
        number = len(queryset)
        words = ngettext(
            "%(n)s aanbod is gearchiveerd.", "%(n)s keer aanbod is gearchiveerd.", number
        )
        self.message_user(request, words % {"n": number}, "success")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Offers are archived: their history must stay.
        return False
