"""The command, on the self-made lists and on the real ones where they are."""

import csv
import json
import re
from collections import defaultdict
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from importing.models import ImportRow, ImportRun
from importing.nza.agreement import agreement
from importing.nza.lists import recognise
from importing.pipeline.table_file import load
from providers.enums import OfferStatus, PointPrecision, WaitMethod, WaitSource, WaitStatus
from providers.models import AuditEvent, Location, Offer, Provider, ServiceArea, WaitTime
from providers.rules.availability import Band, availability
from tests.factories import HelpQuestionFactory, UserFactory
from tests.importing.nza.files import (
    ABSENT,
    REAL_2016,
    REAL_2018,
    cells_2018,
    rows_2018,
    waits,
    write_2016,
    write_2018,
)

WRITTEN = (Provider, Location, Offer, ServiceArea, WaitTime, AuditEvent, ImportRun, ImportRow)


def run(path, *options):
    """Run the command for all ages and return what it says."""
    out = StringIO()
    call_command("import_nza_waits", str(path), "--all-ages", *options, stdout=out)
    return out.getvalue()


def told(path, *options):
    """Run the command and return its JSON."""
    return json.loads(run(path, "--json", *options))


def stored():
    """Return how many rows each table holds."""
    return {model.__name__: model.objects.count() for model in WRITTEN}


@pytest.fixture
def list_2018(tmp_path):
    return write_2018(tmp_path / "lijst2018.csv")


@pytest.fixture
def list_2016(tmp_path):
    return write_2016(tmp_path / "lijst2016.csv")


@pytest.fixture(params=["self-made", "real"])
def any_2018(request, tmp_path):
    if request.param == "self-made":
        return write_2018(tmp_path / "lijst2018.csv")
    return REAL_2018 if REAL_2018.is_file() else pytest.skip(ABSENT)


@pytest.fixture(params=["self-made", "real"])
def any_2016(request, tmp_path):
    if request.param == "self-made":
        return write_2016(tmp_path / "lijst2016.csv")
    return REAL_2016 if REAL_2016.is_file() else pytest.skip(ABSENT)


class TestDry:
    def test_says_what_would_be_written_and_writes_nothing(self, region, list_2018):
        text = run(list_2018)
        assert "Te schrijven: 2 aanbieders" in text
        assert "Er is niets opgeslagen; met --save wel." in text
        assert set(stored().values()) == {0}


