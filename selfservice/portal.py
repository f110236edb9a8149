"""What a member sees of each offer: when it can start, and what needs a look."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from providers.enums import VISIBLE_STATUSES, DatedFact, OfferStatus, Role
from providers.models import GroupRun, Membership, Offer, Provider, ServiceArea
from providers.permissions import Right, has_right
from providers.rules.availability import (
    Availability,
    availability,
    of_wait,
    run_to_show,
    stop_is_over,
)
from providers.rules.clocks import days_between_mails, is_asked_for, strictest_clocks
from providers.rules.contract import ending_areas, ending_words, knows_of_end
from providers.rules.counting.facts import (
    clocks_of,
    is_always_open,
    offer_age,
    wait_age,
    wait_days_left,
)
from providers.rules.enrolment import CanEnrol
from providers.rules.freshness import (
    Clocks,
    FactAge,
    Freshness,
    Moment,
    clocks_on,
    day_of,
    fact_age,
    freshness,
)
from providers.rules.publishing.closing import closed_words, is_closed
from providers.rules.reports import full_reports_words, wrong_reports
from providers.rules.start import enters_at_start


@dataclass(frozen=True, slots=True)
class KeptFact:
    """A fact that a provider keeps true, and for how many more days it counts."""

    kind: DatedFact
    days_left: int
    # Of places: those of this run.
    run: GroupRun | None = None
    # Whoever confirms the offer keeps it true: nobody is asked for it by itself.
    follows_offer: bool = False


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer as its provider sees it."""

    offer: Offer
    pill: Availability
    next_run: GroupRun | None
    confirmed: FactAge
    needs: tuple[str, ...]
    asks_for_wait: bool
    asks_for_places: bool
    # What referrers report since the provider last spoke: full, and what is wrong.
    reported: str = ""
    wrong: tuple[str, ...] = ()
    # Where it ends soon.
    ending: tuple[ServiceArea, ...] = ()
    facts: tuple[KeptFact, ...] = ()
    # The clocks that apply to it.
    moment: Moment = dt.date.min
    # That it is closed for a while, or will be.
    closed: str = ""

    @property
    def asks_to_confirm(self) -> bool:
        """Whether somebody has to say that the offer is still right; not while it is closed."""
        if is_closed(self.offer, self.moment):
            return False
        return bool(self.reported) or self.confirmed.state is not Freshness.FRESH

    @property
    def open_facts(self) -> tuple[tuple[str, str], ...]:
        """What this offer is asked for that one button cannot answer: words, and where to.

        A confirmation says that a text is right; a wait and free places need a new number.
        """
        facts = (
            (self.asks_for_wait, _("Geef de wachttijd door"), "selfservice:add_wait"),
            (self.asks_for_places, _("Geef de vrije plekken door"), "selfservice:update_places"),
        )
        return tuple(
            (words, reverse(page, args=[self.offer.pk])) for asks, words, page in facts if asks
        )

    @property
    def ending_words(self) -> str:
        """Where it ends soon and when; empty when it does not."""
        return ending_words(self.ending)

    @property
    def news_of_ending(self) -> str:
        """The same, of what nobody saw yet who confirmed the offer."""
        on = self.offer.confirmed_on
        return ending_words(area for area in self.ending if not knows_of_end(area, on))

    @property
    def is_archived(self) -> bool:
        """Whether it is out of view, and so cannot be changed here."""
        return self.offer.status == OfferStatus.ARCHIVED

    @property
    def is_visible(self) -> bool:
        """Whether everybody may see it."""
        return self.offer.status in VISIBLE_STATUSES


@dataclass(frozen=True, slots=True)
class News:
    """What is known of offers, by their number, that their provider did not say itself."""

    # What referrers say is wrong, in words.
    wrong: Mapping[int, Sequence[str]]
    # Where they end soon.
    ending: Mapping[int, Sequence[ServiceArea]]


@dataclass(frozen=True, slots=True)
class ProviderPart:
    """One provider of a member, with its offers."""

    provider: Provider
    role: str
    may_write: bool
    membership: Membership
    contact: FactAge
    rows: tuple[OfferRow, ...]
    archived: tuple[OfferRow, ...]

    @property
    def visible_rows(self) -> list[OfferRow]:
        """The offers that everybody sees."""
        return [row for row in self.rows if row.is_visible]

    @property
    def days_between_mails(self) -> int:
        """How often this provider is asked: sooner while a run has open places."""
        runs = (fact.run for row in self.visible_rows for fact in row.facts if fact.run)
        has_open_run = any(not run.is_full for run in runs)
        return days_between_mails(has_open_run=has_open_run, months=self.membership.mail_every)

    def asked_facts(self, row: OfferRow) -> list[KeptFact]:
        """The facts of an offer that a mail of today asks for."""
        between, clocks = self.days_between_mails, clocks_on(row.moment)
        return [
            one
            for one in row.facts
            if not one.follows_offer
            and is_asked_for(one.days_left, clock=clocks.days(one.kind), between_mails=between)
        ]

    @property
    def asks_to_confirm(self) -> bool:
        """Whether the contact details or an offer have to be confirmed."""
        due = self.contact.state is not Freshness.FRESH
        return due or any(row.asks_to_confirm for row in self.rows)

    @property
    def need_a_look(self) -> int:
        """How many offers have something that is out of date."""
        return sum(bool(row.needs) for row in self.rows)


