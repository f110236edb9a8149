"""Ages in a line, in figures and in words."""

import pytest

from search.understanding import understand

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("line", "ages"),
    [
        ("groep 7", (10, 11)),
        ("peuter", (2, 3)),
        ("bijna 18", (17, 17)),
        ("veertienjarige", (14, 14)),
        ("jongen van tien", (10, 10)),
        ("12 tot 16 jaar", (12, 16)),
        ("tussen 12 en 16", (12, 16)),
        ("12-16 jaar", (12, 16)),
        ("vanaf 16", (16, None)),
        ("jonger dan 12", (None, 11)),
        ("al 3 jaar somber", (None, None)),
        ("2 jaar geleden gescheiden", (None, None)),
        ("3 kinderen", (None, None)),
        ("over 2 weken", (None, None)),
        ("puber van 15", (15, 15)),
        ("gaat om met een jongen van 28", (None, None)),
        ("2,5 jr zegt weinig", (2, 2)),
        ("17,5 jaar", (17, 17)),
        ("2-5 jaar", (2, 5)),
        ("18 mnd zit nog niet los", (1, 1)),
        ("zuigeling 4 mnd weigert de fles", (0, 0)),
        ("baby van 3 weken", (0, 0)),
        ("8 maanden oud", (0, 0)),
        ("al 3 mnd niet op school", (None, None)),
        ("6 wkn na de bevalling", (None, None)),
        ("kinderen 6 en 9 in huis", (6, 9)),
        ("3 jonge kinderen", (0, 3)),
        ("3 minderjarigen", (None, None)),
    ],
)
def test_ages_in_figures_and_words(region, line, ages):
    said = understand(line)
    assert (said.age_min, said.age_max) == ages


def test_a_narrow_span_is_filtered_by_its_middle_and_a_wide_one_not(region):
    assert (understand("groep 7").age, understand("12 tot 18 jaar").age) == (10, None)
