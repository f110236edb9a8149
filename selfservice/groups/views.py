"""The groups of a provider: what a group is, when it starts, and what people ask for."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from providers.models import GroupProgramme, GroupRun
from providers.occupancy import exact_interest_words, occupancy
from providers.services.groups import add_run, cancel_run, restore_run, set_programme, update_run
from providers.services.offers import EditConflictError
from selfservice.access import NAV, OfferWriteView
from selfservice.forms import add_errors
from selfservice.groups.forms import ProgrammeForm, RunForm

# Starts of longer ago are history: they stay in the database, not on this page.
PAST_DAYS = 180


class GroupView(OfferWriteView):
    """A page about the group of one offer."""

    template = ""

    @property
    def programme(self) -> GroupProgramme | None:
        """The group of this offer; None when nobody described it yet."""
        return GroupProgramme.objects.filter(offer=self.offer).first()

    def runs(self) -> QuerySet[GroupRun]:
        """The runs of this offer, with the interest in each."""
        rows = GroupRun.objects.with_interest(timezone.localdate())
        return rows.filter(programme__offer=self.offer).select_related("programme", "location")

    def show(self, status: int = 200, **context: Any) -> HttpResponse:
        """Return the page."""
        context |= {"offer": self.offer, "nav": NAV}
        return render(self.request, self.template, context, status=status)

    def back(self, text: str) -> HttpResponse:
        """Return to the page of the group with a message of success."""
        messages.success(self.request, text % {"title": self.offer.title})
        return redirect("selfservice:group", pk=self.offer.pk)


class Group(GroupView):
    """The group with its starts, and how many look for it."""

    http_method_names = ["get", "head"]
    template = "selfservice/group.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        today = timezone.localdate()
        recent = self.runs().filter(starts_on__gte=today - dt.timedelta(days=PAST_DAYS))
        rows = [(run, occupancy(run, today, interest=_interest(run))) for run in recent]
        counted = GroupProgramme.objects.with_interest(today).filter(offer=self.offer).first()
        return self.show(
            programme=counted,
            interest=_interest(counted) if counted else "",
            to_come=[row for row in rows if row[0].starts_on >= today],
            begun=[row for row in reversed(rows) if row[0].starts_on < today],
        )


def _interest(row: Any) -> str:
    """Return the annotation of `with_interest` in words."""
    return exact_interest_words(int(row.interested))


class EditProgramme(GroupView):
    """Describe the group of an offer."""

    template = "selfservice/edit_programme.html"
    takes_back = True

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(form=ProgrammeForm(instance=self.programme))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = ProgrammeForm(request.POST, instance=self.programme)
        if not self.accepts(form):
            return self.show(form=form)
        try:
            set_programme(by=self.user, offer=self.offer, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
            return self.show(form=form)
        return self.back(_("De groep van '%(title)s' is opgeslagen."))


class AddRun(GroupView):
    """Announce a start of the group."""

    template = "selfservice/edit_run.html"
    takes_back = True

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        programme = self.programme
        if programme is None:
            return redirect("selfservice:edit_programme", pk=pk)
        run = GroupRun(programme=programme, places=programme.max_size)
        return self.show(form=RunForm(offer=self.offer, instance=run))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        programme = self.programme
        if programme is None:
            return redirect("selfservice:edit_programme", pk=pk)
        form = RunForm(request.POST, offer=self.offer, instance=GroupRun(programme=programme))
        if not self.accepts(form):
            return self.show(form=form)
        try:
            add_run(by=self.user, programme=programme, **form.new_run())
        except ValidationError as error:
            add_errors(form, error)
            return self.show(form=form)
        return self.back(_("De start van '%(title)s' is toegevoegd."))


class EditRun(GroupView):
    """Change a start."""

    template = "selfservice/edit_run.html"
    takes_back = True

    def get(self, request: HttpRequest, pk: int, run: int) -> HttpResponse:
        found = get_object_or_404(self.runs(), pk=run)
        return self.show(form=RunForm(offer=self.offer, instance=found), run=found)

    def post(self, request: HttpRequest, pk: int, run: int) -> HttpResponse:
        found = get_object_or_404(self.runs(), pk=run)
        form = RunForm(request.POST, offer=self.offer, instance=found)
        # Anew from the database: checking a form writes what was typed on its run.
        shown = self.runs().get(pk=run)
        if not self.accepts(form):
            return self.show(form=form, run=shown)
        version = form.cleaned_data["version"]
        try:
            update_run(by=self.user, run=shown, expected_version=version, **form.changes())
        except EditConflictError:
            return self._conflict(form, shown)
        except ValidationError as error:
            add_errors(form, error)
            return self.show(form=form, run=shown)
        return self.back(_("De start van '%(title)s' is gewijzigd."))

    def _conflict(self, form: RunForm, stored: GroupRun) -> HttpResponse:
        """Say what stands there now, keep what was typed, and allow one more save."""
        typed = self.request.POST.copy()
        now = RunForm(offer=self.offer, instance=stored)
        left = stored.places_left
        typed["version"] = str(stored.version)
        typed[now["places_left"].html_initial_name] = "" if left is None else str(left)
        again = RunForm(typed, offer=self.offer, instance=self.runs().get(pk=stored.pk))
        differences = [
            (now[name].label, _in_words(getattr(stored, name)), _in_words(value))
            for name, value in form.values().items()
            if getattr(stored, name) != value
        ]
        return self.show(status=409, form=again, run=stored, conflict=True, differences=differences)


def _in_words(value: Any) -> str:
    if isinstance(value, dt.date):
        return formats.date_format(value, "j F Y")
    if isinstance(value, dt.time):
        return _("%(time)s uur") % {"time": formats.time_format(value, "G.i")}
    return _("(leeg)") if value is None else str(value)


class CancelRun(GroupView):
    """Say that a start does not go on, or after all does."""

    template = "selfservice/cancel_run.html"

    def get(self, request: HttpRequest, pk: int, run: int) -> HttpResponse:
        return self.show(run=get_object_or_404(self.runs(), pk=run))

    def post(self, request: HttpRequest, pk: int, run: int) -> HttpResponse:
        found = get_object_or_404(self.runs(), pk=run)
        if request.POST.get("toch") == "ja":
            restore_run(by=self.user, run=found)
            return self.back(_("De start van '%(title)s' gaat toch door."))
        cancel_run(by=self.user, run=found)
        return self.back(_("De start van '%(title)s' is afgezegd."))
