"""Audit rows for what people change on their own account, written where allauth changes it."""

from typing import Any

from allauth.account import signals
from allauth.mfa import signals as mfa_signals
from django.dispatch import receiver

from accounts.models import User
from accounts.oidc.link import account_linked
from providers.services import audit


def _record(user: User, action: str, **changes: Any) -> None:
    audit.record(by=user, action=f"account.{action}", subject=user, changes=changes)


@receiver(signals.email_added)
def email_asked(user: User, email_address: Any, **kwargs: Any) -> None:
    """Somebody asked for another address; it is not in use yet."""
    _record(user, "email_asked", email=email_address.email)


@receiver(signals.email_changed)
def email_changed(
    user: User, from_email_address: Any, to_email_address: Any, **kwargs: Any
) -> None:
    """The link was followed: the account goes by the new address."""
    before = from_email_address.email if from_email_address else None
    _record(user, "email_changed", email=[before, to_email_address.email])


@receiver(signals.password_changed)
@receiver(signals.password_set)
def password_changed(user: User, **kwargs: Any) -> None:
    """Somebody chose a new password after giving the old one."""
    _record(user, "password_changed")


@receiver(signals.password_reset)
def password_reset(user: User, **kwargs: Any) -> None:
    """Somebody chose a new password by the link in a mail."""
    _record(user, "password_reset")


@receiver(account_linked)
def organisation_linked(user: User, **kwargs: Any) -> None:
    """Somebody came in by their organisation for the first time."""
    _record(user, "organisation_linked")


@receiver(mfa_signals.authenticator_added)
def second_step_on(user: User, authenticator: Any, **kwargs: Any) -> None:
    """An app, a passkey or a set of recovery codes was added."""
    _record(user, "second_step_on", type=authenticator.type)


@receiver(mfa_signals.authenticator_removed)
def second_step_off(user: User, authenticator: Any, **kwargs: Any) -> None:
    """An app, a passkey or a set of recovery codes was removed."""
    _record(user, "second_step_off", type=authenticator.type)