class TestSave:
    def test_writes_listed_offers_with_what_the_list_says(self, region, list_2018):
        HelpQuestionFactory(code="autisme")
        run(list_2018, "--save")
        offer = Offer.objects.get(title="Jeugd-ggz Leiden: autisme")
        assert offer.status == OfferStatus.LISTED
        assert (offer.age_min, offer.age_max, offer.level) == (0, 17, 3)
        assert [question.pk for question in offer.help_questions.all()] == ["autisme"]
        assert offer.provider.name == "Ggz De Wilg (demo)"
        assert offer.provider.agb_code == "06000001"
        assert "eerste kwartaal 2018 (5 maart 2018)" in offer.summary
        assert offer.confirmed_on is None
        wait = offer.current_wait
        assert (wait.intake_weeks, wait.treatment_weeks) == (Decimal("3.5"), Decimal(2))
        assert (wait.source, wait.method) == (WaitSource.NZA, WaitMethod.FORECAST)
        assert wait.as_written == "tot de intake: 3-4 weken; van intake tot start: 10 werkdagen"
        assert str(wait.measured_on) == "2018-03-05"
        location = offer.locations.get()
        assert (location.town, location.precision) == ("Leiden", PointPrecision.TOWN)
        assert location.municipality == region.leiden

    def test_way_in_and_contract_stay_unknown(self, region, list_2018):
        run(list_2018, "--save")
        area = ServiceArea.objects.first()
        assert area.routes == []
        assert area.contract == "onbekend"

    def test_contradiction_leaves_the_wait_unknown_with_both_texts(self, region, list_2018):
        run(list_2018, "--save")
        wait = Offer.objects.get(provider__name="Praktijk Els (demo)").current_wait
        assert (wait.status, wait.intake_weeks) == (WaitStatus.UNKNOWN, None)
        assert wait.as_written == "tot de intake: 5 weken | tot de intake: 9 weken"

    def test_a_stop_an_undivided_wait_and_nothing(self, region, list_2018):
        run(list_2018, "--save")
        assert Offer.objects.filter(wait_status=WaitStatus.STOP).count() == 1
        undivided = Offer.objects.get(title="Ggz Leiden (specialistisch)").current_wait
        assert (undivided.intake_weeks, undivided.treatment_weeks) == (0, None)
        assert "één wachttijd" in undivided.note
        silent = Offer.objects.get(title__startswith="Ggz 18-23").current_wait
        assert (silent.status, silent.as_written) == (WaitStatus.UNKNOWN, "Geen wachttijdinfo")

    def test_adults_and_adolescents_do_not_show_for_a_child(self, region, list_2018):
        run(list_2018, "--save")
        titles = Offer.objects.suitable_for_ages(14, 14).values_list("title", flat=True)
        assert not [title for title in titles if "volwassenen" in title or "18-23" in title]

    def test_who_did_it_is_kept_with_every_row(self, region, list_2018):
        user = UserFactory(email="beheer@voorbeeld.example")
        run(list_2018, "--save", "--user", "Beheer@voorbeeld.example")
        kept = ImportRun.objects.get()
        assert kept.by == user
        assert kept.rows.count() == len(rows_2018())
        assert sum(kept.counts["acties"].values()) == len(rows_2018())
        assert set(AuditEvent.objects.values_list("by", flat=True)) == {user.pk}
        taken = AuditEvent.objects.filter(action="offer.taken_over")
        assert taken.count() == Offer.objects.count()

    def test_unknown_user(self, region, list_2018):
        with pytest.raises(CommandError, match="geen account"):
            run(list_2018, "--save", "--user", "wie@voorbeeld.example")

    def test_2016_finds_the_provider_of_2018_by_its_agb_code(self, region, list_2018, list_2016):
        run(list_2018, "--save")
        run(list_2016, "--save")
        assert Provider.objects.filter(agb_code="06000001").count() == 1
        before = stored()
        run(list_2018, "--save")
        run(list_2016, "--save")
        assert stored() == before

    def test_2016_as_it_is(self, region, list_2016):
        run(list_2016, "--save")
        offer = Offer.objects.get(title="Ggz 18-23 jaar Leiden: eetstoornissen")
        assert (offer.wait_weeks, str(offer.wait_measured_on)) == (Decimal("2.50"), "2016-09-23")
        assert offer.provider.kvk_number == "09123456"
        nowhere = Offer.objects.get(locations__name="Regio Onvindbaar")
        assert not nowhere.service_areas.exists()
        assert nowhere.locations.get().precision == PointPrecision.NONE


class TestAgain:
    def test_twice_changes_nothing(self, region, list_2018):
        run(list_2018, "--save")
        before = stored()
        text = run(list_2018, "--save")
        assert stored() == before
        assert "Niets te doen" in text
        assert f"Ingelezen op {timezone.localdate():%d-%m-%Y}" in text

    def test_what_a_provider_changed_stays(self, region, list_2018):
        run(list_2018, "--save")
        Offer.objects.update(title="Eigen titel", status=OfferStatus.ARCHIVED)
        run(list_2018, "--save")
        assert set(Offer.objects.values_list("title", flat=True)) == {"Eigen titel"}

    def test_a_longer_list_adds_only_what_is_new(self, region, list_2018, tmp_path):
        run(list_2018, "--save")
        more = [*rows_2018(), cells_2018(Diagnosegroep_letterlijk="Angst", **waits("1 week", "1"))]
        counts = told(write_2018(tmp_path / "meer.csv", more), "--save")["schrijven"]
        assert counts == {
            "aanbieders": 0, "locaties": 0, "aanbod": 1, "werkgebieden": 1, "wachttijden": 1,
        }  # fmt: skip


class TestRefused:
    @pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfea", b"\x00"])
    def test_one_sentence_and_nothing_written(self, region, tmp_path, content):
        path = tmp_path / "fout.csv"
        path.write_bytes(content)
        with pytest.raises(CommandError, match=r"^[^.]+\. Er is niets opgeslagen\.$"):
            run(path, "--save")
        assert set(stored().values()) == {0}

    def test_a_row_the_domain_refuses_undoes_everything(self, region, list_2018, monkeypatch):
        monkeypatch.setattr("importing.nza.plan.level_of", lambda written: 9)
        with pytest.raises(CommandError, match="niets opgeslagen"):
            run(list_2018, "--save")
        assert set(stored().values()) == {0}

    def test_a_report_that_cannot_be_written_undoes_everything(self, region, list_2018, tmp_path):
        with pytest.raises(CommandError, match="verslag"):
            run(list_2018, "--save", "--report", str(tmp_path / "weg" / "verslag.csv"))
        assert set(stored().values()) == {0}


