"""The vocabulary out as CSV and back in: nothing half, nothing lost, nothing contradictory."""

import base64
import re

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from providers.csv_cells import as_csv, neutral, records, restored
from providers.models import AuditEvent, CareLevelText, HelpQuestion, SearchWord, TargetGroup
from providers.services.index import drifted
from providers.services.vocabulary import apply_plan
from providers.vocabulary.csv_file import Plan
from providers.vocabulary.sheets import SHEETS
from search.asking.understanding import understand
from tests.factories import HelpQuestionFactory, OfferFactory, TargetGroupFactory, UserFactory

pytestmark = pytest.mark.django_db

PARTS = (HelpQuestion, TargetGroup, SearchWord, CareLevelText)
WORDS = "woord of zin;soort;code\n"


@pytest.fixture
def vocabulary(db):
    HelpQuestionFactory(code="somberheid", label="Somber", theme__code="stemming", position=1)
    HelpQuestionFactory(code="angst", label="Angstig", theme__code="stemming", position=2)
    TargetGroupFactory(code="ouders", label="Ouders")
    SearchWord.objects.create(text="verdrietig", help_question_id="somberheid")
    SearchWord.objects.create(text="papa", target_group_id="ouders")


def plan(model, text):
    return SHEETS[model].plan(text.encode())


def carry_out(model, text, by=None):
    return apply_plan(by=by, plan=plan(model, text))


def problems(model, text):
    return [tuple(problem) for problem in plan(model, text).problems]


# --- out and back --------------------------------------------------------------------------------


@pytest.mark.parametrize("model", PARTS)
def test_an_export_read_back_changes_nothing(reference, model):
    found = SHEETS[model].plan(SHEETS[model].written().encode())
    assert found == Plan(unchanged=model.objects.count())


@pytest.mark.parametrize("model", PARTS)
def test_an_export_fits_in_what_can_be_read_back(reference, model):
    assert len(SHEETS[model].written().encode()) < 500_000


@pytest.mark.parametrize("start", ["=1+1", "+31", "-2", "@som", "'=1", "  =1"])
def test_no_cell_is_a_formula_and_every_cell_comes_back(start):
    _headings, rows = records(as_csv(["a"], [[start]]))
    assert not neutral(start).lstrip(" ").startswith(("=", "+", "-", "@"))
    assert rows == [[start.strip()]]


@given(st.text())
def test_a_cell_made_neutral_comes_back_whole(text):
    assert restored(neutral(text)) == text


def test_a_word_that_looks_like_a_formula_comes_back(vocabulary):
    SearchWord.objects.create(text="=somber", help_question_id="somberheid")
    assert "'=somber" in SHEETS[SearchWord].written()
    assert plan(SearchWord, SHEETS[SearchWord].written()).changes == ()


@pytest.mark.parametrize(
    "content",
    [
        WORDS.encode() + b"sneu;hulpvraag;somberheid",
        b"\xef\xbb\xbf" + WORDS.encode() + b"sneu;hulpvraag;somberheid;;\r\n",
        b"code,soort,woord of zin,opmerking\nsomberheid,hulpvraag,sneu,ja",
        b"Woord of zin;Soort;Code\nsneu;hulpvraag;somberheid",
        "woord of zin;soort;code\nsneue café;hulpvraag;somberheid".encode("cp1252"),
    ],
    ids=["plain", "of a spreadsheet", "commas, other order", "capitals", "windows"],
)
def test_files_are_read_as_spreadsheets_save_them(vocabulary, content):
    found = SHEETS[SearchWord].plan(content)
    assert (found.new, found.problems) == (1, ())


# --- what changes --------------------------------------------------------------------------------


def test_a_plan_says_what_is_new_changed_and_the_same(vocabulary):
    found = plan(
        SearchWord,
        WORDS + "verdrietig;hulpvraag;angst\npapa;doelgroep;ouders\nsneu;hulpvraag;angst",
    )
    assert (found.new, found.changed, found.unchanged) == (1, 1, 1)


def test_reading_a_file_changes_nothing(vocabulary):
    plan(SearchWord, WORDS + "sneu;hulpvraag;angst")
    assert SearchWord.objects.count() == 2


