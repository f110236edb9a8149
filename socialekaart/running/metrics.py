"""Figures for Prometheus: how many answers, of which page and status, and how long they took.

Only names of our own become labels (the name of a view, a method, a status), so nothing that a
visitor typed can. Needs the extra `metrics` and METRICS_TOKEN; without that nothing is measured.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)

from socialekaart.running.labels import method_of, view_of

ANSWERS = Counter("sk_answers", "Answers by view, method and status", ["view", "method", "status"])
SECONDS = Histogram(
    "sk_seconds",
    "Seconds until the answer, by view",
    ["view"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


class MetricsMiddleware:
    """Counts each answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        view = view_of(request)
        ANSWERS.labels(view, method_of(request), str(response.status_code)).inc()
        SECONDS.labels(view).observe(time.perf_counter() - started)
        return response


@require_safe
@never_cache
def figures(request: HttpRequest) -> HttpResponse:
    """Answer the figures of all workers to who knows the token; to others there is no such page."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, settings.METRICS_TOKEN):
        raise Http404
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
