"""From one line of text to codes, as referrers type it."""

import gc
import json
import unicodedata

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.models import HelpQuestion
from search.asking.understanding import understand
from search.asking.understanding.line.line import Token
from tests.factories import OfferFactory, SearchWordFactory

pytestmark = [pytest.mark.django_db, pytest.mark.by_words]


# Whole lines with what they have to give; the list is for editors to add to.
LINES = [
    ("meisje 14 somber, gaat niet meer naar school, Leiden", {"somberheid", "schoolverzuim"}),
    ("meisje somber, gaat niet meer naar school, ouders geldstress", {"somberheid"}),
    ("depressie", {"somberheid"}),
    ("faalangst", {"faalangst"}),
    ("wordt gepest op school", {"pesten"}),
]


@pytest.mark.parametrize(("line", "questions"), LINES)
def test_the_questions_in_a_line(words, line, questions):
    assert questions <= set(understand(line).questions)


def test_isa_is_understood_whole(words):
    said = understand("meisje 14 somber, gaat niet meer naar school, ouders geldstress, Leiden")
    assert {"somberheid", "schoolverzuim", "geldzorgen"} <= set(said.questions)
    assert (said.age, said.place) == (14, "leiden")


@pytest.mark.parametrize(
    ("line", "age"),
    [
        ("14 jaar", 14),
        ("jongen van 9", 9),
        ("14-jarige", 14),
        ("meisje 14 somber", 14),
        ("zoon 3", 3),
        ("0 jaar", 0),
        ("27 jaar", 27),
        ("40 jaar", None),
        ("somber", None),
    ],
)
def test_the_age_in_a_line(region, line, age):
    assert understand(line).age == age


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("somber in Leiden", "leiden"),
        ("Katwijk somber", "katwijk"),
        ("2312 somber", "2312"),
        ("2312 AB somber", "2312"),
        ("somber", None),
        ("1000 somber", None),
    ],
)
def test_the_place_in_a_line(region, line, place):
    assert understand(line).place == place


def test_a_postcode_is_no_age(region):
    assert understand("2312").age is None


def test_words_of_the_catalogue_are_kept_when_there_is_no_question(words):
    assert understand("boksen").words == ("boksen",)


def test_words_nobody_knows_are_counted_and_dropped(words):
    said = understand("Fleurtje Zonnedauw boksen")
    assert not {"fleurtje", "zonnedauw"} & set(said.words)
    assert len(said.dropped) == 2


@pytest.mark.each_engine
def test_a_name_with_which_a_word_begins_is_dropped(words):
    OfferFactory(title="Spelen", summary="Met zand en emmertjes.", help_questions=["somberheid"])
    assert "emme" not in understand("Emme boksen").words


def test_an_empty_line_asks_nothing(region):
    said = understand("")
    assert (said.questions, said.words, said.age, said.place) == ((), (), None, None)


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(line=st.text(max_size=200))
def test_any_line_is_answered(region, line):
    understand(line)


# --- everyday Dutch ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "question"),
    [
        ("durft niet te logeren bij opa", "scheidingsangst"),
        ("zit de hele dag op zijn telefoon", "gamen-en-scherm"),
        ("ik weet niet meer wat ik met hem aan moet", "opvoedvragen"),
        ("moeder drinkt", "ouder-met-problemen"),
        ("niet meer naar school", "schoolverzuim"),
        ("school? daar gaat hij niet meer naar toe", "schoolverzuim"),
        ("faalangsttraining", "faalangst"),
        ("scheidingskinderengroep", "scheiding"),
        ("papa is verslaafd aan gokken", "ouder-met-problemen"),
        ("blowt elke dag na school", "middelen"),
    ],
)
def test_what_people_say_in_their_own_words(words, line, question):
    assert question in understand(line).questions


@pytest.mark.parametrize(
    "line",
    [
        "",
        "hallo",
        "asdf qwer zxcv",
        "recept voor appeltaart",
        "treinkaartje naar Parijs",
        "jaja nee",
    ],
)
def test_nonsense_gives_no_question(words, line):
    assert understand(line).questions == ()


