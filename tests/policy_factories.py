"""Test data of what policy is made from; see tests/factories.py."""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from providers import models
from providers.enums import DemandOutcome, MissingReason, SignalStatus, UseKind
from tests.reference_factories import HelpQuestionFactory, MunicipalityFactory


class MissingHelpSignalFactory(DjangoModelFactory):
    """A referrer looked in vain."""

    class Meta:
        model = models.MissingHelpSignal

    help_question = factory.SubFactory(HelpQuestionFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    reason = MissingReason.NOTHING
    sender = factory.Sequence(lambda n: f"afzender-{n}")


class PolicyMailboxFactory(DjangoModelFactory):
    """The mailbox of a municipality."""

    class Meta:
        model = models.PolicyMailbox

    municipality = factory.SubFactory(MunicipalityFactory)
    name = "Beleid jeugd"
    email = factory.Sequence(lambda n: f"jeugd{n}@gemeente.example")


class SignalAnswerFactory(DjangoModelFactory):
    """A municipality talks about help for a question that is missing."""

    class Meta:
        model = models.SignalAnswer

    municipality = factory.SubFactory(MunicipalityFactory)
    help_question = factory.SubFactory(HelpQuestionFactory)
    status = SignalStatus.TALKING


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


class OfferUseFactory(DjangoModelFactory):
    """An offer that was opened five times this month."""

    class Meta:
        model = models.OfferUse

    offer = factory.SubFactory("tests.factories.OfferFactory")
    month = factory.LazyFunction(lambda: timezone.localdate().replace(day=1))
    kind = UseKind.OPENED
    times = 5


class WaitRequestFactory(DjangoModelFactory):
    """The request of the last quarter of a year, open for three weeks."""

    class Meta:
        model = models.WaitRequest

    region = factory.SubFactory("tests.reference_factories.YouthRegionFactory")
    year = factory.Sequence(lambda n: 2026 + n)
    quarter = 4
    opened_on = factory.LazyFunction(timezone.localdate)
    answer_by = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=21))


class AskedProviderFactory(DjangoModelFactory):
    """A provider that was not mailed yet."""

    class Meta:
        model = models.AskedProvider

    request = factory.SubFactory(WaitRequestFactory)
    provider = factory.SubFactory("tests.factories.ProviderFactory")


class ReportedTableFactory(DjangoModelFactory):
    """A printed table of one line."""

    class Meta:
        model = models.ReportedTable

    region = factory.SubFactory("tests.reference_factories.YouthRegionFactory")
    title = factory.Sequence(lambda n: f"Tabel {n}")
    unit = "trajecten"
    source = "Monitor 2017"
    periods = factory.LazyFunction(lambda: ["2017"])
    lines = factory.LazyFunction(lambda: [["huisarts", ["2685"]]])
    total = factory.LazyFunction(lambda: ["2685"])
