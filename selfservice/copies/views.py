"""The page that brings a change of an offer to its copies, and the button that takes it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers.services.offers import EditConflictError
from providers.services.publishing.copies import (
    Copies,
    bring_to_copies,
    brought,
    copies_of,
    let_go_of_template,
    take_back_from_copies,
)
from selfservice.access import NAV, OfferWriteView
from selfservice.copies.page import CopiesForm, parts_of
from selfservice.forms import add_errors

MOST_SHOWN = 5


class EditCopies(OfferWriteView):
    """Where the copies of an offer differ from it, and which of that becomes the same."""

    takes_back = True

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        copies = copies_of(self.offer)
        return self._page(copies, CopiesForm(copies=copies))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        copies = copies_of(self.offer)
        form = CopiesForm(request.POST, copies=copies)
        if not self.accepts(form):
            return self._page(copies, form)
        try:
            number = bring_to_copies(
                by=self.user,
                template=self.offer,
                chosen=form.chosen(),
                mark=form.cleaned_data["kenmerk"],
            )
        except EditConflictError:
            return self._conflict()
        except ValidationError as error:
            add_errors(form, error)
            return self._page(copies, form)
        messages.success(request, _done(number))
        return redirect("selfservice:copies", pk)

    def _conflict(self) -> HttpResponse:
        """Show how it is now, with the boxes that were ticked."""
        text = _("Iemand veranderde dit intussen. Kijk nog eens wat er verandert.")
        messages.warning(self.request, text)
        copies = copies_of(self.offer)
        typed = self.request.POST.copy()
        typed["kenmerk"] = copies.mark
        return self._page(copies, CopiesForm(typed, copies=copies), status=409)

    def _page(self, copies: Copies, form: CopiesForm, status: int = 200) -> HttpResponse:
        parts = parts_of(copies, form)
        context = {
            "offer": copies.template,
            "form": form,
            "different": [part for part in parts if part.lines],
            "same": [part for part in parts if not part.lines],
            "earlier": brought(self.offer, most=MOST_SHOWN),
            "nav": NAV,
        }
        return render(self.request, "selfservice/copies/copies.html", context, status=status)


def _done(number: int) -> str:
    if number == 0:
        return _("U koos niets. Er is niets veranderd.")
    words = ngettext("%(n)s kopie is gewijzigd.", "%(n)s kopieën zijn gewijzigd.", number)
    return words % {"n": number}


class TakeBack(OfferWriteView):
    """Give the copies what they said before."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, event: int) -> HttpResponse:
        try:
            take_back_from_copies(by=self.user, template=self.offer, event=event)
        except (EditConflictError, ValidationError):
            text = _(
                "Dit kan niet meer in één keer terug: iemand veranderde een van de kopieën "
                "intussen. Er is niets veranderd."
            )
            messages.error(request, text)
        else:
            messages.success(request, _("De kopieën zijn weer zoals ze waren."))
        return redirect("selfservice:copies", pk)


class LetGo(OfferWriteView):
    """Let a copy go its own way."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        let_go_of_template(by=self.user, copy=self.offer)
        text = _("'%(title)s' is geen kopie meer: u wijzigt het voortaan alleen hier.")
        messages.success(request, text % {"title": self.offer.title})
        return redirect("selfservice:edit_offer", pk)
