"""What a line asks besides what it is about: each becomes a filter, with a chip to take it away."""

import pytest
from django.http import QueryDict

from providers.enums import CarePhase
from providers.models import Language
from providers.reference import vocabulary_rows
from search.asking.forms import AskForm
from search.asking.understanding import understand
from tests.factories import LanguageFactory, OfferFactory
from tests.search.searching import page_of, results_of

pytestmark = [pytest.mark.django_db, pytest.mark.by_words]


def parameters(line, **carried):
    data = QueryDict(mutable=True)
    data.update({"vraag": line, **carried})
    form = AskForm(data)
    assert form.is_valid(), form.errors
    return {name: values for name, values in form.parameters().lists() if values}


# --- language ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("spreken Arabisch", "ar"),
        ("ouders spreken alleen Turks, kind is druk", "tr"),
        ("Turks", "tr"),
        ("Poolse ouders", "pl"),
        ("moeder spreekt Tigrinya", "ti"),
        ("ouders praten thuis Farsi", "fa"),
        ("hulp in het Engels", "en"),
        ("Turkssprekende hulpverlener", "tr"),
        ("Oekraïens gezin, kind slaapt slecht", "uk"),
        ("meisje 14 somber Turks Leiden", "tr"),
        ("tolk Somalisch", "so"),
        ("spreekt geen Nederlands, alleen Arabisch", "ar"),
        ("uitleg in eenvoudig Nederlands", "nl-x-eenvoudig"),
    ],
)
def test_a_language_is_the_filter_and_no_topic(words, line, code):
    assert parameters(line)["taal"] == [code]


@pytest.mark.parametrize("line", ["spreken Arabisch", "Turks", "Poolse ouders"])
def test_a_language_alone_is_about_nothing_else(words, line):
    assert "hulpvraag" not in parameters(line)


def test_every_name_of_a_language_is_read(words):
    rows = vocabulary_rows("language_words")
    read = {row["word"]: understand(f"ouders spreken {row['word']}").languages for row in rows}
    assert read == {row["word"]: (row["language"],) for row in rows}


@pytest.mark.parametrize(
    "line",
    [
        "begeleiding bij huiswerk voor Frans",
        "onvoldoende voor Engels en Duits, faalangst",
        "spreekt geen Turks",
        "thuis spreken we Pools, peuter leert langzaam Nederlands",
        "kind 3 mengt Turks en Nederlands door elkaar",
        "ruzie met de Engelse leraar",
        "Nederlands leren",
    ],
)
def test_a_language_that_nobody_asks_help_in_is_no_filter(words, line):
    assert "taal" not in parameters(line)


@pytest.mark.each_engine
def test_languages_are_codes_of_the_vocabulary(words):
    codes = {row["language"] for row in vocabulary_rows("language_words")}
    assert codes <= set(Language.objects.values_list("code", flat=True))


# --- the way in --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "zonder verwijzing",
        "somber, zonder verwijzing, Leiden",
        "slaapt slecht, zonder verwijsbrief",
        "hulp zonder indicatie bij ruzie thuis",
        "vrij toegankelijk",
        "vrij toegankelijke hulp bij angst",
        "geen verwijzing nodig, faalangst 12",
        "indicatievrij",
    ],
)
def test_help_without_a_referral_is_asked_for(words, line):
    assert parameters(line)["toegang"] == ["vrij"]


@pytest.mark.parametrize(
    "line",
    [
        "niet zonder verwijzing",
        "kan niet zonder indicatie",
        "niet vrij toegankelijk",
        "verwijzing van de huisarts is er al",
        "kwam zonder verwijzing van school",
    ],
)
def test_a_way_in_that_is_denied_or_was_is_no_filter(words, line):
    assert "toegang" not in parameters(line)


# --- when it starts ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "weeks"),
    [
        ("deze week", 1),
        ("somber, deze week, Leiden", 1),
        ("liefst nog deze week hulp bij ruzie", 1),
        ("angst 12, volgende week starten", 2),
        ("op korte termijn", 6),
        ("faalangst, zo snel mogelijk", 6),
        ("liefst snel een training sociale vaardigheden", 6),
        ("snel terecht met depressieve puber", 6),
        ("somber, binnen vier weken", 4),
        ("moet binnen 2 weken beginnen, angst", 2),
        ("binnen een maand plek, boos", 4),
        ("zonder wachtlijst, somber", 2),
    ],
)
def test_a_start_is_asked_for(words, line, weeks):
    assert parameters(line)["start"] == [str(weeks)]


