"""Addresses that go wrong on purpose, to see the error pages."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.urls import path

from socialekaart.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def _raise(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    *urlpatterns,
    path("stuk/", _raise(ZeroDivisionError())),
    path("verboden/", _raise(PermissionDenied())),
    path("raar/", _raise(SuspiciousOperation())),
]
