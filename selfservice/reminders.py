"""What a member is reminded of: the same needs, by the same clocks, as in the portal."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from providers.emails import Reminder
from providers.models import Membership
from providers.permissions import MAY_WRITE
from providers.rules.freshness import Freshness
from providers.services.reminders import reminded_before
from selfservice.links import confirm_link
from selfservice.portal import ProviderPart, parts_of


def people_to_remind(today: dt.date) -> QuerySet[User]:
    """Return the members who may write and were not reminded lately of all their providers."""
    rows = Membership.objects.active(*MAY_WRITE).not_reminded_since(reminded_before(today))
    return User.objects.filter(memberships__in=rows.filter(provider__isnull=False)).distinct()


def reminders_for(person: User, *, today: dt.date) -> list[Reminder]:
    """Return a reminder per provider of which something everybody sees needs a look."""
    parts = [part for part in parts_of(person, today=today) if part.may_write]
    found = [(part, _needs(part)) for part in parts]
    return [
        Reminder(part.provider, needs, confirm_link(person, part.provider))
        for part, needs in found
        if needs
    ]


def _needs(part: ProviderPart) -> tuple[str, ...]:
    visible = [row for row in part.rows if row.is_visible]
    lines = [f"{row.offer.title}: {', '.join(row.needs)}" for row in visible if row.needs]
    if visible and part.contact.state is not Freshness.FRESH:
        lines.insert(0, _("uw contactgegevens"))
    return tuple(lines)
