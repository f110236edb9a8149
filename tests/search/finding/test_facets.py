"""The numbers behind the values of a filter."""

import pytest
from django.http import QueryDict

from providers.filters.facets import UNKNOWN
from providers.filters.offers import OfferFilterSet
from providers.filters.question import MOST_QUESTIONS
from providers.models import OfferIndex
from search.results.run import count, find
from tests.factories import (
    LanguageFactory,
    MunicipalityFactory,
    OfferFactory,
    ServiceAreaFactory,
    days_ago,
)
from tests.search.searching import page_of, params_of, results_of

pytestmark = pytest.mark.django_db


def facets(query):
    return results_of(query).counts.facets


def results(query):
    return OfferFilterSet(QueryDict(query), queryset=OfferIndex.objects.visible()).qs.count()


@pytest.fixture
def three(db):
    dutch, arabic = LanguageFactory(code="nl"), LanguageFactory(code="ar")
    OfferFactory(level=0, group=True, individual=False, languages=[dutch])
    OfferFactory(level=1, group=True, individual=True, languages=[dutch, arabic])
    OfferFactory(level=3, group=False, individual=False, languages=[])


def test_a_value_counts_the_results_that_have_it(three):
    assert facets("trede=")["trede"] == {"0": 1, "1": 1, "3": 1}


def test_what_is_not_known_is_a_value_of_its_own(three):
    assert facets("trede=")["vorm"] == {"groep": 2, "individueel": 1, UNKNOWN: 1}


def test_a_filter_is_counted_as_if_it_were_off(three):
    assert facets("trede=0")["trede"] == {"0": 1, "1": 1, "3": 1}


def test_the_other_filters_count(three):
    assert facets("trede=1")["taal"] == {"nl": 1, "ar": 1}


@pytest.mark.parametrize("value", ["groep", "individueel"])
def test_choosing_a_value_gives_what_its_number_said_and_what_is_not_known(three, value):
    counts = facets("trede=")["vorm"]
    assert results(f"vorm={value}") == counts[value] + counts[UNKNOWN]


def test_ways_in_are_those_of_the_municipality_asked_for(region):
    offer = OfferFactory(municipalities=[])
    ServiceAreaFactory(offer=offer, municipality=region.leiden, walk_in=False, via_doctor=True)
    ServiceAreaFactory(offer=offer, municipality=region.katwijk, walk_in=True)
    assert facets(f"gemeente={region.leiden.pk}")["toegang"] == {"huisarts": 1}


# --- every value of every filter ---------------------------------------------------------------

BASES = [
    "",
    "plaats=leiden",
    "ook=somberheid",
    "leeftijd=9-11",
    "hulpvraag=somberheid&leeftijd=14",
    "trede=1&vorm=groep&start=6",
]


@pytest.mark.parametrize("base", BASES)
def test_every_value_gives_what_its_number_said_and_what_is_not_known(catalogue, base):
    wrong = []
    for name, counts in facets(base).items():
        for value in counts.keys() - {UNKNOWN}:
            asked = QueryDict(base, mutable=True)
            # One more help question narrows, and leaves out what is not known.
            narrows = name == "ook"
            asked.setlist(name, [*asked.getlist(name), value] if narrows else [value])
            unknown = 0 if narrows else counts[UNKNOWN]
            if results(asked.urlencode()) != counts[value] + unknown:
                wrong.append((name, value))
    # Without a municipality the ways in are not counted.
    assert [pair for pair in wrong if pair[0] != "toegang" or "plaats" in base] == []


@pytest.mark.parametrize("base", BASES)
def test_every_term_gives_what_its_number_said(catalogue, base):
    for choice in page_of(base).filters.start_choices[1:]:
        asked = QueryDict(base, mutable=True)
        asked["start"] = choice.value
        assert results(asked.urlencode()) == choice.count


@pytest.mark.parametrize("base", ["", "onbekend=ja", "ook=somberheid", "leeftijd=9-11&start=6"])
def test_a_municipality_gives_what_its_number_said(catalogue, base):
    counts = results_of(base).counts.nearby.counts
    unknown = counts[UNKNOWN] if "onbekend" in base else 0
    found = {code: results(f"{base}&gemeente={code}") for code in counts.keys() - {UNKNOWN}}
    assert found == {code: counts[code] + unknown for code in found}
    assert len(found) == 2


def test_results_without_a_known_municipality_are_counted_apart(catalogue):
    assert results_of("").counts.nearby.counts[UNKNOWN] > 0


