"""A provider with a place, municipalities and a start, to take out as tables."""

import pytest

from tests.factories import GroupProgrammeFactory, GroupRunFactory


@pytest.fixture
def place(offer):
    return offer.locations.get()


@pytest.fixture
def run(offer):
    return GroupRunFactory(
        programme=GroupProgrammeFactory(offer=offer), places=8, places_left=3, location=None
    )


@pytest.fixture
def everything(offer, place, run):
    """One line in each table."""
    return offer.provider
