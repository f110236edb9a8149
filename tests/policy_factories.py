"""Test data of what policy is made from; see tests/factories.py."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from providers import models
from providers.enums import DemandOutcome


class DemandFactory(DjangoModelFactory):
    """One help question that was searched for once to-day, in vain."""

    class Meta:
        model = models.Demand

    day = factory.LazyFunction(timezone.localdate)
    municipality = "GM0546"
    help_question = factory.Sequence(lambda n: f"vraag-{n}")
    age_band = "12-15"
    outcome = DemandOutcome.NONE
    searches = 1
