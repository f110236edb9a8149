"""The words of the field: themes, help questions, target groups, languages."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.enums import CareLevel
from providers.models.base import ages_in_order
from providers.vocabulary.words import normalise

LONGEST_WORD = 80  # letters, also of what the search makes of it


class Theme(models.Model):
    """One of the headings under which help questions stand."""

    code = models.SlugField(_("code"), primary_key=True)
    label = models.CharField(_("naam"), max_length=80)
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("thema")
        verbose_name_plural = _("thema's")

    def __str__(self) -> str:
        return self.label


class Signal(models.TextChoices):
    """Which danger a help question points at: it decides whom the page says to call.

    The kinds are those of `fixtures/vocabulary/crisis.csv` and `emergency_lines.csv`.
    """

    NONE = "", _("Geen")
    SUICIDE = "suicide", _("Zelfdoding")
    SELFHARM = "selfharm", _("Zichzelf pijn doen")
    PSYCHOSIS = "psychosis", _("In de war")
    ABUSE = "abuse", _("Seksueel geweld")
    RUNAWAY = "runaway", _("Weglopen")
    VIOLENCE = "violence", _("Onveilig thuis of daarbuiten")


class HelpQuestion(models.Model):
    """The question in ordinary words; labels such as ADHD are search words, never headings."""

    code = models.SlugField(_("code"), primary_key=True)
    label = models.CharField(_("naam"), max_length=120)
    theme = models.ForeignKey(
        Theme, models.PROTECT, related_name="help_questions", verbose_name=_("thema")
    )
    age_min = models.PositiveSmallIntegerField(_("leeftijd vanaf"), null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(_("leeftijd tot en met"), null=True, blank=True)
    signal = models.CharField(
        _("signaal"), max_length=12, choices=Signal.choices, blank=True, default=Signal.NONE
    )
    # Of what has happened or ended: an attempt, a loss, a divorce, an arrest, care. Help for this
    # is shown only when it is asked for.
    after = models.BooleanField(
        _("voor daarna"),
        default=False,
        help_text=_("Zoals na een verlies. Deze hulp staat er alleen als ernaar gevraagd is."),
    )
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("hulpvraag")
        verbose_name_plural = _("hulpvragen")
        constraints = ages_in_order("helpquestion")

    def __str__(self) -> str:
        return self.label


class TargetGroup(models.Model):
    """Whom an offer is for, beyond age."""

    code = models.SlugField(_("code"), primary_key=True)
    label = models.CharField(_("naam"), max_length=120)
    age_min = models.PositiveSmallIntegerField(_("leeftijd vanaf"), null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(_("leeftijd tot en met"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("doelgroep")
        verbose_name_plural = _("doelgroepen")
        constraints = ages_in_order("targetgroup")

    def __str__(self) -> str:
        return self.label


class Language(models.Model):
    """A language in which help is given (BCP 47 code)."""

    code = models.CharField(_("code"), max_length=20, primary_key=True)
    label = models.CharField(_("naam"), max_length=60)
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("taal")
        verbose_name_plural = _("talen")

    def __str__(self) -> str:
        return self.label


class CareLevelText(models.Model):
    """How a step of the ladder is called and what it holds; the steps themselves are fixed."""

    level = models.PositiveSmallIntegerField(
        _("trede"), primary_key=True, choices=[(step, str(step)) for step in CareLevel.values]
    )
    label = models.CharField(_("naam"), max_length=60)
    examples = models.CharField(_("voorbeelden"), max_length=200, blank=True)

    class Meta:
        ordering = ["level"]
        verbose_name = _("trede")
        verbose_name_plural = _("treden")

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """Refuse the name of another step: two choices would look the same."""
        others = CareLevelText.objects.exclude(pk=self.pk)
        for other in others:
            if normalise(other.label) == normalise(self.label):
                message = _("Zo heet trede %(level)s al.") % {"level": other.level}
                raise ValidationError({"label": message})


class SearchWord(models.Model):
    """A word or phrase people use, pointing at one help question or one target group."""

    text = models.CharField(_("woord of zin"), max_length=LONGEST_WORD)
    # Lower case, without accents or punctuation; follows from the text.
    key = models.CharField(_("zoeksleutel"), max_length=LONGEST_WORD, db_index=True, editable=False)
    help_question = models.ForeignKey(
        HelpQuestion,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="search_words",
        verbose_name=_("hulpvraag"),
    )
    target_group = models.ForeignKey(
        TargetGroup,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="search_words",
        verbose_name=_("doelgroep"),
    )

    class Meta:
        ordering = ["key", "id"]
        verbose_name = _("zoekwoord")
        verbose_name_plural = _("zoekwoorden")
        constraints = [
            models.CheckConstraint(
                condition=Q(help_question__isnull=True) ^ Q(target_group__isnull=True),
                name="searchword_points_at_one_thing",
                violation_error_message=_("Kies een hulpvraag of een doelgroep, niet allebei."),
            ),
            models.UniqueConstraint(
                fields=["key", "help_question"],
                condition=Q(help_question__isnull=False),
                name="searchword_question_once",
                violation_error_message=_("Dit woord staat er al."),
            ),
            models.UniqueConstraint(
                fields=["key", "target_group"],
                condition=Q(target_group__isnull=False),
                name="searchword_group_once",
                violation_error_message=_("Dit woord staat er al."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = normalise(self.text)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a word that is there already, however it is written: one word finds one thing."""
        self.key = normalise(self.text)
        if len(self.key) > LONGEST_WORD:
            # One letter of print, such as ﬃ, can be several to the search.
            message = _("Dit is te lang. Hoogstens %(n)s tekens.") % {"n": LONGEST_WORD}
            raise ValidationError({"text": message})
        others = SearchWord.objects.filter(
            key=self.key, help_question__isnull=self.help_question_id is None
        ).exclude(pk=self.pk)
        other = others.select_related("help_question", "target_group").first()
        if other is None:
            return
        found = other.help_question or other.target_group
        if found == (self.help_question or self.target_group):
            raise ValidationError({"text": _("Dit woord staat er al.")})
        raise ValidationError({"text": _("Dit woord wijst al naar “%(name)s”.") % {"name": found}})
