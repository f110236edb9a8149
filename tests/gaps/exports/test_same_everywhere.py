"""Map, matrix, dossier, snapshot, council report, CSV, XLSX and GeoJSON say the same numbers."""

import csv
import io
import json
from collections import Counter

import openpyxl
import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from gaps.cells.cell import BANDS
from gaps.coverage.snapshots import store_coverage
from providers.enums import Role
from tests.factories import HelpQuestionFactory, MembershipFactory, OfferFactory, WaitTimeFactory
from tests.gaps.published import band_of
from tests.pages import classes_of, element, elements, page_at, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PLACES = {"leiden": "Leiden", "leiderdorp": "Leiderdorp", "katwijk": "Katwijk"}
QUESTIONS = {"Somber": "somberheid", "Tics": "tics"}
CELLS = (("somberheid", "8-11"), ("somberheid", "12-15"), ("tics", "8-11"))
START = "/voor-gemeenten"

offers = st.lists(
    st.fixed_dictionaries(
        {
            "municipalities": st.sets(st.sampled_from(list(PLACES)), min_size=1),
            "question": st.sampled_from(list(QUESTIONS.values())),
            "ages": st.sampled_from([(8, 11), (12, 15), (8, 15)]),
            "level": st.sampled_from([1, 3]),
            "group": st.booleans(),
            "weeks": st.sampled_from([None, 0, 1, 2.5, 20]),
        }
    ),
    min_size=1,
    max_size=4,
)


@pytest.fixture
def reader(log_in, region):
    HelpQuestionFactory(code="somberheid", label="Somber", age_min=8, age_max=15)
    HelpQuestionFactory(code="tics", label="Tics", age_min=8, age_max=11)
    user = log_in()
    for slug in PLACES:
        place = getattr(region, slug)
        MembershipFactory(user=user, provider=None, municipality=place, role=Role.VIEWER)


def make(region, drawn):
    for one in drawn:
        low, high = one["ages"]
        offer = OfferFactory(
            municipalities=[getattr(region, slug) for slug in sorted(one["municipalities"])],
            help_questions=[one["question"]],
            age_min=low,
            age_max=high,
            level=one["level"],
            group=one["group"],
        )
        if one["weeks"] is not None:
            WaitTimeFactory(offer=offer, intake_weeks=0, treatment_weeks=one["weeks"])


# --- what each of them says, per municipality, question and age -----------------------------------


def facts(line):
    best = line["kortste wachttijd"]
    return {
        "class": line["status"],
        "offers": int(line["aanbod"]),
        "weeks": None if best in {"", None} else float(str(best).replace(",", ".")),
    }


def in_csv(client):
    found = {}
    for slug in PLACES:
        content = b"".join(client.get(f"{START}/{slug}/dekking.csv").streaming_content)
        for line in csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"):
            found[slug, line["hulpvraagcode"], band_of(line)] = facts(line)
    return found


def in_workbook(client):
    content = b"".join(client.get(f"{START}/leiden/dekking.xlsx").streaming_content)
    heading, *rows = openpyxl.load_workbook(io.BytesIO(content))["Dekking"].values
    lines = [dict(zip(heading, row, strict=True)) for row in rows]
    slugs = {name: slug for slug, name in PLACES.items()}
    return {
        (slugs[line["gemeente"]], line["hulpvraagcode"], band_of(line)): facts(line)
        for line in lines
    }


def class_in(found):
    """Return the code of the class that an element shows."""
    (shown,) = [one for one in elements(found) if "sk-kind" in classes_of(one)]
    return next(
        name.removeprefix("sk-kind--") for name in classes_of(shown) if name.startswith("sk-kind--")
    )


def in_matrix(page):
    """Yield question, age and class of the table of a matrix, of now or of a snapshot."""
    for table in elements(page, "table", class_="sk-matrix"):
        for row in elements(element(table, "tbody"), "tr"):
            question = QUESTIONS[text_of(element(row, "th"))]
            for band, cell in zip(BANDS, elements(row, "td"), strict=True):
                if text_of(cell) != "niet van toepassing":
                    yield question, band.value, class_in(cell)


def in_matrices(client, address):
    return {
        (slug, question, band): {"class": found}
        for slug in PLACES
        for question, band, found in in_matrix(page_at(client, address.format(slug)))
    }


