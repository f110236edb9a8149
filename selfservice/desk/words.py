"""What a change changed, in words."""

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from providers.enums import DatedFact, HelpKind
from providers.models import (
    AuditEvent,
    ClientSupport,
    CrisisNumber,
    GroupRun,
    LocalTeam,
    Membership,
    Municipality,
    Offer,
    Provider,
    RegionWord,
    ServiceArea,
    WaitTime,
)
from providers.models.municipal.crisis_number import danger_words
from providers.phones import PhoneField, phone_text
from providers.rules.desk.sensitive import AREAS_SET
from providers.services.municipal.agreements import AGREEMENTS_SET, CLOCK, NORM
from providers.services.publishing.areas import AreaTerms
from providers.services.publishing.copies import BROUGHT, LET_GO, TAKEN_BACK
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
    LET_GO: gettext_lazy("losgemaakt als kopie"),
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
    "offer.drafted_from_demand": gettext_lazy("groep gemaakt waar vraag naar is"),
    "offer.referral_set": gettext_lazy("gewijzigd wat bij een verwijzing telt"),
    "offer.restored": gettext_lazy("uit het archief gehaald"),
    "offer.closed": gettext_lazy("voor een tijd dicht"),
    "offer.reopened": gettext_lazy("weer open"),
    "offer.taken_over": gettext_lazy("overgenomen van een lijst"),
    "offer.taken_back": gettext_lazy("aanbod van een lijst teruggenomen"),
    "provider.taken_back": gettext_lazy("organisatie van een lijst teruggenomen"),
    "provider.called": gettext_lazy("gebeld"),
    "provider.reminded": gettext_lazy("gemaild of alles nog klopt"),
    "provider.reminder_failed": gettext_lazy("mail kwam niet aan"),
    "location.added": gettext_lazy("locatie toegevoegd"),
    "location.updated": gettext_lazy("locatie gewijzigd"),
    "location.taken_back": gettext_lazy("locatie teruggenomen"),
    "programme.set": gettext_lazy("groep beschreven"),
    "run.added": gettext_lazy("start van een groep toegevoegd"),
    "run.updated": gettext_lazy("start van een groep gewijzigd"),
    "run.cancelled": gettext_lazy("start van een groep afgezegd"),
    "run.restored": gettext_lazy("start van een groep gaat toch door"),
    "run.taken_back": gettext_lazy("start van een groep teruggenomen"),
    "run.places_restored": gettext_lazy("plekken teruggezet"),
    "membership.granted": gettext_lazy("werkt mee"),
    "membership.changed": gettext_lazy("andere rol"),
    "membership.revoked": gettext_lazy("werkt niet meer mee"),
    "membership.mails": gettext_lazy("koos hoe vaak er mail komt"),
    "invitation.sent": gettext_lazy("uitgenodigd"),
    "invitation.withdrawn": gettext_lazy("uitnodiging ingetrokken"),
    "mailbox.named": gettext_lazy("mailbox van de organisatie genoemd"),
    "account.made_by_invitation": gettext_lazy("account gemaakt na een uitnodiging"),
    "account.email_asked": gettext_lazy("vroeg een ander mailadres"),
    "account.email_changed": gettext_lazy("ander mailadres"),
    "account.password_changed": gettext_lazy("ander wachtwoord"),
    "account.password_reset": gettext_lazy("nieuw wachtwoord via de mail"),
    "account.organisation_linked": gettext_lazy("logt in via een organisatie"),
    "account.organisation_unlinked": gettext_lazy("logt niet meer in via een organisatie"),
    "account.second_step_on": gettext_lazy("logt in met een tweede stap"),
    "account.second_step_off": gettext_lazy("logt in zonder tweede stap"),
    "account.second_step_taken_away": gettext_lazy("tweede stap weggehaald in het beheer"),
    "user.password_set": gettext_lazy("wachtwoord gezet in het beheer"),
    "claim.made": gettext_lazy("vroeg om mee te doen"),
    "claim.asked": gettext_lazy("vraag over een aanvraag gemaild"),
    "claim.approved": gettext_lazy("aanvraag goedgekeurd"),
    "claim.refused": gettext_lazy("aanvraag afgewezen"),
    "tip.given": gettext_lazy("tip gegeven"),
    "tip.goed": gettext_lazy("tip goedgekeurd"),
    "tip.gevraagd": gettext_lazy("vraag over een tip gemaild"),
    "tip.nee": gettext_lazy("tip afgewezen"),
    "change.reviewed": gettext_lazy("wijziging bekeken"),
    "change.asked": gettext_lazy("vraag over een wijziging gemaild"),
    "interest.expressed": gettext_lazy("belangstelling voor een groep"),
    "interest.withdrawn": gettext_lazy("belangstelling ingetrokken"),
    "interest.expired": gettext_lazy("oude belangstelling weggehaald"),
    "missing_help.reported": gettext_lazy("gemeld wat er ontbreekt"),
    "signals.answered": gettext_lazy("antwoord op wat er ontbreekt"),
    "coverage.frozen": gettext_lazy("dekking vastgelegd"),
    "quarter.mailed": gettext_lazy("mail per kwartaal verstuurd"),
    "reported_table.recorded": gettext_lazy("tabel van de regio vastgelegd"),
    "wait_request.opened": gettext_lazy("om wachttijden gevraagd"),
    "wait_request.mailed": gettext_lazy("gemaild om wachttijden"),
    "index.rebuilt": gettext_lazy("zoekindex opnieuw gemaakt"),
    "reference.loaded": gettext_lazy("basisgegevens geladen"),
}
# What the admin did to a row of any kind.
DONE = {
    "created": gettext_lazy("%(what)s toegevoegd"),
    "updated": gettext_lazy("%(what)s gewijzigd"),
    "deleted": gettext_lazy("%(what)s verwijderd"),
}
# Which fields a change names, besides those of what it is about.
BESIDES: tuple[type[models.Model], ...] = (GroupRun, WaitTime, Membership, ServiceArea)
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
    return words_of_action(event.action)


