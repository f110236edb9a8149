"""Whom to call when a question names danger. Texts and numbers are data."""

import functools
from dataclasses import dataclass

from django.conf import settings

from providers.models import CrisisNumber, Municipality
from providers.phones import phone_text
from providers.reference import vocabulary_rows
from providers.vocabulary.choices import choices
from providers.vocabulary.text.memory import Cached
from providers.vocabulary.text.watch import depends_on_vocabulary

# The line of a region as it is called where no number of its own is known.
ANY_REGION = "*"
# Before the number of the region: 112, and the line for this danger.
FIRST = 2
SECONDS = 60


@dataclass(frozen=True, slots=True)
class EmergencyLine:
    """Somebody to call; `number` and `url` may be empty.

    `region` is the code of the youth region it is for, ANY_REGION, or empty: the whole country.
    `for_referrers` is the number that referrers call, with when it is answered in `hours`.
    """

    label: str
    number: str
    text: str
    url: str
    region: str = ""
    for_referrers: str = ""
    hours: str = ""

    @property
    def is_of_region(self) -> bool:
        """Whether it is the number of one region: the one that who refers needs at hand."""
        return self.region not in {"", ANY_REGION}


def emergency_lines(
    kind: str, region: str = "", service: EmergencyLine | None = None
) -> tuple[EmergencyLine, ...]:
    """Return whom to call for a kind of danger, first one first; none for an unknown kind.

    `region` is the code of the youth region in view. What its desk wrote stands third, else its
    lines in the file, in place of the line without a number; without any the `service` that the
    catalogue knows stands there.
    """
    lines = _by_kind().get(kind, ())
    own = _of_desks.get().get((region, kind), ()) if lines and region else ()
    own = own or tuple(line for line in lines if line.is_of_region and line.region == region)
    if lines and service and not own:
        own = (service,)
    others = tuple(line for line in lines if line.region in ({""} if own else {"", ANY_REGION}))
    return (*others[:FIRST], *own, *others[FIRST:])


def region_of(municipality: str | None) -> str:
    """Return the code of the youth region of a municipality, or of the one this site is for."""
    row = choices(Municipality).get(municipality) if municipality else None
    return str(row.region_id) if row else settings.REGION_CODE


def heed_changes(version: str) -> None:
    """Look at the numbers of desks again when anything was written since, in any process.

    `version` is that of the catalogue of the whole country, read before the page is made.
    """
    _of_desks.heed(version)


@functools.cache
def _by_kind() -> dict[str, tuple[EmergencyLine, ...]]:
    found: dict[str, list[EmergencyLine]] = {}
    for row in vocabulary_rows("emergency_lines"):
        line = EmergencyLine(*(row[name] for name in ("label", "number", "text", "url", "region")))
        for kind in row["kind"].split("|"):
            found.setdefault(kind, []).append(line)
    return {kind: tuple(lines) for kind, lines in found.items()}


# --- what the desks of regions wrote, cached in memory -------------------------------------------


def _numbers() -> tuple[tuple[object, ...], ...]:
    return tuple(CrisisNumber.objects.order_by("id").values_list())


def _build() -> dict[tuple[str, str], tuple[EmergencyLine, ...]]:
    found: dict[tuple[str, str], list[EmergencyLine]] = {}
    for number in CrisisNumber.objects.order_by("id"):
        for kind in number.kinds:
            found.setdefault((number.region_id, kind), []).append(_line_of(number))
    return {key: tuple(lines) for key, lines in found.items()}


def _line_of(number: CrisisNumber) -> EmergencyLine:
    return EmergencyLine(
        label=number.label,
        number=phone_text(number.phone),
        text=number.text,
        url=number.website,
        region=number.region_id,
        for_referrers=number.referrer_phone,
        hours=number.hours,
    )


_of_desks = depends_on_vocabulary(
    Cached("crisis-numbers", seconds=SECONDS, fingerprint=_numbers, build=_build)
)
