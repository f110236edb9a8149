"""Ages in a line, in figures and in words."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.asking.understanding import understand

pytestmark = [pytest.mark.django_db, pytest.mark.by_words]


@pytest.mark.parametrize(
    ("line", "ages"),
    [
        ("groep 7", (10, 11)),
        ("peuter", (2, 3)),
        ("bijna 18", (17, 17)),
        ("veertienjarige", (14, 14)),
        ("jongen van tien", (10, 10)),
        ("12 tot 16 jaar", (12, 16)),
        ("tussen 12 en 16", (12, 16)),
        ("12-16 jaar", (12, 16)),
        ("vanaf 16", (16, None)),
        ("jonger dan 12", (None, 11)),
        ("al 3 jaar somber", (None, None)),
        ("2 jaar geleden gescheiden", (None, None)),
        ("3 kinderen", (None, None)),
        ("over 2 weken", (None, None)),
        ("puber van 15", (15, 15)),
        ("gaat om met een jongen van 28", (None, None)),
        ("2,5 jr zegt weinig", (2, 2)),
        ("17,5 jaar", (17, 17)),
        ("2-5 jaar", (2, 5)),
        ("18 mnd zit nog niet los", (1, 1)),
        ("zuigeling 4 mnd weigert de fles", (0, 0)),
        ("baby van 3 weken", (0, 0)),
        ("8 maanden oud", (0, 0)),
        ("al 3 mnd niet op school", (None, None)),
        ("6 wkn na de bevalling", (None, None)),
        ("kinderen 6 en 9 in huis", (6, 9)),
        ("3 jonge kinderen", (0, 3)),
        ("3 minderjarigen", (None, None)),
    ],
)
def test_ages_in_figures_and_words(region, line, ages):
    said = understand(line)
    assert (said.age_min, said.age_max) == ages


@pytest.mark.parametrize(
    ("line", "ages"),
    [
        ("8½ jaar", (8, 8)),
        ("8 1/2", (8, 8)),
        ("8,5", (8, 8)),
        ("8.5 jaar", (8, 8)),
        ("8 en een half jaar", (8, 8)),
        ("2,25 jr", (2, 2)),
        ("anderhalf", (1, 1)),
        ("tweeënhalf jaar", (2, 2)),
        ("11;3 jaar", (11, 11)),
        ("11;10", (11, 11)),
        ("8 jaar en 3 maanden", (8, 8)),
        ("18 maanden", (1, 1)),
        ("meisje van 30 maanden", (2, 2)),
        ("6 weken oud", (0, 0)),
        ("veertien", (14, 14)),
        ("meisje veertien somber", (14, 14)),
        ("meisje van zes", (6, 6)),
        ("zeventienjarige jongen", (17, 17)),
        ("m14 somber", (14, 14)),
        ("v/15 angst", (15, 15)),
        ("meisje (9)", (9, 9)),
    ],
)
def test_one_age_however_it_is_written(region, line, ages):
    said = understand(line)
    assert (said.age_min, said.age_max) == ages


@pytest.mark.parametrize(
    ("line", "ages"),
    [
        ("4 t/m 6", (4, 6)),
        ("4 t.e.m. 6 jaar", (4, 6)),
        ("4-6", (4, 6)),
        ("4 – 6 jaar", (4, 6)),
        ("4-6 jarigen", (4, 6)),
        ("6/7 jaar", (6, 7)),
        ("tussen 4 en 6", (4, 6)),
        ("tussen vier en zes", (4, 6)),
        ("vier tot zes jaar", (4, 6)),
        ("van 4 tot 6", (4, 5)),
        ("van 12 tot en met 16 jaar", (12, 16)),
        ("kinderen van 4, 8 en 12", (4, 12)),
        ("groep 5 t/m 8", (8, 12)),
        ("tot 6 jaar", (None, 5)),
        ("t/m 6", (None, 6)),
        ("<12", (None, 11)),
        ("< 12 jaar", (None, 11)),
        ("<= 12", (None, 12)),
        ("onder de 12", (None, 11)),
        ("max 12 jaar", (None, 12)),
        ("12 jaar en jonger", (None, 12)),
        (">16", (17, None)),
        (">= 16", (16, None)),
        ("≥16", (16, None)),
        ("ouder dan 12", (13, None)),
        ("12+", (12, None)),
        ("18 +", (18, None)),
        ("vanaf 12", (12, None)),
        ("12 jaar en ouder", (12, None)),
    ],
)
def test_from_and_to_however_they_are_written(region, line, ages):
    said = understand(line)
    assert (said.age_min, said.age_max) == ages


NO_AGES = [
    "Breestraat 12",
    "Haarlemmerweg 8 Leiden",
    "huisnummer 14",
    "groep 1 op 3",
    "begeleiding 1 op 1",
    "1op1",
    "1op3",
    "1:3",
    "1-1 begeleiding",
    "groep van 8",
    "gezin van 5",
    "max 8 deelnemers",
    "schooljaar 2023/2024",
    "schuld 15 euro",
    "€ 12 per week",
    "schuld van 2.500 euro",
    "12,50 per uur",
    "15% minder",
    "3x per week",
    "3-4 keer per week",
    "2 x 4 gesprekken",
    "2 weken geleden",
    "al 6 weken ziek",
    "2-3 weken",
    "ticstoornis > 1 jaar",
    "24/7 zorg",
    "3 mei",
    "een 4 voor rekenen",
    "3 van de 4 dagen ziek",
]


@pytest.mark.parametrize("line", NO_AGES)
def test_other_numbers_are_no_ages(region, line):
    said = understand(line)
    assert (said.age_min, said.age_max) == (None, None)


TIMES = """
    half {}, {} uur, om {}, om {}:30, {}.15, kwart over {}, kwart voor {}, 10 voor half {},
    rond {} uur, {}u30, tussen {}.00-{}.30, van {} tot {} uur