@pytest.mark.parametrize("base", ["", "hulpvraag=somberheid", "ook=angst"])
def test_one_more_question_gives_what_its_number_said(catalogue, base):
    counts = results_of(base).counts.facets["ook"]
    for code in counts.keys() - {UNKNOWN}:
        assert results(f"{base}&ook={code}") == counts[code]


# --- what else the results are for -----------------------------------------------------------


def group(query, label):
    found = [one for one in page_of(query).filters.groups if one.label == label]
    return found[0] if found else None


def choices(query, label):
    return {one.value: (one.count, one.checked) for one in group(query, label).choices}


@pytest.fixture
def shared(region):
    OfferFactory(help_questions=["somberheid", "angst"])
    OfferFactory(help_questions=["somberheid", "angst", "pesten"])
    OfferFactory(help_questions=["slapen"])


def test_the_questions_that_results_share_are_offered_most_first(shared):
    assert list(choices("hulpvraag=somberheid", "Ook voor").items()) == [
        ("angst", (2, False)),
        ("pesten", (1, False)),
    ]


def test_a_chosen_question_says_how_many_are_left(shared):
    assert choices("hulpvraag=somberheid&ook=pesten", "Ook voor") == {
        "pesten": (1, True),
        "angst": (1, False),
    }


def test_no_more_questions_are_offered_than_can_be_read(region):
    OfferFactory(help_questions=[f"vraag-{n}" for n in range(MOST_QUESTIONS + 5)])
    assert len(group("leeftijd=14", "Ook voor").choices) == MOST_QUESTIONS


def test_results_that_share_nothing_more_offer_no_such_filter(shared):
    assert group("hulpvraag=slapen", "Ook voor") is None


def test_help_of_which_no_question_is_known_is_said_to_fall_off(region):
    OfferFactory(status="overgenomen", help_questions=[], municipalities=[])
    OfferFactory(help_questions=["angst"])
    found = group("leeftijd=14", "Ook voor")
    assert (found.unknown, found.keeps_unknown) == (1, False)


# --- in which municipalities -----------------------------------------------------------------


@pytest.fixture
def spread(region):
    elsewhere = MunicipalityFactory(code="GM0363", name="Amsterdam", region__code="JZ99")
    OfferFactory(help_questions=["somberheid"], municipalities=[region.leiden, region.katwijk])
    OfferFactory(help_questions=["somberheid"], municipalities=[region.leiden, elsewhere])
    OfferFactory(help_questions=["angst"], municipalities=[region.leiderdorp])


def test_the_municipalities_of_the_region_are_offered_by_name(spread):
    assert list(choices("hulpvraag=somberheid", "Gemeente").items()) == [
        ("", (None, True)),
        ("GM0537", (1, False)),
        ("GM0546", (2, False)),
    ]


def test_a_municipality_is_counted_as_if_it_were_not_chosen(spread):
    assert choices("hulpvraag=somberheid&gemeente=GM0537", "Gemeente")["GM0546"] == (2, False)


def test_a_municipality_elsewhere_is_counted_among_its_neighbours(spread):
    assert choices("hulpvraag=somberheid&gemeente=GM0363", "Gemeente") == {
        "": (None, False),
        "GM0363": (1, True),
    }


def test_a_chosen_municipality_without_results_stays_in_view(spread):
    assert choices("hulpvraag=angst&gemeente=GM0537", "Gemeente")["GM0537"] == (0, True)


def test_with_a_place_there_is_no_municipality_to_choose(spread):
    assert group("hulpvraag=somberheid&plaats=leiden", "Gemeente") is None


def test_service_that_has_ended_is_not_counted(spread, region):
    ended = OfferFactory(help_questions=["somberheid"], municipalities=[])
    ServiceAreaFactory(offer=ended, municipality=region.leiden, ends_on=days_ago(1))
    assert choices("hulpvraag=somberheid", "Gemeente")["GM0546"] == (2, False)


def test_a_chosen_municipality_is_not_carried_along_unseen_as_well(spread):
    hidden = page_of("hulpvraag=somberheid&gemeente=GM0537").filters.hidden
    assert hidden == [("hulpvraag", "somberheid")]


def test_the_municipalities_take_one_statement(spread, django_assert_num_queries):
    results_of("hulpvraag=somberheid")  # the vocabulary is then in memory
    matches = find(params_of("hulpvraag=somberheid"))
    assert matches.ranking.total == 2
    with django_assert_num_queries(1):
        assert count(matches).nearby.counts["GM0546"] == 2
