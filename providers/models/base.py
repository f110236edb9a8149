"""What several models share."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


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


def unique_source_key(name: str) -> models.UniqueConstraint:
    """One row per key of a source; rows made by hand have no source and are free."""
    return models.UniqueConstraint(
        fields=["source", "external_id"],
        condition=~models.Q(source=""),
        name=name,
        violation_error_message=_("Deze sleutel komt al voor bij deze bron."),
    )
