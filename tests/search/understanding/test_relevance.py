"""What lines of text must find: every line of tests/relevance, on the demo region.

What must not be understood or shown is never allowed. Of what must be found a few may be missed,
so that a hard line can be written down before it is understood; all misses are printed.
"""

import tomllib
from pathlib import Path

import pytest
from django.http import QueryDict

from providers.geography.places import find_place
from providers.models import HelpQuestion
from search.asking.forms import AskForm
from search.asking.understanding import understand
from tests.search.searching import page_of, params_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.by_words]

FOLDER = Path(__file__).resolve().parents[2] / "relevance"
QUESTIONS = 0.97
# Lines kept apart, on which nobody works. They say things in a roundabout way, with hardly a
# word of the vocabulary: a gate against losing ground.
UNSEEN = "ongezien"
UNSEEN_QUESTIONS = 0.85
# A line may be about more than it must give, but each question more is a chip to take away.
MORE = 0.42
FIRST_FIVE = 0.88


def queries(*, unseen=False):
    """Every line with what it must find."""
    paths = [path for path in sorted(FOLDER.glob("*.toml")) if (path.stem == UNSEEN) is unseen]
    return [query for path in paths for query in tomllib.loads(path.read_text())["query"]]


def asked_ages(query):
    age = query["age"]
    return tuple(age) if isinstance(age, list) else (age, age)


def share_and_misses(rows):
    """Return the share of True among (line, wanted, right), and what was missed, one a line."""
    misses = [f"{line}: {wanted}" for line, wanted, right in rows if not right]
    return 1 - len(misses) / max(len(rows), 1), "\n".join(misses)


@pytest.fixture(scope="module")
def understood(demo, django_db_blocker):
    """What is understood of each line, read once for all who look at it."""
    with django_db_blocker.unblock():
        every = [*queries(), *queries(unseen=True)]
        return {query["text"]: understand(query["text"]) for query in every}


def found_questions(lines, understood):
    return [
        (query["text"], code, code in understood[query["text"]].questions)
        for query in lines
        for code in query.get("must", [])
    ]


def test_the_help_questions_are_understood(understood):
    share, misses = share_and_misses(found_questions(queries(), understood))
    print(f"understood {share:.1%}\n{misses}")  # noqa: T201 - shown by pytest -s, or on failure
    assert share >= QUESTIONS, misses


def test_the_help_questions_of_unseen_lines_are_understood(understood):
    lines = queries(unseen=True)
    if not lines:
        pytest.skip("no lines are kept apart")
    share, misses = share_and_misses(found_questions(lines, understood))
    print(f"understood {share:.1%}\n{misses}")  # noqa: T201 - shown by pytest -s, or on failure
    assert share >= UNSEEN_QUESTIONS, misses


def test_hardly_more_is_understood_than_must_be(understood):
    more = [
        (query["text"], code)
        for query in queries()
        if "must" in query
        for code in understood[query["text"]].questions
        if code not in query["must"]
    ]
    print(f"{len(more)} more")  # noqa: T201 - shown by pytest -s, or on failure
    assert len(more) <= MORE * len(queries()), more


def test_what_is_denied_is_not_understood(understood):
    wrong = [
        (query["text"], sorted(codes))
        for query in [*queries(), *queries(unseen=True)]
        if (codes := set(query.get("must_not", [])) & set(understood[query["text"]].questions))
    ]
    assert wrong == []


def test_the_ages_are_understood(understood):
    wrong = [
        (query["text"], asked_ages(query), (said.age_min, said.age_max))
        for query in queries()
        if "age" in query
        and (said := understood[query["text"]])
        and (said.age_min, said.age_max) != asked_ages(query)
    ]
    assert wrong == []


def test_the_places_are_understood(understood):
    wrong = [
        (query["text"], query["place"], said.place)
        for query in queries()
        if "place" in query
        and (said := understood[query["text"]])
        and said.municipality != find_place(query["place"]).municipality
    ]
    assert wrong == []


def test_the_target_groups_are_understood(understood):
    rows = [
        (query["text"], group, group in understood[query["text"]].groups)
        for query in queries()
        for group in query.get("target_groups", [])
    ]
    share, misses = share_and_misses(rows)
    assert share >= QUESTIONS, misses


def test_danger_is_seen_and_nothing_else_is_taken_for_it(understood):
    rows = [
        (query["text"], query["crisis"], bool(understood[query["text"]].crisis) is query["crisis"])
        for query in [*queries(), *queries(unseen=True)]
        if "crisis" in query
    ]
    share, misses = share_and_misses(rows)
    print(f"danger right {share:.1%}\n{misses}")  # noqa: T201 - shown by pytest -s, or on failure
    assert share >= QUESTIONS, misses


def address_of(query):
    """Return the address that asking this line leads to."""
    form = AskForm(QueryDict(mutable=True) | {"vraag": query["text"]})
    assert form.is_valid(), form.errors
    params = QueryDict(mutable=True)
    params.update(form.parameters())
    return params.urlencode()


@pytest.mark.each_engine
def test_the_first_five_results(demo):
    rows = []
    for query in queries():
        if "first_five" in query:
            first = [one.title for one in page_of(address_of(query)).cards[:5]]
            rows += [(query["text"], title, title in first) for title in query["first_five"]]
    share, misses = share_and_misses(rows)
    print(f"among the first five {share:.1%}\n{misses}")  # noqa: T201 - shown by pytest -s
    assert share >= FIRST_FIVE, misses


@pytest.mark.each_engine
def test_what_does_not_fit_is_never_shown(demo):
    wrong = [
        (query["text"], title)
        for query in queries()
        for title in query.get("never", [])
        if params_of(address_of(query)).filterset.qs.filter(offer__title=title).exists()
    ]
    assert wrong == []


@pytest.mark.each_engine
def test_every_result_of_every_help_question_says_why(demo):
    silent = [
        (code, card.title)
        for code in HelpQuestion.objects.values_list("code", flat=True)
        for asked in (f"hulpvraag={code}", f"hulpvraag={code}&leeftijd=14&plaats=leiden")
        for card in page_of(asked).cards
        if not card.reasons
    ]
    assert silent == []
