"""What a change changed, in words."""

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from providers.enums import DatedFact, HelpKind
from providers.models import (
    AuditEvent,
    ClientSupport,
    CrisisNumber,
    LocalTeam,
    Municipality,
    Offer,
    Provider,
    RegionWord,
)
from providers.models.municipal.crisis_number import danger_words
from providers.phones import PhoneField, phone_text
from providers.rules.desk.sensitive import AREAS_SET
from providers.services.municipal.agreements import AGREEMENTS_SET, CLOCK, NORM
from providers.services.publishing.areas import AreaTerms
from providers.services.publishing.copies import BROUGHT, TAKEN_BACK
from selfservice.offers.areas.words import terms_words

ACTIONS = {
    "offer.created": gettext_lazy("aanbod gemaakt"),
    "offer.updated": gettext_lazy("aanbod gewijzigd"),
    "offer.published": gettext_lazy("gepubliceerd"),
    "offer.archived": gettext_lazy("gearchiveerd"),
    "offer.confirmed": gettext_lazy("bevestigd"),
    "offer.copied": gettext_lazy("gekopieerd"),
    BROUGHT: gettext_lazy("overgenomen bij andere plekken"),
    TAKEN_BACK: gettext_lazy("teruggedraaid bij andere plekken"),
    "offer.reported": gettext_lazy("melding van een verwijzer"),
    "offer.area_set": gettext_lazy("gemeente gewijzigd"),
    AREAS_SET: gettext_lazy("gemeenten gewijzigd"),
    AGREEMENTS_SET: gettext_lazy("afspraken van de regio gewijzigd"),
    "provider.created": gettext_lazy("organisatie gemaakt"),
    "provider.updated": gettext_lazy("gegevens van de organisatie gewijzigd"),
    "provider.confirmed": gettext_lazy("gegevens bevestigd"),
    "provider.merged": gettext_lazy("samengevoegd"),
    "listsource.created": gettext_lazy("lijst toegevoegd"),
    "listsource.updated": gettext_lazy("lijst anders gelezen"),
    "provider.merged_away": gettext_lazy("opgegaan in een andere organisatie"),
    "provider.merge_undone": gettext_lazy("samenvoeging ongedaan gemaakt"),
    "wait.recorded": gettext_lazy("wachttijd doorgegeven"),
    "wait.retracted": gettext_lazy("wachttijd teruggenomen"),
    "run.places": gettext_lazy("plekken doorgegeven"),
    "crisisnumber.created": gettext_lazy("crisisnummer toegevoegd"),
    "crisisnumber.updated": gettext_lazy("crisisnummer gewijzigd"),
    "crisisnumber.deleted": gettext_lazy("crisisnummer weggehaald"),
    "regionword.created": gettext_lazy("woord van de regio toegevoegd"),
    "regionword.deleted": gettext_lazy("woord van de regio weggehaald"),
    "localteam.created": gettext_lazy("lokaal team toegevoegd"),
    "localteam.updated": gettext_lazy("lokaal team gewijzigd"),
    "localteam.deleted": gettext_lazy("lokaal team weggehaald"),
    "clientsupport.set": gettext_lazy("cliëntondersteuning gewijzigd"),
}
MODELS: dict[str, type[models.Model]] = {
    "offer": Offer,
    "provider": Provider,
    "clientsupport": ClientSupport,
    "crisisnumber": CrisisNumber,
    "localteam": LocalTeam,
    "regionword": RegionWord,
}


def action_words(event: AuditEvent) -> str:
    """Return what was done; an action without words of ours by its own name."""
    return str(ACTIONS.get(event.action, event.action))


def change_words(action: str, name: str, pair: list[Any]) -> tuple[str, str, str]:
    """Return the label of a field, and its values before and after."""
    before, after = pair
    if action == AREAS_SET:
        place = Municipality.objects.filter(pk=name).first()
        return str(place or name), _terms_words(name, before), _terms_words(name, after)
    if action == AGREEMENTS_SET:
        return agreement_words(name), _agreed_words(before), _agreed_words(after)
    field = MODELS[action.partition(".")[0]]._meta.get_field(name)
    names = _names(field, before) | _names(field, after)
    return field_label(field), value_words(field, before, names), value_words(field, after, names)


def field_label(field: Any) -> str:
    """Return what a field is called, as a label."""
    label = str(getattr(field, "verbose_name", field.name))
    return label[:1].upper() + label[1:]


def agreement_words(name: str) -> str:
    """Return what a clock or a norm is about."""
    if name.startswith(CLOCK):
        return _("Dagen geldig: %(what)s") % {"what": DatedFact(name.removeprefix(CLOCK)).label}
    return _("Norm: %(what)s") % {"what": HelpKind(name.removeprefix(NORM)).label}


def _agreed_words(value: Any) -> str:
    if value is None:
        return _("leeg")
    if isinstance(value, dict):
        weeks = formats.number_format(value["weeks"], use_l10n=True)
        return _("%(weeks)s weken (%(source)s)") % {"weeks": weeks, "source": value["source"]}
    return str(value)


def _terms_words(municipality: str, stored: Any) -> str:
    return terms_words(AreaTerms.from_json(municipality, stored) if stored else None)


def _names(field: Any, value: Any) -> dict[str, str]:
    if not isinstance(value, list) or field.related_model is None:
        return {}
    return {str(row.pk): str(row) for row in field.related_model.objects.filter(pk__in=value)}


def value_words(field: Any, value: Any, names: Mapping[str, str]) -> str:
    """Return a value of a field as an audit row has it; `names` are of what it links to."""
    if value in (None, "", []):
        return _("leeg")
    if field.model is CrisisNumber and field.name == "dangers":
        return danger_words(value)
    if isinstance(field, PhoneField):
        return phone_text(value)
    if isinstance(field, models.ForeignKey):
        return str(field.related_model._default_manager.filter(pk=value).first() or value)
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, list):
        return ", ".join(names.get(str(pk), str(pk)) for pk in value)
    return _measured_words(field, str(value)) or str(dict(field.flatchoices).get(value, value))


def _measured_words(field: Any, value: str) -> str:
    """Return a number or a day as people write it; empty for what is none, as in old events."""
    with suppress(ValueError, ArithmeticError):
        if isinstance(field, models.DecimalField):
            return formats.number_format(Decimal(value).normalize(), use_l10n=True)
        if type(field) is models.DateField:
            return formats.date_format(dt.date.fromisoformat(value), "j F Y")
    return ""
