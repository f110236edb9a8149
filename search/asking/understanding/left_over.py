"""The words of a line that nothing explains: those to search by, and those that go nowhere."""

from collections.abc import Collection, Iterable

from providers.vocabulary.text.first_names import first_names, is_called_after, names_that_are_words
from providers.vocabulary.text.lexicon import Lexicon, lexicon
from providers.vocabulary.words import stop_words
from search.asking.understanding.line.line import Line, Token

MIN_WORD = 4  # shorter words that are left over are no word to search by
# A line with one of these is about somebody, who may be named in it.
PERSONS = frozenset(
    "meisje jongen kind zoon dochter zoontje dochtertje baby peuter kleuter puber tiener leerling"
    " broer broertje zus zusje moeder vader mama papa oma opa client patient".split()
)


def in_catalogue(words: Iterable[str]) -> list[str]:
    """Return the words that the catalogue has, as it has them, without first names."""
    known, wanted = lexicon(), list(dict.fromkeys(words))
    found = (_as_searched(word, wanted, known, is_word=True) for word in wanted)
    return list(dict.fromkeys(filter(None, found)))


def left_over(
    line: Line, explained: set[int], known: Lexicon, *, is_aged: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words nothing explains: those of the catalogue as it has them, those we drop."""
    is_of_somebody = is_aged or any(token.word in PERSONS for token in line)
    loose: dict[str, bool] = {}
    for at, token in enumerate(line):
        if at not in explained and _can_be_searched(token):
            loose[token.word] = loose.get(token.word, False) or token.capital
    denied = {token.word for token in line if token.denied}
    beside = [token.word for token in line]
    kept: dict[str, str] = {}
    for word, capital in loose.items():
        is_word = not (capital or is_of_somebody)
        form = None if word in denied else _as_searched(word, beside, known, is_word=is_word)
        if form:
            kept[word] = form
    # A word that is denied was understood: it is left out on purpose.
    dropped = tuple(word for word in loose if word not in kept and word not in denied)
    return tuple(dict.fromkeys(kept.values())), dropped


def _can_be_searched(token: Token) -> bool:
    says_little = token.weak or token.word in stop_words()
    return not token.used and len(token.word) >= MIN_WORD and not says_little


def _as_searched(
    word: str, beside: Collection[str], known: Lexicon, *, is_word: bool
) -> str | None:
    """Return the word of the catalogue to search by; None for what it lacks and for first names.

    `is_word` when a name that is an ordinary word too (roos) is more likely meant as that.
    """
    form = known.catalogue_form(word)
    if form is None or not {word, form} & first_names():
        return form
    is_ordinary = is_word and form == word and word in names_that_are_words()
    return form if is_ordinary or (form == word and is_called_after(word, beside)) else None
