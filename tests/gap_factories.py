"""Test data of the pages for municipalities; see tests/factories.py."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from gaps.models import CoverageSnapshot
from tests.reference_factories import MunicipalityFactory


class CoverageSnapshotFactory(DjangoModelFactory):
    """The stored coverage of a municipality in which nothing is asked; taken today."""

    class Meta:
        model = CoverageSnapshot

    municipality = factory.SubFactory(MunicipalityFactory)
    taken_on = factory.LazyFunction(timezone.localdate)
    content = factory.LazyFunction(
        lambda: {
            "format": 1,
            "thresholds": {
                "far_km": 10.0,
                "late_weeks": 12.0,
                "ends_days": 183.0,
                "fewest_providers": 2.0,
            },
            "fields": [],
            "cells": [],
        }
    )
