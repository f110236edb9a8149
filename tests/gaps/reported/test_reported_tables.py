"""Tables of reports go in as printed and come out as printed, with a note where they differ.

Table 9 of the Rotterdam monitor of 2017: who refers. Its rows add up to 10,020 and 7,520 where
10,025 and 7,525 are printed. Five rows are known; the last one is what is left of those sums.
"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from providers.enums import Role
from providers.models import AuditEvent, ReportedTable
from tests.factories import MembershipFactory
from tests.pages import elements, text_of

pytestmark = pytest.mark.django_db

PAGE = "/regio/JZ18/cijfers/"
TABLE_9 = """verwijzer;2015;2017
gemeente;830;1.970
huisarts;4.750;2.685
jeugdarts;185;170
gecertificeerde instelling;1.940;1.700
medisch specialist;1.015;665
overig;1.300;330
totaal;10.025;7.525
"""


def upload(client, text, **fields):
    data = {
        "title": "Tabel 9: verwijzers",
        "unit": "begonnen trajecten",
        "source": "Monitor 2017, tabel 9",
        "bestand": SimpleUploadedFile("tabel.csv", text.encode()),
    }
    return client.post(PAGE, data | fields)


@pytest.fixture
def desk(log_in, region):
    user = log_in()
    MembershipFactory(user=user, provider=None, region=region.leiden.region)
    return user


def test_table_9_comes_out_as_printed(client, desk):
    upload(client, TABLE_9)
    numbers = [text_of(one) for one in elements(client.get(PAGE).content.decode(), "td")]
    assert numbers == [
        *("830", "1.970", "4.750", "2.685", "185", "170"),
        *("1.940", "1.700", "1.015", "665", "1.300", "330"),
        *("10.025", "7.525"),
    ]


def test_a_total_that_is_no_sum_is_kept_and_noted(client, desk):
    upload(client, TABLE_9)
    page = client.get(PAGE).content.decode()
    assert "2015: de regels tellen op tot 10.020; gedrukt staat 10.025." in page
    assert "2017: de regels tellen op tot 7.520; gedrukt staat 7.525." in page


def test_a_total_that_is_the_sum_has_no_note(client, desk):
    upload(client, "soort;2017\na;7,5\nb;2\ntotaal;9,5\n")
    assert "tellen op tot" not in client.get(PAGE).content.decode()


def test_what_is_not_known_is_said_and_not_added(client, desk):
    upload(client, "soort;2017\na;.\nb;2\ntotaal;9\n")
    page = client.get(PAGE).content.decode()
    assert [text_of(one) for one in elements(page, "td")] == ["onbekend", "2", "9"]
    assert "tellen op tot" not in page


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("soort;2017\na;veel\ntotaal;9\n", "is geen getal"),
        ("soort;2017\na;1\nb;2\n", "gedrukte totaal"),
        ("soort\na\ntotaal\n", "gedrukte totaal"),
        ("soort;2017\na;NaN\ntotaal;1\n", "is geen getal"),
    ],
)
def test_what_is_no_such_table_is_refused_beside_the_file(client, desk, text, why):
    response = upload(client, text)
    assert response.status_code == 422
    assert why in response.content.decode()
    assert not ReportedTable.objects.exists()


def test_a_title_stands_once(client, desk):
    upload(client, TABLE_9)
    assert upload(client, TABLE_9).status_code == 422
    assert ReportedTable.objects.count() == 1


def test_recording_leaves_an_audit_row(client, desk):
    upload(client, TABLE_9)
    assert AuditEvent.objects.filter(action="reported_table.recorded", by=desk).exists()


def test_who_reads_along_sees_it_and_adds_nothing(client, log_in, region):
    MembershipFactory(user=log_in(), provider=None, region=region.leiden.region, role=Role.VIEWER)
    assert client.get(PAGE).status_code == 200
    assert upload(client, TABLE_9).status_code == 403
