"""Who sees the figures, and that page and file say the same."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from providers.csv_cells import neutral
from providers.enums import Role
from tests.factories import (
    HelpQuestionFactory,
    MembershipFactory,
    OfferFactory,
    ThemeFactory,
    WaitTimeFactory,
)
from tests.pages import element, elements, text_of

pytestmark = pytest.mark.django_db

INDEX = "/voor-gemeenten/"
PAGE = "/voor-gemeenten/leiden/"
FILE = "/voor-gemeenten/leiden.csv"


@pytest.fixture
def figures(region):
    HelpQuestionFactory(code="somberheid", theme=ThemeFactory(label="Stemming", position=1))
    HelpQuestionFactory(code="geld", theme=ThemeFactory(code="geld", label="=Geld", position=2))
    offer = OfferFactory(help_questions=["somberheid"], municipalities=[region.leiden])
    WaitTimeFactory(offer=offer, intake_weeks=1, treatment_weeks=1.5)
    return region


@pytest.fixture
def member(log_in, region):
    user = log_in()
    MembershipFactory(user=user, provider=None, municipality=region.leiden, role=Role.VIEWER)
    return user


def test_the_index_explains_itself_to_who_is_not_logged_in(client, region):
    response = client.get(INDEX)
    assert response.status_code == 200
    assert f"{reverse('account_login')}?next={INDEX}" in response.content.decode()
    assert PAGE not in response.content.decode()


def test_the_index_lists_the_municipalities_of_a_member(client, member):
    text = client.get(INDEX).content.decode()
    assert PAGE in text
    assert "katwijk" not in text


def test_a_member_of_a_provider_only_reads_why_there_is_nothing(client, log_in):
    MembershipFactory(user=log_in())
    assert "hoort nog niet bij een gemeente" in client.get(INDEX).content.decode()


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("address", [PAGE, FILE])
def test_members_of_the_municipality_see_it(client, log_in, region, address, role):
    MembershipFactory(user=log_in(), provider=None, municipality=region.leiden, role=role)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", [PAGE, FILE])
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_who_is_not_logged_in_goes_to_the_log_in_page(client, region, address, method):
    response = getattr(client, method)(address)
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={address}"


@pytest.mark.parametrize("address", [PAGE, FILE])
@pytest.mark.parametrize("rights", [{}, {"is_staff": True}])
def test_strangers_do_not(client, log_in, region, address, rights):
    MembershipFactory(user=log_in(**rights), provider=None, municipality=region.katwijk)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [PAGE, FILE])
def test_a_superuser_reads_every_municipality(client, log_in, region, address):
    log_in(is_staff=True, is_superuser=True)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/voor-gemeenten/nergens/", "/voor-gemeenten/nergens.csv"])
def test_a_municipality_that_does_not_exist(client, member, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [INDEX, PAGE, FILE])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_can_be_written(client, member, address, method):
    assert getattr(client, method)(address).status_code == 405


def test_the_page_says_what_is_missing(client, member, figures):
    text = client.get(PAGE).content.decode()
    assert "Er is geen aanbod voor =Geld." in text
    assert "geen aanbod</td>" in text
    assert "100%" in text
    assert "2,5" in text
    assert text.count("<h1") == 1
    assert '<th scope="row">Stemming</th>' in text


def test_file_and_page_say_the_same(client, member, figures):
    response = client.get(FILE)
    today = timezone.localdate().isoformat()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="aanbod-leiden-{today}.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1] == ["Leiden", today, "Stemming", "1", "100", "2,5", ""]
    assert rows[2] == ["Leiden", today, "'=Geld", "0", "", "", "geen-aanbod"]
    table = element(client.get(PAGE).content.decode(), "table")
    lines = [
        [text_of(cell) for tag in ("th", "td") for cell in elements(row, tag)]
        for row in elements(element(table, "tbody"), "tr")
    ]
    assert lines == [["Stemming", "1", "100%", "2,5"], ["=Geld", "geen aanbod", "–", "–"]]


def test_other_peoples_caches_do_not_keep_it(client, member):
    for address in (PAGE, FILE):
        assert "private" in client.get(address)["Cache-Control"]


@pytest.mark.parametrize("cell", ["=1+1", "+31", "-1", "@x", "\t=1", " =1", "\r=1"])
def test_no_cell_is_taken_for_a_formula(cell):
    assert neutral(cell) == f"'{cell}"


def test_ordinary_cells_stay_as_they_are():
    assert [neutral(cell) for cell in ("Leiden", "", "3,5", "–", "a=b")] == [
        "Leiden",
        "",
        "3,5",
        "–",
        "a=b",
    ]


def test_the_page_takes_a_fixed_number_of_queries(
    client, member, figures, django_assert_num_queries
):
    client.get(PAGE)
    # Session, user, municipality, membership, the two of the figures, what was stored of the
    # cells, what was searched, missed and refused in them, the seven of an area without, and
    # what was missed. The clocks of regions are remembered.
    with django_assert_num_queries(18):
        client.get(PAGE)
