"""How a request is called in logs and figures: by names of our own, never by what was sent."""

from django.http import HttpRequest

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def method_of(request: HttpRequest) -> str:
    """Return the method, or `other`: a visitor can send any word as one."""
    return request.method if request.method in METHODS else "other"


def view_of(request: HttpRequest) -> str:
    """Return the name of the view, or `none` for an address that is no page of ours."""
    return request.resolver_match.view_name if request.resolver_match else "none"
