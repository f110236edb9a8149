"""The history in the admin, in the words that the desk reads."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from providers.admin.base import ReadOnlyAdmin
from providers.models import AuditEvent
from selfservice.desk.words import action_words, changes_in_words, words_of_action


class DoneFilter(admin.SimpleListFilter):
    """What was done, of all that ever was."""

    title = gettext_lazy("wat")
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        found = AuditEvent.objects.order_by().values_list("action", flat=True).distinct()
        return sorted(((one, words_of_action(one)) for one in found), key=lambda pair: pair[1])

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[AuditEvent]
    ) -> QuerySet[AuditEvent]:
        return queryset.filter(action=self.value()) if self.value() else queryset


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """Who changed what."""

    list_display = ("at", "by", "done", "subject_label")
    list_select_related = ("by",)
    list_filter = (DoneFilter,)
    search_fields = ("subject_label", "subject_id")
    date_hierarchy = "at"
    fields = readonly_fields = ("at", "by", "done", "subject_label", "changed")

    @admin.display(description=gettext_lazy("wat"), ordering="action")
    def done(self, event: AuditEvent) -> str:
        return action_words(event)

    @admin.display(description=gettext_lazy("wijzigingen"), empty_value="")
    def changed(self, event: AuditEvent) -> SafeString:
        lines = ((_line(*one),) for one in changes_in_words(event))
        return format_html_join("", "<p>{}</p>", lines)


def _line(label: str, before: str, after: str) -> str:
    if not before:
        return _("%(label)s: %(after)s") % {"label": label, "after": after}
    text = _("%(label)s: was %(before)s, is nu %(after)s")
    return text % {"label": label, "before": before, "after": after}
