"""Who may take in lists, and see what came of them."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from importing.models import ImportRun, ListSource
from providers.models import YouthRegion
from providers.permissions import Right, desk_regions


def regions_of(user: User | AnonymousUser) -> QuerySet[YouthRegion]:
    """Return the regions for which this person may take in lists: those of their desk."""
    return desk_regions(user, Right.WRITE)


def lists_of(user: User | AnonymousUser) -> QuerySet[ListSource]:
    """Return the lists that this person may take in once more."""
    return ListSource.objects.filter(region__in=regions_of(user))


def runs_of(user: User | AnonymousUser) -> QuerySet[ImportRun]:
    """Return the imports that this person may look at and undo."""
    return ImportRun.objects.filter(source__in=lists_of(user).values("code"))
