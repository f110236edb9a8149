"""Puts the demo in the database: whole, once a day, and never beside another demo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from demo import accounts
from demo.building import REGION, Build, build_all
from demo.consults import add_consults
from demo.content import content_digest, read_content
from demo.demand import MADE_UP, add_demand, remove_demand
from demo.history import add_history, remove_history
from demo.local_teams import add_client_support, add_local_teams, remove_client_support
from demo.missed import SENDER, add_missed, remove_missed
from demo.moments import DEFAULT_SEED
from providers.models import (
    AuditEvent,
    Demand,
    GroupProgramme,
    GroupRun,
    HelpQuestion,
    Interest,
    LocalTeam,
    Location,
    Membership,
    MissingHelpSignal,
    Municipality,
    Offer,
    Provider,
    ServiceArea,
    WaitTime,
    YouthRegion,
)
from providers.services import audit

LOADED = "demo.loaded"
BATCH = 1000


def mark(*, seed: str = DEFAULT_SEED, offers: int = 0) -> dict[str, Any]:
    """Return what makes one load differ from another; `offers` is 0 for the demo region."""
    return {
        "day": str(timezone.localdate()),
        "seed": seed,
        "content": content_digest(),
        "offers": offers,
    }


def is_loaded(wanted: dict[str, Any]) -> bool:
    """Whether the demo in the database is the one that `wanted` describes, and can be found."""
    event = AuditEvent.objects.filter(action=LOADED).order_by("-id").first()
    made_up = Offer.objects.filter(provider__is_demo=True)
    return (
        event is not None
        and event.changes == wanted
        and made_up.exists()
        # After an upgrade that adds the search index there are offers that nobody can find.
        and not made_up.filter(index__isnull=True).exists()
    )


def ensure_reference() -> None:
    """Load regions, places and words when the database has none yet."""
    if HelpQuestion.objects.exists() and Municipality.objects.filter(region=REGION).exists():
        return
    from providers.reference import load_reference_data

    load_reference_data()


@transaction.atomic
def load_demo(*, seed: str = DEFAULT_SEED, with_accounts: bool = False) -> None:
    """Replace whatever demo there is by the demo region of today; other data is not touched."""
    ensure_reference()
    kept_ids = remove_demo()
    build = Build(timezone.localdate(), seed, kept_ids)
    content = read_content()
    build_all(content, build)
    add_local_teams(content, build)
    add_client_support()
    add_consults(content, build)
    add_missed(today=build.today, seed=seed)
    add_demand(region=REGION, today=build.today, seed=seed)
    add_history(today=build.today, seed=seed)
    if with_accounts:
        accounts.make_accounts()
    remember(mark(seed=seed))


def remember(loaded: dict[str, Any]) -> None:
    """Write down which demo stands in the database now."""
    region = YouthRegion.objects.get(pk=REGION)
    audit.record(by=None, action=LOADED, subject=region, changes=loaded)
    # So many rows at once: until the engine has counted them it picks poor plans.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@transaction.atomic
def remove_demo() -> dict[str, int]:
    """Remove all that is made up: providers with what hangs on them, signals, searches, history.

    Returns the numbers of the removed providers and offers by their key, to use again.
    """
    offers = Offer.objects.filter(provider__is_demo=True).order_by("pk")
    providers = Provider.objects.filter(is_demo=True).order_by("pk")
    kept = dict(offers.exclude(source="").values_list("external_id", "pk"))
    kept |= dict(providers.exclude(source="").values_list("external_id", "pk"))
    remove_missed()
    remove_demand()
    remove_history()
    remove_client_support()
    offers.update(current_wait=None)
    for ids in _batches(list(offers.values_list("pk", flat=True))):
        _forget("offer", ids)
        Offer.objects.filter(pk__in=ids).delete()
    for part in (Location, Membership):
        parts = part._default_manager.filter(provider__is_demo=True)
        for ids in _batches(list(parts.values_list("pk", flat=True))):
            _forget(str(part._meta.model_name), ids)
    for ids in _batches(list(providers.values_list("pk", flat=True))):
        _forget("provider", ids)
        Provider.objects.filter(pk__in=ids).delete()
    return kept


def _forget(subject_type: str, ids: list[int]) -> None:
    """Remove the events of made-up things: they are no history, and would fill the table."""
    AuditEvent.objects.filter(
        subject_type=subject_type, subject_id__in=[str(number) for number in ids]
    ).delete()


def _batches(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def counts(today: dt.date) -> dict[str, int]:
    """Return how many rows of each kind the demo has, by their Dutch name."""
    offers = Offer.objects.filter(provider__is_demo=True)
    runs = GroupRun.objects.filter(programme__offer__provider__is_demo=True)
    return {
        "aanbieders": Provider.objects.filter(is_demo=True).count(),
        "locaties": Location.objects.filter(provider__is_demo=True).count(),
        "lokale teams": LocalTeam.objects.filter(provider__is_demo=True).count(),
        "soorten aanbod": offers.count(),
        "werkgebieden": ServiceArea.objects.filter(offer__provider__is_demo=True).count(),
        "groepen": GroupProgramme.objects.filter(offer__provider__is_demo=True).count(),
        "groepsrondes": runs.count(),
        "groepsrondes die nog beginnen": runs.upcoming(today).count(),
        "meldingen van belangstelling": Interest.objects.filter(
            programme__offer__provider__is_demo=True
        ).count(),
        "meldingen van gemist aanbod": MissingHelpSignal.objects.filter(
            sender__startswith=SENDER
        ).count(),
        "regels met zoekvragen": Demand.objects.filter(filters=MADE_UP).count(),
        "metingen van wachttijd": WaitTime.objects.filter(offer__provider__is_demo=True).count(),
    }
