"""Forms of allauth for passkeys, in our words, that refuse whatever no browser sends."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.webauthn import forms as allauth_forms
from allauth.mfa.webauthn.internal.auth import parse_authentication_response
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NAME_LENGTH = 60
REFUSED = _("Dit lukte niet met deze toegangssleutel. Probeer het nog een keer.")
# What allauth says of a passkey in words for a code, or of a field that nobody sees.
NOT_OUR_WORDS = frozenset({"incorrect_code", "invalid", "required"})
# What reading raises on an answer that no browser makes; allauth catches some of these.
MALFORMED = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)


class _OfPasskey:
    """Says in our words what is wrong with the answer of a passkey."""

    def add_error(self, field: str | None, error: Any) -> None:
        if field != "name" and getattr(error, "code", None) in NOT_OUR_WORDS:
            error = ValidationError(REFUSED, code="passkey")
        super().add_error(field, error)  # type: ignore[misc]


class AddPasskeyForm(_OfPasskey, allauth_forms.AddWebAuthnForm):
    """One more passkey for this account."""

    name = forms.CharField(
        label=_("Naam"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=_("Waaraan u deze sleutel later herkent, bijvoorbeeld 'laptop van het werk'."),
    )
    passwordless = forms.BooleanField(
        label=_("Ook om in te loggen zonder wachtwoord"),
        required=False,
        initial=True,
        help_text=_("Uw apparaat vraagt dan altijd om uw vingerafdruk, uw gezicht of een pincode."),
    )
    field_order = ["name", "passwordless", "credential"]

    def clean_name(self) -> str:
        name: str = super().clean_name()
        return name[:NAME_LENGTH]

    def clean(self) -> dict[str, Any]:
        with _refusing():
            cleaned: dict[str, Any] = super().clean()
        return cleaned


class RenamePasskeyForm(allauth_forms.EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(label=_("Naam"), max_length=NAME_LENGTH)


class _Answered(_OfPasskey):
    """Reads what a passkey answered."""

    def clean_credential(self) -> Any:
        with _refusing():
            return super().clean_credential()  # type: ignore[misc]


class SecondStepForm(_Answered, allauth_forms.AuthenticateWebAuthnForm):
    """A passkey after the password."""


class LogInForm(_Answered, allauth_forms.LoginWebAuthnForm):
    """A passkey in place of a password."""

    def clean_credential(self) -> Any:
        """Refuse an answer without finger, face or PIN, whichever question it is of.

        The question of a second step does not ask for one, and may be that of any account.
        """
        with _refusing():
            answer = parse_authentication_response(self.cleaned_data["credential"])
            if not answer.response.authenticator_data.is_user_verified():
                raise ValidationError(REFUSED, code="passkey")
        return super().clean_credential()


class AgainForm(_Answered, allauth_forms.ReauthenticateWebAuthnForm):
    """A passkey once more, before something of the account changes."""


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except MALFORMED as error:
        raise ValidationError(REFUSED, code="passkey") from error
