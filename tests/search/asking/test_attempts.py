"""An attempt on life is read as one; an attempt at anything else is not."""

import pytest

from search.asking.understanding import understand

pytestmark = [pytest.mark.django_db, pytest.mark.by_words]

AFTER = "na-een-poging"


@pytest.mark.parametrize(
    "line",
    [
        "poging tot inbraak",
        "na een poging tot inbraak bang in huis",
        "dit is een poging waard",
        "poging om te stoppen met roken",
        "derde poging om te stoppen met blowen, 16 jaar",
        "de poging tot bemiddeling met vader is mislukt",
        "na een poging tot doodslag is broer gearresteerd",
        "poging tot aanranding op school",
        "pogingen om contact te krijgen met het gezin",
        "nooit een poging gedaan, wel opgenomen geweest",
        "eerste poging in mei om te stoppen met roken, nu opname",
    ],
)
def test_an_attempt_at_something_else_is_no_attempt_on_life(words, line):
    found = understand(line)
    assert AFTER not in found.questions
    assert found.crisis != "suicide"


@pytest.mark.parametrize(
    "line",
    [
        "steun voor ouders na poging kind",
        "na zelfmoordpoging van dochter",
        "na de suïcidepoging van onze zoon",
        "zusje heeft een zelfmoordpoging gedaan",
        "ouders na een poging van hun dochter",
        "hulp voor broertje na de poging van zijn zus",
        "poging in november, nu terug uit de kliniek",
    ],
)
def test_an_attempt_on_life_asks_for_help_for_afterwards(words, line):
    assert AFTER in understand(line).questions
