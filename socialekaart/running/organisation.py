"""The log-in by the organisation of a member, as the environment names it (OpenID Connect)."""

import hashlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from socialekaart.env import env_list, env_str

# In addresses and in the table of linked accounts; there is one provider at a time.
PROVIDER_ID = "organisatie"
HERE = frozenset({"localhost", "127.0.0.1"})


@dataclass(frozen=True)
class Organisation:
    """A provider of log-ins; without an address there is none."""

    url: str = ""
    name: str = ""
    client_id: str = ""
    secret: str = ""
    # It vouches for addresses in these and no others; without any the account is asked by mail.
    domains: tuple[str, ...] = ()

    @classmethod
    def from_environment(cls) -> "Organisation":
        """Read it; raises ImproperlyConfigured when it lacks something, or could be overheard."""
        found = cls(
            env_str("OIDC_URL").rstrip("/"),
            env_str("OIDC_NAME", "uw organisatie"),
            env_str("OIDC_CLIENT_ID"),
            env_str("OIDC_CLIENT_SECRET"),
            tuple(domain.lower() for domain in env_list("OIDC_DOMAINS", [])),
        )
        parts = urlsplit(found.url)
        if found.url and not (found.client_id and found.secret):
            raise ImproperlyConfigured("OIDC_URL also needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.")
        if found.url and parts.scheme != "https" and parts.hostname not in HERE:
            raise ImproperlyConfigured("OIDC_URL must begin with https://.")
        return found

    def number_of(self, person: str) -> str:
        """Return the number under which a person of this provider is stored.

        With the address of the provider in it: a person of another one is another.
        """
        return hashlib.sha256(f"{self.url} {person}".encode()).hexdigest()

    @property
    def origins(self) -> list[str]:
        """Where a form that begins a log-in is sent on to."""
        parts = urlsplit(self.url)
        return [f"{parts.scheme}://{parts.netloc}"] if self.url else []

    def providers(self) -> dict[str, Any]:
        """Return allauth's SOCIALACCOUNT_PROVIDERS."""
        app = {
            "provider_id": PROVIDER_ID,
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.secret,
            # What is signed says enough: no second request for the same.
            "settings": {
                "server_url": self.url,
                "fetch_userinfo": False,
                "oauth_pkce_enabled": True,
            },
        }
        # Who somebody is and at what address; not their name or picture.
        found = {"SCOPE": ["openid", "email"], "APPS": [app]}
        return {"openid_connect": found} if self.url else {}
