"""How large answers are made and leave."""

import gzip
import os

import orjson
import pytest

from api.points import features, sending
from api.points.sending import TooManyLargeAnswers, compressed_response
from tests.factories import LocationFactory, OfferFactory

POINTS = "/api/v1/offer-points"
ZIPPED = {"Accept-Encoding": "gzip"}


@pytest.fixture(autouse=True)
def no_place_is_kept():
    """Nothing that a test does takes a place for good."""
    yield
    assert (free_places(), sending.making.locked()) == (sending.MOST, False)


def free_places():
    return sending.places._value


@pytest.fixture
def answer(db, rf, monkeypatch):
    """Answer three parts too random to compress; what each of them does first can be given."""
    monkeypatch.setattr(sending, "LARGE", 50_000)
    monkeypatch.setattr(sending, "PART", 4_096)

    def parts(before_each):
        for number in range(3):
            before_each(number)
            yield os.urandom(100_000)

    def _answer(before_each=lambda number: None, headers=ZIPPED):
        request = rf.get("/", headers=headers)
        return compressed_response(request, parts(before_each), content_type="text/plain")

    return _answer


@pytest.fixture
def many_points(db, monkeypatch):
    """Three points that are more than leaves in one piece."""
    monkeypatch.setattr(sending, "LARGE", 1)
    monkeypatch.setattr(sending, "PART", 100)
    monkeypatch.setattr(features, "PART", 100)
    place = LocationFactory()
    for _ in range(3):
        OfferFactory(provider=place.provider, locations=[place])


def test_many_points_are_the_same_compressed_or_not(client, many_points):
    plain, zipped = client.get(POINTS), client.get(POINTS, headers=ZIPPED)
    content, compressed = plain.getvalue(), zipped.getvalue()
    assert len(orjson.loads(content)["features"]) == 3
    assert gzip.decompress(compressed) == content
    assert zipped["Content-Encoding"] == "gzip"
    assert int(plain["Content-Length"]) == len(content)
    assert int(zipped["Content-Length"]) == len(compressed)
    assert plain["ETag"] == zipped["ETag"]
    assert {"Accept", "Accept-Encoding"} <= {part.strip() for part in plain["Vary"].split(",")}


def test_many_points_that_did_not_change_are_not_sent(client, many_points):
    head = client.head(POINTS)
    assert head.getvalue() == b""
    again = client.get(POINTS, headers={"If-None-Match": head["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Last-Modified"] == head["Last-Modified"]
    assert again["Content-Crs"] == head["Content-Crs"]


@pytest.mark.parametrize("headers", [ZIPPED, {}])
def test_no_part_of_a_large_answer_is_larger_than_it_may_be(answer, headers):
    response = answer(headers=headers)
    sizes = [len(part) for part in response]
    response.close()
    assert max(sizes) <= 4_096
    assert sum(sizes) == int(response["Content-Length"])


@pytest.mark.parametrize("headers", [ZIPPED, {}])
def test_what_goes_away_halfway_leaves_nothing_open(answer, headers):
    response = answer(headers=headers)
    assert free_places() == sending.MOST - 1
    content = iter(response)
    next(content)
    response.close()
    assert free_places() == sending.MOST
    with pytest.raises(ValueError, match="closed file"):
        next(content)


def test_an_answer_that_nobody_sends_leaves_nothing_open(answer):
    response = answer()
    assert free_places() == sending.MOST - 1
    del response


def test_one_large_answer_is_made_at_a_time(answer):
    others_wait = []
    answer(lambda number: others_wait.append(sending.making.locked())).close()
    assert others_wait == [False, True, True]


def test_one_that_is_made_keeps_nobody_waiting_while_it_is_sent(answer):
    response = answer()
    assert not sending.making.locked()
    response.close()


def test_an_answer_that_fails_lets_the_next_one_begin(answer):
    def fail(number):
        if number == 2:
            raise OSError

    with pytest.raises(OSError):
        answer(fail)


def test_no_more_large_answers_than_leave_a_thread_for_pages(answer):
    sent = [answer() for _ in range(sending.MOST)]
    with pytest.raises(TooManyLargeAnswers):
        answer()
    sent.pop().close()
    sent.append(answer())
    for one in sent:
        one.close()


def test_a_small_answer_needs_no_place(answer, monkeypatch):
    sent = [answer() for _ in range(sending.MOST)]
    monkeypatch.setattr(sending, "LARGE", 1_000_000)
    assert not answer().streaming
    for one in sent:
        one.close()


def test_who_waits_too_long_is_asked_to_come_back(answer, monkeypatch):
    monkeypatch.setattr(sending, "PATIENCE_SECONDS", 0)
    with sending._turn(), pytest.raises(TooManyLargeAnswers):
        answer()


def test_a_refusal_says_in_dutch_when_to_ask_again(client, many_points):
    with sending._place(), sending._place(), sending._place():
        refused = client.get(POINTS)
    assert (refused.status_code, refused["Retry-After"]) == (503, "10")
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["Cache-Control"] == "no-store"
    assert refused.json()["detail"].startswith("Er worden nu al veel grote antwoorden gemaakt.")
