"""What stands around the database: settings, mail, daily jobs and backups."""

import smtplib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core import checks, mail
from django.utils import timezone

from providers.rules.freshness import age_in_words
from socialekaart.site.jobs import record
from socialekaart.site.readiness.finding import Finding, fault, good, note

OF_HTTPS = {f"security.W{number}" for number in ("004", "005", "008", "012", "016", "021")}


def surroundings() -> Iterator[Finding]:
    """Look at everything but the database."""
    yield from _safety()
    yield _static_files()
    yield _contact()
    yield from _log_in_by_organisation()
    yield _mail()
    yield from map(_job, record.DAILY)
    yield _backup()


def _safety() -> Iterator[Finding]:
    """The checks of Django and our own for a real site: keys, cookies, HTTPS, addresses."""
    found = [one for one in checks.run_checks(include_deployment_checks=True) if _is_bad(one)]
    if not settings.HTTPS:
        yield fault("instellingen", "HTTPS staat uit: wat mensen versturen, kan een ander lezen.")
    for one in found:
        text = " ".join(filter(None, (one.msg, one.hint)))
        yield fault("instellingen", f"{text} ({one.id})")
    if settings.DEMO:
        yield note("instellingen", "DEMO staat aan: elke pagina zegt dat alles verzonnen is.")
    if settings.HTTPS and not found:
        yield good("instellingen", "Sleutel, HTTPS, cookies en adressen zijn zoals het moet.")


def _is_bad(found: checks.CheckMessage) -> bool:
    # Django says of five settings apart what follows from HTTPS=0.
    said_already = not settings.HTTPS and found.id in OF_HTTPS
    return found.level >= checks.WARNING and not said_already


def _static_files() -> Finding:
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        return good("opmaak", "De bestanden voor de opmaak zijn verzameld.")
    return fault("opmaak", "Er is geen opmaak: draai manage.py collectstatic.")


def _contact() -> Finding:
    if settings.CONTACT_EMAIL.endswith(".example"):
        return fault("contact", "CONTACT_EMAIL is nog het voorbeeld: bezoekers mailen niemand.")
    return good("contact", f"Bezoekers mailen {settings.CONTACT_EMAIL}.")


def _log_in_by_organisation() -> Iterator[Finding]:
    if settings.ORGANISATION.url and not settings.ORGANISATION.domains:
        yield note(
            "inloggen via organisatie",
            "OIDC_DOMAINS is leeg: iedereen bevestigt de eerste keer met een link in een mail. Bij"
            " Entra komt die mail niet: noem daar de domeinen.",
        )


def _mail() -> Finding:
    try:
        connection = mail.get_connection()
        connection.open()
        connection.close()
    except (OSError, smtplib.SMTPException):
        return fault(
            "mail",
            f"De mailserver {settings.EMAIL_HOST}:{settings.EMAIL_PORT} neemt niet op. "
            "Uitnodigingen en herinneringen gaan dan niet uit.",
        )
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return note(
            "mail", f"Mails gaan niet naar een mailserver maar via {settings.EMAIL_BACKEND}."
        )
    return good("mail", f"De mailserver {settings.EMAIL_HOST}:{settings.EMAIL_PORT} neemt op.")


def _job(name: str) -> Finding:
    subject, run = f"dagelijks: {name}", record.last_run(name)
    if run is None:
        return fault(subject, "Draaide hier nog nooit. Zet manage.py daily in een timer.")
    when = f"Draaide {age_in_words(timezone.localdate(run.at), timezone.localdate())}"
    if run.is_late:
        return fault(subject, f"{when}, dat is te lang geleden. Loopt de timer nog?")
    if not run.succeeded:
        return fault(subject, f"{when}, maar het lukte niet. Het logboek van de timer zegt waarom.")
    return good(subject, f"{when}.")


def _backup() -> Finding:
    run = record.last_run(record.BACKUP)
    if run is None or run.is_late or not run.succeeded:
        return fault(
            "backup",
            "Van de laatste anderhalve dag is er geen gelukte: manage.py daily --backup MAP.",
        )
    return good("backup", f"De laatste is van {timezone.localtime(run.at):%d-%m-%Y %H:%M}.")
