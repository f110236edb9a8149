"""The facts that decide a referral, written at once and dated today."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from providers.enums import AlsoTakes, ConfirmedVia, Ternary
from providers.models import CanAlsoTake, Offer, ReferralFacts
from providers.services import audit
from providers.services.confirmations import confirm_offer
from providers.services.index import reindex
from providers.services.offers import EditConflictError

# By fact: the column that dates it.
DATED = {
    "continues_after_18": "continues_stated_on",
    "consult": "consult_stated_on",
    "funding_ends": "funding_stated_on",
}


@transaction.atomic
def set_referral_facts(
    *,
    by: User | None,
    offer: Offer,
    also_takes: Mapping[AlsoTakes, Ternary],
    expected_version: int | None = None,
    confirmed_via: ConfirmedVia | None = None,
    **facts: Any,
) -> Offer:
    """Say what decides a referral; every answer but unknown is stated as of today.

    `facts` are the fields of ReferralFacts that somebody answers. With `expected_version`, raises
    EditConflictError when somebody else saved in between. Raises ValidationError.
    """
    fresh: Offer = Offer.objects.select_for_update().get(pk=offer.pk)
    if expected_version is not None and fresh.version != expected_version:
        raise EditConflictError
    today = timezone.localdate()
    changes = _set_also_takes(fresh, also_takes, today) | _set_facts(fresh, facts, today)
    fresh.version += 1
    fresh.save(update_fields=["version", "updated_at"])
    reindex([fresh.pk])
    audit.record(by=by, action="offer.referral_set", subject=fresh, changes=changes)
    return confirm_offer(by=by, offer=fresh, via=confirmed_via) if confirmed_via else fresh


def _set_also_takes(
    offer: Offer, answers: Mapping[AlsoTakes, Ternary], today: dt.date
) -> dict[str, Any]:
    """Write the answers; returns {condition: [before, after]} of those that changed."""
    before = also_takes_of(offer)
    offer.can_also_take.all().delete()
    CanAlsoTake.objects.bulk_create(
        CanAlsoTake(offer=offer, condition=condition, answer=answer == Ternary.YES, stated_on=today)
        for condition, answer in answers.items()
        if answer != Ternary.UNKNOWN
    )
    return {
        str(condition): [str(before[condition]), str(answer)]
        for condition, answer in answers.items()
        if before[condition] != answer
    }


def _set_facts(offer: Offer, facts: dict[str, Any], today: dt.date) -> dict[str, Any]:
    row = ReferralFacts.objects.filter(offer=offer).first() or ReferralFacts(offer=offer)
    changes = audit.changed_fields(row, facts)
    for name, value in facts.items():
        setattr(row, name, value)
    for name, column in DATED.items():
        is_known = getattr(row, name) != Ternary.UNKNOWN
        setattr(row, column, today if is_known else None)
    row.full_clean()
    row.save()
    return changes


def also_takes_of(offer: Offer) -> dict[AlsoTakes, Ternary]:
    """Return for each condition whether the offer takes somebody with it too."""
    known = {row.condition: row.answer for row in offer.can_also_take.all()}
    return {one: _ternary(known.get(one)) for one in AlsoTakes}


def _ternary(answer: bool | None) -> Ternary:
    if answer is None:
        return Ternary.UNKNOWN
    return Ternary.YES if answer else Ternary.NO
