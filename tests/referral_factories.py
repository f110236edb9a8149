"""Test data of what decides a referral; see tests/factories.py."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from providers import models
from providers.enums import AlsoTakes, Ternary


class CanAlsoTakeFactory(DjangoModelFactory):
    """An offer that takes children with autism too, stated today."""

    class Meta:
        model = models.CanAlsoTake

    offer = factory.SubFactory("tests.factories.OfferFactory")
    condition = AlsoTakes.AUTISM
    answer = True
    stated_on = factory.LazyFunction(timezone.localdate)


class ReferralFactsFactory(DjangoModelFactory):
    """An offer that goes on after 18, stated today; the rest is not known."""

    class Meta:
        model = models.ReferralFacts

    offer = factory.SubFactory("tests.factories.OfferFactory")
    continues_after_18 = Ternary.YES
    continues_stated_on = factory.LazyFunction(timezone.localdate)