class TestReport:
    def test_a_line_per_row_with_what_was_done_and_why(self, region, list_2018, tmp_path):
        path = tmp_path / "verslag.csv"
        run(list_2018, "--report", str(path))
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(file, delimiter=";"))
        assert [line["rij"] for line in lines] == [str(n) for n in range(1, len(rows_2018()) + 1)]
        assert all(line["actie"] for line in lines)
        assert lines[2]["aanmeld_weken"] == "3,5"
        assert lines[2]["aanmeld_uitleg"] == "midden van de reeks, weken als geschreven"
        assert lines[8]["reden"] == "volgens de lijst is dit aanbod er niet"

    def test_cells_are_no_formulas(self, region, tmp_path):
        name = "'=HYPERLINK(1)"  # a spreadsheet may take off the first apostrophe
        row = cells_2018(Naam_zorgaanbieder="=HYPERLINK(1)", **waits("+/- 5 weken", "5"))
        row = row | {"Vestigingslocatie": name}
        path = tmp_path / "verslag.csv"
        run(write_2018(tmp_path / "lijst.csv", [row]), "--report", str(path))
        text = path.read_text(encoding="utf-8-sig")
        assert not re.search(r'(^|;)"?[=+@-]', text, re.MULTILINE)
        assert f"'{name};" in text


def test_counts_and_coded_means_of_2018_are_those_of_the_file(reference, any_2018):
    with any_2018.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    number, weeks = defaultdict(int), defaultdict(list)
    for row in rows:
        number[row["Circuit"]] += 1
        for name, column in (("aanmeld_nza", "Aanmeldwachttijd"),
                             ("behandel_nza", "Behandelwachttijd")):  # fmt: skip
            if re.fullmatch(r"[\d.]+", row[column]):
                weeks[row["Circuit"], name].append(float(row[column]))
    found = told(any_2018)
    assert {item["circuit"]: item["rijen"] for item in found["circuits"]} == number
    assert sum(found["acties"].values()) == found["rijen"] == len(rows)
    assert any_2018 != REAL_2018 or (len(rows), number["Jeugd"] + number["Adolescenten"]) == (
        6140,
        1952,
    )
    for item in found["circuits"]:
        assert sum(item["acties"].values()) == item["rijen"]
        for name in ("aanmeld_nza", "behandel_nza"):
            own = weeks[item["circuit"], name]
            assert item[name]["rijen"] == len(own)
            assert item[name]["gemiddelde_weken"] == mean(own)


# The only texts that we read otherwise than they were coded, with our weeks (None: unknown).
OTHERWISE = {
    "Gevolgd door een behandeling": None, "Geen of kort": None, "Korte wachttijd": None,
    ">6 maanden": 24, "4-8 maanden": 24, "Ongeveer 6 maanden": 24, "5 tot 6 maanden": 22,
    "Meer dan 3 maanden": 12, "8-10 maanden": 36, "12 maanden of langer": 48, "6+ maanden": 24,
    "2 dagen": 0.3, "6 kalenderdagen": 0.9, "14 werkdagen": 2.8, "8 werkdagen": 1.6,
    "6 werkdagen": 1.2, "Maximaal 5 dagen": 0.7, "20 kalenderdagen": 2.9, "5 kalenderdagen": 0.7,
    "12 dagen": 1.7, "4 werkdagen": 0.8, "7 werkdagen": 1.4, "0-1 weken": 0.5, "1-6 weken": 3.5,
    "Een tot twee weken na de intake": 1.5,
}  # fmt: skip


def test_our_means_of_2018_are_the_coded_ones_but_for_zeroes_and_listed_texts(reference, any_2018):
    weeks = defaultdict(list)
    with any_2018.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            both = row["Aanmeld/behandelwachttijd_letterlijk"]
            for name, text, coded in (
                ("aanmeld", row["Aanmeldwachttijd_letterlijk"] or both, row["Aanmeldwachttijd"]),
                ("behandel", row["Behandelwachttijd_letterlijk"], row["Behandelwachttijd"]),
            ):
                own = by_hand(text.strip(), coded)
                if own is not None:
                    weeks[row["Circuit"], name].append(own)
    for item in told(any_2018)["circuits"]:
        for name in ("aanmeld", "behandel"):
            own = weeks[item["circuit"], name]
            assert item[name] == {"rijen": len(own), "gemiddelde_weken": mean(own)}