""".strip()
SENTENCES = ["{} naar school", "komt pas {} uit bed", "ligt {} nog wakker", "wil {} niet slapen"]


@given(
    time=st.sampled_from(re.split(r",\s+", TIMES)),
    sentence=st.sampled_from(SENTENCES),
    hour=st.integers(1, 12),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_time_of_day_is_no_age(region, time, sentence, hour):
    said = understand(sentence.format(time.replace("{}", str(hour))))
    assert (said.age_min, said.age_max) == (None, None)


WORDS = """
    twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien
    zeventien achttien negentien twintig eenentwintig tweeëntwintig drieëntwintig vierentwintig
    vijfentwintig zesentwintig zevenentwintig
""".split()
FORMS = """
    {} jaar|{}-jarige|{} jr|{}jr|meisje {}|jongen van {}|({})|{}½ jaar|{},5 jaar|{} 1/2|{};6
    |{} jaar oud|somber, {} jaar|leeftijd {}
"""
IN_WORDS = ["{} jaar", "{}jarige", "meisje van {}", "jongen {} jaar", "somber, {} jaar oud"]


@given(form=st.sampled_from([form.strip() for form in FORMS.split("|")]), age=st.integers(0, 27))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_every_age_is_read_in_every_form(region, form, age):
    said = understand(form.format(age))
    assert (said.age_min, said.age_max) == (age, age)


@given(form=st.sampled_from(IN_WORDS), age=st.integers(2, 27))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_age_is_read_in_words(region, form, age):
    said = understand(form.format(WORDS[age - 2]))
    assert (said.age_min, said.age_max) == (age, age)


@given(form=st.sampled_from(["{}-{}", "{} - {} jaar", "{} t/m {}", "tussen {} en {} jaar"]),
       ages=st.lists(st.integers(0, 27), min_size=2, max_size=2, unique=True))  # fmt: skip
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_span_is_read(region, form, ages):
    low, high = sorted(ages)
    said = understand(form.format(low, high))
    assert (said.age_min, said.age_max) == (low, high)


@pytest.mark.each_engine
@pytest.mark.parametrize("line", ["28 jaar", "jongen van 30 jaar", "autisme, 45-jarige"])
def test_an_age_past_the_last_one_is_answered_as_in_the_age_field(client, region, line):
    page = client.post("/", {"vraag": line})
    assert page.status_code == 422
    assert "Typ een leeftijd van 0 tot en met 27 jaar." in page.content.decode()


@pytest.mark.parametrize(
    "line",
    [
        "moeder van 45 jaar",
        "vader 38 jaar drinkt",
        "al 30 jaar getrouwd",
        "gaat om met een jongen van 28 jaar",
        "kind 4 jaar, oma 70 jaar",
        "jongen 16, vriend 28 jaar",
    ],
)
def test_the_age_of_somebody_else_is_not_refused(region, line):
    assert not understand(line).is_beyond_ages


def test_a_narrow_span_is_filtered_by_its_middle_and_a_wide_one_not(region):
    assert (understand("groep 7").age, understand("12 tot 18 jaar").age) == (10, None)
