"""The words of the field: every one points somewhere, and nothing is said twice."""

import csv
import tomllib
from collections import Counter, defaultdict
from itertools import groupby
from pathlib import Path

import pytest
from django.conf import settings

from demo.content import read_content
from providers.enums import CarePhase, OfferFormat
from providers.models.vocabulary import Signal
from providers.reference import vocabulary_rows
from providers.vocabulary.words import normalise

THEMES = vocabulary_rows("themes")
QUESTIONS = vocabulary_rows("help_questions")
TARGET_GROUPS = vocabulary_rows("target_groups")
WORDS = vocabulary_rows("search_words")
SIGNS = vocabulary_rows("signs")
CODES = {
    "help_question": {row["code"] for row in QUESTIONS},
    "target_group": {row["code"] for row in TARGET_GROUPS},
}
FIRST = {(row["kind"], normalise(row["text"])): row["code"] for row in WORDS if row["rank"] == "1"}
DANGERS = {"suicide", "selfharm", "violence", "abuse", "runaway", "psychosis", "acute"}
LONGEST_TEXT = 80

# Help questions


def test_there_are_enough_questions_and_each_stands_once():
    codes = [row["code"] for row in QUESTIONS]
    labels = [normalise(row["label"]) for row in QUESTIONS]
    assert len(codes) >= 100
    assert len(set(codes)) == len(codes)
    assert len(set(labels)) == len(labels)


def test_questions_stand_together_by_theme_in_the_order_of_the_themes():
    order = list(dict.fromkeys(row["theme"] for row in QUESTIONS))
    assert order == [row["code"] for row in THEMES]
    together = [theme for theme, _questions in groupby(row["theme"] for row in QUESTIONS)]
    assert together == order


def test_every_theme_has_several_questions():
    assert min(Counter(row["theme"] for row in QUESTIONS).values()) >= 5


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row["code"])
def test_questions_have_sound_ages_a_signal_and_an_axis(row):
    assert 0 <= int(row["age_min"]) <= int(row["age_max"]) <= 27
    assert row["signal"] in Signal.values
    assert row["capj_axis"] in set("ABCDE")


# Diagnoses are search words; families use these two themselves.
ALLOWED_LABELS = {"autisme", "hoogbegaafd"}
DIAGNOSES = ("adhd", "odd", "ptss", "depressie", "anorexia", "dyslexie", "enuresis", "borderline")


def test_no_diagnosis_is_a_heading():
    headings = {row["code"]: normalise(row["label"]).split() for row in QUESTIONS}
    named = {code for code, words in headings.items() if set(words) & set(DIAGNOSES)}
    assert named <= ALLOWED_LABELS


# Signs


# What has happened already is read literally, by a list of its own: likeness would take a thought
# of it for the deed.
LITERAL = {row["code"] for row in vocabulary_rows("afterwards")}


def test_every_question_has_enough_signs():
    times = Counter(row["code"] for row in SIGNS)
    assert set(times) == CODES["help_question"] - LITERAL
    assert min(times.values()) >= 8


def test_a_sign_stands_once_with_a_question_and_is_short():
    signs = [(normalise(row["text"]), row["code"]) for row in SIGNS]
    assert [sign for sign, times in Counter(signs).items() if times > 1] == []
    assert max(len(text) for text, _code in signs) <= LONGEST_TEXT


def test_no_sign_is_a_line_that_measures_them():
    signs = {normalise(row["text"]) for row in SIGNS}
    assert [query["text"] for query in QUERIES if normalise(query["text"]) in signs] == []


# Search words


def test_there_are_enough_words():
    assert sum(row["kind"] == "help_question" for row in WORDS) >= 2500


@pytest.mark.parametrize(("kind", "fewest"), [("help_question", 15), ("target_group", 10)])
def test_every_code_has_enough_words(kind, fewest):
    times = Counter(row["code"] for row in WORDS if row["kind"] == kind and row["rank"] == "1")
    times += Counter(row["code"] for row in vocabulary_rows("afterwards"))
    assert {code: times[code] for code in CODES[kind] if times[code] < fewest} == {}


