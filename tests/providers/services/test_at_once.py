"""Many people at the same moment: nothing is lost, nothing is counted twice, nothing below zero.

Each thread has a connection of its own, so these run on PostgreSQL only: SQLite lets one writer
in at a time and its test database lives in memory, where threads would share one connection.
"""

from concurrent.futures import ThreadPoolExecutor, wait
from io import StringIO
from threading import Barrier, current_thread

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from providers.enums import OfferStatus
from providers.models import AuditEvent, GroupRun, Interest, Offer, OfferIndex, WaitTime
from providers.services import index
from providers.services.forming import draft_group_from_demand
from providers.services.groups import add_run, set_programme, take_places, update_places
from providers.services.interest import express_interest, withdraw_interest
from providers.services.offers import archive_offer, publish_offer, set_service_area, update_offer
from providers.services.waits import record_wait, record_waits
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    HelpQuestionFactory,
    OfferFactory,
    ProviderFactory,
    ServiceAreaFactory,
    days_ago,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="threads with connections of their own need PostgreSQL",
    ),
]
THREADS = 20


def at_once(work, jobs):
    """Run `work` for each job, twenty at a time from the same moment; return the results.

    What a service refused is a result too; any other error fails the test.
    """
    start = Barrier(min(THREADS, len(jobs)))
    first = set(range(min(THREADS, len(jobs))))

    def run(number, job):
        try:
            if number in first:
                start.wait(timeout=30)
            return work(job)
        except ValidationError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        tasks = [pool.submit(run, number, job) for number, job in enumerate(jobs)]
        return [task.result() for task in tasks]


def refused(results):
    return [one for one in results if isinstance(one, ValidationError)]


def events(action):
    return list(AuditEvent.objects.filter(action=action).order_by("id"))


def test_twenty_enrol_at_once_and_each_takes_one_place(region):
    run = GroupRunFactory(places=30, places_left=25)
    results = at_once(lambda _: take_places(by=None, run=run), range(20))
    run.refresh_from_db()
    assert (run.places_left, refused(results)) == (5, [])
    # Every step is in the audit, and each follows on the one before.
    steps = [event.changes["places_left"] for event in events("run.places")]
    assert steps == [[left, left - 1] for left in range(25, 5, -1)]


def test_twenty_enrol_at_once_for_six_places(region):
    run = GroupRunFactory(places=10, places_left=6)
    results = at_once(lambda _: take_places(by=None, run=run), range(20))
    run.refresh_from_db()
    assert (run.places_left, len(refused(results))) == (0, 14)
    assert len(events("run.places")) == 6


def test_twenty_say_at_once_how_many_places_are_left(region):
    run = GroupRunFactory(places=20, places_left=20)
    results = at_once(lambda left: update_places(by=None, run=run, places_left=left), range(20))
    run.refresh_from_db()
    steps = [event.changes["places_left"] for event in events("run.places")]
    assert refused(results) == []
    assert sorted(after for _before, after in steps) == list(range(20))
    # No one's number was written over unseen: each step begins where the last one ended.
    assert [before for before, _after in steps] == [20, *[after for _before, after in steps[:-1]]]
    assert run.places_left == steps[-1][1]


def test_too_many_places_are_refused_however_many_ask(region):
    run = GroupRunFactory(places=10, places_left=4)
    results = at_once(lambda left: update_places(by=None, run=run, places_left=left), [11] * 20)
    run.refresh_from_db()
    assert (run.places_left, len(refused(results))) == (4, 20)


def tap(run, sender, count=1):
    return express_interest(
        by=None,
        programme=run.programme,
        run=run,
        count=count,
        age_band="8-11",
        municipality="GM0546",
        sender=sender,
    )


def interested(run):
    return GroupRun.objects.with_interest(timezone.localdate()).get(pk=run.pk).interested


def test_two_hundred_taps_from_twenty_threads_are_all_counted(region):
    run = GroupRunFactory()
    results = at_once(lambda number: tap(run, f"afzender-{number}"), range(200))
    assert (refused(results), interested(run), Interest.objects.count()) == ([], 200, 200)
    assert len(events("interest.expressed")) == 200


def test_twenty_taps_of_one_browser_count_once(region):
    run = GroupRunFactory()
    results = at_once(lambda _: tap(run, "een", count=3), range(20))
    assert (refused(results), interested(run), Interest.objects.count()) == ([], 3, 1)


