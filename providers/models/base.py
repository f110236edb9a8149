"""What several models share."""

from collections.abc import Iterator
from typing import Any

from django.db import connections, models, transaction
from django.utils.translation import gettext_lazy as _

MAX_AGE = 27


class Sourced(models.Model):
    """A row that may come from a file of others, found again by its key there."""

    source = models.SlugField(_("bron"), max_length=40, blank=True, db_index=False)
    external_id = models.CharField(_("sleutel in de bron"), max_length=200, blank=True)

    class Meta:
        abstract = True


class AppendOnlyError(TypeError):
    """Somebody tried to change a row of history."""


class AppendOnly(models.Model):
    """History: rows are added and never changed, so that a correction is a new row."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(f"{type(self).__name__} is history and cannot be changed.")
        super().save(*args, **kwargs)


def ages_in_order(model: str) -> list[models.BaseConstraint]:
    """Ages are 0-27 and go up; an end that is not known is empty. Names begin with the model."""
    low, high = models.Q(age_min__isnull=True), models.Q(age_max__isnull=True)
    out_of_range = _("Een leeftijd is 0 tot en met 27 jaar.")
    return [
        models.CheckConstraint(
            condition=low | models.Q(age_min__range=(0, MAX_AGE)),
            name=f"{model}_age_min_range",
            violation_error_message=out_of_range,
        ),
        models.CheckConstraint(
            condition=high | models.Q(age_max__range=(0, MAX_AGE)),
            name=f"{model}_age_max_range",
            violation_error_message=out_of_range,
        ),
        models.CheckConstraint(
            condition=low | high | models.Q(age_min__lte=models.F("age_max")),
            name=f"{model}_ages_in_order",
            violation_error_message=_("'Vanaf' is hoger dan 'tot en met'. Draai ze om."),
        ),
    ]


def unique_source_key(name: str) -> models.UniqueConstraint:
    """One row per key of a source; rows made by hand have no source and are free."""
    return models.UniqueConstraint(
        fields=["source", "external_id"],
        condition=~models.Q(source=""),
        name=name,
        violation_error_message=_("Deze sleutel komt al voor bij deze bron."),
    )


def in_parts(
    rows: "models.QuerySet[Any, tuple[Any, ...]]", *, size: int = 2000
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a `values_list`, of which so many are in memory at a time.

    `iterator()` does so too, but not behind PgBouncer (`DATABASE_POOLED`): the database would keep
    them for a connection that is another's by then. Within a transaction it is not.
    """
    if not connections[rows.db].settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        yield from rows.iterator(chunk_size=size)
        return
    with transaction.atomic(using=rows.db):
        yield from rows.query.get_compiler(using=rows.db).results_iter(
            tuple_expected=True, chunked_fetch=True, chunk_size=size
        )