def words_of_action(action: str) -> str:
    """Return the same for the action that an event holds."""
    if action in ACTIONS:
        return str(ACTIONS[action])
    kind, _dot, done = action.partition(".")
    model = _model_of(kind)
    return (
        str(DONE[done] % {"what": model._meta.verbose_name}) if model and done in DONE else action
    )


def _model_of(kind: str) -> type[models.Model] | None:
    return next((model for model in apps.get_models() if model._meta.model_name == kind), None)


def changes_in_words(event: AuditEvent) -> list[tuple[str, str, str]]:
    """Return of each field that any kind of event names the label, and its values before and after.

    Before is empty where the event says only what is so now.
    """
    return [_change_of(event, name, value) for name, value in event.changes.items()]


def _change_of(event: AuditEvent, name: str, value: Any) -> tuple[str, str, str]:
    is_pair = isinstance(value, list) and len(value) == 2
    if event.action in {AREAS_SET, AGREEMENTS_SET} and is_pair:
        return change_words(event.action, name, value)
    field = _field_of(event, name)
    if field is None:
        return name, "", _plain_words(value)
    after = value[1] if is_pair else value
    before = value_words(field, value[0], _names(field, value[0])) if is_pair else ""
    return field_label(field), before, value_words(field, after, _names(field, after))


def _field_of(event: AuditEvent, name: str) -> Any:
    """Return the field that an event names: of what it is about, or of what hangs on that."""
    for model in (_model_of(event.subject_type), *BESIDES):
        if model is not None:
            with suppress(FieldDoesNotExist):
                return model._meta.get_field(name)
    return None


def _plain_words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_plain_words, value))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_plain_words(one)}" for key, one in value.items())
    return _("leeg") if value in (None, "") else str(value)


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
