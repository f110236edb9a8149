"""The public filters: adding one never adds a result, and unknown is never silently no."""

import ast

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from providers.filters.offers import MAX_WORDS, OfferFilterSet
from providers.filters.registry import FILTERS as ALL_FILTERS
from providers.models import Offer
from providers.vocabulary.names import names
from tests.examples import at_most
from tests.factories import OfferFactory, ServiceAreaFactory, WaitTimeFactory, days_ago
from tests.providers.filters.catalogue import KATWIJK, LEIDEN, STRICT, verdicts

pytestmark = pytest.mark.django_db

# The catalogue is only read, so that all examples of one test may look at the same one.
property_test = settings(
    deadline=None,
    max_examples=at_most(50),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def some(*values):
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)


def one(*values):
    return st.sampled_from(values).map(lambda value: [str(value)])


# The question is one filter of three parameters: what is said, what is left over of it, and names.
ASKING = {"hulpvraag", "woord", "naam"}
QUESTION = st.fixed_dictionaries(
    {},
    optional={
        "hulpvraag": some("somberheid", "angst"),
        "woord": some("hardlopen", "fietsen"),
        "naam": st.just(["samen hardlopen"]),
    },
).filter(bool)
FILTERS = {
    "plaats": one("leiden", "2311", "katwijk"),
    "gemeente": one(LEIDEN, KATWIJK),
    "ook": some("somberheid", "angst"),
    "leeftijd": one(0, 8, 11, 12, 14, 17, 18, 27, "9-11", "11-12", "0-27", "18-20"),
    "trede": some("0", "1", "4"),
    "vorm": some("groep", "online", "individueel"),
    "fase": some("voor-zorg", "wachtend", "uit-zorg"),
    "doelgroep": some("ouders", "nieuwkomers"),
    "taal": some("nl", "ar"),
    "toegang": some("vrij", "huisarts", "rechter", "lokaal-team"),
    "rolstoel": some("ja", "nee"),
    "neemt": some("autisme", "lvb"),
    "wachttijd": one(0, 2, 4, 12, 26),
    "start": one(0, 2, 6, 12),
}
SEARCHES = st.tuples(st.just({}) | QUESTION, st.fixed_dictionaries({}, optional=FILTERS)).map(
    lambda parts: parts[0] | parts[1]
)
UNKNOWN_TOO = st.sampled_from([{}, {"onbekend": ["ja"]}])
SECTION = {"deel": one("1-nu", "2-omgeving", "3-later", "4-specialistisch")}
ONE_FILTER = QUESTION | st.one_of(
    *(values.map(lambda value, name=name: {name: value}) for name, values in FILTERS.items()),
    SECTION["deel"].map(lambda value: {"deel": value}),
)


def params_of(asked):
    """Return the parameters; a name stands there in words and goes by the codes it has here."""
    params = QueryDict(mutable=True)
    for name, values in asked.items():
        params.setlist(name, codes_of(values) if name == "naam" else values)
    return params


def codes_of(titles):
    known = names().by_code.values()
    return [name.code for name in known if name.label.lower() in titles] or titles


def search(asked):
    params = params_of(asked)
    return OfferFilterSet(params, queryset=Offer.objects.visible())


def found(asked):
    return set(search(asked).qs.values_list("pk", flat=True))


def said_of(catalogue, asked):
    return {pk: verdicts(facts, asked) for pk, facts in catalogue.items()}


def possible(said):
    """Not excluded by anything that is known."""
    return False not in said.values()


def certain(said):
    """Possible, and nothing unknown of what leaves the unknown out."""
    return possible(said) and not any(said[name] is None for name in STRICT & said.keys())


# --- the two laws ------------------------------------------------------------------------------


@property_test
@given(asked=SEARCHES, more=ONE_FILTER, unknown_too=UNKNOWN_TOO)
def test_adding_a_filter_never_adds_a_result(catalogue, asked, more, unknown_too):
    assume(not asked.keys() & more.keys())
    assume(not (ASKING & asked.keys() and ASKING & more.keys()))
    base = asked | unknown_too
    assert found(base | more) <= found(base)


@property_test
@given(asked=SEARCHES)
def test_what_fits_is_found_and_what_does_not_is_not(catalogue, asked):
    expected = {pk for pk, said in said_of(catalogue, asked).items() if certain(said)}
    assert found(asked) == expected


@property_test
@given(asked=SEARCHES)
def test_what_is_unknown_can_be_brought_back(catalogue, asked):
    expected = {pk for pk, said in said_of(catalogue, asked).items() if possible(said)}
    assert found(asked | {"onbekend": ["ja"]}) == expected


def test_every_filter_is_in_these_tests():
    tested = FILTERS.keys() | SECTION.keys() | ASKING | {"onbekend"}
    assert set(OfferFilterSet.base_filters) == tested


# --- each filter by itself ---------------------------------------------------------------------


def test_more_questions_widen_the_one_question(region):
    OfferFactory(help_questions=["somberheid"])
    OfferFactory(help_questions=["angst"])
    assert len(found({"hulpvraag": ["somberheid", "angst"]})) == 2


