"""The admin keeps the rules of the services: nothing half, nothing without its event."""

from decimal import Decimal

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from providers.enums import DatedFact, OfferStatus
from providers.models import AuditEvent, Confirmation, Membership
from providers.services.index import drifted
from providers.services.offers import update_offer
from tests import factories
from tests.factories import (
    GroupProgrammeFactory,
    LocationFactory,
    MembershipFactory,
    MunicipalityFactory,
    OfferFactory,
    RegionClockFactory,
    TargetGroupFactory,
    UserFactory,
    days_ago,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(log_in):
    return log_in(UserFactory(is_staff=True, is_superuser=True))


def address(row):
    return reverse(f"admin:providers_{row._meta.model_name}_change", args=[row.pk])


def sent(page):
    """What a browser sends when nothing on the page is touched."""
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    values = {field.html_name: field.value() for form in forms for field in form}
    return {
        name: value for name, value in values.items() if value is not None and value is not False
    }


def save(client, row, **typed):
    """Open the page of a row, type this, and save."""
    data = sent(client.get(address(row))) | typed
    return client.post(address(row), {name: v for name, v in data.items() if v is not None})


def row_of(page, prefix):
    """The number of the empty row of an inline table."""
    (inline,) = [i for i in page.context["inline_admin_formsets"] if i.formset.prefix == prefix]
    return f"{prefix}-{inline.formset.initial_form_count()}"


# --- waits ---------------------------------------------------------------------------------------


def add_wait(client, offer, **typed):
    prefix = row_of(client.get(address(offer)), "wait_times")
    wait = {"measured_on": days_ago(1), "intake_weeks": "2", "treatment_weeks": "3"} | typed
    return save(client, offer, **{f"{prefix}-{name}": value for name, value in wait.items()})


def test_a_wait_counts_and_says_who_recorded_it(client, staff):
    offer = OfferFactory()
    assert add_wait(client, offer).status_code == 302
    offer.refresh_from_db()
    assert offer.wait_weeks == Decimal(5)
    assert offer.current_wait.recorded_by == staff
    event = AuditEvent.objects.get(action="wait.recorded")
    assert (event.by, event.subject_id) == (staff, str(offer.pk))
    assert Confirmation.objects.get(fact=DatedFact.WAIT).by == staff


def test_a_wait_of_the_future_is_refused_beside_its_field(client, staff):
    offer = OfferFactory()
    answer = add_wait(client, offer, measured_on=days_ago(-3))
    assert answer.status_code == 200
    assert "toekomst" in answer.content.decode()
    assert not offer.wait_times.exists()


# --- what a published offer needs ----------------------------------------------------------------


@pytest.fixture
def published(region):
    return OfferFactory(
        status=OfferStatus.PUBLISHED, help_questions=["somberheid"], municipalities=[region.leiden]
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"question_links-0-DELETE": "on"}, "Kies ten minste één hulpvraag."),
        ({"service_areas-0-DELETE": "on"}, "Kies ten minste één gemeente."),
        ({"service_areas-0-walk_in": None}, "Vul in hoe iemand binnenkomt."),
    ],
    ids=["question", "municipality", "way in"],
)
def test_a_published_offer_stays_complete(client, staff, published, typed, words):
    answer = save(client, published, **typed)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert published.help_questions.count() == 1
    assert published.service_areas.get().routes


def test_a_draft_may_be_without(client, staff, region):
    draft = OfferFactory(
        status=OfferStatus.DRAFT, help_questions=["somberheid"], municipalities=[region.leiden]
    )
    answer = save(client, draft, **{"question_links-0-DELETE": "on"})
    assert answer.status_code == 302
    assert not draft.help_questions.exists()


# --- two people ----------------------------------------------------------------------------------


def test_who_saves_second_hears_of_the_first_and_loses_nothing_of_theirs(client, staff):
    offer = OfferFactory(title="Eerst")
    opened = sent(client.get(address(offer)))
    update_offer(by=None, offer=offer, summary="Van een collega")
    answer = client.post(address(offer), opened | {"title": "Later"})
    assert answer.status_code == 200
    assert "intussen" in answer.content.decode()
    offer.refresh_from_db()
    assert (offer.title, offer.summary) == ("Eerst", "Van een collega")


