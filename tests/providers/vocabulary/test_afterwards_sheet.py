"""Which help is for afterwards, in the sheet of help questions."""

import pytest

from providers.models import HelpQuestion
from providers.vocabulary.sheets import SHEETS
from tests.factories import ThemeFactory
from tests.providers.vocabulary.test_vocabulary_csv import QUESTIONS, carry_out

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("cell", "after"), [("ja", True), ("Ja", True), ("nee", False), ("", False)]
)
def test_help_for_afterwards_is_said_in_the_sheet_and_comes_back_in_it(cell, after):
    ThemeFactory(code="stemming")
    carry_out(HelpQuestion, QUESTIONS + f"rouw;Rouw;;;3;stemming;;{cell}")
    rouw = HelpQuestion.objects.get(pk="rouw")
    assert rouw.after is after
    assert SHEETS[HelpQuestion].cells(rouw)["voor daarna"] == ("ja" if after else "")
