"""The history says what was done in words, at the desk and in the admin."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from providers.enums import Role
from providers.models import AuditEvent
from providers.services.people import change_role
from selfservice.desk.words import words_of_action
from tests.factories import (
    AuditEventFactory,
    HelpQuestionFactory,
    MembershipFactory,
    OfferFactory,
    UserFactory,
)
from tests.pages import element, text_of

LIST = "admin:providers_auditevent_changelist"
WRITTEN = re.compile(r'"([a-z_]+\.[a-z_]+)"')


@pytest.fixture
def staff(log_in):
    return log_in(UserFactory(is_staff=True, is_superuser=True))


def page_of(client, event):
    answer = client.get(reverse("admin:providers_auditevent_change", args=[event.pk]))
    return text_of(element(answer.content.decode(), "main"))


@pytest.mark.django_db
def test_the_admin_lists_what_was_done_in_words(client, staff):
    AuditEventFactory(action="offer.updated")
    rows = element(client.get(reverse(LIST)).content.decode(), "table", id="result_list")
    assert "offer.updated" not in text_of(rows)
    assert "aanbod gewijzigd" in text_of(rows)


@pytest.mark.django_db
def test_the_admin_shows_changes_as_before_and_after(client, staff):
    HelpQuestionFactory(code="eenzaamheid", label="Eenzaam zijn")
    changes = {"title": ["Koken", "Eten"], "help_questions": [[], ["eenzaamheid"]], "age_min": 12}
    event = AuditEventFactory(subject_type="offer", action="offer.updated", changes=changes)
    text = page_of(client, event)
    assert "{" not in text
    assert "Titel: was Koken, is nu Eten" in text
    assert "Hulpvragen: was leeg, is nu Eenzaam zijn" in text
    assert "vanaf: 12" in text.lower()


@pytest.mark.django_db
def test_the_admin_finds_what_was_done_by_its_words(client, staff):
    AuditEventFactory(action="offer.updated", subject_label="Samen koken")
    AuditEventFactory(action="offer.archived", subject_label="Samen lopen")
    answer = client.get(reverse(LIST), {"action": "offer.archived"})
    rows = text_of(element(answer.content.decode(), "table", id="result_list"))
    assert "Samen lopen" in rows
    assert "Samen koken" not in rows


@pytest.mark.django_db
def test_what_is_written_of_a_colleague_is_in_words(client, staff):
    membership = MembershipFactory(provider=OfferFactory().provider, role=Role.VIEWER)
    change_role(by=staff, membership=membership, role=Role.EDITOR)
    assert "was Bekijker, is nu Bewerker" in page_of(client, AuditEvent.objects.latest("pk"))


def test_each_action_that_a_service_writes_has_words():
    files = [*Path(settings.BASE_DIR, "providers", "services").rglob("*.py")]
    lines = [line for one in files for line in one.read_text().splitlines() if "action" in line]
    actions = {found for line in lines for found in WRITTEN.findall(line)}
    assert len(actions) > 30
    with translation.override("nl"):
        assert [one for one in sorted(actions) if words_of_action(one) == one] == []


@pytest.mark.parametrize("done", ["created", "updated", "deleted"])
def test_a_row_of_the_admin_is_called_by_its_name(done):
    assert words_of_action(f"regionclock.{done}").startswith("houdbaarheid")
