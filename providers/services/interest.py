"""Writes on interest: somebody looks for a group, for so many people, and nothing about them."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from providers.enums import VISIBLE_STATUSES
from providers.models import GroupProgramme, GroupRun, Interest, Offer
from providers.models.audit import ON_NO_PAGE
from providers.models.signals import INTEREST_DAYS
from providers.networks import NOWHERE, Network
from providers.rules.enrolment import StillToCome
from providers.services import audit


@transaction.atomic
def express_interest(
    *,
    by: User | None,
    programme: GroupProgramme,
    run: GroupRun | None = None,
    count: int,
    age_band: str,
    municipality: str,
    sender: str,
    network: Network = NOWHERE,
) -> Interest:
    """Say that somebody has `count` (1-20) people for this group; counts for 60 days.

    `municipality` is a CBS code. Said again by the same sender for the same run, age band and
    municipality it replaces the number: a second tap never counts people twice. One browser or
    network counts for so many people per group and per day (settings.TAP_LIMITS).
    Raises ValidationError; ValueError without a sender.
    """
    if not sender:
        raise ValueError("Interest without a sender could never be taken back.")
    _check_open(programme, run)
    today = timezone.localdate()
    key: dict[str, Any] = {
        "programme": programme,
        "run": run,
        "age_band": age_band,
        "municipality_id": municipality,
        "sender": sender,
    }
    values: dict[str, Any] = {
        "count": count,
        "network": network.on(today),
        "created_on": today,
        "expires_on": today + dt.timedelta(days=INTEREST_DAYS),
    }
    # The constraint is what update_or_create goes by when two taps arrive at once.
    Interest(**key, **values).full_clean(validate_unique=False, validate_constraints=False)
    # One at a time per group: of two taps at once the second has to see the first.
    GroupProgramme.objects.select_for_update().get(pk=programme.pk)
    _check_limits(key, count, network)
    interest, _created = Interest.objects.update_or_create(defaults=values, **key)
    _record(by, "interest.expressed", interest)
    return interest


@transaction.atomic
def withdraw_interest(*, by: User | None, interest: Interest) -> None:
    """Take back what was said, as if it had never been."""
    _record(by, "interest.withdrawn", interest)
    interest.delete()


@transaction.atomic
def remove_expired_interest(*, by: User | None, on: dt.date) -> int:
    """Delete interest that no longer counts on this day; returns how many rows that were."""
    expired = Interest.objects.filter(expires_on__lte=on)
    offers = list(Offer.objects.filter(programme__interest__in=expired).distinct())
    gone, _per_model = expired.delete()
    audit.record_many(by=by, action="interest.expired", subjects=offers, regions=ON_NO_PAGE)
    return gone


def _check_open(programme: GroupProgramme, run: GroupRun | None) -> None:
    if programme.offer.status not in VISIBLE_STATUSES:
        raise ValidationError(_("Deze groep staat niet meer op de kaart."))
    if run is None:
        return
    if run.programme_id != programme.pk:
        raise ValidationError(_("Deze ronde hoort bij een andere groep."))
    if not StillToCome(timezone.localdate()).holds(run):
        raise ValidationError(_("Deze ronde gaat niet door of is al begonnen."))


def _check_limits(key: dict[str, Any], count: int, network: Network) -> None:
    """Refuse what makes one browser or network speak for more people than one referrer knows."""
    today, limits = timezone.localdate(), settings.TAP_LIMITS
    others = Interest.objects.current(today).exclude(**key)
    rows = others.values_list("programme", "sender", "network", "created_on", "count")
    mine = [
        (group, day, people)
        for group, sender, hashed, day, people in rows.filter(
            Q(sender=key["sender"]) | Q(programme=key["programme"]) | Q(created_on=today)
        )
        if sender == key["sender"] or network.is_in([(hashed, day)])
    ]
    here = sum(people for group, _day, people in mine if group == key["programme"].pk)
    if here + count > limits["people_a_group"]:
        raise ValidationError(_too_many(limits["people_a_group"], _("voor deze groep")))
    if sum(people for _group, day, people in mine if day == today) + count > limits["people_a_day"]:
        raise ValidationError(_too_many(limits["people_a_day"], _("op één dag")))


def _too_many(most: float, what: str) -> str:
    text = _(
        "Van één plek tellen %(what)s ten hoogste %(n)s mensen mee. Bel de aanbieder als het "
        "er meer zijn."
    )
    return text % {"what": what, "n": int(most)}


def _record(by: User | None, action: str, interest: Interest) -> None:
    """Write what changed for the group: not by whom it came, nor age or municipality."""
    audit.record(
        by=by,
        action=action,
        subject=interest.programme.offer,
        changes={"run": interest.run_id, "count": interest.count},
        regions=ON_NO_PAGE,
    )
