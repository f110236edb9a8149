"""Lets a browser keep a page that holds a form: the form's token differs each time it is sent."""

import hashlib

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware

from search.page_cache import TOKEN


class ConditionalPageMiddleware(ConditionalGetMiddleware):
    """Answer 304 to who has this page already, whatever mask the token in it wears.

    A kept page stays usable: its token belongs to the secret in the cookie, which counts.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Give the page its mark, and leave the rest to Django."""
        content: bytes = getattr(response, "content", b"")
        if request.method == "GET" and self.needs_etag(response) and TOKEN.search(content):
            secret = str(request.META.get("CSRF_COOKIE", "")).encode()
            mark = hashlib.blake2b(TOKEN.sub(b"", content), key=secret[:64], digest_size=16)
            response.headers.setdefault("ETag", f'"{mark.hexdigest()}"')
        return super().process_response(request, response)
