"""What is in the database, and how old it is."""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.utils import timezone

from providers.enums import DatedFact
from providers.models import Municipality, Offer
from providers.reference import loaded_outlines
from providers.rules.freshness import still_counts
from socialekaart.site import health
from socialekaart.site.readiness.finding import Finding, fault, good, note

# Under this share of offers that somebody confirmed, visitors see more grey than facts.
FRESH_SHARE = 0.5


def data() -> Iterator[Finding]:
    """Look at the database; without one, or with tables of another version, at nothing else."""
    if not health.database_answers():
        yield fault("database", "De database antwoordt niet. Klopt DATABASE_URL, en draait hij?")
        return
    yield good("database", f"{connection.vendor} antwoordt.")
    if not health.is_migrated():
        yield fault("migraties", "De tabellen zijn van een andere versie: draai manage.py migrate.")
        return
    yield good("migraties", "Alle migraties zijn gedraaid.")
    yield _region()
    yield _index()
    yield _outlines()
    yield _offers()


def _region() -> Finding:
    count = Municipality.objects.filter(region=settings.REGION_CODE).count()
    if not count:
        return fault(
            "regio",
            f"Van regio {settings.REGION_CODE} staat geen gemeente in de database: "
            "draai manage.py load_reference.",
        )
    return good("regio", f"{settings.REGION_NAME} ({settings.REGION_CODE}), {count} gemeenten.")


def _index() -> Finding:
    if health.is_indexed():
        return good("zoekindex", "Al het zichtbare aanbod is te vinden.")
    return fault("zoekindex", "Er is aanbod dat niemand vindt: draai manage.py rebuild_index.")


def _outlines() -> Finding:
    if loaded_outlines().is_file():
        return good("gemeentegrenzen", "De officiële grenzen zijn geladen.")
    return note(
        "gemeentegrenzen",
        "De kaart toont schetsen. Officiële grenzen: manage.py load_boundaries.",
    )


def _offers() -> Finding:
    offers = Offer.objects.visible()
    total = offers.count()
    if not total:
        return note(
            "aanbod",
            "Er staat nog geen aanbod op de kaart. Lees een lijst in (manage.py import_list), of "
            f"nodig organisaties uit op {settings.SITE_URL.rstrip('/')}/regio/.",
        )
    counts = still_counts("confirmed_on", DatedFact.OFFER, timezone.localdate())
    share = offers.filter(counts).count() / total
    sentence = f"{share:.0%} van {total} keer aanbod is op tijd bevestigd."
    if share < FRESH_SHARE:
        return note("aanbod", f"{sentence} Vraag aanbieders om het bij te werken.")
    return good("aanbod", sentence)
