"""Which write changes which version of the catalogue, and so which cached pages."""

from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import transaction

from providers.enums import (
    AccessRoute,
    ContractStatus,
    MissingReason,
    OfferStatus,
    ProviderKind,
    ReportKind,
    ReportReason,
    Role,
)
from providers.index.version import catalogue_versions
from providers.models import AuditEvent
from providers.models.audit import MOST_REGIONS, ON_EVERY_PAGE, ON_NO_PAGE
from providers.services import (
    confirmations,
    groups,
    interest,
    offers,
    people,
    providers,
    reports,
    signals,
    waits,
)
from providers.services.audit import MANY, record, record_many, regions_shown_in
from providers.services.bulk import publish_offers
from tests.factories import (
    AuditEventFactory,
    GroupProgrammeFactory,
    GroupRunFactory,
    InterestFactory,
    MembershipFactory,
    MunicipalityFactory,
    OfferFactory,
    ProviderFactory,
    RegionClockFactory,
    ThemeFactory,
    UserFactory,
    YouthRegionFactory,
)

pytestmark = pytest.mark.django_db

A, B, C = "JZ18", "JZ25", "JZ01"
NONE: set[str | None] = set()
HERE, BOTH, ALL = {A, None}, {A, B, None}, {A, B, C, None}


@pytest.fixture
def world(region):
    """An offer in one region with a group, one of the same provider in two, and a draft."""
    for code in (B, C):
        YouthRegionFactory(code=code, name=code)
    far = MunicipalityFactory(code="GM0344", name="Utrecht", region_id=B)
    farther = MunicipalityFactory(code="GM0014", name="Groningen", region_id=C)
    offer = OfferFactory(municipalities=[region.leiden], individual=False, group=True)
    programme = GroupProgrammeFactory(offer=offer)
    return SimpleNamespace(
        by=UserFactory(),
        leiden=region.leiden,
        far=far,
        farther=farther,
        offer=offer,
        programme=programme,
        run=GroupRunFactory(programme=programme),
        both=OfferFactory(municipalities=[region.leiden, far]),
        draft=OfferFactory(status=OfferStatus.DRAFT, municipalities=[region.leiden]),
        nowhere=OfferFactory(status=OfferStatus.LISTED, municipalities=[]),
        lone=ProviderFactory(),
    )


def versions():
    now = catalogue_versions()
    return {region: now.of(region and [region]) for region in (A, B, C, None)}


def changed_by(write):
    before = versions()
    write()
    after = versions()
    return {region for region in before if before[region] != after[region]}


def report(w, kind, reason=None):
    return reports.report_offer(by=None, offer=w.offer, kind=kind, reason=reason, sender="s")


def area(w, offer, place):
    return offers.set_service_area(
        by=w.by,
        offer=offer,
        municipality=place.pk,
        routes=[AccessRoute.DOCTOR],
        contract=ContractStatus.FREE,
    )


def in_interest(w):
    interest.express_interest(
        by=None,
        programme=w.programme,
        count=2,
        age_band="8-11",
        municipality=w.leiden.pk,
        sender="s",
    )


def in_missing_help(w):
    signals.report_missing_help(
        by=None,
        help_questions=["somberheid"],
        municipality=w.leiden.pk,
        age_band="8-11",
        reason=MissingReason.NOTHING,
        sender="s",
    )


def withdraw(w):
    interest.withdraw_interest(by=None, interest=InterestFactory(programme=w.programme))


def grant(w):
    people.grant_membership(by=w.by, user=UserFactory(), role=Role.EDITOR, provider=w.lone)


def revoke(w):
    people.revoke_membership(by=w.by, membership=MembershipFactory())


def change_theme(w):
    record(by=w.by, action="theme.updated", subject=ThemeFactory())


def set_clock(w):
    record(by=w.by, action="regionclock.created", subject=RegionClockFactory())


