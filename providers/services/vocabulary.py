"""Writes on the vocabulary; the search and its index follow."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import models, transaction
from django.db.models import Q

from accounts.models import User
from providers.models import HelpQuestion, Offer, TargetGroup
from providers.services import audit
from providers.services.index import reindex
from providers.vocabulary.csv_file import Change, Plan
from providers.vocabulary.text.watch import forget_vocabulary


@transaction.atomic
def apply_plan(*, by: User | None, plan: Plan) -> int:
    """Carry out the changes of a file, all or nothing; returns how many.

    Raises ValueError for a plan with problems.
    """
    if plan.problems:
        msg = "A plan with problems cannot be carried out."
        raise ValueError(msg)
    by_model: dict[type[models.Model], list[Change]] = defaultdict(list)
    for change in plan.changes:
        by_model[type(change.instance)].append(change)
    for model, changes in by_model.items():
        _write(model, changes)
    for change in plan.changes:
        _record(by, change)
    reindex_named(change.instance for change in plan.changes if not change.is_new)
    transaction.on_commit(forget_vocabulary)
    return len(plan.changes)


def _write(model: type[models.Model], changes: list[Change]) -> None:
    rows = model._default_manager
    rows.bulk_create([one.instance for one in changes if one.is_new], batch_size=500)
    fields = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    rows.bulk_update([one.instance for one in changes if not one.is_new], fields, batch_size=200)


def _record(by: User | None, change: Change) -> None:
    name = change.instance._meta.model_name
    action = f"{name}.{'created' if change.is_new else 'updated'}"
    audit.record(by=by, action=action, subject=change.instance, changes=dict(change.cells))


def reindex_named(instances: Iterable[models.Model]) -> int:
    """Write anew the index of the offers that name these help questions or target groups."""
    return reindex(offers_naming(list(instances)))


def offers_naming(instances: Collection[models.Model]) -> list[int]:
    """Return the ids of the offers that name these help questions or target groups."""
    questions = [one.pk for one in instances if isinstance(one, HelpQuestion)]
    groups = [one.pk for one in instances if isinstance(one, TargetGroup)]
    if not (questions or groups):
        return []
    named = Q(question_links__help_question__in=questions) | Q(target_groups__in=groups)
    return list(Offer.objects.filter(named).order_by("pk").distinct().values_list("pk", flat=True))
