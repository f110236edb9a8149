"""A page that was fetched before is not sent again, though the token in its form differs."""

import pytest

pytestmark = pytest.mark.django_db


def test_the_same_page_again_costs_no_page(client):
    first = client.get("/?leeftijd=14")
    again = client.get("/?leeftijd=14", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_another_visitor_gets_a_page_of_its_own(client):
    first = client.get("/?leeftijd=14")
    client.cookies.clear()
    again = client.get("/?leeftijd=14", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200


def test_another_search_is_another_page(client):
    first = client.get("/?leeftijd=14")
    assert client.get("/?leeftijd=15", headers={"if-none-match": first["ETag"]}).status_code == 200
