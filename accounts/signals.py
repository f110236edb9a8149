"""What follows from a log-in, or a change of password or address, however it came about."""

from typing import Any

from allauth.account import signals
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.addresses import mark_confirmed, wanted_addresses
from accounts.log_ins.record import record_log_in
from accounts.models import User


@receiver(user_logged_in)
def keep_the_log_in(user: User, request: HttpRequest, **kwargs: Any) -> None:
    """Let people see afterwards when somebody came in with their account."""
    record_log_in(by=user, request=request)


@receiver(signals.password_reset)
def confirm_the_address(user: User, **kwargs: Any) -> None:
    """Who followed the link in the mail reads that mail; a wish of before may be a thief's."""
    mark_confirmed(user)


@receiver(signals.password_changed)
@receiver(signals.password_set)
def drop_wishes(user: User, **kwargs: Any) -> None:
    """Let an address that was asked for before the new password never come into use."""
    wanted_addresses(user).delete()


@receiver(signals.email_added)
def warn_the_present_address(user: User, email_address: EmailAddress, **kwargs: Any) -> None:
    """Mail the address in use that another one was asked for."""
    context = {"to_email": email_address.email}
    get_adapter().send_notification_mail(
        "account/email/email_change_asked", user, context, email=user.email
    )


@receiver(post_save, sender=User)
def forget_the_old_address(
    instance: User, created: bool, update_fields: Any = None, **kwargs: Any
) -> None:
    """Drop what was confirmed of another address, also when an editor changes it.

    With it a link to an organisation, which was made by that address: an account that was meant
    for somebody else, and was put right, must not stay open to who had that address.
    """
    if created or (update_fields is not None and "email" not in update_fields):
        return
    gone, _by_model = wanted_addresses(instance).filter(verified=True).delete()
    if gone:
        SocialAccount.objects.filter(user=instance).delete()
