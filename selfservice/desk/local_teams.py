"""The local teams of a region at its desk, and who supports clients in its municipalities."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from providers.models import LocalTeam, Municipality
from providers.services.municipal.client_support import set_client_support
from providers.services.municipal.local_teams import remove_local_team, save_local_team
from selfservice.desk.access import DeskView
from selfservice.desk.local_team_forms import ClientSupportForm, LocalTeamForm
from selfservice.forms import add_errors, read_moment, stored


class LocalTeams(DeskView):
    """All teams of this region, and its municipalities with who supports clients there."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, region: str) -> HttpResponse:
        teams = LocalTeam.objects.in_region(self.region).select_related("provider")
        served = set(teams.values_list("postal_areas__municipality", flat=True))
        places = Municipality.objects.filter(region=self.region).select_related("client_support")
        return self.show(
            "local_teams",
            teams=teams.prefetch_related("postal_areas"),
            places=[(place, place.pk in served) for place in places],
        )


class AddLocalTeam(DeskView):
    """One more team."""

    takes_back = True

    def get(self, request: HttpRequest, region: str) -> HttpResponse:
        return self.show("local_team", form=LocalTeamForm(region=self.region))

    def post(self, request: HttpRequest, region: str) -> HttpResponse:
        return save(self, LocalTeamForm(request.POST, region=self.region))


class EditLocalTeam(DeskView):
    """Change a team."""

    takes_back = True

    def get(self, request: HttpRequest, region: str, pk: int) -> HttpResponse:
        team = self._team(pk)
        return self.show("local_team", form=LocalTeamForm(region=self.region, team=team), team=team)

    def post(self, request: HttpRequest, region: str, pk: int) -> HttpResponse:
        team = self._team(pk)
        return save(self, LocalTeamForm(request.POST, region=self.region, team=team), team)

    def _team(self, pk: int) -> LocalTeam:
        return get_object_or_404(LocalTeam.objects.in_region(self.region), pk=pk)


def save(
    view: EditLocalTeam | AddLocalTeam, form: LocalTeamForm, team: LocalTeam | None = None
) -> HttpResponse:
    """Save what a form says and go to the list; or show it again with what is wrong."""
    if view.accepts(form):
        saved = stored(
            form,
            lambda: save_local_team(
                by=view.user,
                region=view.region,
                team=team,
                postal_areas=form.cleaned_data["postcodes"],
                expected_updated_at=read_moment(form.cleaned_data["version"]) if team else None,
                **form.fields_of_team(),
            ),
            _("Een collega heeft dit team net gewijzigd. Open de pagina opnieuw."),
        )
        if saved:
            return view.back("local_teams", _("%(name)s: bewaard."), name=saved.name)
    return view.show("local_team", form=form, team=team)


class RemoveLocalTeam(DeskView):
    """A team that is no more."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, region: str, pk: int) -> HttpResponse:
        team = get_object_or_404(LocalTeam.objects.in_region(self.region), pk=pk)
        name = team.name
        remove_local_team(by=self.user, team=team)
        return self.back("local_teams", _("%(name)s is weggehaald."), name=name)


class EditClientSupport(DeskView):
    """Who supports clients in one municipality."""

    takes_back = True

    def get(self, request: HttpRequest, region: str, municipality: str) -> HttpResponse:
        place = self._place(municipality)
        return self.show(
            "client_support", form=ClientSupportForm(municipality=place), municipality=place
        )

    def post(self, request: HttpRequest, region: str, municipality: str) -> HttpResponse:
        place = self._place(municipality)
        form = ClientSupportForm(request.POST, municipality=place)
        if self.accepts(form):
            try:
                set_client_support(by=self.user, municipality=place, **form.cleaned_data)
            except ValidationError as error:
                add_errors(form, error)
            else:
                return self.back("local_teams", _("%(name)s: bewaard."), name=place.name)
        return self.show("client_support", form=form, municipality=place)

    def _place(self, code: str) -> Municipality:
        return get_object_or_404(Municipality.objects.filter(region=self.region), pk=code)
