"""What leaves this machine about a fault or a figure holds no typed text."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings

SECRET = "Isa van 14 uit Leiden"

REPORTING = """
import django, json, sentry_sdk
from sentry_sdk.transport import Transport

class Collecting(Transport):
    sent = []
    def capture_envelope(self, envelope):
        self.sent.append(envelope.serialize().decode())

from socialekaart.running.sentry import start
start("https://key@sentry.example/1", transport=Collecting)
django.setup()
from django.test import Client
from django.urls import path
from socialekaart import urls

def broken(request):
    typed = request.POST["vraag"]
    raise ValueError(typed)

urls.urlpatterns.append(path("stuk/", broken, name="broken"))
client = Client(raise_request_exception=False, headers={"user-agent": "SECRET"})
client.cookies["naam"] = "SECRET"
answer = client.post("/stuk/?q=SECRET", {"vraag": "SECRET"}, secure=True, HTTP_HOST="localhost")
print(json.dumps([answer.status_code, Collecting.sent]))
"""

MEASURING = """
import django
django.setup()
from django.test import Client
client = Client(headers={"host": "localhost"})
client.get("/gezond?q=SECRET")
client.get("/SECRET/")
client.generic("SECRET", "/gezond")
answers = [
    client.get("/metrieken", secure=True),
    client.get("/metrieken", secure=True, headers={"authorization": "Bearer wrong"}),
    client.get("/metrieken", secure=True, headers={"authorization": "Bearer a-token"}),
]
print([answer.status_code for answer in answers])
print(answers[-1].content.decode())
"""


def run(program, tmp_path, **settings):
    """Run a program with these settings and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", program.replace("SECRET", SECRET)],
        cwd=django_settings.BASE_DIR,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "socialekaart.settings",
            "DATABASE_URL": "sqlite:///:memory:",
            "STATICFILES_BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
            "VAR_DIR": str(tmp_path),
        }
        | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert SECRET not in done.stderr
    return done.stdout


@pytest.mark.starts_program
@pytest.mark.parametrize("https", ["0", "1"])
def test_a_report_to_sentry_holds_kind_and_place_only(tmp_path, https):
    status, reports = json.loads(run(REPORTING, tmp_path, HTTPS=https))
    assert status == 500
    (report,) = reports
    assert "ValueError" in report
    assert '"function":"broken"' in report
    assert SECRET not in report
    assert "Isa" not in report


@pytest.mark.starts_program
@pytest.mark.parametrize(("https", "log_format"), [("0", "line"), ("1", "json")])
def test_figures_have_labels_of_our_own_and_a_token(tmp_path, https, log_format):
    asked_for = {"HTTPS": https, "LOG_FORMAT": log_format, "METRICS_TOKEN": "a-token"}
    printed = run(MEASURING, tmp_path, **asked_for)
    assert printed.startswith("[404, 404, 200]")
    assert 'sk_answers_total{method="GET",status="200",view="site:alive"}' in printed
    assert 'method="other"' in printed
    assert 'view="none"' in printed
    assert "Isa" not in printed