# --- events --------------------------------------------------------------------------------------


def test_who_gives_somebody_rights_is_on_record(client, staff):
    provider = OfferFactory().provider
    colleague = UserFactory()
    page = client.get(address(provider))
    new = row_of(page, "memberships")
    data = {
        "memberships-TOTAL_FORMS": "1",
        f"{new}-provider": provider.pk,
        f"{new}-user": colleague.pk,
        f"{new}-role": "bewerker",
    }
    assert save(client, provider, **data).status_code == 302
    event = AuditEvent.objects.get(action="membership.created")
    assert event.by == staff
    assert str(colleague) in event.subject_label


def test_who_takes_somebody_s_rights_is_on_record(client, staff):
    membership = MembershipFactory()
    gone = membership.pk
    assert save(client, membership.provider, **{"memberships-0-DELETE": "on"}).status_code == 302
    assert not Membership.objects.exists()
    event = AuditEvent.objects.get(action="membership.deleted")
    assert (event.by, event.subject_id) == (staff, str(gone))


def test_what_changes_is_on_record_in_words(client, staff):
    offer = OfferFactory(title="Eerst")
    group = TargetGroupFactory(code="ouders", label="Ouders")
    save(client, offer, title="Later", target_groups=[group.pk])
    event = AuditEvent.objects.get(action="offer.updated")
    assert event.changes == {"title": ["Eerst", "Later"], "target_groups": [[], ["ouders"]]}


@pytest.mark.parametrize("many", [False, True])
def test_a_clock_that_is_deleted_leaves_one_event(client, staff, many):
    clock = RegionClockFactory()
    if many:
        data = {"action": "delete_selected", "_selected_action": clock.pk, "post": "yes"}
        client.post(reverse("admin:providers_regionclock_changelist"), data)
    else:
        url = reverse("admin:providers_regionclock_delete", args=[clock.pk])
        client.post(url, {"post": "yes"})
    assert AuditEvent.objects.filter(action="regionclock.deleted").count() == 1


# --- the index -----------------------------------------------------------------------------------


def test_the_search_hears_that_a_group_is_gone(client, staff):
    programme = GroupProgrammeFactory(audience="ouders")
    offer = programme.offer
    url = reverse("admin:providers_groupprogramme_delete", args=[programme.pk])
    client.post(url, {"post": "yes"})
    assert not type(programme).objects.exists()
    assert drifted(type(offer).objects.all()) == []


# --- lists ---------------------------------------------------------------------------------------

MODELS = [model for model in admin.site._registry if model._meta.app_label == "providers"]


def factory_of(model):
    return next(
        item
        for item in vars(factories).values()
        if isinstance(item, type) and getattr(item, "_meta", None) and item._meta.model is model
    )


# What may be empty and costs a query when it is not.
LINKED = {
    "AuditEvent": lambda: {"by": UserFactory()},
    "Interest": lambda: {"municipality": MunicipalityFactory()},
    "Location": lambda: {"municipality": MunicipalityFactory()},
    "WaitTime": lambda: {"municipality": MunicipalityFactory()},
}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_longer_list_asks_no_more_queries(client, staff, model):
    make = LINKED.get(model.__name__, dict)
    address = reverse(f"admin:providers_{model._meta.model_name}_changelist")
    asked = []
    for _ in range(2):
        rows = [factory_of(model)(**make()) for _ in range(3)]
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked.append(len(queries))
    assert asked[0] == asked[1], rows


# --- large forms ---------------------------------------------------------------------------------


def test_an_offer_in_sixty_municipalities_can_be_saved(client, staff):
    municipalities = [MunicipalityFactory() for _ in range(60)]
    offer = OfferFactory(title="Eerst", municipalities=municipalities)
    assert save(client, offer, title="Later").status_code == 302
    offer.refresh_from_db()
    assert offer.title == "Later"
    assert offer.service_areas.count() == 60


def test_a_provider_with_eighty_locations_can_be_saved(client, staff):
    provider = OfferFactory().provider
    LocationFactory.create_batch(80, provider=provider)
    assert save(client, provider, name="De Waterlijn").status_code == 302
    provider.refresh_from_db()
    assert (provider.name, provider.locations.count()) == ("De Waterlijn", 80)
