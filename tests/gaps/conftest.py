"""A municipality with one covered cell, one that nobody helps in, and a member who reads it."""

import pytest

from providers.enums import Role
from tests.factories import (
    HelpQuestionFactory,
    MembershipFactory,
    OfferFactory,
    ThemeFactory,
    WaitTimeFactory,
)


@pytest.fixture
def covered(region):
    """Somberheid at 12-15 is covered in Leiden, and has no group in Katwijk."""
    theme = ThemeFactory(label="Stemming", position=1)
    HelpQuestionFactory(code="somberheid", label="Somber", theme=theme, age_min=8, age_max=15)
    HelpQuestionFactory(code="tics", label="Tics", theme=theme, age_min=8, age_max=11)
    alone = OfferFactory(title="Praten", municipalities=[region.leiden, region.katwijk])
    group = OfferFactory(title="Samen lopen", municipalities=[region.leiden], group=True)
    for offer, weeks in ((alone, 2), (group, 5)):
        WaitTimeFactory(offer=offer, intake_weeks=0, treatment_weeks=weeks)
    return region


@pytest.fixture
def member(log_in, region):
    user = log_in()
    MembershipFactory(user=user, provider=None, municipality=region.leiden, role=Role.VIEWER)
    return user