def test_a_word_is_moved_to_another_question(vocabulary):
    carry_out(SearchWord, WORDS + "Verdrietig;hulpvraag;angst")
    assert list(SearchWord.objects.filter(key="verdrietig").values_list("help_question")) == [
        ("angst",)
    ]


def test_what_is_not_in_the_file_stays(vocabulary):
    carry_out(SearchWord, WORDS + "sneu;hulpvraag;angst")
    assert SearchWord.objects.filter(key__in=["verdrietig", "papa"]).count() == 2


def test_a_word_counts_with_the_next_question(vocabulary, django_capture_on_commit_callbacks):
    assert understand("sneu").questions == ()
    with django_capture_on_commit_callbacks(execute=True):
        carry_out(SearchWord, WORDS + "sneu;hulpvraag;angst")
    assert understand("sneu").questions == ("angst",)


def test_every_change_is_on_record(vocabulary):
    carry_out(SearchWord, WORDS + "sneu;hulpvraag;angst\nverdrietig;hulpvraag;angst")
    events = AuditEvent.objects.order_by("action").values_list("action", "changes")
    assert list(events) == [
        (
            "searchword.created",
            {"woord of zin": ["", "sneu"], "soort": ["", "hulpvraag"], "code": ["", "angst"]},
        ),
        ("searchword.updated", {"code": ["somberheid", "angst"]}),
    ]


QUESTIONS = "code;naam;leeftijd vanaf;leeftijd tot en met;volgorde;thema;signaal;voor daarna\n"


def test_the_index_follows_the_name_of_a_question(vocabulary, region):
    offer = OfferFactory(help_questions=["somberheid"])
    carry_out(HelpQuestion, QUESTIONS + "somberheid;Zwaarmoedig;6;22;1;stemming;")
    offer.refresh_from_db()
    assert drifted(type(offer).objects.all()) == []
    assert "zwaarmoedig" in offer.words.topic


def test_a_question_can_be_added(vocabulary):
    carry_out(HelpQuestion, QUESTIONS + "rouw;Rouw;;;3;stemming;")
    assert HelpQuestion.objects.get(pk="rouw").age_min is None


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("sneu;hulpvraag;bestaat-niet", "code", "Er is geen hulpvraag"),
        ("sneu;doelgroep;somberheid", "code", "Er is geen doelgroep"),
        ("sneu;onzin;somberheid", "soort", "Kies uit"),
        (";hulpvraag;somberheid", "woord of zin", "leeg"),
        ("?!;hulpvraag;somberheid", "woord of zin", "geen letter"),
        ("14;hulpvraag;somberheid", "woord of zin", "leeftijd"),
        ("angstig;hulpvraag;somberheid", "code", "Zo heet “angst”"),
        ("x" * 81 + ";hulpvraag;somberheid", "woord of zin", "80"),
        # One letter of print that is three to the search.
        ("ﬃ" * 40 + ";hulpvraag;somberheid", "woord of zin", "80"),
    ],
)
def test_a_word_that_cannot_be_is_refused_with_its_row(vocabulary, row, column, words):
    found = problems(SearchWord, WORDS + "sneue;hulpvraag;angst\n" + row)
    assert [(at, name) for at, name, _text in found] == [(3, column)]
    assert words in found[0][2]


def test_a_word_with_two_meanings_is_refused(vocabulary):
    text = WORDS + "sneu;hulpvraag;angst\nSneu!;hulpvraag;somberheid"
    assert problems(SearchWord, text) == [(3, "woord of zin", "Dit staat ook op rij 2.")]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("rouw;Somber;;;3;stemming;", "naam", "Zo heet “somberheid” al"),
        ("rouw;Verdrietig;;;3;stemming;", "naam", "wijst naar “somberheid”"),
        ("rouw;Rouw;9;6;3;stemming;", "leeftijd vanaf", "Draai ze om"),
        ("rouw;Rouw;9;28;3;stemming;", "leeftijd tot en met", "0 tot en met 27"),
        ("rouw;Rouw;;;veel;stemming;", "volgorde", "heel getal"),
        ("rouw;Rouw;;;3;weer;", "thema", "bestaat niet"),
        ("rouw;Rouw;;;3;stemming;paniek", "signaal", "Kies uit"),
        ("rouw;Rouw;;;3;stemming;;misschien", "voor daarna", "ja of nee"),
        ("rouw en verlies;Rouw;;;3;stemming;", "code", "letters, cijfers"),
    ],
)
def test_a_question_that_cannot_be_is_refused_with_its_row(vocabulary, row, column, words):
    found = problems(HelpQuestion, QUESTIONS + row)
    assert [(at, name) for at, name, _text in found] == [(2, column)]
    assert words.lower() in found[0][2].lower()


