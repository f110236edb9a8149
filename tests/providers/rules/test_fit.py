"""How well an offer fits a help question: every form of the rule says the same."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.index.codes import join_codes, split_codes
from providers.index.sql import fetch_all, numbered
from providers.models import Offer, OfferIndex
from providers.rules.fit import (
    FIT_SHARE_SQL,
    answers_sql,
    fit_share,
    question_points,
    question_points_sql,
)
from tests.examples import at_most
from tests.factories import OfferFactory

CODES = ("somberheid", "angst", "slapen", "gezin", "geld")
SOME = st.lists(st.sampled_from(CODES), unique=True)


def test_the_main_question_weighs_more_than_three_others():
    assert question_points(["somberheid", "angst"], {"somberheid"}) == 4
    assert question_points(["gezin", "somberheid", "angst", "slapen"], {*CODES} - {"gezin"}) == 3


def test_another_question_asked_counts_twice_beside_the_main_one():
    asked = {"somberheid", "angst"}
    assert question_points(["somberheid", "angst"], asked) == 6
    assert question_points(["gezin", "somberheid", "angst"], asked) == 2


@pytest.mark.parametrize("asked", [set(), {"geld"}])
def test_what_was_not_asked_gives_no_points(asked):
    assert question_points(["somberheid", "angst"], asked) == 0


@pytest.mark.django_db
@settings(max_examples=at_most(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(questions=SOME, asked=SOME)
def test_every_form_gives_the_same_points(questions, asked):
    offer = OfferFactory(help_questions=questions, municipalities=[])
    points = question_points(questions, asked)
    assert question_points(split_codes(offer.index.questions), asked) == points
    for rows in (Offer.objects.filter(pk=offer.pk), OfferIndex.objects.filter(pk=offer.pk)):
        assert rows.with_fit(asked).get().fit == points
        assert rows.answering(asked).exists() is bool(points)
    sql = f"""SELECT fit, {FIT_SHARE_SQL} FROM (
        SELECT fit, CAST(fit AS double precision) AS points
        FROM (SELECT {question_points_sql("i.questions", asked)} AS fit
        FROM providers_offerindex i WHERE i.offer_id = %(pk)s) counted) found"""  # noqa: S608
    (found,) = fetch_all(sql, {"pk": offer.pk, **numbered("code", asked)})
    assert found == (points, pytest.approx(fit_share(points)))


@pytest.mark.django_db
@settings(max_examples=at_most(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(questions=SOME, asked=st.sampled_from(CODES))
def test_the_database_knows_which_offers_are_for_a_question(questions, asked):
    offer = OfferFactory(help_questions=questions, municipalities=[])
    sql = f"SELECT {answers_sql('%(pk)s', 'q.help_question_id = %(asked)s')}"
    ((found,),) = fetch_all(sql, {"pk": offer.pk, "asked": asked})
    assert bool(found) is (asked in questions)


@given(SOME)
def test_codes_read_back_as_they_were_joined(codes):
    assert split_codes(join_codes(codes)) == codes
