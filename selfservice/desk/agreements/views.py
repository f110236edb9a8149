"""What a region agreed on, at its desk."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from providers.services.municipal.agreements import agreements_of, set_agreements
from providers.services.offers import EditConflictError
from selfservice.desk.access import DeskView
from selfservice.desk.agreements.forms import AgreementsForm, version_of
from selfservice.forms import add_errors


class RegionAgreements(DeskView):
    """All clocks and norms on one page."""

    takes_back = True

    def get(self, request: HttpRequest, region: str) -> HttpResponse:
        return self._page(AgreementsForm(agreements=agreements_of(self.region)))

    def post(self, request: HttpRequest, region: str) -> HttpResponse:
        stored = agreements_of(self.region)
        form = AgreementsForm(request.POST, agreements=stored)
        if self.accepts(form):
            try:
                if form.cleaned_data["version"] not in {"", version_of(stored)}:
                    raise EditConflictError
                set_agreements(
                    by=self.user,
                    region=self.region,
                    clocks=form.clocks,
                    norms=form.norms,
                    expected=stored,
                )
            except EditConflictError:
                text = _("Een collega heeft dit net gewijzigd. Open de pagina opnieuw.")
                form.add_error(None, text)
            except ValidationError as error:
                add_errors(form, error)
            else:
                return self.back("agreements", _("Bewaard."))
        return self._page(form)

    def _page(self, form: AgreementsForm) -> HttpResponse:
        return self.show("agreements", form=form)
