"""What a region agreed on, at its desk."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from providers.services.municipal.agreements import Agreements, agreements_of, set_agreements
from providers.services.offers import EditConflictError
from selfservice.desk.access import DeskView
from selfservice.desk.agreements.forms import AgreementsForm, version_of
from selfservice.forms import stored


class RegionAgreements(DeskView):
    """All clocks and norms on one page."""

    takes_back = True

    def get(self, request: HttpRequest, region: str) -> HttpResponse:
        return self._page(AgreementsForm(agreements=agreements_of(self.region)))

    def post(self, request: HttpRequest, region: str) -> HttpResponse:
        now = agreements_of(self.region)
        form = AgreementsForm(request.POST, agreements=now)
        if self.accepts(form):
            text = _("Een collega heeft dit net gewijzigd. Open de pagina opnieuw.")
            if stored(form, lambda: self._store(form, now), text) is not None:
                return self.back("agreements", _("Bewaard."))
        return self._page(form)

    def _store(self, form: AgreementsForm, now: Agreements) -> bool:
        if form.cleaned_data["version"] not in {"", version_of(now)}:
            raise EditConflictError
        clocks, norms = form.clocks, form.norms
        return set_agreements(
            by=self.user, region=self.region, clocks=clocks, norms=norms, expected=now
        )

    def _page(self, form: AgreementsForm) -> HttpResponse:
        return self.show("agreements", form=form)
