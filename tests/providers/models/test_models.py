"""The database refuses what cannot be true, and says why in words people can read."""

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models.deletion import ProtectedError
from django.utils import timezone

from providers.enums import (
    DatedFact,
    HelpKind,
    OfferFormat,
    Role,
    WaitMethod,
    WaitStatus,
)
from providers.models import AppendOnlyError, Membership, Offer, Provider, WaitTime
from providers.models.waits import TOTAL_WEEKS
from tests import factories as make
from tests.factories import days_ago

pytestmark = pytest.mark.django_db

IMPOSSIBLE: list[tuple[Any, dict[str, Any], str]] = [
    (make.OfferFactory, {"age_min": 28, "age_max": 28}, "Een leeftijd is 0 tot en met 27 jaar."),
    (make.OfferFactory, {"age_min": None, "age_max": 40}, "Een leeftijd is 0 tot en met 27 jaar."),
    (make.OfferFactory, {"age_min": 12, "age_max": 4}, "'Vanaf' is hoger dan 'tot en met'."),
    (make.OfferFactory, {"level": 7}, "Een trede is 0 tot en met 6."),
    (make.HelpQuestionFactory, {"age_min": 12, "age_max": 4}, "'Vanaf' is hoger dan 'tot en met'."),
    (make.HelpQuestionFactory, {"age_max": 28}, "Een leeftijd is 0 tot en met 27 jaar."),
    (make.TargetGroupFactory, {"age_min": 12, "age_max": 4}, "'Vanaf' is hoger dan 'tot en met'."),
    (make.TargetGroupFactory, {"age_max": 28}, "Een leeftijd is 0 tot en met 27 jaar."),
    (make.ConfirmationFactory, {"who": ""}, "hoort wie het zei"),
    (make.GroupRunFactory, {"places": 4, "places_left": 5}, "Er zijn meer plekken vrij"),
    (make.GroupRunFactory, {"enrol_by": days_ago(-30)}, "Aanmelden kan tot en met de startdatum."),
    (make.GroupRunFactory, {"ends_on": days_ago(0)}, "De laatste keer is voor de startdatum."),
    (make.GroupRunFactory, {"end_time": dt.time(15)}, "De eindtijd is niet later dan het begin."),
    (make.GroupRunFactory, {"end_time": dt.time(16)}, "De eindtijd is niet later dan het begin."),
    (
        make.GroupRunFactory,
        {"start_time": None, "end_time": dt.time(17)},
        "De eindtijd is niet later dan het begin.",
    ),
    (make.GroupProgrammeFactory, {"min_size": 9, "max_size": 8}, "Het minimum is groter"),
    (make.InterestFactory, {"count": 0}, "Meld 1 tot en met 20 mensen."),
    (make.InterestFactory, {"count": 21}, "Meld 1 tot en met 20 mensen."),
    (make.InterestFactory, {"expires_on": days_ago(0)}, "De einddatum ligt voor het begin."),
    (make.RegionClockFactory, {"days": 0}, "Een termijn is 1 tot en met 730 dagen."),
    (make.RegionClockFactory, {"days": 731}, "Een termijn is 1 tot en met 730 dagen."),
    (make.WaitNormFactory, {"weeks": 261}, "Een norm is 0 tot en met 260 weken."),
    (make.WaitNormFactory, {"kind": HelpKind.UNKNOWN}, "hoort bij een soort hulp"),
    (make.WaitNormFactory, {"source": ""}, "Een norm zonder bron"),
    (make.ProviderFactory, {"agb_code": "1234567"}, "Een AGB-code heeft acht cijfers."),
    (make.ProviderFactory, {"kvk_number": "1234567x"}, "Een KvK-nummer heeft acht cijfers."),
    (make.LocationFactory, {"lat": 48.9, "lon": 2.3, "rd_x": 1, "rd_y": 1}, "ligt in Nederland"),
    (make.LocationFactory, {"lon": None, "rd_x": 1, "rd_y": 1}, "is compleet"),
    (make.MembershipFactory, {"provider": None}, "Kies een aanbieder, een gemeente of een regio"),
    (make.SearchWordFactory, {"help_question": None}, "Kies een hulpvraag of een doelgroep"),
    (make.WaitTimeFactory, {"intake_weeks": None, "treatment_weeks": None}, "Vul weken in"),
    (make.WaitTimeFactory, {"status": WaitStatus.STOP, "intake_weeks": 3}, "Vul weken in"),
    (make.WaitTimeFactory, {"intake_weeks": 261}, "Een wachttijd is 0 tot en met 260 weken."),
    (make.WaitTimeFactory, {"treatment_weeks": -1}, "Een wachttijd is 0 tot en met 260 weken."),
    (
        make.WaitTimeFactory,
        {"stop_until": days_ago(-9)},
        "Een einddatum hoort bij een aanmeldstop.",
    ),
]
IDS = [f"{factory.__name__[:-7]} {' '.join(wrong)}" for factory, wrong, _words in IMPOSSIBLE]


