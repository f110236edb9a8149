"""Which rows of a national list are for youth: only those come along by default."""

import pytest
from django.core.management import call_command

from providers.models import Offer
from tests.importing.nza.files import cells_2018, write_2018


@pytest.mark.parametrize(
    ("cells", "is_taken"),
    [
        ({"Circuit": "Jeugd"}, True),
        ({"Circuit": "Adolescenten"}, True),
        ({"Circuit": "Verslavingszorg", "Diagnosegroep_letterlijk": "Jeugd en cannabis"}, True),
        ({"Circuit": "Iets anders"}, True),
        ({"Circuit": "Volwassenen"}, False),
        ({"Circuit": "Verslavingszorg"}, False),
        ({"Circuit": "Ouderen"}, False),
    ],
)
def test_a_list_brings_no_help_that_is_for_adults_only(region, tmp_path, cells, is_taken):
    path = write_2018(tmp_path / "lijst.csv", [cells_2018(**cells)])
    call_command("import_nza_waits", str(path), "--save", verbosity=0)
    assert Offer.objects.exists() is is_taken