def weeks_of(words):
    return None if words == "niet bekend" else float(words.split()[0].replace(",", "."))


def in_dossiers(client):
    found = {}
    for slug in PLACES:
        for question, band in CELLS:
            page = page_at(client, f"{START}/{slug}/dekking/{question}/{band}/")
            table = element(page, "table")
            counted = {
                text_of(element(row, "th")): text_of(element(row, "td"))
                for row in elements(table, "tr")
            }
            is_empty = counted["Aanbod"] == "geen"
            found[slug, question, band] = {
                "class": class_in(element(page, "p", class_="sk-lead")),
                "offers": 0 if is_empty else int(counted["Aanbod"]),
                "weeks": None if is_empty else weeks_of(counted["Kortste wachttijd die telt"]),
            }
    return found


def on_map(client):
    """Return what the table under the map says, and the letters drawn on it."""
    table, drawn = {}, {}
    slugs = {name: slug for slug, name in PLACES.items()}
    for question, band in CELLS:
        asked = f"hulpvraag={question}&leeftijd={band}"
        page = page_at(client, f"{START}/leiden/dekking/regio/?{asked}")
        rows = elements(element(element(page, "table"), "tbody"), "tr")
        for row, slug in ((row, slugs[text_of(element(row, "th"))]) for row in rows):
            cells = {name: element(row, "td", data_label=name) for name in ("Aanbod", "Wat het is")}
            table[slug, question, band] = {
                "class": class_in(cells["Wat het is"]),
                "offers": int(text_of(cells["Aanbod"])),
                "weeks": weeks_of(text_of(element(row, "td", data_label="Kortste wachttijd"))),
            }
        for area in elements(page, "g", class_="sk-area"):
            look = next(one for one in classes_of(area)[1:] if one != "sk-area--own")
            slug = slugs[text_of(element(area, "title")).partition(":")[0]]
            drawn[slug, question, band] = {"class": look.removeprefix("sk-area--")}
    return table, drawn


def in_geojson(client):
    found = {}
    for question, band in CELLS:
        asked = f"hulpvraag={question}&leeftijd={band}"
        content = client.get(f"{START}/leiden/dekking.geojson?{asked}").content
        for one in (one["properties"] for one in json.loads(content)["features"]):
            slug = next(slug for slug, name in PLACES.items() if name == one["name"])
            found[slug, question, band] = {"class": one["class"], "offers": one["offers"]}
    return found


def in_council_report(client, slug):
    """Return how many cells there are of each class."""
    page = page_at(client, f"{START}/{slug}/raadsrapport/")
    table = next(
        one for one in elements(page, "table") if next(elements(one, id="tabel-soorten"), None)
    )
    return {
        class_in(element(row, "th")): int(text_of(element(row, "td")))
        for row in elements(element(table, "tbody"), "tr")
    }


@given(offers)
@hypothesis_settings(
    max_examples=5,
    # An example asks for some thirty pages; making it smaller would ask for thousands.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_surface_says_the_same(client, region, reader, drawn):
    cache.clear()
    with transaction.atomic():
        make(region, drawn)
        expected = in_csv(client)
        store_coverage(by=None, today=timezone.localdate())
        table, map_ = on_map(client)
        surfaces = {
            "workbook": in_workbook(client),
            "matrix": in_matrices(client, f"{START}/{{}}/dekking/?open=alles"),
            "snapshot": in_matrices(client, f"{START}/{{}}/stand/{timezone.localdate()}/"),
            "dossier": in_dossiers(client),
            "table of the region": table,
            "map": map_,
            "geojson": in_geojson(client),
        }
        councils = {slug: in_council_report(client, slug) for slug in PLACES}
        transaction.set_rollback(True)
    assert len(expected) == len(PLACES) * len(CELLS)
    for name, found in surfaces.items():
        known = {key: {fact: expected[key][fact] for fact in said} for key, said in found.items()}
        assert found == known, name
        assert set(found) == set(expected), name
    for slug, counts in councils.items():
        classes = Counter(one["class"] for key, one in expected.items() if key[0] == slug)
        assert {name: number for name, number in counts.items() if number} == classes
