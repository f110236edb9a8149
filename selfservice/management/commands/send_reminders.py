"""manage.py send_reminders: ask members by mail to keep their offers true."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.models import User
from providers.enums import Role
from providers.services.reminders import Outcome, remind
from selfservice.reminders import people_to_remind, reminders_for
from selfservice.request.reminding import remind_asked


class Command(BaseCommand):
    """Send the mails that are due; run it once a day."""

    help = "Mail members whose offers need a look, in time for an answer before a fact runs out."

    def add_arguments(self, parser: CommandParser) -> None:
        """Allow a look before anything is sent."""
        parser.add_argument("--dry-run", action="store_true", help="only say who would get a mail")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remind each member by a mail of their own, and say how many the server accepted.

        Raises CommandError (exit code 1) when a mail was not accepted; those are tried again.
        """
        counts, today = Counter[Outcome](), timezone.localdate()
        for person in _in_turn(today):
            reminders = reminders_for(person, today=today)
            if not reminders:
                continue
            if options["dry_run"]:
                counts[Outcome.ACCEPTED] += 1
            else:
                counts[remind(by=None, person=person, reminders=reminders)] += 1
        if not options["dry_run"]:
            counts[Outcome.ACCEPTED] += remind_asked(today)
        self.stdout.write(_summary(counts[Outcome.ACCEPTED], dry_run=options["dry_run"]))
        if counts[Outcome.REFUSED]:
            raise CommandError(_refused(counts[Outcome.REFUSED]))


def _in_turn(today: dt.date) -> Iterator[User]:
    """Who edits before who manages: a manager hears it when an editor did not answer."""
    seen: set[int] = set()
    for role in (Role.EDITOR, Role.MANAGER):
        for person in people_to_remind(role, today).order_by("pk").iterator():
            if person.pk not in seen:
                seen.add(person.pk)
                yield person


def _refused(mails: int) -> str:
    words = ngettext(
        "%(n)s mail is niet door de mailserver aangenomen; de volgende keer opnieuw.",
        "%(n)s mails zijn niet door de mailserver aangenomen; de volgende keer opnieuw.",
        mails,
    )
    return words % {"n": mails}


def _summary(mails: int, *, dry_run: bool) -> str:
    if dry_run:
        words = ngettext("%(n)s mail zou weggaan", "%(n)s mails zouden weggaan", mails)
    else:
        words = ngettext("%(n)s mail verstuurd", "%(n)s mails verstuurd", mails)
    return words % {"n": mails}
