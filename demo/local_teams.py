"""The local teams of the demo region, and who supports clients in its municipalities."""

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from demo.building import REGION, Build
from demo.content import DemoContentError, DemoProvider, DemoTeam
from providers.models import AuditEvent, ClientSupport, Municipality, PostalArea, YouthRegion
from providers.models.provider import DEMO_MARK
from providers.services.municipal.client_support import set_client_support
from providers.services.municipal.local_teams import save_local_team

CLIENT_SUPPORT = Path(settings.FIXTURES_DIR) / "demo" / "client_support.csv"


def add_local_teams(content: Iterable[DemoProvider], build: Build) -> None:
    """Save the teams of every provider. Raises DemoContentError or ValidationError."""
    region = YouthRegion.objects.get(pk=REGION)
    areas = PostalArea.objects.select_related("municipality")
    known = areas.filter(municipality__region=region).in_bulk()
    for row in content:
        for team in row.local_teams:
            save_local_team(
                by=None,
                region=region,
                postal_areas=[known[code] for code in _served(row.key, team, known)],
                provider=build.providers[row.key],
                name=team.name,
                phone=team.phone,
                consultation_hours=team.consultation_hours,
                wait_weeks=_weeks(team.wait),
                decision_weeks=_weeks(team.decision),
                people_waiting=team.waiting,
                measured_on=None if team.days_ago is None else build.days_ago(team.days_ago),
            )


def _served(key: str, team: DemoTeam, known: dict[str, PostalArea]) -> Iterator[str]:
    """Yield the postcodes that a team serves; of a range those that exist."""
    for written in team.postal_areas:
        first, _dash, last = written.partition("-")
        found = [code for code in known if first <= code <= (last or first)]
        if not found:
            raise DemoContentError(f"{key}: {written} is no postcode of the region")
        yield from found


def _weeks(weeks: float | None) -> Decimal | None:
    return None if weeks is None else Decimal(str(weeks))


def add_client_support() -> None:
    """Say who supports clients, as far as the made-up municipalities told."""
    codes = {one.name: one for one in Municipality.objects.filter(region=REGION)}
    with CLIENT_SUPPORT.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            set_client_support(
                by=None,
                municipality=codes[row["municipality"]],
                name=row["name"] + DEMO_MARK,
                phone=row["phone"],
                website=row["website"],
            )


def remove_client_support() -> None:
    """Remove what is made up, and its events: they are no history."""
    made_up = ClientSupport.objects.filter(name__endswith=DEMO_MARK)
    AuditEvent.objects.filter(
        action="clientsupport.set",
        subject_id__in=list(made_up.values_list("municipality", flat=True)),
    ).delete()
    made_up.delete()
