"""The search index: one narrow row per offer, kept true by the services.

Everything that filters, ranks or counts reads these rows and not the offers themselves: an offer
carries long texts, and a scan of the whole country over rows of this size is many times faster.
Dates stand in it as they are, so that nothing has to be rebuilt when a day passes.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.enums import OfferStatus
from providers.index.word_forms import WordForms, marked
from providers.models.facts import FactsQuerySet
from providers.models.offer import Offer

FTS_TABLE = "providers_offerwords_fts"


class OfferIndex(models.Model):
    """What the search knows of one offer, under the names the offer has for it."""

    offer = models.OneToOneField(
        Offer, models.CASCADE, primary_key=True, related_name="index", verbose_name=_("aanbod")
    )
    status = models.CharField(_("status"), max_length=13)
    level = models.PositiveSmallIntegerField(_("trede"))
    crisis = models.BooleanField(_("hulp bij crisis"), default=False)
    age_min = models.PositiveSmallIntegerField(_("leeftijd vanaf"), null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(_("leeftijd tot en met"), null=True, blank=True)
    individual = models.BooleanField(default=False)
    group = models.BooleanField(default=False)
    online = models.BooleanField(default=False)
    at_home = models.BooleanField(default=False)
    at_school = models.BooleanField(default=False)
    before_care = models.BooleanField(default=False)
    while_waiting = models.BooleanField(default=False)
    in_care = models.BooleanField(default=False)
    after_care = models.BooleanField(default=False)
    # At one of its locations; null is not known.
    wheelchair = models.BooleanField(_("rolstoeltoegankelijk"), null=True, blank=True)
    # Whether it takes somebody for whom this is the case too; null is not known.
    takes_disability = models.BooleanField(_("ook bij een lvb"), null=True, blank=True)
    takes_addiction = models.BooleanField(_("ook bij verslaving"), null=True, blank=True)
    takes_autism = models.BooleanField(_("ook bij autisme"), null=True, blank=True)
    takes_suicidality = models.BooleanField(_("ook bij suïcidaliteit"), null=True, blank=True)
    takes_no_school = models.BooleanField(_("ook zonder school"), null=True, blank=True)
    # Whether one can only join when a run starts: then no wait says when that is.
    fixed_start = models.BooleanField(_("instappen alleen bij de start"), default=False)
    wait_status = models.CharField(_("wachttijd"), max_length=10)
    # A float, not a decimal: the score divides by it, and must do so alike on both engines.
    wait_weeks = models.FloatField(_("weken tot de start"), null=True, blank=True)
    wait_measured_on = models.DateField(_("gemeten op"), null=True, blank=True)
    wait_stop_until = models.DateField(_("aanmeldstop tot"), null=True, blank=True)
    confirmed_on = models.DateField(_("bevestigd op"), null=True, blank=True)
    closed_from = models.DateField(_("dicht vanaf"), null=True, blank=True)
    closed_until = models.DateField(_("dicht tot en met"), null=True, blank=True)
    # Help for parents or the home, rather than for the child alone.
    for_family = models.BooleanField(_("gezin en omgeving"), default=False)
    # Where the provider stands in the order between equals, which turns a little every day.
    turn = models.PositiveSmallIntegerField(_("beurt"), default=0)
    # Codes between bars, the main help question first: for counting facets without joins. Texts
    # without a maximum: how many an offer has, and how long they are, is for others to say.
    questions = models.TextField(_("hulpvragen"), blank=True)
    groups = models.TextField(_("doelgroepen"), blank=True)
    # Of which help questions one has to be asked to show this (providers.rules.danger).
    reserved_for = models.TextField(_("alleen getoond bij"), blank=True)
    tongues = models.TextField(_("talen"), blank=True)

    objects: ClassVar[FactsQuerySet] = FactsQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("zoekregel")
        verbose_name_plural = _("zoekregels")
        indexes = [
            # Only of these may a question or a municipality be missing, and they are few.
            models.Index(
                fields=["offer"], condition=Q(status=OfferStatus.LISTED), name="index_listed"
            )
        ]

    def __str__(self) -> str:
        return str(self.offer_id)


class OfferWords(models.Model):
    """The words of an offer as the search compares them, in three weights.

    The full-text index of each engine hangs on this table and follows it by itself (migration
    0002): triggers on SQLite, a generated column on PostgreSQL.
    """

    offer = models.OneToOneField(
        Offer, models.CASCADE, primary_key=True, related_name="words", verbose_name=_("aanbod")
    )
    title = models.TextField(_("woorden van de titel"), blank=True)
    topic = models.TextField(_("woorden van hulpvragen en doelgroepen"), blank=True)
    body = models.TextField(_("andere woorden"), blank=True)

    class Meta:
        verbose_name = _("zoektekst")
        verbose_name_plural = _("zoekteksten")

    def __str__(self) -> str:
        return self.title

    @property
    def text(self) -> str:
        """Return all words, a space around each."""
        return f" {self.title} {self.topic} {self.body} "


class Weight(StrEnum):
    """Where a word stands; the letters are those of PostgreSQL."""

    TITLE = "A"
    ANYWHERE = ""


@dataclass(frozen=True, slots=True)
class Syntax:
    """How an engine writes what to look for."""

    whole: str
    start: str
    and_: str
    or_: str

    def any_of(self, words: list[str], weight: str) -> list[str]:
        """Return each word as this engine writes it."""
        return [self.whole.format(word, weight=weight) for word in words]


FTS5 = Syntax(whole='"{}"', start='"{}"*', and_=" AND ", or_=" OR ")
TSQUERY = Syntax(whole="{}:{weight}", start="{}:*{weight}", and_=" & ", or_=" | ")


@models.TextField.register_lookup
class HasWord(models.Lookup):
    """`title__has_word=forms_of("angst")`: the row has this word in one of its forms.

    A word of the row begins like it, has its stem, or all parts of it are there. Asked of
    `title` it looks in the title alone, asked of `body` anywhere in the row.
    """

    lookup_name = "has_word"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column = "{title} : " if self._weight() is Weight.TITLE else ""
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        sql = f"{table}.offer_id IN (SELECT rowid FROM {FTS_TABLE} WHERE {FTS_TABLE} MATCH %s)"  # noqa: S608
        return sql, [f"{column}({self.matching(FTS5)})"]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        wanted = self.matching(TSQUERY, weight=self._weight().value)
        return f"{table}.vector @@ to_tsquery('simple', %s)", [wanted]

    def _weight(self) -> Weight:
        return Weight.TITLE if self.lhs.target.name == "title" else Weight.ANYWHERE

    def matching(self, syntax: Syntax, weight: str = "") -> str:
        """Return what an engine has to look for, as it writes that."""
        forms: WordForms = self.rhs
        terms = [syntax.start.format(_bare(forms.word), weight=weight)]
        terms += syntax.any_of(_both(forms.stem), weight) if forms.stem else []
        if forms.parts:
            each = (syntax.or_.join(syntax.any_of(_both(p), weight)) for p in forms.parts)
            terms.append(f"({syntax.and_.join(f'({part})' for part in each)})")
        return syntax.or_.join(terms)


def _both(stem: str) -> list[str]:
    """A word that is its own stem stands in the index without a mark."""
    return [_bare(stem), marked(_bare(stem))]


def _bare(word: str) -> str:
    """Keep letters and digits only: the rest means something to the engines."""
    return "".join(letter for letter in word.lower() if letter.isalnum()) or "0"
