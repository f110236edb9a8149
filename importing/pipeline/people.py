"""Who takes a file in from the command line."""

from django.utils.translation import gettext as _

from accounts.models import User
from importing.pipeline.refusal import ImportRefused


def user_called(email: str) -> User | None:
    """Return the account with this address; None for no address. Raises ImportRefused."""
    if not email:
        return None
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise ImportRefused(_("Er is geen account met het adres %(email)s.") % {"email": email})
    return user
