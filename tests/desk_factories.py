"""Test data of what a desk did, and of what was read from a spreadsheet; see tests/factories.py."""

import factory
from factory.django import DjangoModelFactory

from providers import models
from tests.reference_factories import YouthRegionFactory


class ReviewFactory(DjangoModelFactory):
    """A desk looked at a change of an offer."""

    class Meta:
        model = models.Review

    region = factory.SubFactory(YouthRegionFactory)
    event = factory.SubFactory("tests.factories.AuditEventFactory")
    subject_type = factory.SelfAttribute("event.subject_type")
    subject_id = factory.SelfAttribute("event.subject_id")
    by = factory.SubFactory("tests.factories.UserFactory")


class CallFactory(DjangoModelFactory):
    """A desk rang a provider and spoke to nobody."""

    class Meta:
        model = models.Call

    region = factory.SubFactory(YouthRegionFactory)
    provider = factory.SubFactory("tests.factories.ProviderFactory")
    by = factory.SubFactory("tests.factories.UserFactory")


class FormerProviderFactory(DjangoModelFactory):
    """A provider that is part of another now."""

    class Meta:
        model = models.FormerProvider

    number = factory.Sequence(lambda n: 9_000_000 + n)
    name = "De Oude Boei"
    now = factory.SubFactory("tests.factories.ProviderFactory")


class SheetChangeFactory(DjangoModelFactory):
    """A spreadsheet of a provider that changed one row."""

    class Meta:
        model = models.SheetChange

    provider = factory.SubFactory("tests.factories.ProviderFactory")
    by = factory.SubFactory("tests.factories.UserFactory")
    rows = factory.LazyFunction(lambda: [{"offer": 1, "before": {}, "after": {}}])
