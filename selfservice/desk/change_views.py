"""Sensitive changes, and who changed what: approve, ask, take back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from providers.models import AuditEvent
from providers.services.desk.reviews import approve_changes, ask_about_changes, refuse_changes
from providers.services.desk.undo import can_be_undone, undo_change
from providers.services.desk.unmerging import MERGED
from providers.services.joining.claims import AlreadyDecidedError
from selfservice.desk.access import DeskView
from selfservice.desk.changes import change_at, waiting_changes
from selfservice.desk.request_views import Decision
from selfservice.desk.words import action_words, change_words

EVENTS_A_PAGE = 30


class Changes(DeskView):
    """What members changed of a name, a target group or a contract."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, region: str) -> HttpResponse:
        return self.show("changes", changes=waiting_changes(self.region))


class DecideChange(Decision):
    """Approve, ask, or take back with a reason that arrives by mail."""

    page = "changes"

    def decide(self, pk: int, decision: str) -> str:
        change = change_at(self.region, pk)
        if change is None:
            raise AlreadyDecidedError
        words, name = self.request.POST.get("reden", ""), change.last.subject_label
        match decision:
            case "goed":
                approve_changes(by=self.user, region=self.region, events=change.events)
                return _("%(name)s: goedgekeurd.") % {"name": name}
            case "vraag":
                ask_about_changes(by=self.user, events=change.events, question=words)
                return _("%(name)s: uw vraag is gemaild.") % {"name": name}
            case "nee":
                refuse_changes(by=self.user, region=self.region, events=change.events, reason=words)
                return _("%(name)s: teruggedraaid, de reden is gemaild.") % {"name": name}
        raise ValidationError(_("Kies een van de knoppen."))


class History(DeskView):
    """Who changed what in this region, the newest first."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, region: str) -> HttpResponse:
        rows = AuditEvent.objects.at_desk(self.region).select_related("by")
        page = Paginator(rows, EVENTS_A_PAGE).get_page(request.GET.get("pagina"))
        lines = [(event, action_words(event), self._rows(event)) for event in page]
        return self.show("history", page=page, lines=lines)

    @staticmethod
    def _rows(event: AuditEvent) -> list[tuple[str, str, str]]:
        if not can_be_undone(event):
            return []
        if event.action == MERGED:
            return [(_("Samengevoegd"), event.changes["name_of_double"], event.subject_label)]
        return [change_words(event.action, name, pair) for name, pair in event.changes.items()]


class Undo(DeskView):
    """Take one change back, with one button."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, region: str, pk: int) -> HttpResponse:
        rows = AuditEvent.objects.at_desk(self.region)
        event = get_object_or_404(rows, pk=pk)
        try:
            undo_change(by=self.user, event=event)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            text = _("De wijziging van %(name)s is teruggedraaid.")
            messages.success(request, text % {"name": event.subject_label})
        return redirect("desk:history", self.region.pk)
