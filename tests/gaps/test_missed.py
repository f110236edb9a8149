"""What referrers missed, for members of the municipality; small numbers stay hidden."""

import pytest
from django.utils import timezone

from gaps.missed import Missed, missed_help
from providers.models import MissingHelpSignal
from tests.factories import HelpQuestionFactory, MembershipFactory, days_ago
from tests.pages import element, elements, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def miss(region):
    """Return a function that has so many referrers miss help for a question in Leiden."""

    def _miss(label, times, *, days=0, municipality=region.leiden, **more):
        question = HelpQuestionFactory(code=label.lower(), label=label)
        for number in range(times):
            MissingHelpSignal.objects.create(
                help_question=question,
                municipality=municipality,
                sender=f"verwijzer {number}",
                created_on=days_ago(days),
                **{"reason": "niets"} | more,
            )

    return _miss


@pytest.fixture
def member(region, log_in):
    user = log_in()
    MembershipFactory(user=user, municipality=region.leiden, provider=None)
    return user


def missed(region):
    found = missed_help(region.leiden, today=timezone.localdate())
    return [(one.label, one.times_text) for one in found]


def test_what_is_missed_most_stands_first(region, miss):
    miss("Angst", 5)
    miss("Rouw", 7)
    assert missed(region) == [("Rouw", "7"), ("Angst", "5")]


def test_small_numbers_are_hidden_also_in_their_order(region, miss):
    miss("Rouw", 4)
    miss("Angst", 1)
    miss("Slapen", 6)
    assert missed(region) == [
        ("Slapen", "6"),
        ("Angst", "minder dan 5"),
        ("Rouw", "minder dan 5"),
    ]


def test_one_referrer_counts_once_a_day_for_a_question(region, miss):
    for reason in ("niets", "te-ver", "te-laat"):
        miss("Angst", 5, reason=reason)
    assert missed(region) == [("Angst", "5")]


@pytest.mark.parametrize(("days", "counts"), [(364, True), (365, False)])
def test_a_signal_counts_for_a_year(region, miss, days, counts):
    miss("Angst", 5, days=days)
    assert bool(missed(region)) is counts


def test_other_municipalities_do_not_count(region, miss):
    miss("Angst", 5, municipality=region.katwijk)
    assert missed(region) == []


def test_figures_take_one_query(region, miss, django_assert_num_queries):
    miss("Angst", 5)
    miss("Rouw", 3)
    with django_assert_num_queries(1):
        missed(region)


def test_the_page_shows_them(client, member, miss):
    miss("Angst", 6)
    miss("Rouw", 2)
    page = client.get("/voor-gemeenten/leiden/").content.decode()
    rows = [text_of(row) for row in elements(element(page, aria_labelledby="tabel-gemist"), "tr")]
    assert rows[1:] == ["Angst 6", "Rouw minder dan 5"]


def test_the_page_says_when_nothing_was_missed(client, member):
    assert "is niets gemeld" in client.get("/voor-gemeenten/leiden/").content.decode()


def test_the_file_is_rounded_and_hides_small_numbers_too(client, member, miss):
    miss("Angst", 6)
    miss("Rouw", 2)
    answer = client.get("/voor-gemeenten/leiden/gemist.csv")
    today = timezone.localdate().isoformat()
    assert answer.content.decode("utf-8-sig").splitlines() == [
        "gemeente;peildatum;hulpvraag;gemist in een jaar (meldingen, afgerond op 5);status",
        f"Leiden;{today};Angst;5;",
        f"Leiden;{today};Rouw;;minder-dan-5",
    ]
    assert answer["Content-Disposition"] == f'attachment; filename="gemist-leiden-{today}.csv"'


def test_no_total_stands_beside_a_file_that_hides_an_age_of_it(client, member, miss):
    miss("Angst", 8, age_band="8-11")
    miss("Angst", 3, age_band="12-15", days=1)
    text = client.get("/voor-gemeenten/leiden/gemist.csv").content.decode("utf-8-sig")
    assert text.splitlines()[1].endswith(";Angst;;niet-getoond")


@pytest.mark.parametrize("rights", [{}, {"is_staff": True}])
def test_who_is_no_member_finds_nothing(client, region, log_in, rights):
    log_in(**rights)
    assert client.get("/voor-gemeenten/leiden/gemist.csv").status_code == 404


def test_who_is_not_logged_in_is_sent_to_log_in(client, region):
    assert client.get("/voor-gemeenten/leiden/gemist.csv").status_code == 302


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_file_is_for_reading(client, member, method):
    assert getattr(client, method)("/voor-gemeenten/leiden/gemist.csv").status_code == 405


@pytest.mark.parametrize(("times", "text"), [(1, "minder dan 5"), (4, "minder dan 5"), (5, "5")])
def test_five_is_the_fewest_that_is_shown(times, text):
    assert Missed("Angst", times).times_text == text