def test_one_mistake_stops_everything(vocabulary):
    found = plan(SearchWord, WORDS + "sneu;hulpvraag;angst\nraar;hulpvraag;bestaat-niet")
    with pytest.raises(ValueError, match="problems"):
        apply_plan(by=None, plan=found)
    assert found.changes == ()


# --- the pages of the admin ----------------------------------------------------------------------


def address(model, page):
    return reverse(f"admin:providers_{model._meta.model_name}_{page}")


def upload(client, model, text):
    file = SimpleUploadedFile("lijst.csv", text.encode(), content_type="text/csv")
    return client.post(address(model, "import"), {"bestand": file})


def confirm(client, model, answer):
    page = answer.content.decode()
    fields = {
        name: re.search(rf'name="{name}" value="([^"]*)"', page)[1]
        for name in ("inhoud", "kenmerk")
    }
    return client.post(address(model, "import"), fields)


@pytest.fixture
def editor(client, vocabulary):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    client.user = user
    return client


def test_what_changes_is_shown_before_it_is_done(editor):
    answer = upload(editor, SearchWord, WORDS + "sneu;hulpvraag;angst")
    assert "Nieuw: 1. Gewijzigd: 0. Hetzelfde: 0." in answer.content.decode()
    assert not SearchWord.objects.filter(key="sneu").exists()


def test_what_was_shown_is_done_by_whoever_confirms(editor):
    answer = confirm(editor, SearchWord, upload(editor, SearchWord, WORDS + "sneu;hulpvraag;angst"))
    assert answer.status_code == 302
    assert SearchWord.objects.get(key="sneu").help_question_id == "angst"
    assert AuditEvent.objects.get(action="searchword.created").by == editor.user


def test_what_changed_meanwhile_is_shown_again(editor):
    shown = upload(editor, SearchWord, WORDS + "verdrietig;hulpvraag;angst")
    SearchWord.objects.filter(key="verdrietig").update(text="Verdrietig")
    answer = confirm(editor, SearchWord, shown)
    assert "intussen veranderd" in answer.content.decode()
    assert SearchWord.objects.get(key="verdrietig").help_question_id == "somberheid"


def test_mistakes_are_listed_and_cannot_be_confirmed(editor):
    answer = upload(editor, SearchWord, WORDS + "sneu;hulpvraag;bestaat-niet")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Er is geen hulpvraag met de code “bestaat-niet”." in page
    assert 'name="kenmerk"' not in page


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "leeg"),
        ("a;b\n1;2", "Deze kolommen ontbreken"),
        (WORDS + 'sneu;"hulpvraag', "geen CSV-bestand"),
        (WORDS + "x" * 700_000, "te groot"),
        ("code;code;soort;woord of zin\n", "twee keer"),
    ],
    ids=["empty", "other columns", "open quote", "large", "column twice"],
)
def test_what_is_no_such_list_is_refused_beside_the_field(editor, text, words):
    answer = upload(editor, SearchWord, text)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_bytes_that_are_no_text_are_refused(editor):
    file = SimpleUploadedFile("lijst.csv", b"\x81\x8d\xff\xfe;")
    answer = editor.post(address(SearchWord, "import"), {"bestand": file})
    assert answer.status_code == 422


@pytest.mark.parametrize("fields", [{"inhoud": "%%%", "kenmerk": "x"}, {"inhoud": ""}])
def test_a_confirmation_that_was_made_up_changes_nothing(editor, fields):
    answer = editor.post(address(SearchWord, "import"), fields)
    assert "Kies het bestand opnieuw." in answer.content.decode()
    assert SearchWord.objects.count() == 2


