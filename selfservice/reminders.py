"""What a member is reminded of; when and of what, providers.rules.clocks says."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from providers.emails import Reminder
from providers.enums import DatedFact
from providers.models import Membership
from providers.permissions import Right, roles_with
from providers.rules.availability import stop_is_over
from providers.rules.clocks import calls_for_mail, is_asked_for
from providers.rules.freshness import Clocks
from providers.services.reminders import may_be_mailed
from selfservice.links import confirm_link
from selfservice.portal import OfferRow, ProviderPart, parts_of

# A mail about one provider tells of a member's others too, unless they were just mailed about it:
# so that all of them come in one mail from then on.
DAYS_BEFORE_TOLD_ALONG = 7


def people_to_remind(today: dt.date) -> QuerySet[User]:
    """Return the members who may write for a provider and were not mailed about it today."""
    rows = Membership.objects.active(*roles_with(Right.WRITE)).not_reminded_since(today)
    return User.objects.filter(memberships__in=rows.filter(provider__isnull=False)).distinct()


def reminders_for(person: User, *, today: dt.date) -> list[Reminder]:
    """Return a reminder per provider once a fact of one of them calls for a mail."""
    rows = Membership.objects.of(person).filter(provider__isnull=False)
    member_of = {row.provider_id: row for row in rows}
    parts = [part for part in parts_of(person, today=today) if part.may_write]
    urgent = {
        part.provider.pk
        for part in parts
        if _is_urgent(part, today)
        and may_be_mailed(member_of[part.provider.pk], part.days_between_mails, today)
    }
    if not urgent:
        return []
    found = [
        Reminder(
            part.provider,
            _needs(part, today),
            confirm_link(person, part.provider),
            part.days_between_mails if part.provider.pk in urgent else DAYS_BEFORE_TOLD_ALONG,
        )
        for part in parts
    ]
    return [one for one in found if one.needs]


def _is_urgent(part: ProviderPart, today: dt.date) -> bool:
    rows = part.visible_rows
    left = [fact.days_left for row in rows for fact in row.facts]
    if rows:
        left.append(_contact_days_left(part, today))
    return any(map(calls_for_mail, left)) or any(row.reported or row.wrong for row in rows)


def _contact_days_left(part: ProviderPart, today: dt.date) -> int:
    return Clocks(today).days_left(DatedFact.CONTACT, part.provider.confirmed_on)


def _needs(part: ProviderPart, today: dt.date) -> tuple[str, ...]:
    rows = [(row, _words(part, row, today)) for row in part.visible_rows]
    lines = [f"{row.offer.title}: {', '.join(words)}" for row, words in rows if words]
    between = part.days_between_mails
    if rows and is_asked_for(_contact_days_left(part, today), between_mails=between):
        lines.insert(0, _("uw contactgegevens"))
    return tuple(lines)


def _words(part: ProviderPart, row: OfferRow, today: dt.date) -> list[str]:
    open_kinds = {fact.kind for fact in part.asked_facts(row)}
    wait = _("wachttijd")
    if stop_is_over(row.offer, today):
        wait = _("de aanmeldstop is voorbij")
    words = {
        DatedFact.WAIT: wait,
        DatedFact.PLACES: _("vrije plekken"),
        DatedFact.OFFER: _("klopt alles nog?"),
    }
    reported = [_("meldingen van verwijzers")] if row.reported or row.wrong else []
    return reported + [text for kind, text in words.items() if kind in open_kinds]
