"""manage.py remove_expired: delete what no longer counts and was never meant to be kept."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.log_ins.record import remove_old_log_ins
from providers.services.interest import remove_expired_interest
from providers.services.joining.claims import remove_old_claims
from providers.services.joining.invitations import remove_old_invitations
from providers.services.policy.demand import make_months
from providers.services.policy.offer_use import remove_old_uses
from providers.services.signals import forget_networks


class Command(BaseCommand):
    """Delete expired interest, invitations and log-ins, and what tells networks apart.

    Days of demand become months, and what is known of the use of offers ends after two years.

    Run it daily.
    """

    help = _("Verwijdert belangstelling voor groepen die verlopen is (na 60 dagen).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete, and say how much that was."""
        remove_old_invitations(on=timezone.now())
        remove_old_log_ins(on=timezone.now())
        remove_old_claims(on=timezone.now())
        make_months(by=None, on=timezone.localdate())
        remove_old_uses(by=None, on=timezone.localdate())
        forget_networks(on=timezone.localdate())
        gone = remove_expired_interest(by=None, on=timezone.localdate())
        self.stdout.write(_("%(n)s verlopen meldingen van belangstelling verwijderd") % {"n": gone})