@pytest.mark.parametrize("model", PARTS)
def test_the_file_comes_with_its_name_and_kind(editor, model):
    answer = editor.get(address(model, "export"))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert re.search(
        rf'"{SHEETS[model].name}-\d{{4}}-\d\d-\d\d\.csv"', answer["Content-Disposition"]
    )


@pytest.mark.parametrize("model", PARTS)
def test_the_list_leads_to_both(editor, model):
    page = editor.get(address(model, "changelist")).content.decode()
    assert address(model, "export") in page
    assert address(model, "import") in page


@pytest.mark.parametrize("part", ["export", "import"])
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_others_than_editors_are_sent_to_log_in(client, vocabulary, part, method):
    client.force_login(UserFactory())
    assert getattr(client, method)(address(SearchWord, part)).status_code == 302


@pytest.mark.parametrize(("part", "status"), [("export", 403), ("import", 403)])
def test_an_editor_without_the_right_is_refused(client, vocabulary, part, status):
    client.force_login(UserFactory(is_staff=True))
    assert client.get(address(SearchWord, part)).status_code == status


def test_who_may_only_look_may_take_the_list_out_but_not_in(client, vocabulary):
    user = UserFactory(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_searchword"))
    client.force_login(user)
    assert client.get(address(SearchWord, "export")).status_code == 200
    file = SimpleUploadedFile("lijst.csv", (WORDS + "sneu;hulpvraag;angst").encode())
    assert client.post(address(SearchWord, "import"), {"bestand": file}).status_code == 403


# --- by hand -------------------------------------------------------------------------------------


def test_a_word_with_another_meaning_is_refused_by_hand_too(editor):
    answer = editor.post(
        address(SearchWord, "add"), {"text": "Verdrietig!", "help_question": "angst"}
    )
    assert "wijst al naar “Somber”" in answer.content.decode()


def test_a_word_that_is_too_long_for_the_search_is_refused_by_hand_too(editor):
    answer = editor.post(address(SearchWord, "add"), {"text": "ﬃ" * 40, "help_question": "angst"})
    assert "80" in answer.content.decode()
    assert SearchWord.objects.count() == 2


def test_the_index_follows_a_name_that_is_changed_by_hand(editor, region):
    offer = OfferFactory(help_questions=["somberheid"])
    question = HelpQuestion.objects.get(pk="somberheid")
    form = editor.get(reverse("admin:providers_helpquestion_change", args=[question.pk]))
    fields = {
        **form.context["adminform"].form.initial,
        **form.context["inline_admin_formsets"][0].formset.management_form.initial,
    }
    fields = {name: "" if value is None else value for name, value in fields.items()}
    word = question.search_words.get()
    fields |= {
        "label": "Zwaarmoedig",
        "search_words-TOTAL_FORMS": 1,
        "search_words-INITIAL_FORMS": 1,
        "search_words-0-id": word.pk,
        "search_words-0-help_question": question.pk,
        "search_words-0-text": word.text,
    }
    answer = editor.post(reverse("admin:providers_helpquestion_change", args=[question.pk]), fields)
    assert answer.status_code == 302, answer.context["errors"]
    assert drifted(type(offer).objects.all()) == []


def test_the_index_follows_a_target_group_that_is_deleted_by_hand(editor, region):
    offer = OfferFactory(target_groups=[TargetGroup.objects.get(pk="ouders")])
    editor.post(reverse("admin:providers_targetgroup_delete", args=["ouders"]), {"post": "yes"})
    assert not TargetGroup.objects.exists()
    assert drifted(type(offer).objects.all()) == []


def test_problems_stand_in_the_order_of_the_file(vocabulary):
    rows = "".join(f"sneu {n};onzin;\n" for n in range(12))
    found = [(at, name) for at, name, _text in problems(SearchWord, WORDS + rows)]
    assert found == [(n, name) for n in range(2, 14) for name in ("code", "soort")]


def test_what_is_carried_along_is_the_file_itself(editor):
    text = WORDS + "sneu;hulpvraag;angst"
    page = upload(editor, SearchWord, text).content.decode()
    carried = re.search(r'name="inhoud" value="([^"]*)"', page)[1]
    assert base64.b64decode(carried).decode() == text
