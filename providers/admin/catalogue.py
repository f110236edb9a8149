"""The admin for a region's editor: every entity, with its history read-only.

Every change leaves an audit event, and what the search knows of an offer goes along.
"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet, URLField
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from providers.admin.base import AuditedAdmin, ReadOnlyAdmin
from providers.admin.vocabulary import SheetAdmin
from providers.models import (
    CareLevelText,
    Confirmation,
    HelpQuestion,
    Language,
    Location,
    Membership,
    Municipality,
    Offer,
    PostalArea,
    Provider,
    RegionClock,
    SearchWord,
    TargetGroup,
    Theme,
    Town,
    WaitNorm,
    WaitTime,
    YouthRegion,
)
from providers.rules.clocks import forget_region_clocks
from providers.services.index import reindex


class LocationInline(admin.StackedInline):
    """Locations on the page of their provider."""

    model = Location
    extra = 0
    show_change_link = True
    fields = (
        ("name", "street"),
        ("postcode", "town", "municipality"),
        ("lat", "lon", "precision"),
        ("wheelchair", "opening_hours"),
    )
    autocomplete_fields = ("municipality",)


class MembershipInline(admin.TabularInline):
    """Who may change a provider."""

    model = Membership
    extra = 0
    fields = ("user", "role")
    autocomplete_fields = ("user",)


@admin.register(Provider)
class ProviderAdmin(AuditedAdmin):
    """Providers with their locations and people."""

    list_display = ("name", "kind", "agb_code", "confirmed_on", "is_demo")
    list_filter = ("kind", "is_demo", "source")
    search_fields = ("name", "agb_code", "kvk_number")
    autocomplete_fields = ("subcontractor_of",)
    inlines = (LocationInline, MembershipInline)
    # As Django 6 will: an address typed without its scheme is https.
    formfield_overrides = {URLField: {"assume_scheme": "https"}}

    def save_model(
        self, request: HttpRequest, obj: Provider, form: ModelForm, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        if "name" in form.changed_data and Provider.objects.named(obj.name).exclude(pk=obj.pk):
            text = _("Er is al een organisatie met deze naam. Is het dezelfde? Voeg ze dan samen.")
            self.message_user(request, text, "warning")

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        offers = Offer.objects.filter(provider=form.instance)
        reindex(list(offers.values_list("pk", flat=True)))


@admin.register(Location)
class LocationAdmin(AuditedAdmin):
    """Locations; a point is given in degrees, the national grid follows from it."""

    list_display = ("__str__", "provider", "municipality", "precision")
    list_filter = ("precision", "wheelchair")
    list_select_related = ("provider", "municipality")
    search_fields = ("name", "street", "town", "postcode", "provider__name")
    autocomplete_fields = ("provider", "municipality")

    def save_model(
        self, request: HttpRequest, obj: Location, form: ModelForm, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        reindex(list(obj.offers.values_list("pk", flat=True)))

    def delete_model(self, request: HttpRequest, obj: Location) -> None:
        offers = list(obj.offers.values_list("pk", flat=True))
        super().delete_model(request, obj)
        reindex(offers)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Location]) -> None:
        offers = list(Offer.objects.filter(locations__in=queryset).values_list("pk", flat=True))
        super().delete_queryset(request, queryset)
        reindex(offers)


@admin.register(Membership)
class MembershipAdmin(AuditedAdmin):
    """Who belongs to what."""

    list_display = ("user", "provider", "municipality", "region", "role")
    list_filter = ("role", "region")
    list_select_related = ("user", "provider", "municipality", "region")
    search_fields = ("user__email", "provider__name", "municipality__name")
    autocomplete_fields = ("user", "provider", "municipality")


class SearchWordInline(admin.TabularInline):
    """The words that point at a help question or target group."""

    model = SearchWord
    extra = 2
    fields = ("text",)


@admin.register(HelpQuestion)
class HelpQuestionAdmin(SheetAdmin, AuditedAdmin):
    """Help questions with the words people use for them."""

    list_display = ("label", "theme", "age_min", "age_max", "signal")
    list_filter = ("theme", "signal")
    search_fields = ("label", "code", "search_words__text")
    inlines = (SearchWordInline,)


@admin.register(TargetGroup)
class TargetGroupAdmin(SheetAdmin, AuditedAdmin):
    """Target groups with the words people use for them."""

    list_display = ("label", "age_min", "age_max")
    search_fields = ("label", "code")
    inlines = (SearchWordInline,)


@admin.register(SearchWord)
class SearchWordAdmin(SheetAdmin, AuditedAdmin):
    """The words people use, and what they point at."""

    list_display = ("text", "help_question", "target_group")
    list_filter = ("help_question__theme",)
    list_select_related = ("help_question", "target_group")
    search_fields = ("text", "key")
    autocomplete_fields = ("help_question", "target_group")


@admin.register(CareLevelText)
class CareLevelTextAdmin(SheetAdmin, AuditedAdmin):
    """The names of the steps of the ladder; the steps themselves stand in the code."""

    list_display = ("level", "label", "examples")
    list_display_links = ("label",)
    readonly_fields = ("level",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def _may_import(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)


@admin.register(Theme)
class ThemeAdmin(AuditedAdmin):
    """The headings of the help questions."""

    list_display = ("label", "position")
    search_fields = ("label",)


@admin.register(Language)
class LanguageAdmin(AuditedAdmin):
    """Languages."""

    list_display = ("label", "code", "position")
    search_fields = ("label", "code")


@admin.register(Municipality)
class MunicipalityAdmin(ReadOnlyAdmin):
    """Municipalities, loaded from the fixtures."""

    list_display = ("name", "code", "region", "inhabitants", "youths")
    list_filter = ("region",)
    search_fields = ("name", "code")


@admin.register(WaitTime)
class WaitTimeAdmin(ReadOnlyAdmin):
    """Every measurement."""

    list_display = ("offer", "measured_on", "status", "total_weeks", "source")
    list_filter = ("status", "source", "method")
    search_fields = ("offer__title",)
    list_select_related = ("offer",)


@admin.register(Confirmation)
class ConfirmationAdmin(ReadOnlyAdmin):
    """Who said when that something is still right."""

    list_display = ("offer", "fact", "at", "who", "via")
    list_filter = ("fact", "via")
    search_fields = ("offer__title", "who")
    list_select_related = ("offer",)
    date_hierarchy = "at"


@admin.register(RegionClock)
class RegionClockAdmin(AuditedAdmin):
    """The clocks that a region sets for itself, instead of the settings."""

    list_display = ("region", "fact", "days")
    list_filter = ("fact", "region")

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        forget_region_clocks()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        forget_region_clocks()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        super().delete_queryset(request, queryset)
        forget_region_clocks()


@admin.register(WaitNorm)
class WaitNormAdmin(AuditedAdmin):
    """The norms that regions have agreed on; there is no national one."""

    list_display = ("region", "kind", "weeks", "source")
    list_filter = ("kind", "region")
    formfield_overrides = {URLField: {"assume_scheme": "https"}}


admin.site.register([YouthRegion, PostalArea, Town], ReadOnlyAdmin)
