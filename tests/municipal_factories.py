"""Test data of what a municipality arranges for the way to help; see tests/factories.py."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from providers import models
from tests.reference_factories import (
    HelpQuestionFactory,
    MunicipalityFactory,
    PostalAreaFactory,
    YouthRegionFactory,
)


class LocalTeamFactory(DjangoModelFactory):
    """A team with a wait of two weeks, measured today.

    Takes `postal_areas` (codes or objects); pass an empty list for none.
    """

    class Meta:
        model = models.LocalTeam
        skip_postgeneration_save = True

    provider = factory.SubFactory("tests.factories.ProviderFactory")
    name = factory.Sequence(lambda n: f"Team {n}")
    consultation_hours = "dinsdag 9.00-12.00 uur"
    wait_weeks = 2
    measured_on = factory.LazyFunction(timezone.localdate)

    @factory.post_generation
    def postal_areas(self, create, extracted, **kwargs):
        areas = [PostalAreaFactory()] if extracted is None else extracted
        self.postal_areas.set([PostalAreaFactory(code=getattr(area, "pk", area)) for area in areas])


class ClientSupportFactory(DjangoModelFactory):
    """Who supports clients in a municipality."""

    class Meta:
        model = models.ClientSupport

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Steunpunt {n}")
    phone = "071 000 00 71"


class CrisisNumberFactory(DjangoModelFactory):
    """The crisis service of a region, for suicide."""

    class Meta:
        model = models.CrisisNumber

    region = factory.SubFactory(YouthRegionFactory)
    label = factory.Sequence(lambda n: f"Crisisdienst {n}")
    phone = "071 000 00 70"
    text = "Bel als het niet kan wachten."
    dangers = "suicide"


class RegionWordFactory(DjangoModelFactory):
    """A word that one region has for a help question."""

    class Meta:
        model = models.RegionWord

    region = factory.SubFactory(YouthRegionFactory)
    text = factory.Sequence(lambda n: f"eigen woord {n}")
    help_question = factory.SubFactory(HelpQuestionFactory)
