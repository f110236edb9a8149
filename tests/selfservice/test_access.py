"""Every write, by everybody, with every method."""

import re

import pytest
from django.urls import reverse

from providers.enums import OfferStatus
from providers.models import AuditEvent, Offer
from tests.factories import GroupProgrammeFactory, GroupRunFactory, days_ago

pytestmark = pytest.mark.django_db

PAGES = ["edit_what", "add_wait", "update_places", "confirm_offer"]
METHODS = ["get", "post", "put", "delete"]


@pytest.fixture
def run(offer):
    return GroupRunFactory(programme=GroupProgrammeFactory(offer=offer), places_left=4)


@pytest.fixture
def valid(typed, run):
    """For each page, data with which a writer succeeds."""
    return {
        "edit_what": {**typed, "summary": "Elke dinsdag."},
        "add_wait": {
            "status": "bekend",
            "start_weeks": "3",
            "measured_on": days_ago(1).isoformat(),
        },
        "update_places": {
            f"ronde-{run.pk}-places_left": "2",
            f"initial-ronde-{run.pk}-places_left": "4",
        },
        "confirm_offer": {},
    }


def _address(name, offer):
    return reverse(f"selfservice:{name}", args=[offer.pk])


def _state(offer, run):
    run.refresh_from_db()
    row = Offer.objects.values().get(pk=offer.pk)
    return row, offer.wait_times.count(), run.places_left, AuditEvent.objects.count()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["owner", "colleague"])
def test_writers_write(client, log_in_as, offer, run, valid, name, who):
    user = log_in_as(who)
    before = _state(offer, run)
    response = client.post(_address(name, offer), valid[name])
    assert response.status_code == 302
    back = f"{reverse('selfservice:portal')}#aanbod-{offer.pk}"
    here = reverse("selfservice:edit_offer", args=[offer.pk])
    assert response["Location"] == (here if name == "edit_what" else back)
    assert _state(offer, run) != before
    assert AuditEvent.objects.latest("at").by == user
    assert "Samen hardlopen" in client.get(reverse("selfservice:portal")).content.decode()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["owner", "colleague"])
def test_writers_see_the_page_and_delete_nothing(client, log_in_as, offer, run, name, who):
    log_in_as(who)
    before = _state(offer, run)
    shown = client.get(_address(name, offer))
    assert shown.status_code == (405 if name == "confirm_offer" else 200)
    for method in ("put", "delete"):
        assert getattr(client, method)(_address(name, offer)).status_code == 405
    assert _state(offer, run) == before


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("staff", 404), ("reader", 403)])
def test_others_do_not(client, log_in_as, offer, run, valid, name, method, who, status):
    log_in_as(who)
    before = _state(offer, run)
    data = {"data": valid[name]} if method == "post" else {}
    response = getattr(client, method)(_address(name, offer), **data)
    assert response.status_code == status
    assert _state(offer, run) == before


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", METHODS)
def test_who_is_not_logged_in_goes_to_the_log_in_page(client, offer, run, valid, name, method):
    before = _state(offer, run)
    data = {"data": valid[name]} if method == "post" else {}
    response = getattr(client, method)(_address(name, offer), **data)
    if method == "post" and valid[name]:
        # The log-in page itself, with what was typed: tests/selfservice/test_log_in_ended.py.
        assert response.status_code == 403
        assert f'action="{reverse("account_login")}"' in response.content.decode()
    else:
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("account_login"))
    assert _state(offer, run) == before


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_archived_offer_stays_as_it_is(client, log_in_as, offer, run, valid, name, method):
    log_in_as("owner")
    Offer.objects.filter(pk=offer.pk).update(status=OfferStatus.ARCHIVED)
    before = _state(offer, run)
    response = getattr(client, method)(_address(name, offer), valid[name], follow=True)
    assert response.redirect_chain == [(reverse("selfservice:portal"), 302)]
    assert "is gearchiveerd en kan niet worden gewijzigd" in response.content.decode()
    assert _state(offer, run) == before


@pytest.mark.parametrize("name", PAGES)
def test_an_offer_that_does_not_exist(client, log_in_as, offer, name):
    log_in_as("owner")
    for pk in (offer.pk + 999, 10**25):
        assert client.post(reverse(f"selfservice:{name}", args=[pk])).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_post_without_token_is_refused(log_in_as, client, offer, valid, name):
    log_in_as("owner")
    client.handler.enforce_csrf_checks = True
    assert client.post(_address(name, offer), valid[name]).status_code == 403


@pytest.mark.parametrize("name", ["portal", *PAGES[:3]])
def test_every_form_carries_its_token(log_in_as, client, offer, run, name):
    log_in_as("owner")
    address = reverse("selfservice:portal") if name == "portal" else _address(name, offer)
    text = client.get(address).content.decode()
    forms = re.findall(r'<form [^>]*method="post".*?</form>', text, re.DOTALL)
    assert forms
    assert all('name="csrfmiddlewaretoken"' in form for form in forms)
