"""What the page of one offer says, computed before it is rendered."""

import re
from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _

from providers.enums import DatedFact, GroupKind, OfferFormat
from providers.geography.places import Place
from providers.languages import one_of
from providers.models import GroupRun, Offer
from providers.rules.availability import Availability, of_run
from providers.rules.counting.facts import offer_age
from providers.rules.freshness import FactAge, fact_age
from providers.vocabulary.choices import level_label
from search.alternatives.afterwards import afterwards
from search.alternatives.lighter import Alternatives, SmallCard
from search.asking.need import Need
from search.cards.card import ages_words, places_words, when_words
from search.cards.consult import Consult, consult_beside
from search.cards.reasons import Reason
from search.finding.loading import questions_of
from search.local_team.serving import local_teams, served_at, served_in
from search.local_team.team import LocalTeams
from search.offer.access import AreaRow, area_rows
from search.offer.detail import OfferDetail
from search.offer.referral import ReferralLine, referral_lines
from search.offer.waiting import Waiting, waiting_of
from search.offer.way import Way, needs_team, way_to

MAILS = re.compile(r"\be?-?mail", re.IGNORECASE)
WITHOUT_ADDRESS = (OfferFormat.ONLINE, OfferFormat.HOME, OfferFormat.SCHOOL)


@dataclass(frozen=True, slots=True)
class RunRow:
    """One edition of the group."""

    day: str
    when: str
    places: str
    enrol_by: str
    pill: Availability


@dataclass(frozen=True, slots=True)
class OfferPage:
    """One offer as its page shows it.

    `reached` is how help without an address reaches people. `confirmed` and `contact_confirmed`
    say when somebody last said that the offer, and the details of its provider, are right.
    `consult` stands beside a wait of over four weeks; `email` is there when one begins by mail.
    """

    detail: OfferDetail
    level_label: str
    reasons: list[Reason]
    waiting: Waiting
    runs: list[RunRow]
    areas: list[AreaRow]
    meanwhile: list[SmallCard]
    lighter: list[SmallCard]
    reached: str
    confirmed: FactAge
    contact_confirmed: FactAge
    referral: list[ReferralLine]
    consult: Consult | None
    email: str
    way: Way
    afterwards: list[SmallCard]

    @property
    def about_kind(self) -> str:
        """What such a group is; empty for help that is no group."""
        programme = self.detail.programme
        return GroupKind(programme.kind).about if programme else ""

    @property
    def has_waits_per_area(self) -> bool:
        """Whether the provider gives a wait of its own for at least one municipality."""
        return any(row.wait for row in self.areas)


def offer_page(
    detail: OfferDetail, need: Need, search: str = "", place: Place | None = None
) -> OfferPage:
    """Return the page for somebody with this need, who came from the parameters of `search`.

    `place` is the one they searched around: the local team is that of its postcode.
    """
    others = alternatives_of(detail, need, search)
    return OfferPage(
        detail=detail,
        level_label=level_label(detail.offer.level),
        reasons=_for_whom(detail.offer),
        waiting=waiting_of(detail),
        runs=[_run_row(run, detail) for run in detail.coming],
        areas=area_rows(detail),
        meanwhile=others.meanwhile,
        lighter=others.lighter,
        reached=_reached(detail.offer),
        confirmed=offer_age(detail.offer, detail.clocks),
        contact_confirmed=fact_age(
            DatedFact.CONTACT, detail.offer.provider.confirmed_on, detail.clocks
        ),
        referral=referral_lines(detail.offer, detail.today),
        consult=consult_beside(detail.offer, detail.start.weeks),
        email=_email(detail.offer),
        way=way_to(detail, _teams(detail, place)),
        afterwards=_afterwards(detail, need, search),
    )


def _teams(detail: OfferDetail, place: Place | None) -> LocalTeams:
    """Return the local teams of the place in view: one statement, or none when none is passed."""
    if detail.here is None or not needs_team(detail):
        return LocalTeams()
    if place is not None and place.municipality == detail.here.municipality_id:
        return local_teams(served_at(place), detail.today)
    return local_teams(served_in(detail.here.municipality), detail.today)


def _afterwards(detail: OfferDetail, need: Need, search: str) -> list[SmallCard]:
    own = questions_of(detail.offer)
    meant = [code for code in own if code in need.questions] or own[:1]
    here = detail.here.municipality_id if detail.here else None
    return afterwards(detail.offer, meant, here, detail.clocks, search)


def _email(offer: Offer) -> str:
    """Return the address to mail, when that is how it begins."""
    return str(offer.provider.email) if MAILS.search(offer.how_to_start) else ""


def alternatives_of(detail: OfferDetail, need: Need, search: str = "") -> Alternatives:
    """Return what else there is: meanwhile, or lighter."""
    here = detail.here.municipality_id if detail.here else None
    return Alternatives(detail.offer, detail.today, here, need.questions, need.age, search)


def _for_whom(offer: Offer) -> list[Reason]:
    found = [Reason(link.help_question.label) for link in offer.question_links.all()]
    ages = ages_words(offer)
    found.append(Reason(ages) if ages else Reason(_("leeftijd niet opgegeven"), good=False))
    return found


def _run_row(run: GroupRun, detail: OfferDetail) -> RunRow:
    return RunRow(
        day=formats.date_format(run.starts_on, "j F Y"),
        when=when_words(run),
        # Of which day it is stands beside it already.
        places=_("vol") if run.is_full else places_words(run),
        enrol_by=formats.date_format(run.enrol_by, "j F") if run.enrol_by else "",
        pill=of_run(run, detail.clocks),
    )


def _reached(offer: Offer) -> str:
    labels = [str(one.label).lower() for one in offer.formats if one in WITHOUT_ADDRESS]
    if not labels:
        return _("Geen adres opgegeven. Vraag waar het is.")
    return _("Geen adres: %(ways)s.") % {"ways": one_of(labels)}
