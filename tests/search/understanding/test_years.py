"""A year is no postcode; four digits that may be either are asked about."""

import pytest

from search.asking.forms import AskForm
from search.asking.understanding import understand
from tests.factories import HelpQuestionFactory, MunicipalityFactory, PostalAreaFactory

pytestmark = pytest.mark.django_db

YEARS = (1901, 2011, 2014, 2019, 2023)


@pytest.fixture(autouse=True)
def haarlem(region):
    """Postcodes that look like years."""
    there = MunicipalityFactory(code="GM0392", name="Haarlem")
    for code in map(str, YEARS):
        PostalAreaFactory(code=code, municipality=there, town="Haarlem")
    HelpQuestionFactory(code="scheiding", label="Scheiding")
    return there


def places(line):
    said = understand(line)
    return said.place, said.maybe_postcode


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(
    "line",
    [
        "in {} verhuisd",
        "sinds {} somber",
        "geb. {}",
        "geb {} somber",
        "geboren {}",
        "geboren in {}",
        "vanaf {} thuis",
        "maart {} gescheiden",
        "gescheiden 3 mei {} ofzo",
        "eind {} begonnen",
        "zomer {}",
        "schooljaar {}/2024",
        "{}-2024",
        "tussen {} en 2024",
    ],
)
def test_a_year_with_a_word_that_says_so_is_no_place(line, year):
    assert places(line.format(year)) == (None, None)


@pytest.mark.parametrize(
    "line", ["scheiding {} Leiden", "Leiden, {} gescheiden", "{} 2311", "2312 AB {}"]
)
@pytest.mark.parametrize("year", YEARS)
def test_beside_a_real_place_it_is_a_year(line, year):
    said = understand(line.format(year))
    assert (said.municipality, said.maybe_postcode) == ("GM0546", None)


@pytest.mark.parametrize("line", ["{}", "scheiding {}", "{} gescheiden", "meisje 14 {}"])
@pytest.mark.parametrize("year", YEARS)
def test_otherwise_it_is_asked_and_not_filled_in(line, year):
    assert places(line.format(year)) == (None, str(year))


@pytest.mark.parametrize("line", ["{}AB scheiding", "scheiding {} AB", "in {} ab", "postcode {}"])
@pytest.mark.parametrize("year", YEARS)
def test_with_letters_or_the_word_it_is_a_postcode(line, year):
    assert places(line.format(year)) == (str(year), None)


@pytest.mark.parametrize("line", ["schuld van 2311 euro", "2311 stappen per dag", "€ 2311 schuld"])
def test_an_amount_is_no_postcode(line):
    assert places(line) == (None, None)


def test_other_digits_are_a_postcode_as_before():
    assert places("somber in 2311") == ("2311", None)


def test_a_year_is_not_called_an_unknown_word():
    assert understand("scheiding in 2019").dropped == ()


def test_the_page_asks_with_one_tap(client):
    page = client.post("/", {"vraag": "scheiding 2023"}, follow=True).content.decode()
    assert "Bedoelt u postcode 2023 (Haarlem)?" in page
    assert "plaats=2023" in page


def test_the_place_field_is_a_real_place_too():
    form = AskForm({"vraag": "scheiding 2023", "plaats": "Leiden"})
    assert form.is_valid()
    assert "postcode_of_jaar" not in form.parameters()


@pytest.mark.parametrize("value", ["2023x", "Fleur", "99999", "9999", "²²²²"])
def test_the_question_is_not_asked_of_anything_else(client, value):
    page = client.get("/", {"hulpvraag": "scheiding", "postcode_of_jaar": value})
    assert "Bedoelt u postcode" not in page.content.decode()
