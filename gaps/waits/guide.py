"""What the figures of a report mean: the same on the page, in a second file and on a sheet."""

from django.utils import formats
from django.utils.translation import gettext as _

from gaps.waits.lines import Status
from gaps.waits.report import WaitReport
from providers.models import Municipality
from providers.rules.norms import norm_words
from providers.rules.small_numbers import FEWEST
from providers.statistics import SURVIVOR_BIAS

Topic = tuple[str, str]


def guide(report: WaitReport) -> list[Topic]:
    """Return every topic of a file with its explanation: what the page says, and its statuses."""
    return [*page_guide(report), *_statuses()]


def page_guide(report: WaitReport) -> list[Topic]:
    """Return what a page explains: date, definitions, choices, norms and sources."""
    return [*_about(report), *_definitions(), *_began(report), *_norms(report)]


def waiting_words(report: WaitReport) -> str:
    """Return on whose lists the people wait: 'op lijsten die ook Leiden bedienen'."""
    if isinstance(report.place, Municipality):
        words = _("op lijsten die ook %(name)s bedienen")
    else:
        words = _("op lijsten in %(name)s, elke lijst één keer")
    return words % {"name": report.place.name}


def _about(report: WaitReport) -> list[Topic]:
    day = formats.date_format(report.on, "j F Y")
    return [
        (_("plaats"), report.place.name),
        (_("peildatum"), day),
        (
            _("bron"),
            _(
                "Opgaven van aanbieders, lokale teams, de regio en de Nederlandse Zorgautoriteit "
                "op deze sociale kaart. Procestijd uit berichten is geen wachttijd en telt niet."
            ),
        ),
        (
            _("keuze"),
            _(
                "Zichtbaar aanbod dat deze plaats nu bedient. Elk aanbod telt per kwartaal en "
                "methode één keer: met de laatste meting. Een groep waar u alleen bij de start in "
                "kunt, heeft een datum en geen wachttijd."
            ),
        ),
        (
            _("wachtenden"),
            _("Mensen %(lists)s. Afgerond op 5.") % {"lists": waiting_words(report)},
        ),
    ]


def _definitions() -> list[Topic]:
    return [
        (_("eenheid"), _("Alles is in weken, van aanmelding tot de start van de hulp.")),
        (_("aanbod"), _("Al het aanbod: gemeten, stop en onbekend samen.")),
        (_("gemeten"), _("Aanbod waarvan de weken bekend zijn. Alle cijfers gaan hierover.")),
        (
            _("stop"),
            _("Aanbod dat nu niemand aanneemt. Het telt in geen gemiddelde mee."),
        ),
        (_("onbekend"), _("Aanbod waarvan in dit kwartaal niets bekend is.")),
        (
            _("van het aanbod"),
            _("Een deel van het gemeten aanbod. Het is geen deel van de kinderen."),
        ),
        (_("SD"), _("Standaarddeviatie van een steekproef: hoe ver de weken uit elkaar liggen.")),
        (
            _("methode"),
            _("Verwachting, gemiddelde en mediaan staan apart en worden nooit opgeteld."),
        ),
        (
            _("totaal"),
            _(
                "Jeugd-ggz, jeugd- en opvoedhulp, hulp bij een beperking en hulp bij dyslexie. "
                "Basishulp, preventie en de veiligheidsketen staan apart. In een totaal staat geen "
                "norm: elke soort hulp heeft een eigen norm."
            ),
        ),
        (
            _("wachtenden optellen"),
            _(
                "Een lijst van een aanbieder bedient vaak veel gemeenten. Tel de wachtenden van "
                "gemeenten dus niet op. Gebruik het cijfer van de regio."
            ),
        ),
    ]


def _began(report: WaitReport) -> list[Topic]:
    if not any(line.counts_only_started for line in report.lines):
        return []
    return [(_("gemiddelde of mediaan van wie begonnen is"), str(SURVIVOR_BIAS))]


def _statuses() -> list[Topic]:
    few = {"n": FEWEST}
    words = {
        Status.RUNNING: _("Het kwartaal loopt nog. De cijfers kunnen veranderen."),
        Status.FEW: _("Minder dan %(n)s metingen: de regel is leeg.") % few,
        Status.WITHHELD: _("Niet getoond, omdat anders een klein aantal te berekenen is."),
        Status.NOTHING_MEASURED: _("Geen metingen in dit kwartaal."),
        Status.NO_NORM: _("De regio heeft hiervoor geen norm, of de regel is een totaal."),
        Status.FEW_WAITING: _("Minder dan %(n)s wachtenden: niet precies getoond.") % few,
        Status.WAITING_WITHHELD: _(
            "Wachtenden niet getoond, omdat anders een klein aantal te berekenen is."
        ),
        Status.WAITING_UNKNOWN: _("Niemand gaf een aantal wachtenden."),
        Status.APART: _("Telt in geen totaal mee."),
        Status.ONLY_STARTED: _("Telt alleen wie begonnen is, niet wie nog wacht."),
    }
    return [(_("status %(name)s") % {"name": name}, text) for name, text in words.items()]


def _norms(report: WaitReport) -> list[Topic]:
    if not report.norms:
        return [
            (
                _("norm"),
                _("Deze regio heeft geen norm vastgelegd. Een landelijke norm is er niet."),
            )
        ]
    return [
        (_("norm"), _("%(norm)s. Bron: %(source)s") % {"norm": norm_words(n), "source": n.source})
        for n in report.norms
    ]