@pytest.mark.parametrize(
    ("line", "question"),
    [
        ("het zonnetje in huis is verdwenen, staart voor zich uit en eet amper", "somberheid"),
        ("sinds de baby er is groeien wij als man en vrouw uit elkaar", "relatie-ouders"),
        ("de was ligt tot het plafond en niemand vindt nog een schoon bord", "huis-op-orde"),
        ("steekt nooit zijn hand op omdat het antwoord fout kan zijn", "faalangst"),
        ("zegt steeds ik ben niks waard", "negatief-zelfbeeld"),
    ],
)
def test_a_line_in_nobody_elses_words_sounds_like_its_question(words, line, question):
    assert question in understand(line).questions


@pytest.mark.parametrize("line", ["cursus", "training", "wij zoeken begeleiding"])
def test_asking_for_help_says_nothing_about_the_question(words, line):
    assert understand(line).questions == ()


def test_what_is_said_outright_stays_beside_what_is_louder(words):
    said = understand("14 jr m somber + schoolverzuim + schulden thuis").questions
    assert {"somberheid", "schoolverzuim", "geldzorgen"} <= set(said)


def test_phrases_beat_the_words_they_consist_of(words):
    said = understand("moeder drinkt").questions
    assert said[0] == "ouder-met-problemen"
    assert "middelen" not in said


@pytest.mark.parametrize(
    ("line", "yes", "no"),
    [
        ("geen autisme, wel angstig", "angst", "autisme"),
        ("adhd uitgesloten, slaapt slecht", "slapen", "druk-en-afgeleid"),
        ("niet gepest maar wel eenzaam", "eenzaam", "pesten"),
    ],
)
def test_what_is_denied_is_left_out(words, line, yes, no):
    said = understand(line).questions
    assert yes in said
    assert no not in said


def test_the_lack_of_something_is_no_denial(words):
    assert "eenzaam" in understand("heeft geen vrienden").questions


def test_each_question_says_which_words_led_to_it(words):
    (found,) = understand("al weken somber").help_questions
    assert (found.code, found.words) == ("somberheid", ("somber",))
    assert 0 < found.weight <= 1


# --- places ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("somber Alphen aan den Rijn", "alphen-aan-den-rijn"),
        ("somber in Best", "best"),
        ("het gaat best goed", None),
        ("een kind uit een gezin", None),
        ("Utrecht somber", "utrecht"),
        ("net in Nederland", None),
        ("ruzie met hem", None),
        ("poept in broek", None),
        ("durft in winkel niks te vragen", None),
        ("heeft er mee te kampen", None),
        ("somber in Kampen", "kampen"),
    ],
)
def test_towns_named_like_ordinary_words_need_a_word_before_them(words, line, place):
    assert understand(line).place == place


def test_a_place_comes_with_its_municipality(region):
    said = understand("2312 somber")
    assert (said.place, said.municipality) == ("2312", "GM0546")


# --- wishes and danger -------------------------------------------------------------------------


def test_the_form_the_phase_and_the_level(words):
    said = understand("staat op de wachtlijst, liefst in een groep, ambulante behandeling")
    assert (said.phase, said.format, said.level) == ("wachtend", "groep", 3)


def test_what_explains_a_question_is_no_form(words):
    assert understand("wordt gepest op school").format is None
    assert understand("groep 7").format is None


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("wil niet meer leven", "suicide"),
        ("snijdt zichzelf", "selfharm"),
        ("vanavond nog hulp nodig", "acute"),
        # Only the question that is understood tells of the danger.
        ("geen zin meer in het leven", "suicide"),
        ("er zitten weer krassen op haar onderarmen", "selfharm"),
        ("oom heeft aan mijn dochter gezeten", "abuse"),
        ("zit elke nacht buiten en komt niet thuis", "runaway"),
        # Second in line, and clear.
        ("ziet het niet meer zitten en neemt afscheid van vrienden", "suicide"),
        ("niet suicidaal, wel somber", None),
        ("somber", None),
        ("wil niet meer naar school", None),
    ],
)
def test_danger_is_marked_by_its_kind(words, line, kind):
    assert understand(line).crisis == kind


def test_what_a_line_only_sounds_like_in_the_second_place_is_no_danger(words):
    said = understand("18 jr kan niet meer thuis blijven, slaapt op de bank bij maten")
    assert said.questions[0] == "zelfstandig-wonen"
    assert said.crisis is None


