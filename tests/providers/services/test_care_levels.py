"""The names of the steps from light to heavy: edited in the admin, in force at once everywhere."""

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from providers.enums import CareLevel, Role
from providers.index.version import catalogue_versions
from providers.models import AuditEvent, CareLevelText
from providers.vocabulary.choices import level_choices, level_label
from providers.vocabulary.sheets import SHEETS
from tests.factories import MembershipFactory, OfferFactory, UserFactory
from tests.pages import element, page_at, text_of

pytestmark = pytest.mark.django_db

SEARCH = "/?hulpvraag=somberheid&plaats=leiden"
IMPORT = reverse("admin:providers_careleveltext_import")
HEADINGS = "trede;naam;voorbeelden\n"


@pytest.fixture
def steps(db):
    """The seven steps as they are loaded."""
    for step in CareLevel:
        CareLevelText.objects.create(level=step, label=step.label, examples=f"zoals {step.value}")


@pytest.fixture
def offer(region):
    return OfferFactory(
        title="Sterk in je vel",
        level=CareLevel.LOCAL_TEAM,
        municipalities=[region.leiden],
        help_questions=["somberheid"],
    )


@pytest.fixture
def editor(client, steps):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def change(level):
    return reverse("admin:providers_careleveltext_change", args=[level])


def rename(editor, level, label):
    return editor.post(change(level), {"label": label, "examples": "wijkteam"})


def problems(text):
    return [(one.column, one.text) for one in SHEETS[CareLevelText].plan(text.encode()).problems]


# --- what a step is called -----------------------------------------------------------------------


def test_without_a_row_a_step_is_called_as_in_the_code():
    assert level_label(2) == "Lokaal team"
    assert [name for _level, name in level_choices()] == CareLevel.labels


def test_a_row_gives_a_step_its_name(steps):
    CareLevelText.objects.filter(level=2).update(label="Buurtteam")
    assert level_label(2) == "Buurtteam"
    assert level_choices()[2] == (2, "Buurtteam")


def test_examples_go_along_for_who_has_to_choose(steps):
    assert level_choices(examples=True)[0] == (0, "Sociale basis (zoals 0)")


def test_asking_again_takes_no_query(steps, django_assert_num_queries):
    level_choices()
    with django_assert_num_queries(0):
        level_label(3)
        level_choices(examples=True)


# --- edited in the admin -------------------------------------------------------------------------


@pytest.mark.parametrize("seconds", [0, 60], ids=["made anew", "kept pages"])
def test_the_very_next_search_page_has_the_new_name(client, editor, offer, settings, seconds):
    settings.PAGE_CACHE_SECONDS = seconds
    caches["pages"].clear()
    visitor = client.__class__()
    # The menu of every page has a way to the local team, which is no step.
    assert "Lokaal team" in text_of(element(page_at(visitor, SEARCH), id="resultaat"))
    assert rename(editor, 2, "Buurtteam").status_code == 302
    found = text_of(element(page_at(visitor, SEARCH), id="resultaat"))
    # On the card and among the filters.
    assert found.count("Buurtteam") >= 2
    assert "Lokaal team" not in found
    caches["pages"].clear()


def test_the_page_of_an_offer_and_the_api_have_the_new_name(editor, offer):
    # Asked before too, so that nothing keeps the old name.
    address = f"/api/v1/offers/{offer.pk}"
    assert editor.get(address).json()["level"] == {"code": 2, "label": "Lokaal team"}
    rename(editor, 2, "Buurtteam")
    assert editor.get(address).json()["level"] == {"code": 2, "label": "Buurtteam"}
    assert "Buurtteam" in editor.get(offer.get_absolute_url()).content.decode()


def test_an_edit_is_on_record_and_makes_another_version(editor):
    before = catalogue_versions()
    rename(editor, 2, "Buurtteam")
    event = AuditEvent.objects.get(action="careleveltext.updated")
    assert event.changes["label"] == ["Lokaal team", "Buurtteam"]
    assert catalogue_versions().of(["JZ18"]) != before.of(["JZ18"])


def test_two_steps_with_one_name_are_refused_beside_the_field(editor):
    page = rename(editor, 2, "sociale basis").content.decode()
    assert "Zo heet trede 0 al." in page
    assert CareLevelText.objects.get(level=2).label == "Lokaal team"


def test_steps_are_neither_added_nor_removed(editor):
    assert editor.get(reverse("admin:providers_careleveltext_add")).status_code == 403
    delete = reverse("admin:providers_careleveltext_delete", args=[2])
    assert editor.post(delete, {"post": "yes"}).status_code == 403
    assert CareLevelText.objects.count() == 7


@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_who_is_no_editor_is_sent_to_log_in(client, steps, method):
    client.force_login(UserFactory())
    assert getattr(client, method)(change(2)).status_code == 302
    assert CareLevelText.objects.get(level=2).label == "Lokaal team"


def test_the_portal_offers_the_steps_by_their_name_with_examples(client, steps, offer):
    CareLevelText.objects.filter(level=2).update(label="Buurtteam")
    user = UserFactory()
    MembershipFactory(user=user, provider=offer.provider, role=Role.EDITOR)
    client.force_login(user)
    page = client.get(reverse("selfservice:edit_what", args=[offer.pk])).content.decode()
    assert "Buurtteam (zoals 2)" in page


# --- as CSV --------------------------------------------------------------------------------------


def test_the_names_are_read_back_from_a_spreadsheet(editor, offer):
    file = SimpleUploadedFile("treden.csv", f"{HEADINGS}2;Buurtteam;CJG".encode())
    page = editor.post(IMPORT, {"bestand": file})
    assert "Nieuw: 0. Gewijzigd: 1." in page.content.decode()
    form = page.context["confirm"].initial
    assert editor.post(IMPORT, form).status_code == 302
    assert "Buurtteam" in editor.get(SEARCH).content.decode()


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("7;Ergens;", "trede", "0 tot en met 6"),
        ("hoog;Ergens;", "trede", "0 tot en met 6"),
        ("2;;", "naam", "leeg"),
        ("2;Sociale Basis;", "naam", "Zo heet trede 0 al"),
        (f"2;{'x' * 61};", "naam", "60"),
        (f"2;Buurtteam;{'x' * 201}", "voorbeelden", "200"),
    ],
)
def test_a_step_that_cannot_be_is_refused_with_its_column(steps, row, column, words):
    [(at, text)] = problems(HEADINGS + row)
    assert at == column
    assert words in text
