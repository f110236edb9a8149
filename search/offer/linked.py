"""An offer as linked data (schema.org), for search engines: a service, and the groups that start.

It stands in the page as data, which no browser runs; the security policy asks nothing of it.
"""

import json
from typing import Any

from django.conf import settings

from providers.models import GroupRun
from search.offer.detail import OfferDetail, is_current

CONTEXT = "https://schema.org"
# Within a script element nothing may end it, or begin another.
SAFE = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


def linked_data(detail: OfferDetail) -> str:
    """Return the JSON-LD of an offer, safe within a script element."""
    found = [_service(detail), *(_event(detail, run) for run in detail.coming)]
    return json.dumps({"@context": CONTEXT, "@graph": found}, ensure_ascii=False).translate(SAFE)


def _service(detail: OfferDetail) -> dict[str, Any]:
    offer = detail.offer
    areas = [area for area in offer.service_areas.all() if is_current(area, detail.today)]
    return _without_blanks(
        {
            "@type": "Service",
            "@id": _absolute(offer.get_absolute_url()),
            "url": _absolute(offer.get_absolute_url()),
            "name": offer.title,
            "description": offer.summary,
            "provider": _organisation(detail),
            "areaServed": [
                {"@type": "AdministrativeArea", "name": area.municipality.name} for area in areas
            ],
            "audience": _without_blanks(
                {
                    "@type": "PeopleAudience",
                    "suggestedMinAge": offer.age_min,
                    "suggestedMaxAge": offer.age_max,
                }
            ),
        }
    )


def _event(detail: OfferDetail, run: GroupRun) -> dict[str, Any]:
    town = run.location.town if run.location else ""
    return _without_blanks(
        {
            "@type": "Event",
            "name": detail.offer.title,
            "startDate": run.starts_on.isoformat(),
            "url": _absolute(detail.offer.get_absolute_url()),
            "organizer": _organisation(detail),
            "location": {"@type": "Place", "name": town, "address": town} if town else None,
        }
    )


def _organisation(detail: OfferDetail) -> dict[str, Any]:
    provider = detail.offer.provider
    return _without_blanks(
        {
            "@type": "Organization",
            "name": provider.name,
            "url": provider.website or _absolute(provider.get_absolute_url()),
        }
    )


def _without_blanks(found: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def _absolute(path: str) -> str:
    return settings.SITE_URL.rstrip("/") + path
