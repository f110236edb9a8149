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
CARRIED_ALONG = (*KEPT_PARAMS, "volgorde")
# Four digits that may be a postcode or a year: the page asks which.
MAYBE_PLACE = "postcode_of_jaar"
# Help questions that the line may be about: the page asks whether.
MAYBE_MEANT = "bedoelt"


class AskForm(forms.Form):
    """One line of text, a place and an age."""

    kept = CARRIED_ALONG
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
        self._query = Query()
        self.fields["plaats"].widget.attrs["data-suggest"] = reverse("search:places")

    def clean_vraag(self) -> str:
        text: str = self.cleaned_data["vraag"]
        refuse_personal_data(text)
        self._query = understand(text, self._search.municipality)
        if self._query.is_beyond_ages:
            raise out_of_bounds()
        return text

    def parameters(self) -> MultiValueDict[str, str]:
        """Return the search parameters for what was asked: codes only.

        What the form carried along is read as a search first: what is no code is dropped.
        """
        query = self._query
        known = MultiValueDict[str, str]()
        known.setlist("hulpvraag", self._merged("hulpvraag", query.questions))
        known.setlist(
            "woord", [] if known.getlist("hulpvraag") else self._merged("woord", query.words)
        )
        self._put(known, "plaats", self._place(query))
        self._put(known, "leeftijd", self._ages(query))
        for name in CARRIED_ALONG:
            known.setlist(name, self._carried(name))
        self._put_wishes(known, query)
        if query.names:
            known.setlist("naam", list(query.names))
            _make_room_for_names(known)
        self._put_messages(known, query)
        return known

    def search_before(self) -> QueryDict:
        """Return the search that this question was added to, for when it cannot be read."""
        found = QueryDict(mutable=True)
        for name in ("hulpvraag", "woord", *CARRIED_ALONG):
            found.setlist(name, self._carried(name))
        return QueryDict(found.urlencode())

    def _put_wishes(self, known: MultiValueDict[str, str], query: Query) -> None:
        """A form of help or a level that is named narrows the search, unless one was chosen."""
        if not known.getlist("vorm"):
            self._put(known, "vorm", query.format)
        if not known.getlist("trede"):
            known.setlist("trede", [str(level) for level in _steps(query.level)])
        # Of these what was said last goes: a new line can ask for something else.
        for name, values in _last_wishes(query).items():
            if values:
                known.setlist(name, values)

    def _put_messages(self, known: MultiValueDict[str, str], query: Query) -> None:
        """What the page says once: danger by its code, misspelt words by ours, the rest counted."""
        haste = [HASTE] if query.urgent else []
        known.setlist("signaal", list(dict.fromkeys([*haste, *filter(None, [query.crisis])])))
        if not known.getlist("plaats"):
            self._put(known, MAYBE_PLACE, query.maybe_postcode)
        known.setlist("gelezen_als", [one.read_as for one in query.corrections])
        asked = known.getlist("hulpvraag")
        likely = [one.code for one in query.likely if one.code not in asked]
        known.setlist(MAYBE_MEANT, likely)
        searched = set(known.getlist("woord"))
        unused = len(query.dropped) + sum(word not in searched for word in query.words)
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
            return in_catalogue(self._search.criteria.get(name, []))
        if name == "volgorde":
            return [value for value in given if value in Order.values]
        return given if name in self._search.criteria else []

    def _place(self, query: Query) -> str | None:
        typed: Place | None = self.cleaned_data["plaats"]
        return query.place or (typed.key if typed else None)

    def _ages(self, query: Query) -> Ages | None:
        typed: Ages | None = self.cleaned_data["leeftijd"]
        meant = Ages.between(query.age_min, query.age_max)
        # "puber" does not go before the 14 that was there already.
        is_surer = typed and meant and meant.low <= typed.low and typed.high <= meant.high
        return typed if is_surer or meant is None else meant

    @staticmethod
    def _put(known: MultiValueDict[str, str], name: str, value: Any) -> None:
        if value is not None:
            known[name] = str(value)


def _make_room_for_names(known: MultiValueDict[str, str]) -> None:
    """Drop filters until they leave something of what was called by name.

    Who types a name wants that one, also where it does not serve the town that stands behind it.
    """
    for dropped in ((), CARRIED_ALONG, ("leeftijd",), ("plaats",)):
        for name in dropped:
            known.pop(name, None)
        search = OfferFilterSet(known, queryset=OfferIndex.objects.visible())
        if search.qs.filter(pk__in=search.named).exists():
            return


def _last_wishes(query: Query) -> dict[str, list[str]]:
    """Return the other filters that a line asks for, those it does not ask for empty."""
    return {
        "fase": [query.phase] if query.phase and query.phase_is_sure else [],
        "doelgroep": list(query.asked_groups),
        "taal": [code for code in query.languages if code in choices(Language)],
        "toegang": [query.access] if query.access else [],
        "start": [] if query.start is None else [str(query.start)],
    }


def _steps(level: int | None) -> tuple[int, ...]:
    """Return the steps to search: who asks for light help is helped by each light one."""
    if level is None:
        return ()
    return UPSTREAM_LEVELS if level == CareLevel.PREVENTION else (level,)