def test_help_that_has_to_be_for_more_is_for_each_of_them(region):
    both = OfferFactory(help_questions=["somberheid", "angst"])
    OfferFactory(help_questions=["somberheid", "pesten"])
    assert found({"hulpvraag": ["somberheid"], "ook": ["somberheid", "angst"]}) == {both.pk}


@pytest.mark.parametrize(
    ("ages", "is_found"), [("4-8", False), ("4-9", True), ("12-14", True), ("13-27", False)]
)
def test_ages_find_help_for_at_least_one_of_them(db, ages, is_found):
    OfferFactory(age_min=9, age_max=12)
    assert bool(found({"leeftijd": [ages]})) is is_found


def test_a_word_matches_from_its_beginning(db):
    offer = OfferFactory(title="Hardloopgroep")
    assert found({"woord": ["hardloop"]}) == {offer.pk}


def test_a_word_does_not_match_from_its_middle(db):
    OfferFactory(title="Hardloopgroep")
    assert found({"woord": ["ardloop"]}) == set()


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Een training van tien weken", "trainingen"),
        ("Faalangsttraining", "trainingen"),
        ("Training tegen faalangst", "faalangsttraining"),
        ("Trainingen voor ouders", "training"),
    ],
)
def test_a_word_matches_in_another_form_and_as_part_of_a_compound(db, title, word):
    offer = OfferFactory(title=title)
    assert found({"woord": [word]}) == {offer.pk}


def test_one_part_of_a_compound_is_not_enough(db):
    OfferFactory(title="Training")
    assert found({"woord": ["faalangsttraining"]}) == set()


def test_no_more_than_a_few_words_are_looked_for(db):
    asked = search({"woord": [f"woord{n}" for n in range(20)]}).criteria["woord"]
    assert len(asked) == MAX_WORDS


def test_signs_with_a_meaning_in_sql_are_no_words(db):
    OfferFactory()
    assert "woord" not in search({"woord": ["%", "_", "'"]}).criteria


def test_service_that_has_ended_does_not_count(region):
    offer = OfferFactory(municipalities=[])
    ServiceAreaFactory(offer=offer, municipality=region.leiden, ends_on=days_ago(1))
    assert found({"gemeente": [LEIDEN]}) == set()


def test_service_that_ends_today_counts(region):
    offer = OfferFactory(municipalities=[])
    ServiceAreaFactory(offer=offer, municipality=region.leiden, ends_on=days_ago(0))
    assert found({"gemeente": [LEIDEN]}) == {offer.pk}


def test_drafts_and_archived_offers_are_never_found(db):
    OfferFactory(status="concept")
    OfferFactory(status="gearchiveerd")
    assert found({"hulpvraag": ["somberheid"]}) == set()


def test_half_a_week_more_is_too_long(db):
    WaitTimeFactory(intake_weeks="2.5", treatment_weeks=0)
    assert found({"wachttijd": ["2"]}) == set()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hulpvraag", "bestaat-niet"),
        ("naam", "aanbod-0"),
        ("naam", "Jansen"),
        ("plaats", "Atlantis"),
        ("gemeente", "GM9999"),
        ("leeftijd", "28"),
        ("leeftijd", "-1"),
        ("leeftijd", "veertien"),
        ("leeftijd", "9-28"),
        ("leeftijd", "9-"),
        ("ook", "bestaat-niet"),
        ("trede", "9"),
        ("vorm", "zwevend"),
        ("fase", "morgen"),
        ("doelgroep", "niemand"),
        ("taal", "xx"),
        ("toegang", "raam"),
        ("wachttijd", "9999"),
        ("start", "-3"),
        ("onbekend", "nee"),
        ("deel", "5-anders"),
    ],
)
def test_a_value_that_cannot_be_read_is_ignored_and_said(region, name, value):
    offer = OfferFactory()
    filterset = search({name: [value]})
    assert set(filterset.qs.values_list("pk", flat=True)) == {offer.pk}
    assert name in filterset.form.errors


# --- the registry ------------------------------------------------------------------------------

# What a line of text can say, what the form for missing help asks, what the published link for
# other systems takes, and for which parameters a count of demand has a column: no lists of filters.
OTHER_LISTS = {
    "search/asking/forms.py",
    "search/signals/missing.py",
    "search/door/link.py",
    "search/results/demand.py",
}


def test_no_other_file_lists_the_filters(settings):
    params = {one.param for one in ALL_FILTERS}
    files = [
        path
        for app in ("providers", "search", "api", "gaps", "selfservice")
        for path in (settings.BASE_DIR / app).rglob("*.py")
        if "migrations" not in path.parts and "filters" not in path.parts
    ]
    listing = {
        path.relative_to(settings.BASE_DIR).as_posix()
        for path in files
        if any(len(params & texts) > 2 for texts in literals(path))
    }
    assert listing - OTHER_LISTS == set()


def literals(path):
    """Return the texts of every tuple, list, set and dictionary that a file writes out."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict):
            parts = node.keys if isinstance(node, ast.Dict) else node.elts
            yield {part.value for part in parts if isinstance(part, ast.Constant)}
