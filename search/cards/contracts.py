"""Who pays in a municipality and until when, in words."""

import datetime as dt

from django.utils import formats
from django.utils.translation import gettext as _

from providers.enums import ContractStatus
from providers.languages import cached_per_language
from providers.models import ServiceArea
from providers.rules.contract import ends_before_start
from providers.rules.start import StartFacts

# Somebody else than the family pays by agreement, for as long as that lasts.
WITH_CONTRACT = {ContractStatus.CONTRACTED, ContractStatus.SUBCONTRACTOR}


def contract_warning(area: ServiceArea | None, start: StartFacts) -> str:
    """Return that a contract ends before the help can start; empty when it does not."""
    if area is None or area.ends_on is None or not ends_before_start(area.ends_on, start):
        return ""
    words = {"day": _day(area.ends_on, start.today)}
    if ContractStatus(area.contract) in WITH_CONTRACT:
        return _("let op: contract t/m %(day)s") % words
    return _("let op: aanbod t/m %(day)s") % words


def contract_sentences(area: ServiceArea | None, start: StartFacts) -> list[str]:
    """Return the same for a family, with what to ask."""
    if area is None or area.ends_on is None or not ends_before_start(area.ends_on, start):
        return []
    words = {"day": _day(area.ends_on, start.today)}
    if ContractStatus(area.contract) in WITH_CONTRACT:
        warning = _("Let op: het contract met de gemeente loopt tot en met %(day)s.") % words
    else:
        warning = _("Let op: in deze gemeente is dit er tot en met %(day)s.") % words
    return [warning, _("Vraag of het daarna ook kan.")]


def _day(on: dt.date, today: dt.date) -> str:
    return formats.date_format(on, "j F" if on.year == today.year else "j F Y")


def contract_words(area: ServiceArea | None) -> str:
    """Return whether this municipality pays for it, and until when."""
    if area is None:
        return ""
    return _contract_words(ContractStatus(area.contract), area.municipality.name, area.ends_on)


@cached_per_language(4000)
def _contract_words(status: ContractStatus, municipality: str, ends_on: dt.date | None) -> str:
    if status in {ContractStatus.FREE, ContractStatus.UNKNOWN}:
        return str(status.label)
    words = _("%(status)s in %(municipality)s") % {
        "status": status.label,
        "municipality": municipality,
    }
    if ends_on and status is not ContractStatus.NONE:
        day = formats.date_format(ends_on, "j F Y")
        return _("%(words)s tot en met %(day)s") % {"words": words, "day": day}
    return words