def test_taps_and_taking_back_leave_what_was_not_taken_back(region):
    run = GroupRunFactory()
    said = [tap(run, f"vooraf-{number}") for number in range(50)]
    jobs = [*said, *range(50)]

    def work(job):
        if isinstance(job, Interest):
            return withdraw_interest(by=None, interest=job)
        return tap(run, f"daarna-{job}")

    at_once(work, jobs)
    assert interested(run) == 50
    assert len(events("interest.withdrawn")) == 50


def test_twenty_announce_the_same_start_at_once(region):
    programme = GroupProgrammeFactory()
    day = days_ago(-20)
    results = at_once(lambda _: add_run(by=None, programme=programme, starts_on=day), range(20))
    assert (GroupRun.objects.count(), len(refused(results))) == (1, 19)


def test_twenty_describe_one_group_at_once(region):
    offer = OfferFactory()
    results = at_once(
        lambda size: set_programme(by=None, offer=offer, kind="training", max_size=size + 1),
        range(20),
    )
    assert refused(results) == []
    assert len({programme.pk for programme in results}) == 1


def test_twenty_taps_make_one_draft(region):
    provider, question = ProviderFactory(), HelpQuestionFactory(code="scheiding")
    results = at_once(
        lambda _: draft_group_from_demand(
            by=None,
            provider=provider,
            question=question,
            age_band="8-11",
            municipality=region.leiden,
        ),
        range(20),
    )
    assert (refused(results), Offer.objects.count()) == ([], 1)


def test_twenty_say_at_once_where_an_offer_serves(region):
    offer = OfferFactory(municipalities=[])
    ServiceAreaFactory(offer=offer, municipality=region.katwijk)
    results = at_once(
        lambda _: set_service_area(by=None, offer=offer, municipality="GM0546"), range(20)
    )
    assert refused(results) == []
    assert offer.service_areas.filter(municipality="GM0546").count() == 1


def test_an_offer_that_is_published_while_it_is_emptied_is_complete(region):
    drafts = [OfferFactory(status=OfferStatus.DRAFT) for _ in range(10)]
    jobs = [(write, offer) for offer in drafts for write in (publish, empty)]
    at_once(lambda job: job[0](job[1]), jobs)
    published = Offer.objects.filter(status=OfferStatus.PUBLISHED)
    assert not published.filter(question_links=None).exists()


def test_of_twenty_measurements_at_once_the_newest_counts(region):
    offers = [OfferFactory() for _ in range(3)]
    by_file_and_by_hand = [measure_many, measure] * 10
    at_once(lambda job: job[1](offers, job[0]), list(enumerate(by_file_and_by_hand)))
    assert {offer.wait_measured_on for offer in Offer.objects.all()} == {days_ago(0)}


def measure(offers, days):
    for offer in offers:
        record_wait(by=None, offer=offer, measured_on=days_ago(days), intake_weeks=1)


def measure_many(offers, days):
    rows = [WaitTime(offer=it, measured_on=days_ago(days), intake_weeks=1) for it in offers[::-1]]
    record_waits(by=None, waits=rows)


def publish(offer):
    return publish_offer(by=None, offer=offer)


def empty(offer):
    return update_offer(by=None, offer=offer, help_questions=[])


def test_an_offer_archived_while_the_index_is_rebuilt_stays_archived(region, monkeypatch):
    offer = OfferFactory()
    rebuilding, write = current_thread(), index._write
    with ThreadPoolExecutor(1) as pool:
        archiving = []

        def archive_first(*args):
            # The rebuild has read the offer and has not written yet.
            if current_thread() is rebuilding and not archiving:
                archiving.append(pool.submit(archive, offer))
                wait(archiving, timeout=2)
            write(*args)

        monkeypatch.setattr(index, "_write", archive_first)
        call_command("rebuild_index", verbosity=0, stdout=StringIO())
        archiving[0].result(timeout=30)
    assert OfferIndex.objects.get(pk=offer.pk).status == OfferStatus.ARCHIVED
    assert index.drifted(Offer.objects.all()) == []


def archive(offer):
    try:
        archive_offer(by=None, offer=Offer.objects.get(pk=offer.pk))
    finally:
        connections.close_all()
