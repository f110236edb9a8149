"""What an operator is told of a site that is not ready, and of one that is."""

import datetime as dt
import json
import socket
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from providers.models import OfferIndex
from socialekaart.running.organisation import Organisation
from socialekaart.site.jobs import record
from socialekaart.site.readiness import surroundings
from tests.factories import OfferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings, tmp_path, region, monkeypatch):
    """A site that is ready, for a test to take something from."""
    settings.VAR_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path
    settings.HTTPS = True
    settings.REGION_CODE = region.leiden.region_id
    settings.CONTACT_EMAIL = "kaart@zeekant.nl"
    (tmp_path / "staticfiles.json").touch()
    (tmp_path / "boundaries.geojson").touch()
    for name in (*record.DAILY, record.BACKUP):
        record.record_run(name, succeeded=True)
    monkeypatch.setattr(surroundings.checks, "run_checks", lambda **how: [])
    return settings


def looked_at():
    """Return the level per subject, and whether the site is called ready."""
    out, is_ready = StringIO(), True
    try:
        call_command("check_site", "--json", stdout=out)
    except CommandError:
        is_ready = False
    found = {one["subject"]: one["level"] for one in json.loads(out.getvalue())}
    return found, is_ready


def test_a_site_with_everything_is_ready(site):
    OfferFactory(confirmed_on=timezone.localdate())
    found, is_ready = looked_at()
    # The tests send mail nowhere.
    assert {subject for subject, level in found.items() if level != "in orde"} == {"mail"}
    assert is_ready


def test_plain_sentences_for_people(site):
    out = StringIO()
    call_command("check_site", stdout=out)
    assert "let op  aanbod: Er staat nog geen aanbod op de kaart." in out.getvalue()
    assert out.getvalue().endswith("De site is klaar.\n")


def lose_an_index_row(site):
    OfferFactory()
    OfferIndex.objects.all().delete()


def lose_a_migration(site):
    MigrationRecorder.Migration.objects.filter(app="providers").latest("id").delete()


def be_elsewhere(site):
    site.REGION_CODE = "JZ43"


def be_an_example(site):
    site.CONTACT_EMAIL = "beheer@socialekaart.example"


def be_open_to_all(site):
    site.HTTPS = False


def lose_the_style(site):
    (site.STATIC_ROOT / "staticfiles.json").unlink()


def forget_the_jobs(site):
    (site.VAR_DIR / "jobs" / "send_reminders.json").unlink()


def fail_at_a_backup(site):
    record.record_run(record.BACKUP, succeeded=False)


def lose_the_mail_server(site):
    with socket.create_server(("127.0.0.1", 0)) as server:
        site.EMAIL_PORT = server.getsockname()[1]
    site.EMAIL_HOST = "127.0.0.1"
    site.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


@pytest.mark.parametrize(
    ("lose", "subject"),
    [
        (lose_a_migration, "migraties"),
        (lose_an_index_row, "zoekindex"),
        (be_elsewhere, "regio"),
        (be_an_example, "contact"),
        (be_open_to_all, "instellingen"),
        (lose_the_style, "opmaak"),
        (forget_the_jobs, "dagelijks: send_reminders"),
        (fail_at_a_backup, "backup"),
        (lose_the_mail_server, "mail"),
    ],
)
def test_a_site_without_it_is_not_ready(site, lose, subject):
    lose(site)
    found, is_ready = looked_at()
    assert found[subject] == "fout"
    assert not is_ready


def test_a_job_of_two_days_ago_is_late(site):
    path = site.VAR_DIR / "jobs" / "remove_expired.json"
    before = timezone.now() - dt.timedelta(days=2)
    path.write_text(json.dumps({"at": before.isoformat(), "succeeded": True}))
    assert looked_at()[0]["dagelijks: remove_expired"] == "fout"


@pytest.mark.parametrize(("domains", "level"), [((), "let op"), (("leiden.nl",), None)])
def test_a_provider_of_log_ins_without_domains_deserves_a_look(site, domains, level):
    site.ORGANISATION = Organisation("https://login.example", domains=domains)
    assert looked_at()[0].get("inloggen via organisatie") == level


@pytest.mark.parametrize(
    ("fresh", "stale", "level"), [(1, 2, "let op"), (1, 1, "in orde"), (0, 1, "let op")]
)
def test_mostly_old_offers_deserve_a_look(site, fresh, stale, level):
    today = timezone.localdate()
    OfferFactory.create_batch(fresh, confirmed_on=today)
    OfferFactory.create_batch(stale, confirmed_on=today - dt.timedelta(days=400))
    assert looked_at()[0]["aanbod"] == level


def test_without_a_database_nothing_else_of_it_is_asked(site, monkeypatch):
    monkeypatch.setattr("socialekaart.site.health.database_answers", lambda: False)
    found, is_ready = looked_at()
    assert found["database"] == "fout"
    assert not is_ready
    assert "migraties" not in found
