"""What somebody typed while their log-in ended: it waits in their own browser, not here.

The page that asks to log in again carries it as a hidden field, from step to step, and the page
after the log-in hands it back to the form, which shows it filled in and saves nothing yet. So
nothing is stored on the server, it works without scripts, and who logs in as somebody else meets
the permissions of the form like anybody.
"""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from allauth.account.forms import LoginForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.cache import add_never_cache_headers

# The hidden field of the pages to log in.
FIELD = "getypt"
# Goes with what was typed back to the form: show this, and do not save it.
BROUGHT_BACK = "teruggebracht"
NOT_TYPED = frozenset({"csrfmiddlewaretoken", BROUGHT_BACK})


@dataclass(frozen=True, slots=True)
class KeptForm:
    """The fields of a form as a browser sent them, without files, and where to."""

    path: str
    fields: tuple[tuple[str, str], ...]

    def as_text(self) -> str:
        """Return it as one value of a hidden field."""
        return json.dumps([self.path, self.fields], ensure_ascii=False)


def sent_form(request: HttpRequest) -> KeptForm | None:
    """Return what this request sent to a form that can take it back; None when it cannot."""
    if request.method != "POST" or not _takes_back(request.path):
        return None
    fields = tuple(
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_TYPED
        for value in values
    )
    return KeptForm(request.path, fields) if fields else None


def carried_form(request: HttpRequest) -> KeptForm | None:
    """Return the form that a page to log in carries along; None for any other text."""
    try:
        path, fields = json.loads(request.POST.get(FIELD, ""))
        kept = KeptForm(path, tuple((str(name), str(value)) for name, value in fields))
    except (ValueError, TypeError):
        return None
    return kept if isinstance(path, str) and _takes_back(path) else None


def _takes_back(path: str) -> bool:
    """Whether a form of this site lives there that shows what it is handed back."""
    if urlsplit(path).path != path or path.startswith("//"):
        return False
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    return bool(getattr(getattr(view, "view_class", None), "takes_back", False))


def ask_to_log_in(request: HttpRequest, kept: KeptForm) -> HttpResponse:
    """Show the log-in page with the typed form behind it."""
    context = {"form": LoginForm(request=request), "kept": kept.as_text()}
    return _for_this_browser(render(request, "account/session_ended.html", context, status=403))


def hand_back(request: HttpRequest, kept: KeptForm, *, status: int = 200) -> HttpResponse:
    """Show the button that goes back to the form with all that was typed."""
    context = {"kept": kept, "brought_back": BROUGHT_BACK}
    return _for_this_browser(render(request, "account/hand_back.html", context, status=status))


def _for_this_browser(response: HttpResponse) -> HttpResponse:
    """Have nothing on the way keep what was typed."""
    add_never_cache_headers(response)
    return response