def test_every_word_points_at_a_known_code():
    assert [row for row in WORDS if row["code"] not in CODES.get(row["kind"], ())] == []


def test_every_word_can_be_kept_and_found():
    for row in WORDS:
        assert row["text"] == row["text"].strip()
        assert len(row["text"]) <= LONGEST_TEXT
        assert normalise(row["text"]), row
        # A bare number would be taken for an age.
        assert not normalise(row["text"]).isdigit(), row


def test_no_word_points_twice_at_the_same_code():
    times = Counter((row["kind"], row["code"], normalise(row["text"])) for row in WORDS)
    assert [word for word, number in times.items() if number > 1] == []


def test_a_word_with_several_meanings_says_which_comes_first():
    ranks = defaultdict(list)
    for row in WORDS:
        ranks[row["kind"], normalise(row["text"])].append(int(row["rank"]))
    assert {
        word: found
        for word, found in ranks.items()
        if sorted(found) != list(range(1, len(found) + 1))
    } == {}


@pytest.mark.parametrize("kind", CODES)
def test_no_word_contradicts_a_label(kind):
    rows = QUESTIONS if kind == "help_question" else TARGET_GROUPS
    for row in rows:
        for name in (row["label"], row["code"]):
            assert FIRST.get((kind, normalise(name)), row["code"]) == row["code"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("somber", "somberheid"),
        ("durft niet te logeren bij opa", "scheidingsangst"),
        ("zit de hele dag op zijn telefoon", "gamen-en-scherm"),
        ("weet niet meer wat ik met hem aan moet", "dwars-gedrag"),
        ("moeder drinkt", "ouder-met-problemen"),
        ("gaat niet meer naar school", "schoolverzuim"),
        ("krijgt vaak straf", "gedrag-in-de-klas"),
        ("wil niet meer eten", "eetproblemen"),
        ("kan zich niet concentreren", "druk-en-afgeleid"),
        ("slaapt slecht", "slapen"),
        ("ouders gaan scheiden", "scheiding"),
        ("gescheiden", "scheiding"),
        ("geldstress", "geldzorgen"),
        ("thuiszitter", "schoolverzuim"),
        ("KOPP", "ouder-met-problemen"),
        ("enuresis", "zindelijkheid"),
        ("ODD", "dwars-gedrag"),
        ("internaliserend", "somberheid"),
        ("verslaafd", "middelen"),
        ("verslaving", "middelen"),
        ("autistisch", "autisme"),
        ("scheidingskinderengroep", "scheiding"),
        ("faalangsttraining", "faalangst"),
        ("sova-training", "omgaan-met-anderen"),
        ("Kanjertraining", "omgaan-met-anderen"),
        ("Piep zei de muis", "ouder-met-problemen"),
        ("EMDR", "trauma"),
        ("video-hometraining", "opvoedvragen"),
        ("suïcidaal", "gedachten-aan-de-dood"),
    ],
)
def test_everyday_words_and_words_of_the_trade_are_known(words, code):
    assert FIRST["help_question", normalise(words)] == code


# Words beside help questions


def texts_of(name, column):
    return [normalise(row[column]) for row in vocabulary_rows(name)]


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("age_words", "word"),
        ("format_words", "word"),
        ("phase_words", "word"),
        ("access_words", "word"),
        ("start_words", "word"),
        ("language_words", "word"),
        ("negations", "word"),
        ("crisis", "phrase"),
    ],
)
def test_each_list_says_a_word_once(name, column):
    words = texts_of(name, column)
    assert words
    assert [word for word, times in Counter(words).items() if times > 1 or not word] == []


def test_age_words_stay_within_the_ages_of_youth_help():
    for row in vocabulary_rows("age_words"):
        assert 0 <= int(row["age_min"]) <= int(row["age_max"]) <= 27, row


