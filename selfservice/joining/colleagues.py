"""Who takes part in an organisation: ask colleagues, change what they may, let go, leave."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from providers.enums import Role
from providers.models import Invitation, Membership
from providers.permissions import Right, has_right, managers_of
from providers.services.joining.invitations import invite, withdraw
from providers.services.people import can_take_over, change_role, leave, let_go, take_over
from selfservice.access import NAV, ProviderView
from selfservice.forms import add_errors
from selfservice.joining.forms import InviteForm, LeaveForm, RoleForm


class ColleagueView(ProviderView):
    """A page about who takes part in one organisation."""

    @cached_property
    def me(self) -> Membership:
        """The membership of who looks."""
        return Membership.objects.get(user=self.user, provider=self.provider)

    def show(self, template: str, status: int = 200, **context: object) -> HttpResponse:
        """Show a page with what all of these pages need."""
        context |= {"provider": self.provider, "me": self.me, "nav": NAV}
        return render(self.request, f"selfservice/joining/{template}.html", context, status=status)

    def back(self, text: str, **names: object) -> HttpResponse:
        """Return to the list with a message."""
        messages.success(self.request, text % names)
        return redirect("joining:colleagues", self.provider.pk)


class Colleagues(ColleagueView):
    """The list of everybody who takes part; who may, asks somebody along."""

    takes_back = True

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(InviteForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self._may_manage:
            raise PermissionDenied
        form = InviteForm(request.POST)
        if not self.accepts(form):
            return self._page(form)
        try:
            sent = invite(
                by=self.user,
                email=form.cleaned_data["email"],
                role=Role(form.cleaned_data["role"]),
                body=self.provider,
            )
        except ValidationError as error:
            add_errors(form, error)
            return self._page(form)
        sent.refresh_from_db()
        if sent.mailed_at is None:
            messages.warning(
                request,
                _("De uitnodiging is gemaakt, maar de mail kon niet weg. Probeer het straks nog."),
            )
            return redirect("joining:colleagues", pk)
        return self.back(_("De uitnodiging voor %(email)s is verstuurd."), email=sent.email)

    @property
    def _may_manage(self) -> bool:
        return has_right(self.me.role, Right.MANAGE)

    def _page(self, form: InviteForm) -> HttpResponse:
        rows = Membership.objects.filter(provider=self.provider, user__is_active=True)
        invited = Invitation.objects.open().filter(provider=self.provider)
        return self.show(
            "colleagues",
            form=form,
            members=rows.select_related("user").order_by("user__name", "user__email"),
            invitations=invited if self._may_manage else (),
            may_manage=self._may_manage,
            may_take_over=can_take_over(self.me),
        )


class Colleague(ColleagueView):
    """One colleague: another role, or no longer."""

    right = Right.MANAGE

    @cached_property
    def colleague(self) -> Membership:
        """Whom it is about: somebody of this organisation, and not oneself."""
        rows = Membership.objects.filter(provider=self.provider).exclude(user=self.user)
        return get_object_or_404(rows.select_related("user"), pk=self.kwargs["member"])

    def get(self, request: HttpRequest, pk: int, member: int) -> HttpResponse:
        return self._page(RoleForm(initial={"role": self.colleague.role}))

    def post(self, request: HttpRequest, pk: int, member: int) -> HttpResponse:
        name = str(self.colleague.user)
        if "laat-gaan" in request.POST:
            let_go(by=self.user, membership=self.colleague)
            return self.back(_("%(name)s doet niet meer mee."), name=name)
        form = RoleForm(request.POST)
        if not form.is_valid():
            return self._page(form)
        role = Role(form.cleaned_data["role"])
        change_role(by=self.user, membership=self.colleague, role=role)
        return self.back(_("%(name)s is nu %(role)s."), name=name, role=role.label.lower())

    def _page(self, form: RoleForm) -> HttpResponse:
        return self.show("colleague", form=form, colleague=self.colleague)


class WithdrawInvitation(ColleagueView):
    """Take an invitation back: its link opens nothing any more."""

    right = Right.MANAGE
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
        rows = Invitation.objects.filter(provider=self.provider)
        found = get_object_or_404(rows, pk=invitation)
        withdraw(by=self.user, invitation=found)
        return self.back(_("De uitnodiging voor %(email)s is ingetrokken."), email=found.email)


class Leave(ColleagueView):
    """Stop taking part; the last manager says who comes after, or that nobody does."""

    @cached_property
    def is_last_manager(self) -> bool:
        """Whether nobody else decides who takes part."""
        mine = has_right(self.me.role, Right.MANAGE)
        return mine and not managers_of(self.provider).exclude(pk=self.me.pk).exists()

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(LeaveForm.of(self.provider, self.me))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        successor = None
        if self.is_last_manager:
            form = LeaveForm.of(self.provider, self.me, request.POST)
            if not form.is_valid():
                return self._page(form)
            successor = form.chosen
        leave(membership=self.me, successor=successor)
        messages.success(
            request, _("U doet niet meer mee bij %(name)s.") % {"name": self.provider.name}
        )
        return redirect("selfservice:portal")

    def _page(self, form: LeaveForm) -> HttpResponse:
        return self.show("leave", form=form, is_last_manager=self.is_last_manager)


class TakeOver(ColleagueView):
    """Become manager where nobody is any more."""

    right = Right.WRITE
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            take_over(membership=self.me)
        except ValidationError as error:
            messages.warning(request, " ".join(error.messages))
            return redirect("joining:colleagues", pk)
        return self.back(_("U bent nu beheerder."))
