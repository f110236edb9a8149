"""A word that people in one region use for a help question."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from providers.models.geography import YouthRegion
from providers.models.vocabulary import LONGEST_WORD, HelpQuestion


class RegionWordQuerySet(models.QuerySet["RegionWord"]):
    """Chainable questions about the words of regions."""

    def in_region(self, region: YouthRegion) -> Self:
        """The words of this region."""
        return self.filter(region=region)


class RegionWord(models.Model):
    """A word or phrase that stands for one help question in one region, beside the vocabulary."""

    region = models.ForeignKey(
        YouthRegion, models.CASCADE, related_name="words", verbose_name=_("regio")
    )
    text = models.CharField(_("woord of zin"), max_length=LONGEST_WORD)
    help_question = models.ForeignKey(
        HelpQuestion, models.CASCADE, related_name="region_words", verbose_name=_("hulpvraag")
    )

    objects: ClassVar[RegionWordQuerySet] = RegionWordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["region", "text", "id"]
        verbose_name = _("woord van een regio")
        verbose_name_plural = _("woorden van regio's")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "text"],
                name="region_word_once",
                violation_error_message=_("Dit woord staat er al."),
            )
        ]

    def __str__(self) -> str:
        return self.text
