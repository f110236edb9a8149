"""What the page of one offer says, computed before it is rendered."""

from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _

from providers.enums import DatedFact, OfferFormat
from providers.languages import one_of
from providers.models import GroupRun, Offer
from providers.rules.availability import Availability, of_run
from providers.rules.counting.facts import offer_age
from providers.rules.freshness import FactAge, fact_age
from providers.vocabulary.choices import level_label
from search.alternatives.lighter import Alternatives, SmallCard
from search.asking.need import Need
from search.cards.card import ages_words, places_words, when_words
from search.cards.reasons import Reason
from search.offer.access import AreaRow, area_rows
from search.offer.detail import OfferDetail
from search.offer.referral import ReferralLine, referral_lines
from search.offer.waiting import Waiting, waiting_of

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

    @property
    def has_waits_per_area(self) -> bool:
        """Whether the provider gives a wait of its own for at least one municipality."""
        return any(row.wait for row in self.areas)


def offer_page(detail: OfferDetail, need: Need, search: str = "") -> OfferPage:
    """Return the page for somebody with this need, who came from the parameters of `search`."""
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
    )


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
