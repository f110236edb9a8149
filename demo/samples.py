"""Made-up data that shows every component in every state on the page "Componenten"."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from providers.days import DayField
from providers.rules.availability import Availability, Band
from search.cards.card import Card
from search.cards.reasons import Reason
from search.finding.score import Score

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

TOKENS_CSS = settings.BASE_DIR / "socialekaart" / "static" / "socialekaart" / "tokens.css"


@dataclass(frozen=True)
class Point:
    """A point in the drawing of 560 by 150; y grows downwards."""

    x: int
    y: int
    label: str


@dataclass(frozen=True)
class Chart:
    """The wait over a year, in weeks, ready to draw."""

    kind: str
    summary: str
    points: tuple[Point, ...]
    ticks: tuple[Point, ...]
    now_label: str

    @property
    def path(self) -> str:
        """The line through the points, as an SVG path."""
        return "M" + "L".join(f"{point.x} {point.y}" for point in self.points)

    @property
    def now_x(self) -> int:
        """Where the words beside the last point end."""
        return self.points[-1].x - 8

    @property
    def now_y(self) -> int:
        """Height of the last point."""
        return self.points[-1].y


@dataclass(frozen=True)
class Colour:
    """A pair of tokens that stand on each other, with the contrast they have and must have."""

    use: str
    front: str
    back: str
    contrast: float
    needed: float

    @property
    def passes(self) -> bool:
        """Whether the pair meets our bar: text at AAA, edges at AA of WCAG 2.2."""
        return self.contrast >= self.needed


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Naam van het aanbod"), max_length=80)
    email = forms.EmailField(
        label=_("E-mailadres"), help_text=_("Hier sturen wij de vraag om te bevestigen heen.")
    )
    weeks = forms.IntegerField(label=_("Weken tot de intake"), min_value=0, max_value=260)
    measured = DayField(label=_("Gemeten op"), required=False)
    level = forms.ChoiceField(
        label=_("Hoe licht of zwaar"),
        choices=[("1", _("Preventie en lichte steun")), ("3", _("Specialistisch"))],
    )
    access = forms.MultipleChoiceField(
        label=_("Toegang"),
        help_text=_("Kies alles wat kan."),
        widget=forms.CheckboxSelectMultiple,
        choices=[("free", _("Vrij binnenlopen")), ("gp", _("Via de huisarts"))],
    )
    full = forms.ChoiceField(
        label=_("Is er plek?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("yes", _("Ja")), ("no", _("Nee")), ("", _("Onbekend"))],
    )
    about = forms.CharField(label=_("Hoe werkt het?"), required=False, widget=forms.Textarea)
    right = forms.BooleanField(label=_("Alles klopt nog"))


def wrong_form() -> SampleForm:
    """The form as it comes back when almost everything in it is wrong."""
    answers = {"email": "info", "weeks": "300", "level": "1"}
    return SampleForm({f"wrong-{name}": value for name, value in answers.items()}, prefix="wrong")


_OLD = Availability(Band.STALE, "Ongeveer 11 weken", "gemeten in maart 2018: ruim 8 jaar oud")
PILLS = (
    Availability(Band.NOW, "Direct", "bevestigd 3 dagen geleden"),
    Availability(Band.NOW, "Start 8 december"),
    Availability(Band.SOON, "Ongeveer 6 weken", "gemeten 4 dagen geleden"),
    Availability(Band.LONG, "Ongeveer 20 weken", "gemeten 4 dagen geleden"),
    Availability(Band.STOP, "Aanmeldstop", "gemeld 9 dagen geleden"),
    _OLD,
    Availability(Band.UNKNOWN, "Wachttijd onbekend", "nooit gemeten"),
)

LEVELS = (
    "Sociale basis",
    "Preventie en lichte steun",
    "Lokaal team",
    "Specialistisch zonder verblijf",
    "Dagbehandeling",
    "Wonen in een gezin",
    "Verblijf",
)

HERE = "#kaarten"
# The offers that the page shows as kept.
KEPT = (1,)


def _card(**fields: Any) -> Card:
    """Return a card that says this, and nothing else."""
    texts = ("place", "distance", "summary", "wait_line", "group_line", "contract")
    blank: dict[str, Any] = {
        **dict.fromkeys(texts, ""),
        **dict.fromkeys(("number", "lat", "lon")),
        "url": HERE,
        "is_demo": True,
        "listed": False,
    }
    return Card(**(blank | fields))


_FITS = (Reason("past bij somberheid"), Reason("voor 12-18 jaar"))

CARD_STATES: "tuple[tuple[StrPromise, Card], ...]" = (
    (
        _("Groep die bijna start"),
        _card(
            offer_id=1,
            number=1,
            title="Samen hardlopen, samen praten",
            provider="Buurthuis De Waterlijn",
            place="Leiden",
            distance="1,8 km",
            pill=Availability(Band.NOW, "Start 8 december"),
            group_line="dinsdag 16.00 uur · nog 4 van 10 plekken · met ervaringsdeskundige",
            reasons=(*_FITS, Reason("geen verwijzing nodig")),
            level=1,
            level_label=LEVELS[1],
            fresh="bevestigd 3 dagen geleden",
            lat=52.16,
            lon=4.49,
            score=Score(4, 2, start=4 / 6, light=0.87, near=0.9, fresh=1, total=72.6),
        ),
    ),
    (
        _("Te doen: een paar weken wachten"),
        _card(
            offer_id=2,
            number=2,
            title="Rust in geldzaken voor gezinnen",
            provider="Loket Grip",
            place="Leiden",
            distance="2,4 km",
            pill=Availability(Band.SOON, "Ongeveer 4 weken"),
            reasons=(Reason("geldstress thuis"), Reason("ook avondspreekuur")),
            level=2,
            level_label=LEVELS[2],
            fresh="bevestigd 6 dagen geleden",
        ),
    ),
    (
        _("Lange wachttijd"),
        _card(
            offer_id=3,
            number=3,
            title="Behandeling bij somberheid en angst",
            provider="Jeugd-ggz Rijnoever",
            place="Leiden",
            distance="1,1 km",
            pill=Availability(Band.LONG, "Ongeveer 20 weken"),
            wait_line="Intake na 6 weken, start 14 weken later · 38 wachten",
            reasons=(*_FITS, Reason("gecontracteerd in Leiden")),
            level=3,
            level_label=LEVELS[3],
            contract="contract tot 31-12-2027",
            fresh="gemeten 4 dagen geleden",
        ),
    ),
    (
        _("Gekozen: de kaart en de lijst wijzen naar elkaar"),
        _card(
            offer_id=4,
            number=4,
            title="Maatje voor jongeren",
            provider="Stichting Zij aan Zij",
            place="Oegstgeest en Leiden",
            pill=Availability(Band.NOW, "Direct"),
            reasons=(Reason("past bij somberheid en thuiszitten"), Reason("gratis")),
            level=0,
            level_label=LEVELS[0],
            fresh="bevestigd 11 dagen geleden",
        ),
    ),
    (
        _("Verouderd: grijs gestreept en in woorden"),
        _card(
            offer_id=5,
            number=5,
            title="Gezinsbegeleiding thuis",
            provider="Thuisbasis Duin en Veen",
            place="Katwijk",
            distance="9,6 km",
            pill=Availability(
                Band.STALE, "Ongeveer 11 weken", "gemeten in maart 2018: ruim 8 jaar oud"
            ),
            reasons=(*_FITS, Reason("wachttijd telt niet mee: te oud", good=False)),
            level=3,
            level_label=LEVELS[3],
            fresh="bevestigd 140 dagen geleden",
        ),
    ),
    (
        _("Onbekende wachttijd, zonder adres"),
        _card(
            offer_id=6,
            title="Chatten met een jongere die het kent",
            provider="Lijn Open",
            place="Online",
            pill=Availability(Band.UNKNOWN, "Wachttijd onbekend", "nooit gemeten"),
            summary="Anoniem, elke avond van 19.00 tot 22.00 uur.",
            reasons=(_FITS[0], Reason("staat niet op de kaart", good=False)),
            level=0,
            level_label=LEVELS[0],
            fresh="bevestigd 20 dagen geleden",
            crisis=True,
        ),
    ),
    (
        _("Aanmeldstop"),
        _card(
            offer_id=7,
            number=6,
            title="Dagbehandeling De Kade",
            provider="Jeugd-ggz Rijnoever",
            place="Alphen aan den Rijn",
            distance="14 km",
            pill=Availability(Band.STOP, "Aanmeldstop", "gemeld 9 dagen geleden"),
            wait_line="Tot en met januari geen nieuwe aanmeldingen · 61 wachten",
            reasons=(*_FITS, Reason("geen contract in Leiden", good=False)),
            level=4,
            level_label=LEVELS[4],
            fresh="bevestigd 9 dagen geleden",
            reported="2 verwijzers melden: vol",
        ),
    ),
    (
        _("Overgenomen uit een landelijke lijst, door niemand bevestigd"),
        _card(
            offer_id=8,
            number=7,
            title="Jongerenwerk in de buurt",
            provider="Welzijn Bollenrand",
            place="Lisse",
            pill=Availability(Band.UNKNOWN, "Wachttijd onbekend"),
            reasons=(_FITS[1],),
            level=0,
            level_label=LEVELS[0],
            fresh="overgenomen uit een lijst, nooit bevestigd",
            listed=True,
        ),
    ),
)

_MONTHS = ("dec", "jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov")
_HEIGHTS = (66, 66, 62, 57, 57, 48, 52, 43, 39, 39, 34, 29)

CHART = Chart(
    kind="long",
    summary="Wachttijd in weken, van 12 in december tot 20 nu",
    points=tuple(
        Point(36 + round(index * 500 / 11), height, month)
        for index, (height, month) in enumerate(zip(_HEIGHTS, _MONTHS, strict=True))
    ),
    ticks=(Point(0, 122, "0"), Point(0, 76, "10"), Point(0, 29, "20")),
    now_label="20 weken",
)

_PAIRS = (
    (_("Tekst"), "ink", "paper", 7.0),
    (_("Tekst op een kaart"), "ink", "surface", 7.0),
    (_("Tweede tekst"), "ink-soft", "paper", 7.0),
    (_("Wat men kan aanklikken"), "accent", "surface", 7.0),
    (_("Wat men kan aanklikken, op de pagina"), "accent", "paper", 7.0),
    (_("Woorden op een chip"), "accent-strong", "accent-tint", 7.0),
    (_("Woorden op een knop"), "surface", "accent", 7.0),
    (_("Rand van velden en knoppen"), "edge", "surface", 3.0),
    (_("Rand op de pagina"), "edge", "paper", 3.0),
    (_("Gekozen"), "warm", "surface", 3.0),
    (_("Binnen 2 weken"), "now", "now-tint", 7.0),
    (_("3 tot 12 weken"), "soon", "soon-tint", 7.0),
    (_("Langer, of een aanmeldstop"), "long", "long-tint", 7.0),
    (_("Oud of onbekend"), "stale", "stale-tint", 7.0),
)


def colours() -> tuple[Colour, ...]:
    """Every pair of colours in use, with the contrast that the style sheet really gives."""
    tokens = dict(re.findall(r"--sk-([a-z-]+): (#[0-9a-f]{6});", _first_block()))
    return tuple(
        Colour(str(use), front, back, contrast(tokens[front], tokens[back]), needed)
        for use, front, back, needed in _PAIRS
    )


def _first_block() -> str:
    # Later blocks of the file change tokens for people who ask for more contrast.
    return TOKENS_CSS.read_text(encoding="utf-8").split("}", 1)[0]


def contrast(one: str, other: str) -> float:
    """Contrast between two colours written as #rrggbb: 1 (none) to 21, as WCAG defines it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return round((light + 0.05) / (dark + 0.05), 1)


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
