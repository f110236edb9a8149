"""What a member is reminded of; when and of what, providers.rules.clocks says.

Who edits is asked first. Who manages the organisation is asked once an editor did not answer
within REMINDER_ANSWER_DAYS and something ran out, or when there is no editor.
"""

import datetime as dt

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from providers.emails import Reminder
from providers.enums import DatedFact, Role
from providers.models import Membership
from providers.rules.availability import stop_is_over
from providers.rules.clocks import calls_for_mail, days_between_mails, is_asked_for
from providers.rules.freshness import Clocks
from providers.services.reminders import may_be_mailed, remind
from selfservice.insight.uses import news_of
from selfservice.links import confirm_link, holder_before
from selfservice.portal import OfferRow, ProviderPart, parts_of

# A mail about one provider tells of a member's others too, unless they were just mailed about it:
# so that all of them come in one mail from then on.
DAYS_BEFORE_TOLD_ALONG = 7


def people_to_remind(role: Role, today: dt.date) -> QuerySet[User]:
    """Return the members in this role whom a mail about a provider may ask today."""
    soonest = today - dt.timedelta(days=days_between_mails(has_open_run=True) - 1)
    rows = Membership.objects.active(role).may_get_mail().not_reminded_since(soonest)
    return User.objects.filter(memberships__in=rows.filter(provider__isnull=False)).distinct()


def reminders_for(person: User, *, today: dt.date) -> list[Reminder]:
    """Return a reminder per provider once a fact of one of them calls for a mail."""
    parts = [part for part in parts_of(person, today=today) if part.may_write]
    urgent = {
        part.provider.pk
        for part in parts
        if may_be_mailed(part.membership, part.days_between_mails, today)
        and _is_urgent(part, today)
    }
    if not urgent:
        return []
    found = [
        Reminder(
            part.provider,
            _needs(part, today),
            confirm_link(person, part.provider),
            part.days_between_mails if part.provider.pk in urgent else DAYS_BEFORE_TOLD_ALONG,
            news_of(part.provider, today),
        )
        for part in parts
        if part.provider.pk in urgent or not _editors(part)
    ]
    return [one for one in found if one.needs]


def send_new_link(token: str) -> None:
    """Mail a new link to whom this one was made for, once a day, if they may still write."""
    holder = holder_before(token)
    if holder is None:
        return
    person, today = holder.user, timezone.localdate()
    (part,) = parts_of(person, today=today, only=holder.provider)
    link = confirm_link(person, holder.provider)
    about = Reminder(holder.provider, _needs(part, today), link, days_between=1)
    remind(by=person, person=person, reminders=[about])


def _is_urgent(part: ProviderPart, today: dt.date) -> bool:
    editors = _editors(part)
    if not editors:
        return _calls_for_mail(part, today)
    asked = max((row.reminded_on for row in editors if row.reminded_on), default=None)
    if asked and (today - asked).days < settings.REMINDER_ANSWER_DAYS:
        return False
    return _ran_out(part, today)


def _editors(part: ProviderPart) -> list[Membership]:
    """The colleagues who are asked before this member; none for who edits."""
    if part.membership.role != Role.MANAGER:
        return []
    rows = Membership.objects.active(Role.EDITOR).may_get_mail()
    return list(rows.filter(provider=part.provider))


def _calls_for_mail(part: ProviderPart, today: dt.date) -> bool:
    reported = any(row.reported or row.wrong for row in part.visible_rows)
    return reported or any(map(calls_for_mail, _days_left(part, today)))


def _ran_out(part: ProviderPart, today: dt.date) -> bool:
    return any(left < 0 for left in _days_left(part, today))


def _days_left(part: ProviderPart, today: dt.date) -> list[int]:
    rows = part.visible_rows
    left = [fact.days_left for row in rows for fact in row.facts]
    if rows:
        left.append(_contact_days_left(part, today))
    return left


def _contact_days_left(part: ProviderPart, today: dt.date) -> int:
    return Clocks(today).days_left(DatedFact.CONTACT, part.provider.confirmed_on)


def _needs(part: ProviderPart, today: dt.date) -> tuple[str, ...]:
    rows = [(row, _words(part, row, today)) for row in part.visible_rows]
    lines = [f"{row.offer.title}: {', '.join(words)}" for row, words in rows if words]
    clock, between = Clocks(today).days(DatedFact.CONTACT), part.days_between_mails
    left = _contact_days_left(part, today)
    if rows and is_asked_for(left, clock=clock, between_mails=between):
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
    asked = [text for kind, text in words.items() if kind in open_kinds]
    return [*reported, *asked, *filter(None, [row.news_of_ending])]