@pytest.mark.parametrize(
    "line",
    [
        "deze week niet naar school geweest",
        "snel boos",
        "is snel afgeleid en zoekt hulp",
        "niet deze week, somber",
        "deze week begonnen met een training",
        "hoeft niet snel, faalangst",
        "vader is binnen twee weken weer weg geweest",
    ],
)
def test_a_time_of_something_else_is_no_filter(words, line):
    assert "start" not in parameters(line)


@pytest.mark.each_engine
def test_a_term_of_its_own_can_be_chosen_again(words):
    choices = page_of("start=1").filters.start_choices
    assert [choice.value for choice in choices if choice.checked] == ["1"]


# --- the phase ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "phase"),
    [
        ("nazorg", "uit-zorg"),
        ("somber, net uit de kliniek, Leiden", "uit-zorg"),
        ("na de opname weer naar huis, eetproblemen", "uit-zorg"),
        ("staat op de wachtlijst, angst 12", "wachtend"),
        ("overbruggingszorg somber 15", "wachtend"),
        ("krijgt al hulp, boos", "in-zorg"),
        ("nog geen hulp gehad, slaapt slecht", "voor-zorg"),
    ],
)
def test_where_somebody_stands_is_a_filter(words, line, phase):
    assert parameters(line)["fase"] == [phase]


@pytest.mark.parametrize(
    "line",
    [
        "geen nazorg",
        "staat niet op de wachtlijst, somber",
        "was in behandeling, nu weer angstig",
        "wil afbouwen met blowen",
        "school afgerond, geen werk",
        "intussen ruzie thuis",
    ],
)
def test_what_is_denied_or_was_or_means_something_else_is_no_phase(words, line):
    assert "fase" not in parameters(line)


@pytest.mark.each_engine
@pytest.mark.parametrize("phase", CarePhase.values)
def test_help_for_each_phase_can_be_asked_for(words, phase):
    fits = OfferFactory(**{PHASES[phase]: True})
    others = [OfferFactory(**{PHASES[other]: True}) for other in PHASES if other != phase]
    found = set(results_of(f"fase={phase}").matches.ranking.ids)
    assert fits.pk in found
    assert found.isdisjoint(one.pk for one in others)


PHASES = {
    "voor-zorg": "before_care",
    "wachtend": "while_waiting",
    "in-zorg": "in_care",
    "uit-zorg": "after_care",
}


# --- for whom ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "groups"),
    [
        ("jongere met een lvb, somber", ["lvb"]),
        ("cursus voor ouders van pubers", ["ouders"]),
        ("oudergroep slapen", ["ouders"]),
        ("statushouders met peuter", ["nieuwkomers"]),
        ("jongen is lhbti, gepest", ["lhbti"]),
        ("voor broertjes en zusjes", ["brus-kopp"]),
        ("pleegkind dat niet slaapt", ["pleeg-adoptie"]),
    ],
)
def test_whom_help_is_asked_for_is_a_filter(words, line, groups):
    assert parameters(line)["doelgroep"] == groups


@pytest.mark.parametrize(
    "line",
    [
        "ouders uit elkaar, 9 jaar",
        "leraar ziet dat hij somber is",
        "moeder is autistisch, kind 8 druk",
        "broertje slaat haar",
        "geen lvb, wel somber",
        "meisje 14 somber, gaat niet meer naar school, Leiden",
    ],
)
def test_whom_a_line_only_names_is_no_filter(words, line):
    assert "doelgroep" not in parameters(line)


# --- what happens with them --------------------------------------------------------------------


@pytest.mark.each_engine
def test_everything_asked_has_a_chip_and_can_be_taken_away(words):
    line = "nazorg, lvb, spreken Turks, zonder verwijzing, deze week"
    query = QueryDict(mutable=True)
    for name, values in parameters(line).items():
        query.setlist(name, values)
    page = page_of(query.urlencode())
    chips = {chip.name: chip for chip in page.understood.chips}
    for name in ("fase", "doelgroep", "taal", "toegang", "start"):
        assert f"{name}=" not in chips[name].without


def test_what_is_asked_last_goes_before_what_was_asked(words):
    assert parameters("spreken Turks", taal="ar")["taal"] == ["tr"]


def test_a_next_question_leaves_what_was_asked(words):
    assert parameters("somber", taal="ar", fase="uit-zorg")["fase"] == ["uit-zorg"]


@pytest.mark.each_engine
def test_where_a_wish_leaves_nothing_the_way_back_is_offered(words):
    OfferFactory(help_questions=["somberheid"], languages=[LanguageFactory(code="nl")])
    page = page_of("hulpvraag=somberheid&taal=ti")
    assert page.near_misses is not None
    assert "Zonder de taal" in [search.label for search in page.near_misses.wider]
