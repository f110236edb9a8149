"""Whether the program runs, and whether it can serve: for a proxy or a supervisor.

Without a log-in, so nothing is told but yes and no.
"""

from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from providers.models import Offer


@require_safe
@never_cache
@transaction.non_atomic_requests
def alive(request: HttpRequest) -> HttpResponse:
    """Answer at all; touches no database, so that a slow one gets no worker restarted."""
    return HttpResponse("goed\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
@transaction.non_atomic_requests
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database, migrations and search index are there, else 503."""
    checks = {"database": database_answers(), "migrations": False, "index": False}
    if checks["database"]:
        checks["migrations"] = is_migrated()
        # Before the migrations there may be no such table.
        checks["index"] = checks["migrations"] and is_indexed()
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


def database_answers() -> bool:
    """Whether a statement gets through."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def is_migrated() -> bool:
    """Whether every migration of this version has run."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def is_indexed() -> bool:
    """Whether every offer that shows can be found."""
    return not Offer.objects.visible().filter(index=None).exists()
