"""manage.py send_quarter_mails: what changed in the quarter that ended, to who asked for it."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from gaps.demand.quarter import Quarter, mail_for
from providers.models import Membership
from providers.services.policy.quarter_mails import send_quarter_mail
from providers.services.reminders import Outcome


class Command(BaseCommand):
    """Mail each member who asked for it, once a quarter; run it daily."""

    help = _("Mailt wie dat wil wat er in het afgelopen kwartaal veranderde. Nooit twee keer.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help=_("zeg alleen hoeveel"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Send; raises CommandError (exit code 1) when a mail was not accepted."""
        quarter = Quarter.before(timezone.localdate())
        due = Membership.objects.wants_quarter(quarter.code).filter(region__isnull=True)
        rows = due.select_related("user", "municipality", "provider").order_by("pk")
        if options["dry_run"]:
            self.stdout.write(_("%(n)s mails zouden weggaan") % {"n": rows.count()})
            return
        counts = Counter(
            send_quarter_mail(by=None, membership=row, mail=mail_for(row, quarter)) for row in rows
        )
        self.stdout.write(_("%(n)s mails verstuurd") % {"n": counts[Outcome.ACCEPTED]})
        if counts[Outcome.REFUSED]:
            raise CommandError(
                _("%(n)s mails niet aangenomen; de volgende keer opnieuw.")
                % {"n": counts[Outcome.REFUSED]}
            )
