"""Reads what a GP's system sends: codes become a search, and all else is answered."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from providers.filters.fields import AgesField, PlaceField
from providers.geography.places import Place
from providers.models import HelpQuestion
from providers.vocabulary.choices import choices
from search.door.icpc import questions_of

QUESTION, ICPC, POSTCODE, PLACE, AGE = "hulpvraag", "icpc", "postcode", "plaats", "leeftijd"
KNOWN = (QUESTION, ICPC, POSTCODE, PLACE, AGE)
# Only what looks like a name or a code is repeated: anything else may be about somebody.
REPEATABLE = re.compile(r"[a-z][a-z_-]{0,30}|[A-Z]\d\d(\.\d\d?)?")
MOST_VALUES = 10


@dataclass(frozen=True, slots=True)
class Link:
    """A link that was followed: the search it leads to, and what of it cannot be used."""

    query: str
    problems: tuple[str, ...]


class _Reading:
    """Collects parameters and problems; a place or an age that cannot be read is left out."""

    def __init__(self, sent: QueryDict) -> None:
        self.sent = sent
        self.query = QueryDict(mutable=True)
        self.problems: list[str] = []

    def read(self) -> Link:
        """Return the link."""
        self._questions()
        self._clean("plaats", PlaceField(required=False), self._first(POSTCODE, PLACE))
        self._clean("leeftijd", AgesField(required=False), self._first(AGE))
        unknown = dict.fromkeys(name for name in self.sent if name not in KNOWN)
        self.problems += [
            _("De parameter “%(name)s” kent de kaart niet.") % {"name": name}
            for name in _shown(unknown, _("(onleesbaar)"))
        ]
        return Link(self.query.urlencode(), tuple(self.problems))

    def _questions(self) -> None:
        known = choices(HelpQuestion)
        codes = []
        for code in self.sent.getlist(QUESTION)[:MOST_VALUES]:
            if code in known:
                codes.append(code)
            else:
                self._refuse(_("De hulpvraag “%(code)s” bestaat niet."), code)
        codes += self._of_icpc()
        self.query.setlist(QUESTION, [code for code in dict.fromkeys(codes) if code in known])

    def _of_icpc(self) -> Iterator[str]:
        for code in self.sent.getlist(ICPC)[:MOST_VALUES]:
            found = questions_of(code)
            if found is None:
                self._refuse(_("De ICPC-code “%(code)s” kent de kaart niet: alleen P en Z."), code)
            elif not found:
                self._refuse(_("Bij ICPC-code “%(code)s” hoort geen hulpvraag."), code)
            yield from found or ()

    def _refuse(self, sentence: str, code: str) -> None:
        (shown,) = _shown([code.strip()], _("(onleesbaar)"))
        self.problems.append(sentence % {"code": shown})

    def _first(self, *names: str) -> str:
        return next(filter(None, (self.sent.get(name, "").strip() for name in names)), "")

    def _clean(self, name: str, field: PlaceField | AgesField, text: str) -> None:
        try:
            found = field.clean(text)
        except ValidationError as error:
            self.problems += error.messages
        else:
            if found:
                self.query[name] = found.key if isinstance(found, Place) else str(found)


def read_link(sent: QueryDict) -> Link:
    """Return the search that these parameters lead to."""
    return _Reading(sent).read()


def _shown(texts: Iterable[str], instead: str) -> list[str]:
    return list(dict.fromkeys(text if REPEATABLE.fullmatch(text) else instead for text in texts))
