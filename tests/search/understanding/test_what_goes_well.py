"""What is over, does not occur or goes well asks nothing; nor does where somebody works."""

import pytest

from search.asking.understanding import understand
from search.asking.understanding.reading import prepared

pytestmark = [pytest.mark.django_db, pytest.mark.by_words]


def denied(line):
    return {token.word for token in prepared(line).line if token.denied}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("de driftbuien zijn helemaal over", {"driftbuien"}),
        ("bedplassen komt bij ons niet meer voor", {"bedplassen"}),
        ("ouders gescheiden maar dat verloopt harmonieus", {"gescheiden"}),
        ("driftbuien, met de omgang gaat het prima", {"omgang"}),
        ("eet en slaapt goed", {"eet", "slaapt"}),
    ],
)
def test_what_is_over_absent_or_goes_well_is_denied(words, line, said):
    assert said <= denied(line)


@pytest.mark.parametrize(
    "line",
    [
        "het gaat niet goed met haar angst",
        "de driftbuien zijn nog niet over",
        "hoe gaat een scheiding goed",
        "de verkering is over",
        "na het geweld: het geweld is voorbij",
        "driftig thuis maar op school gaat het goed",
        "angst, slaapt nog niet goed",
    ],
)
def test_what_goes_on_or_ends_sadly_is_not(words, line):
    assert not denied(line) & {"angst", "driftbuien", "scheiding", "verkering", "geweld", "driftig"}


@pytest.mark.parametrize(
    ("line", "work"),
    [
        ("moeder werkt in de verslavingszorg, belt na vier uur", "verslavingszorg"),
        ("vader werkt als maatschappelijk werker", "werker"),
    ],
)
def test_where_somebody_works_is_used_up(words, line, work):
    assert work in {token.word for token in prepared(line).line if token.used}


@pytest.mark.parametrize(
    ("line", "besides"),
    [
        ("jongen 12 woont in Assen", "woont"),
        ("wij wonen in Assen, drie kinderen", "wonen"),
        ("kan iemand mij vrijdagochtend bellen", "bellen"),
        ("zit in groep 5 bij juf Anneke", "juf"),
        ("moeder huilt aan de telefoon", "telefoon"),
        ("gepest op insta", "insta"),
        ("test test 123", "test"),
    ],
)
def test_what_is_told_besides_is_used_up(words, line, besides):
    assert besides in {token.word for token in prepared(line).line if token.used}


@pytest.mark.parametrize(
    ("line", "matters"),
    [
        ("woont op een groep", "woont"),
        ("wil zelfstandig wonen in Assen", "wonen"),
        ("durft niet te bellen", "bellen"),
        ("zit de hele dag aan de telefoon", "telefoon"),
        ("zit uren op insta", "insta"),
        ("wil een test", "test"),
    ],
)
def test_the_same_words_where_they_are_the_matter_are_not(words, line, matters):
    assert matters not in {token.word for token in prepared(line).line if token.used}


def test_the_word_als_is_no_illness(words):
    assert "ziekte-of-beperking" not in understand("huilt als ik wegga").questions
