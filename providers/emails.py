"""Mails to providers: plain text, in plain words, with one thing to do."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from providers.models import Offer
from providers.permissions import MAY_WRITE


def ask_whether_full(offer: Offer) -> int:
    """Ask who may change this offer whether it is full; returns how many mails were sent."""
    people = User.objects.filter(
        is_active=True, memberships__provider=offer.provider_id, memberships__role__in=MAY_WRITE
    ).distinct()
    context = {"offer": offer, "portal": site_address(reverse("selfservice:portal"))}
    subject = _("Klopt het dat '%(title)s' vol is?") % {"title": offer.title}
    body = render_to_string("emails/ask_whether_full.txt", context)
    # One by one: members of an organisation need not see each other's addresses.
    return sum(EmailMessage(subject, body, to=[person.email]).send() for person in people)


def site_address(path: str) -> str:
    """Return the whole address of a page of this site, for use outside a request."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"