@pytest.mark.parametrize(("factory", "wrong", "words"), IMPOSSIBLE, ids=IDS)
def test_the_database_refuses(factory, wrong, words):
    with pytest.raises(IntegrityError), transaction.atomic():
        factory(**wrong)


@pytest.mark.parametrize(("factory", "wrong", "words"), IMPOSSIBLE, ids=IDS)
def test_the_refusal_is_in_words(factory, wrong, words):
    row = factory()
    for name, value in wrong.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as error:
        row.validate_constraints()
    assert words in " ".join(error.value.messages)


def test_a_measurement_of_tomorrow_is_refused():
    with pytest.raises(ValidationError, match="toekomst"):
        WaitTime(measured_on=days_ago(-1)).clean()


@pytest.mark.parametrize(
    ("factory", "again"),
    [
        (
            make.ServiceAreaFactory,
            lambda row: {"offer": row.offer, "municipality": row.municipality},
        ),
        (
            make.OfferHelpQuestionFactory,
            lambda row: {"offer": row.offer, "help_question": row.help_question},
        ),
        (make.MembershipFactory, lambda row: {"user": row.user, "provider": row.provider}),
        (
            make.SearchWordFactory,
            lambda row: {"text": row.text, "help_question": row.help_question},
        ),
    ],
)
def test_the_same_thing_twice_is_refused(factory, again):
    row = factory()
    with pytest.raises(IntegrityError), transaction.atomic():
        factory(**again(row))


def test_a_source_gives_each_key_once():
    make.OfferFactory(source="lijst", external_id="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        make.OfferFactory(source="lijst", external_id="1")


def test_without_a_source_keys_are_free():
    make.OfferFactory.create_batch(2, source="", external_id="")
    assert Offer.objects.count() == 2


def test_only_places_are_confirmed_of_a_run():
    run = make.GroupRunFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.ConfirmationFactory(offer=run.programme.offer, run=run, fact=DatedFact.WAIT)
    make.ConfirmationFactory(offer=run.programme.offer, run=run, fact=DatedFact.PLACES)


# --- history -----------------------------------------------------------------------------------

HISTORY = [make.WaitTimeFactory, make.AuditEventFactory, make.ConfirmationFactory]


@pytest.mark.parametrize("factory", HISTORY)
def test_history_cannot_be_changed(factory):
    with pytest.raises(AppendOnlyError):
        factory().save()


def test_a_provider_with_offers_cannot_be_thrown_away():
    offer = make.OfferFactory()
    with pytest.raises(ProtectedError):
        offer.provider.delete()


# --- waits -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("intake", "treatment", "total"), [(6, 14, 20), (0, 0, 0), (6, None, None), (None, 14, None)]
)
def test_the_total_is_known_when_both_parts_are(intake, treatment, total):
    assert WaitTime(intake_weeks=intake, treatment_weeks=treatment).total_weeks == total


