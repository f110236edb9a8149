"""Undo an import in one step."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from importing.models import ImportRun
from importing.pipeline.refusal import ImportRefused
from providers.services.files.removal import Removal, remove_untouched


@transaction.atomic
def undo(*, run: ImportRun, by: User | None) -> Removal:
    """Take back what ``run`` brought; what somebody has changed since stays.

    Raises ImportRefused for a run that was undone before, or cannot be.
    """
    fresh = ImportRun.objects.select_for_update().get(pk=run.pk)
    if fresh.undone_at:
        raise ImportRefused(_("Deze import is al teruggedraaid."))
    if not fresh.made:
        raise ImportRefused(_("Van deze import is niet bewaard wat er nieuw was."))
    removal = remove_untouched(by=by, since=fresh.created_at, **fresh.made)
    fresh.undone_at, fresh.undone_by = timezone.now(), by
    fresh.save(update_fields=["undone_at", "undone_by"])
    return removal