@pytest.mark.parametrize(
    ("word", "ages"),
    [
        ("baby", (0, 1)),
        ("peuter", (2, 3)),
        ("kleuter", (4, 5)),
        ("groep 1", (4, 5)),
        ("groep 8", (11, 12)),
        ("brugklas", (12, 13)),
        ("klas 6", (17, 18)),
        ("puber", (12, 16)),
        ("bijna 18", (17, 17)),
        ("veertienjarige", (14, 14)),
    ],
)
def test_ages_people_name_in_words(word, ages):
    known = {
        normalise(row["word"]): (int(row["age_min"]), int(row["age_max"]))
        for row in vocabulary_rows("age_words")
    }
    assert known[normalise(word)] == ages


def test_forms_and_phases_are_choices_of_the_code():
    assert {row["format"] for row in vocabulary_rows("format_words")} == set(OfferFormat.values)
    assert {row["phase"] for row in vocabulary_rows("phase_words")} == set(CarePhase.values)
    assert {row["certainty"] for row in vocabulary_rows("format_words")} == {"sure", "hint"}
    kinds = {row["kind"] for row in vocabulary_rows("negations")}
    assert kinds == {"negates", "weakens", "past"}


def test_every_danger_has_words_and_a_line_to_call():
    rows = vocabulary_rows("crisis")
    assert {row["kind"] for row in rows} == DANGERS
    assert min(Counter(row["kind"] for row in rows).values()) >= 5
    lines = vocabulary_rows("emergency_lines")
    shown = {kind for row in lines for kind in row["kind"].split("|")}
    assert shown == DANGERS


def test_emergency_lines_can_be_called():
    lines = {row["label"]: row for row in vocabulary_rows("emergency_lines")}
    numbers = {row["number"] for row in lines.values()}
    assert {"112", "113", "0800-2000", "0800-0432"} <= numbers
    for row in lines.values():
        assert row["text"].endswith(".")
        assert row["url"] == "" or row["url"].startswith("https://")


def test_files_are_plain_and_whole():
    for path in sorted((Path(settings.FIXTURES_DIR) / "vocabulary").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file))
        assert rows, path.name
        assert {len(row) for row in rows} == {len(header)}, path.name


# The lines that measure whether the words suffice (tests/relevance)

RELEVANCE = Path(__file__).parents[2] / "relevance"
QUERIES = [
    query
    for path in sorted(RELEVANCE.glob("*.toml"))
    for query in tomllib.loads(path.read_text(encoding="utf-8"))["query"]
]
FIELDS = {"text", "must", "must_not", "age", "place", "target_groups", "crisis"}
OFFERS = {text.title: text for row in read_content() for text in row.offers}


def test_there_are_enough_lines_and_each_stands_once():
    assert len(QUERIES) >= 200
    assert len({normalise(query["text"]) for query in QUERIES}) == len(QUERIES)
    assert sum("first_five" in query for query in QUERIES) >= 40


def test_lines_are_no_copies_of_the_words():
    words = {normalise(row["text"]) for row in WORDS}
    copies = [query["text"] for query in QUERIES if normalise(query["text"]) in words]
    assert copies == []


def test_lines_ask_for_what_exists():
    for query in QUERIES:
        assert set(query) <= FIELDS | {"first_five", "never"}, query
        assert {"text", "must"} <= set(query), query
        assert len(query["text"]) <= 200
        assert {*query["must"], *query.get("must_not", ())} <= CODES["help_question"], query
        assert not set(query["must"]) & set(query.get("must_not", ())), query
        assert set(query.get("target_groups", ())) <= CODES["target_group"], query
        assert {*query.get("first_five", ()), *query.get("never", ())} <= set(OFFERS), query


def test_every_question_is_asked_for():
    asked = {code for query in QUERIES for code in query["must"]}
    assert CODES["help_question"] - asked == set()


def test_expected_offers_answer_the_question_at_that_age():
    for query in QUERIES:
        ages = query.get("age", [])
        youngest, oldest = ages if isinstance(ages, list) and ages else (ages, ages)
        for title in query.get("first_five", ()):
            offer = OFFERS[title]
            assert set(offer.help_questions) & set(query["must"]), (query, title)
            if ages and offer.age_min is not None and offer.age_max is not None:
                assert offer.age_min <= oldest, (query, title)
                assert youngest <= offer.age_max, (query, title)
