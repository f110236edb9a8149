"""A passkey in software: what a browser and its authenticator answer, without a browser."""

import hashlib
import json
import re
import secrets

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

SITE = "http://localhost:8000"
FLAG = AuthenticatorData.FLAG


class SoftKey:
    """One key pair, for the site at `origin`; `verifies` says whether it asks for a finger."""

    def __init__(self, *, origin=SITE, host="localhost", verifies=True):
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.number = secrets.token_bytes(16)
        self.origin, self.host, self.verifies = origin, host, verifies
        self.holder = b""

    @classmethod
    def of(cls, user):
        """Return a passkey that this person added before."""
        key, holder = cls(), user_pk_to_url_str(user).encode()
        question = {"user": {"id": websafe_encode(holder)}, "challenge": websafe_encode(b"x")}
        WebAuthn.add(user, "laptop", key.made({"publicKey": question}))
        return key

    def made(self, options):
        """Answer the page that adds a passkey."""
        self.holder = websafe_decode(options["publicKey"]["user"]["id"])
        public = ES256.from_cryptography_key(self.private.public_key())
        credential = AttestedCredentialData.create(Aaguid.NONE, self.number, public)
        about = self._about(FLAG.AT, credential)
        client = self._client("webauthn.create", options)
        attestation = AttestationObject.create("none", about, {})
        return self._answer(clientDataJSON=client, attestationObject=attestation) | {
            "clientExtensionResults": {"credProps": {"rk": True}}
        }

    def signed(self, options):
        """Answer a page that asks for this passkey."""
        about, client = self._about(), self._client("webauthn.get", options)
        signature = self.private.sign(about + client.hash, ec.ECDSA(hashes.SHA256()))
        return self._answer(
            clientDataJSON=client,
            authenticatorData=about,
            signature=signature,
            userHandle=self.holder,
        )

    def _about(self, flags=0, credential=b""):
        flags |= FLAG.UP | (FLAG.UV if self.verifies else 0)
        host = hashlib.sha256(self.host.encode()).digest()
        return AuthenticatorData.create(host, flags, 0, credential)

    def _client(self, kind, options):
        challenge = websafe_decode(options["publicKey"]["challenge"])
        return CollectedClientData.create(type=kind, challenge=challenge, origin=self.origin)

    def _answer(self, **parts):
        number = websafe_encode(self.number)
        response = {name: websafe_encode(part) for name, part in parts.items()}
        return {"id": number, "rawId": number, "type": "public-key", "response": response}


def question_of(answer, name):
    """Return what a page asks the browser: `creation_options` or `request_options`."""
    pattern = r'<script id="sleutel-vraag" type="application/json">(.*?)</script>'
    return json.loads(re.search(pattern, answer.content.decode(), re.DOTALL)[1])[name]
