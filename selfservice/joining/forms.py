"""Forms of people who take part."""

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordMixin
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from providers.enums import Role
from providers.models import Membership, Provider
from providers.permissions import Right, roles_with

ROLE_HELP = _(
    "Een bekijker leest mee. Een bewerker past het aanbod aan en bevestigt het. Een beheerder "
    "bepaalt ook wie er meedoet."
)
EMAIL_ERRORS = {
    "required": _("Vul een e-mailadres in."),
    "invalid": _("Vul een e-mailadres in, zoals naam@organisatie.nl."),
}


class EmailInput(forms.EmailInput):
    """An address of somebody else: a browser must not fill in one's own."""

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "off"})


def role_field() -> forms.ChoiceField:
    """Return the field for what somebody may do."""
    return forms.ChoiceField(
        label=_("Rol"),
        help_text=ROLE_HELP,
        choices=Role.choices,
        initial=Role.EDITOR,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een rol."), "invalid_choice": _("Kies een rol.")},
    )


class InviteForm(forms.Form):
    """Whom to ask, and what they may do."""

    email = forms.EmailField(
        label=_("E-mailadres"), widget=EmailInput(), error_messages=EMAIL_ERRORS
    )
    role = role_field()


class RoleForm(forms.Form):
    """Another role for a colleague."""

    role = role_field()


class LeaveForm(forms.Form):
    """Who takes one's place, when one is the last manager."""

    NOBODY = "niemand"

    successor = forms.ChoiceField(
        label=_("Wie wordt beheerder na u?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een collega, of kies 'Niemand'.")},
    )

    def __init__(self, data: Any = None, *, colleagues: list[Membership]) -> None:
        super().__init__(data)
        self._colleagues = {str(row.pk): row for row in colleagues}
        field = self.fields["successor"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows the type
        field.choices = [
            *((pk, str(row.user)) for pk, row in self._colleagues.items()),
            (self.NOBODY, _("Niemand: de beheerder van de regio krijgt bericht")),
        ]

    @property
    def chosen(self) -> Membership | None:
        """The colleague who was chosen; None for nobody."""
        return self._colleagues.get(self.cleaned_data["successor"])

    @classmethod
    def of(cls, provider: Provider, leaving: Membership, data: Any = None) -> "LeaveForm":
        """Return the form with the colleagues who may take over: they may write already."""
        rows = Membership.objects.active(*roles_with(Right.WRITE)).filter(provider=provider)
        return cls(data, colleagues=list(rows.exclude(pk=leaving.pk).select_related("user")))


class JoinForm(SetPasswordMixin, forms.Form):
    """A name and a password, for who takes part for the first time."""

    error_messages = {"password_mismatch": _("Dit is niet hetzelfde als het wachtwoord hierboven.")}

    name = forms.CharField(
        label=_("Uw naam"),
        help_text=_("Collega's zien deze naam bij wat u wijzigt."),
        max_length=150,
        error_messages={"required": _("Vul uw naam in.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password1, password2 = SetPasswordMixin.create_password_fields(
        _("Wachtwoord"), _("Wachtwoord nog een keer")
    )

    def __init__(self, data: Any = None, *, email: str, user: User | None) -> None:
        super().__init__(data, initial={"name": user.name if user else ""})
        self._email = email
        self.fields["password1"].help_text = password_validators_help_text_html()
        self.fields["password2"].help_text = ""
        for name in ("password1", "password2"):
            self.fields[name].error_messages["required"] = _("Vul een wachtwoord in.")

    def clean(self) -> dict[str, Any]:
        """Check that both are the same, and that the password is hard to guess."""
        data: dict[str, Any] = super().clean() or {}
        self.validate_passwords()
        user = User(email=self._email, name=data.get("name", ""))
        self.validate_password_for_user(user, "password1")
        return data
