"""JSON written by orjson: several times faster than the standard library on long lists."""

from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer


def _as_text(value: Any) -> str:
    """Write what JSON does not know, such as a lazy translation, as its text."""
    return str(value)


class JSONRenderer(BaseRenderer):
    """Answers as JSON; bytes are JSON that was written already."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None
    ) -> bytes:
        if isinstance(data, bytes):
            return data
        return b"" if data is None else orjson.dumps(data, default=_as_text)


class GeoJSONRenderer(JSONRenderer):
    """The same JSON under the name that map programs ask for."""

    media_type = "application/geo+json"
    format = "geojson"
