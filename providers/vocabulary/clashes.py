"""What a word of a region may not be: a sign of danger, a place, a person, or known already."""

import functools
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from providers.geography.gazetteer import gazetteer
from providers.models import HelpQuestion, RegionWord
from providers.models.vocabulary import LONGEST_WORD
from providers.vocabulary.choices import choices
from providers.vocabulary.csv_file import KINDS, Meanings
from providers.vocabulary.names import names
from providers.vocabulary.region_words import stems_of
from providers.vocabulary.text.first_names import first_names, names_that_are_words
from providers.vocabulary.text.lexicon import function_words, ordinary_words
from providers.vocabulary.text.listed import danger_phrases, danger_words, meaningful_words
from providers.vocabulary.words import normalise, stop_words

MOST_WORDS = 6
Words = tuple[str, ...]


def takes_words(question: HelpQuestion) -> bool:
    """Whether a region may have words for this question: not where it speaks of danger.

    Nor where it is about afterwards. Those words are tried on hundreds of lines for the whole
    country, so that no alarm is missed and none is false.
    """
    return not (question.signal or question.after)


def check_region_word(word: RegionWord) -> None:
    """Refuse a word that the search reads as something else. Raises ValidationError."""
    if not takes_words(word.help_question):
        text = _("Woorden voor deze hulpvraag gelden in het hele land. Kies een andere hulpvraag.")
        raise ValidationError({"help_question": text})
    sentence = next(_problems(word), None)
    if sentence:
        raise ValidationError({"text": sentence})


def _problems(word: RegionWord) -> Iterator[str]:
    """Yield what is wrong with a word, the most telling first."""
    words = tuple(normalise(word.text).split())
    yield from _of_shape(words)
    yield from _of_danger(words)
    yield from _of_places(words, word.region_id)
    yield from _of_people(words)
    yield from _of_meanings(word, words)
    yield from _of_ordinary_words(words)


def _of_shape(words: Words) -> Iterator[str]:
    if not words:
        yield _("Hier staat geen letter in.")
    if any(not one.isalpha() for one in words):
        yield _("Schrijf het zonder cijfers: een getal lezen we als leeftijd of postcode.")
    if len(words) > MOST_WORDS or len(" ".join(words)) > LONGEST_WORD:
        yield _("Dit is te lang. Hoogstens %(n)s woorden.") % {"n": MOST_WORDS}


def _of_danger(words: Words) -> Iterator[str]:
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            if words[start:end] in danger_phrases():
                yield _is_of_danger(words[start:end])


def _is_of_danger(words: Words) -> str:
    text = _("“%(word)s” is een woord voor gevaar of spoed. Die woorden gelden in het hele land.")
    return text % {"word": " ".join(words)}


def _of_places(words: Words, region: str) -> Iterator[str]:
    """A whole name wherever it lies; within a phrase one of this region, as the search reads it."""
    towns, key = gazetteer.get().names, " ".join(words)
    inside = (one for one in words if one in towns and towns[one].region == region)
    for name in [*([key] if key in towns else []), *(set(inside) - _ordinary())]:
        yield _("“%(word)s” is een plaatsnaam.") % {"word": name}


def _of_people(words: Words) -> Iterator[str]:
    people = first_names() if len(words) == 1 else first_names() - names_that_are_words()
    for one in words:
        if one in people:
            yield _("“%(word)s” is een voornaam.") % {"word": one}
    if any(words in {name.words, name.head} for name in names().with_word(words[0])):
        yield _("Zo heet een organisatie of een soort hulp op de kaart.")


def _of_meanings(word: RegionWord, words: Words) -> Iterator[str]:
    """In any form: "prakkezeert" is "prakkezeren"."""
    stems, mine = stems_of(" ".join(words)), word.help_question_id
    known = Meanings()
    for (kind, key), code in {**known.words, **known.names}.items():
        if kind in KINDS and stems_of(key) == stems:
            is_same = kind == "hulpvraag" and code == mine
            found = choices(KINDS[kind]).get(code, code)
            yield _is_known(is_same=is_same) % {"name": found}
    others = RegionWord.objects.filter(region=word.region_id).exclude(pk=word.pk)
    for other in others.select_related("help_question"):
        if stems_of(normalise(other.text)) == stems:
            yield _("Dit woord staat er al, voor “%(name)s”.") % {"name": other.help_question}


def _is_known(*, is_same: bool) -> str:
    if is_same:
        return _("Dit woord kent het zoeken al voor “%(name)s”.")
    return _("Dit woord wijst in het hele land al naar “%(name)s”.")


def _of_ordinary_words(words: Words) -> Iterator[str]:
    """What it says already; of what signs of danger are made, most are words of every day."""
    one = words[0] if len(words) == 1 else ""
    if one in meaningful_words():
        yield _("“%(word)s” zegt al iets anders, zoals een leeftijd of een soort hulp.") % {
            "word": one
        }
    if one in _ordinary() or set(words) <= function_words():
        yield _(
            "Dit is een gewoon woord: wie het ook typt, zou deze hulpvraag krijgen. Schrijf er een"
            " woord bij."
        )
    if one in danger_words():
        yield _is_of_danger(words)


@functools.cache
def _ordinary() -> frozenset[str]:
    return ordinary_words() | function_words() | stop_words()