def test_the_database_adds_the_parts_up_to_the_hundredth_as_python_does():
    numbers = (None, *map(Decimal, ("0", "0.1", "0.2", "1.15", "2.5", "33.33", "259.99", "260")))
    parts = [(*both, None) for both in itertools.product(numbers, repeat=2)]
    WaitTime.objects.bulk_create(
        WaitTime(
            offer=offer,
            measured_on=days_ago(1),
            intake_weeks=intake,
            treatment_weeks=treatment,
            start_weeks=start,
        )
        for offer in [make.OfferFactory()]
        for intake, treatment, start in [*parts, *((None, None, number) for number in numbers)]
        if (intake, treatment, start) != (None, None, None)
    )
    waits = WaitTime.objects.all()
    totals = {wait.pk: wait.total_weeks for wait in waits}
    assert dict(waits.values_list("pk", TOTAL_WEEKS)) == totals
    # What is read is rounded on the way; a filter compares what is really there.
    exact = waits.alias(total=TOTAL_WEEKS)
    known = {pk: total for pk, total in totals.items() if total is not None}
    assert {pk for pk, total in known.items() if exact.filter(pk=pk, total=total)} == set(known)


def test_process_time_and_one_municipality_do_not_speak_for_everybody(region):
    make.WaitTimeFactory(method=WaitMethod.PROCESS)
    make.WaitTimeFactory(municipality=region.leiden)
    assert list(WaitTime.objects.valid()) == []


def test_on_one_day_what_is_expected_goes_before_what_has_been():
    offer = make.OfferFactory()
    forecast = make.WaitTimeFactory(offer=offer, method=WaitMethod.FORECAST)
    make.WaitTimeFactory(offer=offer, method=WaitMethod.MEDIAN)
    make.WaitTimeFactory(offer=offer, method=WaitMethod.MEAN)
    assert WaitTime.objects.newest_first().first() == forecast


# --- offers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "shown"),
    [("concept", False), ("gepubliceerd", True), ("overgenomen", True), ("gearchiveerd", False)],
)
def test_what_is_published_or_taken_over_is_visible(status, shown):
    make.OfferFactory(status=status)
    assert Offer.objects.visible().exists() is shown


def test_a_provider_is_visible_with_an_offer_that_is():
    shown = make.OfferFactory().provider
    make.OfferFactory(status="concept")
    make.ProviderFactory()
    assert list(Provider.objects.visible()) == [shown]


@pytest.mark.parametrize(
    ("ages", "age", "suits"),
    [
        ((12, 17), 12, True),
        ((12, 17), 17, True),
        ((12, 17), 11, False),
        ((12, 17), 18, False),
        ((None, 17), 0, True),
        ((12, None), 27, True),
        ((None, None), 5, True),
    ],
)
def test_ages_are_inclusive_and_unknown_excludes_nobody(ages, age, suits):
    make.OfferFactory(age_min=ages[0], age_max=ages[1])
    assert Offer.objects.suitable_for_ages(age, age).exists() is suits


def test_what_is_not_ticked_is_not_a_format():
    offer = make.OfferFactory(individual=True, online=True)
    assert offer.formats == [OfferFormat.INDIVIDUAL, OfferFormat.ONLINE]


def test_a_title_without_letters_still_has_an_address():
    offer = make.OfferFactory(title="★ !")
    assert offer.get_absolute_url() == f"/aanbod/{offer.pk}-aanbod/"


# --- runs and members --------------------------------------------------------------------------


def test_a_run_that_starts_today_is_still_to_come():
    make.GroupRunFactory(starts_on=days_ago(0))
    assert make.GroupRunFactory._meta.model.objects.upcoming(timezone.localdate()).exists()


def test_full_and_unknown_are_not_the_same():
    full, unknown = make.GroupRunFactory(places_left=0), make.GroupRunFactory(places_left=None)
    assert (full.is_full, unknown.is_full) == (True, False)


def test_somebody_may_belong_to_a_provider_and_a_municipality():
    user = make.UserFactory()
    make.MembershipFactory(user=user)
    make.MembershipFactory(
        user=user, provider=None, municipality=make.MunicipalityFactory(), role=Role.VIEWER
    )
    assert Membership.objects.of(user).count() == 2
