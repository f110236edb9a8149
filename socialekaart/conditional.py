"""Lets a browser keep a page that holds a form: the form's token differs each time it is sent."""

import hashlib
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import parse_http_date_safe

from search.page_cache import TOKEN

# What the API promises on each answer, so on one without a body too; Django keeps its own few.
ON_EVERY_ANSWER = {
    "API-Version",
    "Access-Control-Allow-Origin",
    "Access-Control-Expose-Headers",
    "Content-Crs",
    "RateLimit-Limit",
    "RateLimit-Remaining",
    "RateLimit-Reset",
}


class ConditionalPageMiddleware(ConditionalGetMiddleware):
    """Answer 304 to who has this page already, whatever mask the token in it wears.

    HEAD gets the same mark as GET (RFC 9110): the whole page is made for it, and sent without.

    A kept page stays usable: its token belongs to the secret in the cookie, which counts.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Give the page its mark, and leave the rest to Django."""
        content: bytes = getattr(response, "content", b"")
        if request.method not in ("GET", "HEAD"):
            return response
        if self.needs_etag(response):
            if TOKEN.search(content):
                secret = str(request.META.get("CSRF_COOKIE", "")).encode()
                mark = hashlib.blake2b(TOKEN.sub(b"", content), key=secret[:64], digest_size=16)
                response.headers.setdefault("ETag", f'"{mark.hexdigest()}"')
            elif not response.has_header("ETag"):
                set_response_etag(response)
        return self._unless_unchanged(request, response)

    def _unless_unchanged(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        # Not through Django's own process_response, which leaves HEAD without a mark.
        modified = parse_http_date_safe(response.headers.get("Last-Modified", ""))
        answer = cast(
            HttpResponseBase,
            get_conditional_response(
                request,
                etag=response.headers.get("ETag"),
                last_modified=modified,
                response=cast(HttpResponse, response),
            ),
        )
        for name in ON_EVERY_ANSWER & set(response.headers):
            answer.headers.setdefault(name, response.headers[name])
        return answer
