"""Zo kan het beginnen: which of the results make up the plan, and in which order."""

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from providers.rules.sections import Section
from search.results.plan import MOST, Option, plan_of, role_of
from tests.factories import (
    HelpQuestionFactory,
    OfferFactory,
    ProviderFactory,
    WaitTimeFactory,
)
from tests.search.searching import page_of

NOW, AROUND, LATER, HEAVY = Section
ASKED = ["somber", "geld", "school"]


def help_for(*questions, section=NOW, weeks=0.0, offer=0):
    return Option(offer, section, questions, weeks)


def test_each_question_gets_help_that_is_mainly_for_it():
    money, school = help_for("geld", section=AROUND), help_for("school")
    assert plan_of([help_for("school", "geld", weeks=1), money, school], ASKED) == [school, money]


def test_the_soonest_that_fits_is_taken():
    later, sooner = help_for("somber", weeks=5), help_for("somber", weeks=1)
    assert plan_of([later, sooner], ASKED) == [sooner]


def test_light_help_goes_before_sooner_heavy_help():
    light, heavy = help_for("somber", weeks=6), help_for("somber", section=HEAVY)
    assert plan_of([heavy, light], ["somber"]) == [light, heavy]


def test_of_equals_the_better_result_is_taken():
    better, other = (help_for("somber", offer=number) for number in (1, 2))
    assert plan_of([better, other], ASKED) == [better]


def test_help_that_is_for_a_question_as_well_is_taken_where_there_is_no_other():
    also = help_for("slapen", "geld")
    assert plan_of([help_for("somber"), also], ["somber", "geld"]) == [help_for("somber"), also]


def test_a_part_without_a_step_gets_one_as_long_as_there_is_room():
    child, family = help_for("somber"), help_for("somber", section=AROUND)
    heavy = help_for("somber", section=HEAVY, weeks=20)
    assert plan_of([child, family, heavy], ["somber"]) == [child, family, heavy]


def test_what_is_mainly_for_something_else_fills_no_room():
    assert plan_of([help_for("somber"), help_for("slapen", section=HEAVY)], ["somber"]) == [
        help_for("somber")
    ]


def test_the_steps_stand_in_their_order():
    some = [help_for("somber", section=one) for one in (NOW, HEAVY, AROUND)]
    roles = [step.role for step in plan_of([*some, help_for("geld", section=LATER)], ASKED)]
    assert roles == ["voor het kind", "voor het gezin", "verwijs nu alvast", "daarna"]


def test_a_group_that_starts_before_heavy_help_stands_before_it_and_is_for_the_child():
    group, heavy = (
        help_for("somber", section=section, weeks=weeks)
        for section, weeks in ((LATER, 7.0), (HEAVY, 16.0))
    )
    steps = plan_of([heavy, group], ["somber"])
    assert [role_of(one, steps) for one in steps] == ["voor het kind", "verwijs nu alvast"]
    assert steps == [group, heavy]


def test_what_is_kept_takes_the_place_of_what_is_sooner():
    sooner, kept = (help_for("somber", offer=n, weeks=n) for n in (1, 2))
    assert plan_of([sooner, kept], ["somber"]) == [sooner]
    assert plan_of([sooner, kept], ["somber"], kept={2}) == [kept]


def test_what_is_kept_besides_fills_the_room_that_is_left():
    some = [help_for("somber", offer=n, weeks=n) for n in range(9)]
    assert len(plan_of(some, ["somber"], kept=set(range(9)))) == MOST


def test_who_asked_in_other_words_gets_the_first_of_all():
    assert plan_of([help_for("slapen"), help_for("somber")], []) == [help_for("slapen")]


FOUND = st.lists(
    st.builds(
        Option,
        offer=st.integers(1, 50),
        section=st.sampled_from(Section),
        questions=st.lists(
            st.sampled_from([*ASKED, "slapen"]), min_size=1, max_size=3, unique=True
        ).map(tuple),
        weeks=st.sampled_from([0.0, 2.0, 20.0, 999.0]),
    ),
    max_size=20,
    unique_by=lambda one: one.offer,
)


@given(FOUND, st.lists(st.sampled_from(ASKED), max_size=3, unique=True))
def test_every_question_that_something_is_for_is_answered(found, asked):
    steps = plan_of(found, asked)
    for question in asked:
        there, chosen = (
            {code for one in some for code in one.questions} for some in (found, steps)
        )
        assert (question in there) == (question in chosen)


@given(FOUND, st.lists(st.sampled_from(ASKED), max_size=3, unique=True))
def test_a_plan_is_short_and_names_nothing_twice(found, asked):
    steps = plan_of(found, asked)
    assert len(steps) == len(set(steps)) <= MOST


# --- on the page ---------------------------------------------------------------------------------


@pytest.fixture
def found(region):
    """A buddy for the child and a treatment, both for gloom."""
    for code, label in [("somberheid", "Somber"), ("geldzorgen", "Geldzorgen")]:
        HelpQuestionFactory(code=code, label=label)
    provider = ProviderFactory(name="Zij aan Zij", phone="0710000021")
    near = {"municipalities": [region.leiden], "provider": provider}
    light = OfferFactory(title="Maatje", level=0, cost="Gratis", **near)
    WaitTimeFactory(offer=light, intake_weeks=0, treatment_weeks=0)
    heavy = OfferFactory(title="Behandeling", level=3, **near)
    WaitTimeFactory(offer=heavy, intake_weeks=6, treatment_weeks=14)
    return page_of("hulpvraag=somberheid&plaats=leiden")


@pytest.mark.django_db
def test_the_page_says_each_step_and_what_it_is_there_for(found):
    assert [(step.role, step.card.title) for step in found.plan.steps] == [
        ("voor het kind", "Maatje"),
        ("verwijs nu alvast", "Behandeling"),
    ]


@pytest.mark.django_db
def test_the_text_for_a_letter_is_an_open_referral(found):
    text = found.plan.letter
    assert "Hulp bij somber, bij voorkeur in een groep." in text
    assert "Maatje, Zij aan Zij" in text
    assert "071 000 00 21" in text
    assert "Intake na 6 weken, start 14 weken later" in text
    assert str(timezone.localdate().year) in text


@pytest.mark.django_db
def test_with_a_sign_of_danger_there_is_no_plan(region):
    HelpQuestionFactory(code="pijn", signal="selfharm")
    for level in (1, 3):
        OfferFactory(level=level, help_questions=["pijn"], municipalities=[region.leiden])
    assert page_of("hulpvraag=pijn&plaats=leiden").plan is None
