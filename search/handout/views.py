"""The page for the family: a hand-out to read, to print or to scan."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import segno
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from providers.enums import UseKind
from providers.models import Offer
from search.asking.need import DUTCH, LANGUAGE, LANGUAGES, Need
from search.counting.writer import count_uses
from search.handout.page import FamilyPage, Reader, Sheet, family_page, family_preview
from search.handout.voice import Voice
from search.offer.detail import detail_queryset
from search.shortlist.shortlist import read_shared

VOICE = "voor"
VOICES: dict[str, str | Promise] = {
    Voice.YOUNG: _("Voor de jongere zelf"),
    Voice.PARENTS: _("Voor de ouders"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """The page for another reader, and whether that is this one."""

    code: str
    label: str
    url: str
    is_current: bool


@require_safe
def family(request: HttpRequest) -> HttpResponse:
    """Show one A4 per offer in the address, in plain words."""
    need = Need.read(request.GET)
    reader = Reader(request.GET.get(VOICE, ""), need.language or DUTCH)
    page = family_page(
        read_shared(request.GET),
        request.GET.get("gemeente", ""),
        timezone.localdate(),
        need,
        reader,
    )
    chosen = {VOICE: page.voice.value, LANGUAGE: reader.language}
    sheets = [(sheet, qr_code(request, sheet)) for sheet in page.sheets]
    context = {
        "nav": "",
        "page": page,
        "sheets": sheets,
        "here": page.municipality.slug if page.municipality else "",
        "to_shortlist": page.need.to_shortlist,
        "voices": _others(page, VOICE, VOICES, chosen),
        "languages": _others(page, LANGUAGE, LANGUAGES, chosen),
    }
    count_uses(request, UseKind.HANDED_OUT, [sheet.offer.pk for sheet in page.sheets])
    return render(request, "search/family.html", context)


def _others(
    page: FamilyPage, name: str, labels: Mapping[str, str | Promise], chosen: Mapping[str, str]
) -> list[Option]:
    """Return the same page for every reader of this kind; `chosen` are the readers of this one."""
    found = []
    for code, label in labels.items():
        query = urlencode({**chosen, name: code})
        found.append(Option(code, str(label), f"?{page.own_query}&{query}", code == chosen[name]))
    return found


@login_required
@require_safe
@never_cache
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a member of its provider how a family sees an offer, published or not."""
    assert isinstance(request.user, User)  # noqa: S101 - narrows the type
    mine = detail_queryset(Offer.objects.of_member(request.user))
    offer = get_object_or_404(mine, pk=pk)
    page = family_preview(offer, timezone.localdate())
    # Without the code: it would lead to a page that is not there yet.
    sheets = [(sheet, "") for sheet in page.sheets]
    context = {"nav": "providers", "page": page, "sheets": sheets, "preview_of": offer.pk}
    return render(request, "search/family.html", context)


def qr_code(request: HttpRequest, sheet: Sheet) -> SafeString:
    """Draw the code that leads to this sheet by itself, as SVG without style."""
    code = segno.make(request.build_absolute_uri(sheet.address), error="m", micro=False)
    drawing = code.svg_inline(border=2, omitsize=True, svgclass="sk-handout__code", lineclass=None)
    return mark_safe(drawing)  # noqa: S308 - drawn by segno, and holds no text of others
