"""manage.py send_reminders: ask members by mail to keep their offers true."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import ngettext

from providers.services.reminders import remind
from selfservice.reminders import people_to_remind, reminders_for


class Command(BaseCommand):
    """Send the mails that are due; run it once a day."""

    help = "Mail members whose offers need a look, each at most once in REMINDER_DAYS."

    def add_arguments(self, parser: CommandParser) -> None:
        """Allow a look before anything is sent."""
        parser.add_argument("--dry-run", action="store_true", help="only say who would get a mail")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remind each member by a mail of their own, and say how many that were."""
        sent, today = 0, timezone.localdate()
        for person in people_to_remind(today).order_by("pk").iterator():
            reminders = reminders_for(person, today=today)
            if options["dry_run"]:
                sent += bool(reminders)
            elif reminders:
                sent += bool(remind(by=None, person=person, reminders=reminders))
        self.stdout.write(_told(sent, dry_run=options["dry_run"]))


def _told(mails: int, *, dry_run: bool) -> str:
    if dry_run:
        words = ngettext("%(n)s mail zou weggaan", "%(n)s mails zouden weggaan", mails)
    else:
        words = ngettext("%(n)s mail verstuurd", "%(n)s mails verstuurd", mails)
    return words % {"n": mails}
