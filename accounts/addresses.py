"""The one address of an account: `User.email`, with beside it what allauth records.

An EmailAddress with the address of its user says whether that was ever confirmed; any other is an
address that somebody wants to change to and has not confirmed yet.
"""

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from accounts.models import User


def is_taken(email: str, *, but_for: User) -> bool:
    """Whether another account uses this address."""
    return User.objects.filter(email=email.lower()).exclude(pk=but_for.pk).exists()


def wanted_addresses(user: User) -> QuerySet[Any]:
    """Return the addresses this user asked for and has not confirmed."""
    found: QuerySet[Any] = EmailAddress.objects.filter(user=user).exclude(email=user.email)
    return found


def holder_of_confirmed(email: str) -> User | None:
    """Return who surely has this address here: confirmed, or made by an editor and never used."""
    user = User.objects.filter(email=email, is_active=True).first() if email else None
    if user is None or user.last_login is None:
        return user
    confirmed = EmailAddress.objects.filter(user=user, email=email, verified=True).exists()
    return user if confirmed else None


def mark_confirmed(user: User) -> None:
    """Record that this user reads the mail of their address."""
    wanted_addresses(user).delete()
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
