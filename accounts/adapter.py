"""How people come in: by invitation of an editor only."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from accounts.network import network_of


class AccountAdapter(DefaultAccountAdapter):
    """Closes open registration: an account gives rights over a provider's entries."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return whom a limit on log-ins counts: the same network as every other limit."""
        return network_of(request)