def by_hand(text, coded):
    """Return the weeks we expect, from the coded number and not from our rule."""
    if text in OTHERWISE:
        return OTHERWISE[text]
    if text and coded == "1" and not re.search(r"[1-9]|\been week", text.lower()):
        return 0
    if text and re.fullmatch(r"[\d.]+", coded):
        return float(coded)
    return int(text.split()[0]) if re.fullmatch(r"\d+ weken", text) else None


def mean(numbers):
    """Return the mean of `numbers` as the report rounds it."""
    exact = [Decimal(str(number)) for number in numbers]
    return float((sum(exact) / len(exact)).quantize(Decimal("0.01"))) if exact else None


def test_counts_and_means_of_2016_are_those_of_the_file(reference, any_2016):
    with any_2016.open(encoding="latin-1", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    number, weeks = defaultdict(int), defaultdict(list)
    for row in rows:
        circuit = row["Circuit"] or "Onbekend"
        number[circuit] += 1
        for name, column in (("aanmeld", "Aanmeldtijd"), ("behandel", "Behandeltijd")):
            if re.fullmatch(r"[\d,]+", row[column]):
                weeks[circuit, name].append(float(row[column].replace(",", ".")))
    found = told(any_2016)
    assert any_2016 != REAL_2016 or len(rows) == 1780
    assert sum(found["acties"].values()) == found["rijen"] == len(rows)
    for item in found["circuits"]:
        assert item["rijen"] == number.pop(item["circuit"])
        for name in ("aanmeld", "behandel"):
            own = weeks[item["circuit"], name]
            assert item[name] == {"rijen": len(own), "gemiddelde_weken": mean(own)}
    assert not number


@pytest.mark.real_files
class TestRealLists:
    @pytest.fixture(autouse=True)
    def real(self):
        if not REAL_2018.is_file():
            pytest.skip(ABSENT)

    def test_the_rule_agrees_with_the_coded_weeks(self):
        file = load(REAL_2018)
        found = agreement(recognise(file).rows(file))
        assert found.cells == 9498
        assert found.share >= 0.98
        assert {item.text for item in found.differences} == set(OTHERWISE) - {
            "Een tot twee weken na de intake"  # has no coded number to differ from
        }
        assert found.cells == found.equal + found.zero_for_one + sum(found.differences.values())

    @pytest.mark.slow
    def test_leiden_has_its_youth_mental_health_care_with_the_waits_of_2018(self, reference):
        run(REAL_2018, "--save")
        before = stored()
        run(REAL_2018, "--save")
        assert stored() == before
        today = timezone.localdate()
        offers = Offer.objects.visible().serving("GM0546", on=today).suitable_for_ages(14, 14)
        names = set(offers.values_list("provider__name", flat=True))
        assert {"GGZ Rivierduinen Autisme", "Silver Psychologie", "Virenze"} <= names
        autism = offers.get(title="Jeugd-ggz Leiden: autisme")
        assert (autism.wait_weeks, str(autism.wait_measured_on)) == (28, "2018-03-05")
        shown = {availability(offer, today=today).kind for offer in offers}
        assert shown == {Band.STALE, Band.UNKNOWN}
        assert offers.filter(provider__name="Silver Psychologie").count() == 2

    @pytest.mark.slow
    def test_2016_twice(self, reference):
        run(REAL_2016, "--save")
        before = stored()
        run(REAL_2016, "--save")
        assert stored() == before
        assert ImportRow.objects.count() == 1780

    def test_the_documentation_lists_every_difference(self):
        text = (Path(settings.BASE_DIR) / "docs" / "import-nza.md").read_text(encoding="utf-8")
        file = load(REAL_2018)
        found = agreement(recognise(file).rows(file))
        for difference, cells in found.differences.items():
            weeks = "unknown" if difference.ours == "onbekend" else difference.ours
            ours = weeks.removesuffix(",0").replace(",", ".")
            assert f"| {difference.text} | {cells} | {difference.coded} | {ours} |" in text


def test_the_admin_shows_a_run_and_its_rows_and_changes_nothing(region, list_2018, client, log_in):
    run(list_2018, "--save")
    log_in(is_staff=True, is_superuser=True)
    page = client.get("/beheer/importing/importrow/?action=tegenstrijdig")
    assert "wachttijd onbekend" in page.content.decode()
    assert client.get("/beheer/importing/importrow/add/").status_code == 403
    assert client.get("/beheer/importing/importrun/").status_code == 200