def parts_of(user: User, *, today: dt.date, only: Provider | None = None) -> list[ProviderPart]:
    """Return the providers of this member with their offers, in a fixed number of queries.

    With `only` no other provider than that one.
    """
    runs = GroupRun.objects.upcoming(today)
    offers = Offer.objects.select_related("programme").prefetch_related(
        Prefetch("programme__runs", runs, to_attr="upcoming_runs")
    )
    memberships = (
        Membership.objects.of(user)
        .filter(provider__isnull=False)
        .select_related("provider")
        .prefetch_related(Prefetch("provider__offers", offers))
        .order_by("provider__name", "pk")
    )
    rows = list(memberships.filter(provider=only) if only else memberships)
    offers_of = {row.pk: list(row.provider.offers.all()) for row in rows if row.provider}
    every = [offer for offers in offers_of.values() for offer in offers]
    clocks = strictest_clocks([offer.pk for offer in every], today)
    news = News(wrong_reports(every, today), ending_areas([row.pk for row in every], today))
    return [_part(membership, clocks, news, today) for membership in rows]


def _part(
    membership: Membership, clocks: dict[int, Clocks], news: News, today: dt.date
) -> ProviderPart:
    provider = membership.provider
    assert provider is not None  # noqa: S101 - the query asks for members of a provider
    rows = [row_of(offer, clocks[offer.pk], news) for offer in provider.offers.all()]
    return ProviderPart(
        provider=provider,
        role=str(Role(membership.role).label),
        may_write=has_right(membership.role, Right.WRITE),
        membership=membership,
        contact=fact_age(DatedFact.CONTACT, provider.confirmed_on, today),
        # What needs a look comes first: that is why somebody opens this page.
        rows=tuple(sorted(_in_use(rows), key=lambda row: not row.needs)),
        archived=tuple(row for row in rows if row.is_archived),
    )


def _in_use(rows: Iterable[OfferRow]) -> list[OfferRow]:
    return [row for row in rows if not row.is_archived]


def wait_of(offer: Offer, today: Moment) -> Availability:
    """Return the current wait in words, apart from any run that starts.

    Without the advice to call the provider: it is the provider who reads it.
    """
    found = of_wait(offer, today)
    measured = wait_age(offer, today)
    return replace(found, note=measured.age) if offer.wait_measured_on else found


def row_of(offer: Offer, today: Moment, news: News) -> OfferRow:
    """Return an offer, with its upcoming runs at hand, as its provider sees it."""
    wrong = news.wrong.get(offer.pk, ())
    programme = getattr(offer, "programme", None)
    runs: list[GroupRun] = programme.upcoming_runs if programme else []
    next_run = runs[0] if runs else None
    shown = run_to_show(_open_runs(runs, today), today)
    full = full_reports_words(offer, shown, today)
    by_run = enters_at_start(offer)
    row = OfferRow(
        offer=offer,
        pill=availability(offer, today=today, next_run=shown) if by_run else wait_of(offer, today),
        next_run=next_run,
        confirmed=offer_age(offer, today),
        needs=tuple(_needs(offer, next_run, today, reported=bool(full or wrong))),
        asks_for_wait=not _wait_is_fresh(offer, today) or stop_is_over(offer, day_of(today)),
        asks_for_places=_asks_for_places(next_run, today),
        reported=full,
        wrong=tuple(wrong),
        ending=tuple(news.ending.get(offer.pk, ())),
        facts=tuple(_facts(offer, runs, clocks_on(today))),
        moment=today,
        closed=closed_words(offer, today),
    )
    # Nobody is asked for anything while they are away.
    return _without_questions(row) if is_closed(offer, today) else row


def _without_questions(row: OfferRow) -> OfferRow:
    return replace(row, needs=(), asks_for_wait=False, asks_for_places=False, facts=())


def _facts(offer: Offer, runs: Iterable[GroupRun], clocks: Clocks) -> Iterable[KeptFact]:
    """The dated facts of an offer; of a group that one joins at its start no wait is asked."""
    own = clocks_of(offer, clocks)
    yield KeptFact(DatedFact.OFFER, own.days_left(DatedFact.OFFER, offer.confirmed_on))
    if offer.wait_measured_on or not enters_at_start(offer):
        over = stop_is_over(offer, clocks.today)
        left = -1 if over else wait_days_left(offer, clocks)
        yield KeptFact(DatedFact.WAIT, left, follows_offer=is_always_open(offer))
    for run in _open_runs(runs, clocks):
        left = clocks.days_left(DatedFact.PLACES, run.places_confirmed_on)
        yield KeptFact(DatedFact.PLACES, left, run)


def _open_runs(runs: Iterable[GroupRun], today: Moment) -> Iterable[GroupRun]:
    return filter(CanEnrol(day_of(today)).holds, runs)


def _needs(
    offer: Offer, next_run: GroupRun | None, today: Moment, *, reported: bool
) -> Iterable[str]:
    """What a provider would want to update, as a short list of words.

    What is due counts too: it still holds, but not for long.
    """
    if reported:
        yield _("meldingen van verwijzers")
    if not _wait_is_fresh(offer, today):
        yield _("wachttijd")
    elif stop_is_over(offer, day_of(today)):
        yield _("de aanmeldstop is voorbij")
    if _asks_for_places(next_run, today):
        yield _("vrije plekken")
    if offer_age(offer, today).state is not Freshness.FRESH:
        yield _("klopt alles nog?")


def _wait_is_fresh(offer: Offer, today: Moment) -> bool:
    return is_always_open(offer) or wait_age(offer, today).state is Freshness.FRESH


def _asks_for_places(run: GroupRun | None, today: Moment) -> bool:
    if run is None:
        return False
    return freshness(DatedFact.PLACES, run.places_confirmed_on, today) is not Freshness.FRESH