WRITES = {
    "offer changed": (lambda w: offers.update_offer(by=w.by, offer=w.offer, title="Nieuw"), HERE),
    "offer archived": (lambda w: offers.archive_offer(by=w.by, offer=w.offer), HERE),
    "offer of two regions": (
        lambda w: offers.update_offer(by=w.by, offer=w.both, title="Nieuw"),
        BOTH,
    ),
    "offer without a municipality": (
        lambda w: offers.update_offer(by=w.by, offer=w.nowhere, title="Nieuw"),
        ALL,
    ),
    "draft made": (
        lambda w: offers.create_offer(by=w.by, provider=w.lone, title="Nieuw", level=1),
        NONE,
    ),
    "draft changed": (lambda w: offers.update_offer(by=w.by, offer=w.draft, title="Nieuw"), NONE),
    "draft published": (lambda w: offers.publish_offer(by=w.by, offer=w.draft), HERE),
    "drafts published": (lambda w: publish_offers(by=w.by, offers=[w.draft]), HERE),
    "municipality changed": (lambda w: area(w, w.offer, w.leiden), HERE),
    "municipality added": (lambda w: area(w, w.offer, w.far), BOTH),
    "first municipality": (lambda w: area(w, w.nowhere, w.farther), {C, None}),
    "wait": (
        lambda w: waits.record_wait(by=w.by, offer=w.both, intake_weeks=1, treatment_weeks=1),
        BOTH,
    ),
    "offer confirmed": (lambda w: confirmations.confirm_offer(by=w.by, offer=w.offer), HERE),
    "group": (lambda w: groups.set_programme(by=w.by, offer=w.offer, is_open=True), HERE),
    "places": (lambda w: groups.update_places(by=w.by, run=w.run, places_left=1), HERE),
    "run cancelled": (lambda w: groups.cancel_run(by=w.by, run=w.run), HERE),
    "provider changed": (
        lambda w: providers.update_provider(by=w.by, provider=w.both.provider, phone="0715166161"),
        BOTH,
    ),
    "provider confirmed": (
        lambda w: confirmations.confirm_contact(by=w.by, provider=w.offer.provider),
        HERE,
    ),
    "provider without offers": (
        lambda w: providers.update_provider(by=w.by, provider=w.lone, name="Nieuw"),
        NONE,
    ),
    "provider made": (
        lambda w: providers.create_provider(by=w.by, name="Nieuw", kind=ProviderKind.WELFARE),
        NONE,
    ),
    "reported full": (lambda w: report(w, ReportKind.FULL), HERE),
    "reported wrong": (lambda w: report(w, ReportKind.WRONG, ReportReason.CONTACT), NONE),
    "interest": (in_interest, NONE),
    "interest withdrawn": (withdraw, NONE),
    "missing help": (in_missing_help, NONE),
    "membership": (grant, NONE),
    "membership ended": (revoke, NONE),
    "account": (lambda w: record(by=w.by, action="account.password_changed", subject=w.by), NONE),
    "vocabulary": (change_theme, ALL),
    "clock": (set_clock, ALL),
    "index rebuilt": (lambda w: call_command("rebuild_index", verbosity=0), ALL),
    "reference data": (lambda w: call_command("load_reference", verbosity=0), ALL),
}


@pytest.mark.parametrize("name", WRITES)
def test_a_write_changes_the_versions_of_the_pages_that_show_it(world, name):
    write, regions = WRITES[name]
    assert changed_by(lambda: write(world)) == regions


def test_an_offer_in_most_regions_counts_for_all(region):
    places = [
        MunicipalityFactory(region=YouthRegionFactory(code=f"JZ{n}", name=f"Regio {n}"))
        for n in range(30, 31 + MOST_REGIONS)
    ]
    assert regions_shown_in([OfferFactory(municipalities=places)]) == [ON_EVERY_PAGE]


def test_many_events_at_once_count_for_all(world):
    record_many(by=None, action="offer.confirmed", subjects=[world.offer] * (MANY + 1))
    assert set(AuditEvent.objects.values_list("regions", flat=True)) == {ON_EVERY_PAGE}


# --- in the admin, where anything may change ------------------------------------------------------


@pytest.fixture
def editor(client, log_in):
    log_in(is_staff=True, is_superuser=True)
    return client


def test_a_provider_deleted_in_the_admin_changes_every_version(editor, world):
    address = f"/beheer/providers/provider/{world.lone.pk}/delete/"
    assert changed_by(lambda: editor.post(address, {"post": "yes"})) == ALL


def test_a_membership_deleted_in_the_admin_changes_none(editor):
    membership = MembershipFactory()
    address = f"/beheer/providers/membership/{membership.pk}/delete/"
    assert changed_by(lambda: editor.post(address, {"post": "yes"})) == NONE
    assert AuditEvent.objects.filter(action="membership.deleted").exists()


# --- the numbers of events ------------------------------------------------------------------------


def test_every_event_is_another_version():
    seen = {catalogue_versions().of(None)}
    for _event in range(3):
        AuditEventFactory()
        seen.add(catalogue_versions().of(None))
    assert len(seen) == 4


@pytest.mark.parametrize("regions", [A, ON_EVERY_PAGE])
def test_a_write_with_a_lower_number_that_is_committed_later_is_another_version(regions):
    newest = AuditEventFactory(regions=A)
    late = AuditEvent(pk=newest.pk - 1, action="late", regions=regions)
    assert A in changed_by(lambda: late.save(force_insert=True))


def test_such_a_straggler_counts_also_when_an_older_event_is_forgotten_meanwhile(monkeypatch):
    monkeypatch.setattr("providers.index.version.RECENT", 10)
    oldest = AuditEventFactory(regions=A)
    newest = AuditEventFactory(pk=oldest.pk + 8, regions=A)

    def write():
        AuditEvent(pk=newest.pk - 1, action="late", regions=A).save(force_insert=True)
        AuditEventFactory(pk=oldest.pk + 10, regions=ON_NO_PAGE)

    assert A in changed_by(write)


def test_what_is_rolled_back_leaves_the_versions_alone():
    def write():
        with transaction.atomic():
            AuditEventFactory()
            transaction.set_rollback(True)

    assert changed_by(write) == NONE


def test_versions_take_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        catalogue_versions().of([A])
