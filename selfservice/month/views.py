"""The month on one screen: every wait and every run of a member, over all organisations."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from providers.enums import ConfirmedVia
from selfservice.access import NAV, MemberView
from selfservice.month.questions import Question, questions_of
from selfservice.month.settling import LATER, SettleForm
from selfservice.month.undo import SAVED, saved_of, undo
from selfservice.portal import ProviderPart, parts_of

# Four fields a row, of the thousand that a request may hold.
MOST_ROWS = 100


@method_decorator(never_cache, name="dispatch")
class MonthView(MemberView):
    """A page about all waits and places of one member."""

    @cached_property
    def parts(self) -> list[ProviderPart]:
        """The providers for which this member may write."""
        parts = parts_of(self.user, today=timezone.localdate())
        return [part for part in parts if part.may_write]

    @property
    def questions(self) -> list[Question]:
        """Every wait and run, what runs out first on top."""
        found = [one for part in self.parts for one in questions_of(part)]
        return sorted(found, key=lambda one: one.fact.days_left)


class Month(MonthView):
    """Say of each wait and run that it is still so, or what it is now."""

    http_method_names = ["get", "head", "post"]
    takes_back = True

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(self._empty_form())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SettleForm.of_answers(self.questions, request.POST)
        if not self.accepts(form):
            return self._page(form)
        if not form.answers():
            messages.info(request, _("Er is niets bewaard: kies eerst wat nog zo is."))
            return redirect("selfservice:month")
        with transaction.atomic():
            written = form.save(by=self.user, via=ConfirmedVia.LOGIN)
            refused = not form.is_valid()
            transaction.set_rollback(refused)
        if refused:
            del self.parts
            return self._page(form.again(self.questions), status=409)
        request.session[SAVED] = saved_of(written)
        return redirect("selfservice:month")

    def _empty_form(self) -> SettleForm:
        return SettleForm(self.questions[:MOST_ROWS], proposes=LATER)

    def _page(self, form: SettleForm, status: int = 200) -> HttpResponse:
        saved = {} if form.is_bound else self.request.session.get(SAVED, {})
        questions = self.questions
        context = {
            "form": form,
            "several": len(self.parts) > 1,
            "saved": [one for one in questions if one.key in saved],
            "ending": [row for part in self.parts for row in part.visible_rows if row.ending],
            "more": 0 if form.is_bound else max(0, len(questions) - MOST_ROWS),
            "nav": NAV,
        }
        return render(self.request, "selfservice/month/month.html", context, status=status)


class UndoMonth(MonthView):
    """Take back what was just saved on the screen of the month."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        saved = request.session.pop(SAVED, {})
        kept = undo(by=self.user, saved=saved, questions={one.key: one for one in self.questions})
        if len(saved) > kept:
            messages.success(request, _("Het staat er weer zoals het was."))
        if kept:
            text = ngettext(
                "%(n)s antwoord is intussen weer gewijzigd en blijft staan.",
                "%(n)s antwoorden zijn intussen weer gewijzigd en blijven staan.",
                kept,
            )
            messages.warning(request, text % {"n": kept})
        return redirect("selfservice:month")
