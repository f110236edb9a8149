"""The headers that every answer carries, as the OpenAPI document describes them."""

from typing import Any

HEADERS = {
    "API-Version": ("string", "Volledig versienummer van de API, zoals 1.0.0."),
    "ETag": ("string", "Kenmerk van dit antwoord; stuur het terug als If-None-Match."),
    "Last-Modified": ("string", "Wanneer er voor het laatst iets veranderde."),
    "RateLimit-Limit": ("integer", "Zoveel vragen mag een netwerk per minuut stellen."),
    "RateLimit-Remaining": ("integer", "Zoveel vragen kunnen er nu nog."),
    "RateLimit-Reset": ("integer", "Na zoveel seconden kan er een vraag bij."),
}
ON_SUCCESS = ("ETag", "Last-Modified")
POINTS = {"Content-Crs": ("string", "Coördinatenstelsel van de punten: CRS84.")}
GEOJSON = "application/geo+json"


def describe_headers(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """Add the headers to each answer in the document; called by its generator."""
    for operations in result["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                response["headers"] = _headers_of(status, response)
    return result


def _headers_of(status: str, response: dict[str, Any]) -> dict[str, Any]:
    success = status.startswith("2")
    wanted = HEADERS | (POINTS if GEOJSON in response.get("content", {}) else {})
    return {
        name: {"schema": {"type": kind}, "description": text}
        for name, (kind, text) in wanted.items()
        if success or name not in ON_SUCCESS
    }
