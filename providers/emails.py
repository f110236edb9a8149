"""Mails to providers: plain text, in plain words, with one thing to do."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.mail import message, site_address
from accounts.models import User
from providers.models import Claim, Invitation, Membership, Offer, Provider, WaitRequest
from providers.permissions import Right, roles_with

logger = logging.getLogger(__name__)

# Of one provider; the rest is counted.
MOST_LINES = 10


@dataclass(frozen=True, slots=True)
class Reminder:
    """What one member is asked about one provider."""

    provider: Provider
    # Titles of offers, each with what there is to look at: "Samen koken: wachttijd".
    needs: tuple[str, ...]
    # The whole address of the page where one button confirms, without a log-in.
    link: str
    # The least number of days between two mails about this provider.
    days_between: int
    # One true number in a sentence: what keeping the map true gave back last month.
    news: str = ""


@dataclass(frozen=True, slots=True)
class QuarterMail:
    """What one member reads about one quarter ("2026-3"), in lines of plain words.

    `link` leads to all of it, `unsubscribe` to the one button that ends these mails.
    """

    quarter: str
    about: str
    lines: tuple[str, ...]
    link: str
    unsubscribe: str


def ask_whether_full(offer: Offer) -> int:
    """Ask who may change this offer whether it is full; returns how many mails were sent."""
    members = Membership.objects.active(*roles_with(Right.WRITE))
    people = User.objects.filter(memberships__in=members.filter(provider=offer.provider_id))
    context = {"offer": offer, **_common()}
    subject = _("Klopt het dat '%(title)s' vol is?") % {"title": _one_line(offer.title)}
    body = render_to_string("emails/ask_whether_full.txt", context)
    # One by one: members of an organisation need not see each other's addresses.
    return sum(_sent(message(subject, body, person.email)) for person in people)


def _common() -> dict[str, str]:
    """What every mail says: who sends it, and where to log in."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": site_address("/"),
        "portal": site_address(reverse("selfservice:portal")),
    }


def _sent(mail: EmailMessage) -> int:
    """Send a mail; an address that no longer exists holds up nobody, and is not tried daily."""
    try:
        return mail.send()
    except SMTPRecipientsRefused:
        # No address in a log.
        logger.warning("The mail server refused the address of a member.")
        return 0


def invite(invitation: Invitation, token: str) -> bool:
    """Ask somebody to take part; returns whether the mail server took the mail.

    The same mail whether or not the address has an account.
    """
    context = {
        "invitation": invitation,
        "link": site_address(reverse("joining:invitation", args=[token])),
        **_common(),
    }
    subject = _("Doe mee met %(body)s op %(site)s") % {
        "body": _one_line(str(invitation.body)),
        "site": settings.SITE_NAME,
    }
    body = render_to_string("emails/invitation.txt", context)
    return _try(message(subject, body, invitation.email))


def answer_claim(claim: Claim) -> bool:
    """Mail who claims an organisation what the desk asks, or why it refused."""
    context = {"claim": claim, "contact_email": settings.CONTACT_EMAIL, **_common()}
    body = render_to_string("emails/claim_answer.txt", context)
    subject = _("Uw aanvraag voor %(name)s") % {"name": _one_line(str(claim))}
    mail = message(subject, body, claim.email)
    mail.reply_to = [settings.CONTACT_EMAIL]
    return _try(mail)


def answer_change(name: str, email: str, words: str, *, refused: bool) -> bool:
    """Mail who changed something what the desk asks, or why it was taken back."""
    context = {"name": name, "words": words, "refused": refused, **_common()}
    context["contact_email"] = settings.CONTACT_EMAIL
    body = render_to_string("emails/change_answer.txt", context)
    mail = message(_("Uw wijziging van %(name)s") % {"name": _one_line(name)}, body, email)
    mail.reply_to = [settings.CONTACT_EMAIL]
    return _try(mail)


def report_without_manager(provider: Provider) -> bool:
    """Tell the region that nobody decides any more who takes part in this provider."""
    body = render_to_string("emails/without_manager.txt", {"provider": provider, **_common()})
    subject = _("%(name)s heeft geen beheerder meer") % {"name": _one_line(provider.name)}
    return _try(message(subject, body, settings.CONTACT_EMAIL))


def _try(mail: EmailMessage) -> bool:
    """Send a mail; whether a server took it. Who waits for the page hears it when none did."""
    try:
        return bool(mail.send())
    except (OSError, SMTPException) as error:
        # No address in a log.
        logger.warning("A mail could not be sent: %s", type(error).__name__)
        return False


def ask_waits(request: WaitRequest, person: User, provider: Provider, link: str) -> bool:
    """Ask one member for the waits of a quarter; returns whether the mail server took the mail."""
    context = {
        "request": request,
        "provider": provider,
        "link": link,
        "link_days": settings.REMINDER_LINK_DAYS,
        **_common(),
    }
    subject = _("Wachttijden voor %(region)s, kwartaal %(n)s") % {
        "region": _one_line(request.region.name),
        "n": request.quarter,
    }
    return _try(message(subject, render_to_string("emails/ask_waits.txt", context), person.email))


def _one_line(text: str) -> str:
    """Return a name as a subject may hold it: one from a file may have two lines."""
    return " ".join(text.split())


def remind(person: User, reminders: Sequence[Reminder]) -> int:
    """Ask one member to keep their offers true; returns how many mails the server accepted.

    Raises OSError when the server cannot be reached or refuses the mail.
    """
    context = {
        "reminders": [
            (one, one.needs[:MOST_LINES], max(0, len(one.needs) - MOST_LINES)) for one in reminders
        ],
        **_common(),
        "days": max(one.days_between for one in reminders),
        "link_days": settings.REMINDER_LINK_DAYS,
    }
    subject = _("Klopt uw aanbod nog op %(site)s?") % {"site": settings.SITE_NAME}
    body = render_to_string("emails/reminder.txt", context)
    return message(subject, body, person.email).send()


def tell_quarter(address: str, mail: QuarterMail) -> int:
    """Tell one member what changed in a quarter; returns how many mails the server accepted.

    A mail program can end these mails by itself (RFC 8058). Raises OSError as `remind` does.
    """
    body = render_to_string("emails/quarter.txt", {"mail": mail, **_common()})
    subject = _("Wat er veranderde: %(about)s") % {"about": _one_line(mail.about)}
    found = message(subject, body, address)
    found.extra_headers |= {
        "List-Unsubscribe": f"<{mail.unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return found.send()
