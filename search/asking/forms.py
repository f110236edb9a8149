"""The question form: what is typed here is interpreted and dropped."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from providers.enums import UPSTREAM_LEVELS, CareLevel
from providers.filters.fields import AgesField, PlaceField
from providers.filters.offers import OfferFilterSet
from providers.filters.registry import KEPT_PARAMS
from providers.geography.places import Place
from providers.models import Language, OfferIndex
from providers.rules.ages import Ages, out_of_bounds
from providers.vocabulary.choices import choices
from search.asking.guard import MAX_LENGTH, refuse_personal_data
from search.asking.understanding import Query, in_catalogue, understand
from search.asking.understanding.danger.urgency import HASTE
from search.finding.matching import Order

# The parameters that a new question leaves in place.
KEPT = (*KEPT_PARAMS, "volgorde")
# Four digits that may be a postcode or a year: the page asks which.
MAYBE_PLACE = "postcode_of_jaar"


class AskForm(forms.Form):
    """One line of text, a place and an age."""

    kept = KEPT
    vraag = forms.CharField(
        label=_("Waar is hulp bij nodig?"),
        required=False,
        strip=True,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "maxlength": MAX_LENGTH, "spellcheck": "true"}
        ),
    )
    plaats = PlaceField(
        label=_("Postcode of plaats"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "plaatsen"}),
    )
    leeftijd = AgesField(
        label=_("Leeftijd"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._said = Query()
        self.fields["plaats"].widget.attrs["data-suggest"] = reverse("search:places")

    def clean_vraag(self) -> str:
        text: str = self.cleaned_data["vraag"]
        refuse_personal_data(text)
        self._said = understand(text)
        if self._said.is_beyond_ages:
            raise out_of_bounds()
        return text

    def parameters(self) -> MultiValueDict[str, str]:
        """Return the search parameters for what was asked: codes only.

        What the form carried along is read as a search first: what is no code is dropped.
        """
        said = self._said
        known = MultiValueDict[str, str]()
        known.setlist("hulpvraag", self._merged("hulpvraag", said.questions))
        known.setlist(
            "woord", [] if known.getlist("hulpvraag") else self._merged("woord", said.words)
        )
        self._put(known, "plaats", self._place(said))
        self._put(known, "leeftijd", self._ages(said))
        for name in KEPT:
            known.setlist(name, self._carried(name))
        self._put_wishes(known, said)
        if said.names:
            known.setlist("naam", list(said.names))
            _make_room_for_names(known)
        self._put_messages(known, said)
        return known

    def search_before(self) -> QueryDict:
        """Return the search that this question was added to, for when it cannot be read."""
        found = QueryDict(mutable=True)
        for name in ("hulpvraag", "woord", *KEPT):
            found.setlist(name, self._carried(name))
        return QueryDict(found.urlencode())

    def _put_wishes(self, known: MultiValueDict[str, str], said: Query) -> None:
        """A form of help or a level that is named narrows the search, unless one was chosen."""
        if not known.getlist("vorm"):
            self._put(known, "vorm", said.format)
        if not known.getlist("trede"):
            known.setlist("trede", [str(level) for level in _steps(said.level)])
        # Of these what was said last goes: a new line can ask for something else.
        for name, values in _last_wishes(said).items():
            if values:
                known.setlist(name, values)

    def _put_messages(self, known: MultiValueDict[str, str], said: Query) -> None:
        """What the page says once: danger by its code, misspelt words by ours, the rest counted."""
        haste = [HASTE] if said.urgent else []
        known.setlist("signaal", list(dict.fromkeys([*haste, *filter(None, [said.crisis])])))
        if not known.getlist("plaats"):
            self._put(known, MAYBE_PLACE, said.maybe_postcode)
        known.setlist("gelezen_als", [one.read_as for one in said.corrections])
        searched = set(known.getlist("woord"))
        unused = len(said.dropped) + sum(word not in searched for word in said.words)
        # Nothing at all was understood: that is said as well, if only of a word like "hulp".
        lost = bool(self.cleaned_data["vraag"].strip()) and not any(map(known.getlist, known))
        self._put(known, "niet_gebruikt", max(unused, int(lost)) or None)

    def _data(self) -> MultiValueDict[str, str]:
        return self.data if isinstance(self.data, MultiValueDict) else MultiValueDict()

    def _merged(self, name: str, new: tuple[str, ...]) -> list[str]:
        return list(dict.fromkeys([*self._carried(name), *new]))

    @cached_property
    def _search(self) -> OfferFilterSet:
        return OfferFilterSet(self._data())

    def _carried(self, name: str) -> list[str]:
        given = self._data().getlist(name)
        if name == "woord":
            return in_catalogue(self._search.asked.get(name, []))
        if name == "volgorde":
            return [value for value in given if value in Order.values]
        return given if name in self._search.asked else []

    def _place(self, said: Query) -> str | None:
        typed: Place | None = self.cleaned_data["plaats"]
        return said.place or (typed.key if typed else None)

    def _ages(self, said: Query) -> Ages | None:
        typed: Ages | None = self.cleaned_data["leeftijd"]
        told = Ages.between(said.age_min, said.age_max)
        # "puber" does not go before the 14 that was there already.
        is_surer = typed and told and told.low <= typed.low and typed.high <= told.high
        return typed if is_surer or told is None else told

    @staticmethod
    def _put(known: MultiValueDict[str, str], name: str, value: Any) -> None:
        if value is not None:
            known[name] = str(value)


def _make_room_for_names(known: MultiValueDict[str, str]) -> None:
    """Drop filters until they leave something of what was called by name.

    Who types a name wants that one, also where it does not serve the town that stands behind it.
    """
    for dropped in ((), KEPT, ("leeftijd",), ("plaats",)):
        for name in dropped:
            known.pop(name, None)
        search = OfferFilterSet(known, queryset=OfferIndex.objects.visible())
        if search.qs.filter(pk__in=search.named).exists():
            return


def _last_wishes(said: Query) -> dict[str, list[str]]:
    """Return the other filters that a line asks for, those it does not ask for empty."""
    return {
        "fase": [said.phase] if said.phase and said.phase_is_sure else [],
        "doelgroep": list(said.asked_groups),
        "taal": [code for code in said.languages if code in choices(Language)],
        "toegang": [said.access] if said.access else [],
        "start": [] if said.start is None else [str(said.start)],
    }


def _steps(level: int | None) -> tuple[int, ...]:
    """Return the steps to search: who asks for light help is helped by each light one."""
    if level is None:
        return ()
    return UPSTREAM_LEVELS if level == CareLevel.PREVENTION else (level,)
