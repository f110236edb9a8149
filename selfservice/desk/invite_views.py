"""The region asks an organisation to take part."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from providers.services.joining.invitations import invite_to_provider
from selfservice.desk.access import DeskView
from selfservice.desk.forms import InviteProviderForm
from selfservice.forms import add_errors


class InviteProvider(DeskView):
    """Invite somebody to keep an organisation, one that is on the map or a new one."""

    takes_back = True

    def get(self, request: HttpRequest, region: str) -> HttpResponse:
        chosen = request.GET.get("aanbieder", "")
        return self._page(InviteProviderForm(region=self.region, chosen=chosen))

    def post(self, request: HttpRequest, region: str) -> HttpResponse:
        form = InviteProviderForm(request.POST, region=self.region)
        if not self.accepts(form):
            return self._page(form)
        data = form.cleaned_data
        try:
            invite_to_provider(
                by=self.user,
                email=data["email"],
                provider=data["provider"],
                name=data["name"],
                desk=self.region,
            )
        except ValidationError as error:
            add_errors(form, error)
            return self._page(form)
        return self.back("region", _("De uitnodiging voor %(email)s is gemaakt."), **data)

    def _page(self, form: InviteProviderForm) -> HttpResponse:
        return self.show("invite", form=form)
