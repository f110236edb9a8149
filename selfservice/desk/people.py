"""Who works at the desk of a region."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.log_ins.record import last_of_each
from accounts.models import User
from providers.enums import Role
from providers.models import Invitation, Membership
from providers.permissions import Right
from providers.services.joining.invitations import invite
from providers.services.people import revoke_membership
from selfservice.desk.access import DeskView
from selfservice.forms import add_errors
from selfservice.joining.forms import InviteForm


class People(DeskView):
    """The people of this desk; who may, invites."""

    writes = Right.MANAGE
    takes_back = True

    def get(self, request: HttpRequest, region: str) -> HttpResponse:
        return self._page(InviteForm())

    def post(self, request: HttpRequest, region: str) -> HttpResponse:
        form = InviteForm(request.POST)
        if not self.accepts(form):
            return self._page(form)
        data = form.cleaned_data
        try:
            invite(by=self.user, email=data["email"], role=Role(data["role"]), body=self.region)
        except ValidationError as error:
            add_errors(form, error)
            return self._page(form)
        return self.back("people", _("De uitnodiging voor %(email)s is gemaakt."), **data)

    def _page(self, form: InviteForm) -> HttpResponse:
        rows = Membership.objects.filter(region=self.region, user__is_active=True)
        members, may_manage = list(rows.select_related("user")), self.may(Right.MANAGE)
        people = User.objects.filter(pk__in=[member.user_id for member in members])
        # Who manages the desk sees that a colleague's account is in use, or not any more.
        last = last_of_each(people) if may_manage else {}
        return self.show(
            "people",
            form=form,
            members=[(member, last.get(member.user_id)) for member in members],
            invitations=Invitation.objects.open().filter(region=self.region),
            may_manage=may_manage,
        )


class LetGo(DeskView):
    """Somebody works here no longer."""

    writes = Right.MANAGE
    http_method_names = ["post"]

    def post(self, request: HttpRequest, region: str, member: int) -> HttpResponse:
        rows = Membership.objects.filter(region=self.region).exclude(user=self.user)
        membership = get_object_or_404(rows.select_related("user"), pk=member)
        name = str(membership.user)
        revoke_membership(by=self.user, membership=membership)
        return self.back("people", _("%(name)s werkt niet meer aan deze desk."), name=name)