@pytest.mark.parametrize(
    "line",
    ["school maakt zich zorgen over meisje 8", "de ouders maken zich erg veel zorgen, kind van 6"],
)
def test_who_worries_is_not_what_is_the_matter(words, line):
    said = understand(line)
    assert not {"piekeren", "zorgen-om-ander-kind"} & set(said.questions)
    assert (said.crisis, said.dropped) == (None, ())


def test_a_worry_about_everything_is_the_matter(words):
    assert understand("mama zegt: hij maakt zich zorgen om alles").questions[0] == "piekeren"


def test_danger_hides_nothing(words):
    assert "gedachten-aan-de-dood" in understand("wil niet meer leven").questions


# --- the same for everyone ---------------------------------------------------------------------


def without_accents(text):
    """Return the text in other letters for the same words."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


ODD = "Mèisje 14 SÓMBER, gaat níet méér naar SCHOOL in Leiden, faalàngst"


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title, without_accents])
def test_case_and_accents_make_no_difference(words, change):
    assert understand(change(ODD)) == understand(ODD)


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(line=st.lists(st.sampled_from(ODD.split()), max_size=12).map(" ".join))
def test_any_order_of_words_reads_the_same_in_capitals(words, line):
    assert understand(line.upper()) == understand(line)


@pytest.mark.each_engine
def test_a_question_costs_no_query_once_the_words_are_known(words, django_assert_num_queries):
    understand("somber")
    with django_assert_num_queries(0):
        understand("meisje 14 fallangst, gaat niet naar school, Leiden")


@pytest.mark.each_engine
def test_an_edit_of_the_vocabulary_counts_at_once(words):
    assert understand("zwabberig").questions == ()
    SearchWordFactory(text="zwabberig", help_question=HelpQuestion.objects.get(pk="somberheid"))
    assert understand("zwabberig").questions == ("somberheid",)


@pytest.mark.each_engine
def test_the_command_prints_what_is_understood(words, capsys):
    call_command("understand", "meisje 14 somber Leiden")
    assert "somberheid" in capsys.readouterr().out
    call_command("understand", "meisje 14 somber Leiden", "--json")
    data = json.loads(capsys.readouterr().out)
    assert list(data) == [
        *("help_questions", "target_groups", "age_min", "age_max", "place", "municipality"),
        *("format", "phase", "asked_groups", "access", "start", "languages", "level"),
        *("crisis", "urgent", "names", "words", "dropped", "corrections"),
    ]
    assert (data["help_questions"], data["age_min"], data["place"]) == (
        ["somberheid"],
        14,
        "leiden",
    )


# --- compounds that add nothing, and letters with dots --------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vechtscheidingsproblematiek", "vechtscheiding"),
        ("traumagerelateerde klachten", "trauma"),
        ("angstgerelateerde klachten", "angst"),
        ("verslavingsgerelateerd", "verslaving"),
        ("stressgerelateerde problemen", "stress"),
        ("angststoornisproblematiek", "angststoornis"),
        ("autismeproblematiek", "autisme"),
        ("rouwproblematiek", "rouw"),
        ("a.d.h.d.", "adhd"),
        ("A.D.H.D", "adhd"),
        ("p.t.s.s.", "ptss"),
        ("l.v.b.", "lvb"),
    ],
)
def test_what_is_said_in_the_words_of_a_report_is_what_is_meant(words, typed, meant):
    assert understand(typed).questions[:1] == understand(meant).questions[:1] != ()


def test_a_dot_ends_a_clause_where_more_than_a_letter_stands_before_it(words):
    assert understand("geen angst. boos").questions == understand("geen angst; boos").questions


@pytest.mark.parametrize("text", ["zeppelinus wordt geslagen", "mijn zeppelinus wil dood"])
def test_a_line_that_was_read_is_in_memory_no_more(text):
    understand(text)
    gc.collect()
    # By its type: to ask a proxy whose object is gone for its class raises an error.
    tokens = [one for one in gc.get_objects() if type(one) is Token]
    assert "zeppelinus" not in {one.word for one in tokens}
