"""Pages on what referrers report: the figures, the answer to a question, the mailbox."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from gaps.signals.figures import signals_page
from gaps.signals.forms import AnswerForm, MailboxForm
from gaps.views import NAV, place_for
from providers.models import HelpQuestion, Municipality, PolicyMailbox, SignalAnswer
from providers.permissions import can_answer_signals
from providers.rules.policy.answers import answer_words
from providers.services.policy.answers import answer_signals, name_mailbox


@login_required
@require_safe
@never_cache
def signals(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what referrers miss in one municipality, beside what is searched and what there is."""
    place = place_for(request, slug)
    context = {
        "page": signals_page(place, today=timezone.localdate()),
        "mailbox": PolicyMailbox.objects.filter(municipality=place).first(),
        "may_answer": can_answer_signals(request.user, place),
        "nav": NAV,
    }
    return render(request, "gaps/signals/index.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answer(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Answer the signals on one help question, in public."""
    place, user = _place_to_answer_for(request, slug)
    question = get_object_or_404(HelpQuestion, pk=code)
    today, data = timezone.localdate(), request.POST if request.method == "POST" else None
    form = AnswerForm(data, municipality=place, help_question=question, today=today)
    if form.is_bound and form.is_valid():
        try:
            answer_signals(by=user, municipality=place, help_question=question, **form.cleaned())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Uw antwoord staat nu bij elke zoekopdracht hiernaar."))
            return redirect("gaps:signals", slug=slug)
    before = SignalAnswer.objects.filter(municipality=place, help_question=question)
    context = {
        "question": question,
        "before": [(one.on, answer_words(one.status, one.reason)) for one in before],
    }
    return _form_page(request, "gaps/signals/answer.html", place, form, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def mailbox(request: HttpRequest, slug: str) -> HttpResponse:
    """Name the mailbox that stands below each answer."""
    place, user = _place_to_answer_for(request, slug)
    found = PolicyMailbox.objects.filter(municipality=place).first()
    initial = {"name": found.name, "email": found.email} if found else {}
    form = MailboxForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        name_mailbox(by=user, municipality=place, **form.cleaned_data)
        messages.success(request, _("De mailbox staat nu bij elk antwoord."))
        return redirect("gaps:signals", slug=slug)
    return _form_page(request, "gaps/signals/mailbox.html", place, form, {})


def _place_to_answer_for(request: HttpRequest, slug: str) -> tuple[Municipality, User]:
    """Return the municipality and who speaks for it; 404 to strangers, 403 to who only reads."""
    place = place_for(request, slug)
    if not isinstance(request.user, User) or not can_answer_signals(request.user, place):
        raise PermissionDenied
    return place, request.user


def _form_page(
    request: HttpRequest, template: str, place: Municipality, form: forms.Form, more: dict[str, Any]
) -> HttpResponse:
    context = {"form": form, "municipality": place, "nav": NAV} | more
    return render(request, template, context, status=422 if form.errors else 200)
