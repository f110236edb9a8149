"""How people come in: by invitation of an editor only."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Closes open registration: an account gives rights over a provider's entries."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
