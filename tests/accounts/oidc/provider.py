"""A small provider of OpenID Connect on this machine: discovery, authorization, token, keys."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from socialekaart.running.organisation import Organisation

SECRET = "geheim van deze site"


def new_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """Vouches for whoever `person` says; what it signs with and for can be changed."""

    def __init__(self):
        self.person = {"sub": "123", "email": "fatima@leiden.example", "email_verified": True}
        self.published = self.signing = new_key()
        self.audience, self.lifetime = "socialekaart", 300
        self._asked = {}
        handler = type("Handler", (_Handler,), {"provider": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    @property
    def organisation(self):
        domains = ("leiden.example",)
        return Organisation(self.url, "Gemeente Leiden", "socialekaart", SECRET, domains)

    def agree(self, address):
        """Let the person agree on the page at this address; return where they are sent back to."""
        parts = urlsplit(address)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        assert address.startswith(f"{self.url}/authorize?")
        assert set(asked["scope"].split()) == {"openid", "email"}
        assert asked["code_challenge_method"] == "S256"
        self._asked["the-code"] = asked
        back = urlsplit(asked["redirect_uri"])
        return f"{back.path}?code=the-code&state={asked['state']}"

    # --- what it answers ---

    def described(self):
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self):
        found = jwt.algorithms.RSAAlgorithm.to_jwk(self.published.public_key(), as_dict=True)
        return {"keys": [found | {"kid": "one", "use": "sig", "alg": "RS256"}]}

    def token(self, sent):
        """Give the token for a code, once, to who has the secret and the verifier."""
        asked = self._asked.pop(sent["code"], None)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if not asked or sent["client_secret"] != SECRET or challenge != asked["code_challenge"]:
            return {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.url, "aud": self.audience, "iat": now, "exp": now + self.lifetime}
        signed = jwt.encode(
            claims | self.person, self.signing, algorithm="RS256", headers={"kid": "one"}
        )
        return {"access_token": "x", "token_type": "Bearer", "id_token": signed}


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self):
        self._answer(self.provider.keys() if self.path == "/keys" else self.provider.described())

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        self._answer(self.provider.token(sent))

    def _answer(self, found):
        body = json.dumps(found).encode()
        self.send_response(400 if "error" in found else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass
