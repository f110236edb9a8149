"""No small number of people is had back from two figures of one region, wherever they stand."""

import math
from collections import Counter, defaultdict
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from gaps.demand.quarter import Quarter, municipality_lines, provider_lines
from providers.enums import CareLevel, DemandOutcome, HelpKind, Role
from providers.models import MissingHelpSignal, Municipality
from providers.rules.small_numbers import is_small
from tests.factories import (
    DemandFactory,
    GroupProgrammeFactory,
    HelpQuestionFactory,
    InterestFactory,
    MembershipFactory,
    OfferFactory,
    ProviderFactory,
    WaitTimeFactory,
    days_ago,
)
from tests.gaps.exports_read import READ
from tests.gaps.published import (
    band_of,
    from_words,
    given_back,
    lines_of,
    sheet_of,
    statement,
)
from tests.gaps.surfaces import (
    Asking,
    needs_on,
    numbers_by_source,
    providers,
    public_waits,
    wanted_groups,
    workbooks,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PLACES = ("leiden", "leiderdorp", "katwijk")
CELLS = (("somberheid", "8-11"), ("somberheid", "12-15"), ("tics", "8-11"))
KIND, STEP = HelpKind.MENTAL_HEALTH, CareLevel.SPECIALIST
SUMMER = Quarter.before(timezone.localdate())

numbers = st.sampled_from([0, 1, 3, 4, 5, 8, 12])
per_cell = st.lists(numbers, min_size=9, max_size=9)
# Which municipalities a group of offers serves, how many there are, and who waits for each.
offers = st.lists(
    st.tuples(
        st.sets(st.sampled_from(PLACES), min_size=1),
        st.integers(1, 6),
        st.sampled_from([0, 1, 3, 5, 9]),
        st.sampled_from([HelpKind.MENTAL_HEALTH, HelpKind.PARENTING]),
    ),
    min_size=1,
    max_size=4,
)
worlds = st.fixed_dictionaries(
    {
        "signals": per_cell,
        "found": per_cell,
        "vain": per_cell,
        "later": per_cell,
        "interest": st.lists(numbers, min_size=3, max_size=3),
        "offers": offers,
    }
)
NOBODY = {name: [0] * 9 for name in ("signals", "found", "vain", "later")} | {
    "interest": [0] * 3,
    "offers": [({"leiden"}, 1, 0, KIND)],
}
# Enough of everything for each surface to say a number.
PLENTY = {name: [8] * 9 for name in ("signals", "found", "vain", "later")} | {
    "interest": [12] * 3,
    "offers": [(set(PLACES), 6, 9, KIND)],
}


@pytest.fixture
def reader(log_in, region):
    """Somebody who may open every file of the region, and sees nothing unsuppressed."""
    HelpQuestionFactory(code="somberheid", label="Somber", age_min=8, age_max=15)
    HelpQuestionFactory(code="tics", label="Tics", age_min=8, age_max=11)
    # Leiden lies between the two others: its surroundings hold both, theirs hold Leiden.
    for metres, slug in ((-6000, "katwijk"), (6000, "leiderdorp")):
        Municipality.objects.filter(slug=slug).update(
            rd_x=region.leiden.rd_x + metres, rd_y=region.leiden.rd_y
        )
    user, provider = log_in(), ProviderFactory()
    for slug in PLACES:
        place = getattr(region, slug)
        MembershipFactory(user=user, provider=None, municipality=place, role=Role.VIEWER)
    MembershipFactory(user=user, provider=None, region=region.leiden.region, role=Role.VIEWER)
    MembershipFactory(user=user, provider=provider)
    return provider


class World:
    """A small region with known numbers, and what each of its surfaces says of them."""

    def __init__(self, client, region, provider, drawn):
        self.client, self.region, self.provider = Asking(client), region, provider
        self.truth = Counter()
        self.offers = {}
        self.slugs = PLACES
        self.asked(drawn, "", SUMMER.last)
        self.offered(drawn["offers"])
        self.wanted(drawn["interest"])

    def place(self, slug):
        return getattr(self.region, slug)

    # --- the numbers

    def asked(self, drawn, moment, day):
        keys = [(slug, *cell) for slug in PLACES for cell in CELLS]
        for place, (slug, question, band) in enumerate(keys):
            self._signals(slug, question, band, drawn["signals"][place], moment, day)
            for name, outcome in (("found", DemandOutcome.MANY), ("vain", DemandOutcome.NONE)):
                times = drawn[name][place]
                self.truth[name + moment, slug, question, band] = times
                if times:
                    DemandFactory(
                        day=day,
                        municipality=self.place(slug).pk,
                        help_question=question,
                        age_band=band,
                        outcome=outcome,
                        searches=times,
                    )

    def _signals(self, slug, question, band, times, moment, day):
        self.truth["signals" + moment, slug, question, band] = times
        MissingHelpSignal.objects.bulk_create(
            MissingHelpSignal(
                help_question_id=question,
                municipality=self.place(slug),
                age_band=band,
                reason="niets",
                sender=f"{slug}{question}{band}{number}",
                created_on=day,
            )
            for number in range(times)
        )

    def offered(self, groups):
        for slugs, many, people, kind in groups:
            for _number in range(many):
                offer = OfferFactory(
                    provider=self.provider,
                    municipalities=[self.place(slug) for slug in sorted(slugs)],
                    help_kind=kind,
                    level=STEP,
                )
                WaitTimeFactory(
                    offer=offer, intake_weeks=2, treatment_weeks=0, people_waiting=people
                )
                self.offers[offer.pk] = SimpleNamespace(slugs=slugs, kind=kind)
                self.truth["people", offer.pk], self.truth["measured", offer.pk] = people, 1

    def wanted(self, interest):
        everywhere = [self.place(slug) for slug in PLACES]
        group = OfferFactory(provider=self.provider, municipalities=everywhere, group=True)
        programme = GroupProgrammeFactory(offer=group, is_open=False, on_demand=True)
        for slug, count in zip(PLACES, interest, strict=True):
            self.truth["interest", slug] = count
            if count:
                InterestFactory(programme=programme, municipality=self.place(slug), count=count)

    # --- what is said of them

    def counted(self):
        """Yield what files, mails and pages say of the numbers, apart from measured waits."""
        yield from self.coverage([""])
        yield from self.missed([""])
        yield from self.mails()
        yield from self.open_to_all()
        yield from self.needs()
        yield from wanted_groups(self)

    def of_members(self):
        """Yield what members read of the waits."""
        yield from self.waits()
        yield from workbooks(self)
        yield from providers(self)

    def unknowns(self, name, moments, *, slugs=PLACES, question="", band=""):
        return {
            (name + moment, slug, *cell)
            for moment in moments
            for slug in slugs
            for cell in CELLS
            if question in {"", cell[0]} and band in {"", cell[1]}
        }

    def coverage(self, moments):
        """Yield what the file of each municipality and the workbook of the region say."""
        codes = {self.place(slug).pk: slug for slug in PLACES}
        for slug in PLACES:
            answer = self.client.get(f"/voor-gemeenten/{slug}/dekking.csv")
            for line in lines_of(b"".join(answer.streaming_content)):
                yield from self._cell(f"{slug}.csv", slug, line, moments)
        book = self.client.get("/voor-gemeenten/leiden/dekking.xlsx")
        for line in sheet_of(b"".join(book.streaming_content), "Dekking"):
            yield from self._cell("xlsx", codes[line["gemeentecode"]], line, moments)

    def _cell(self, source, slug, line, moments):
        key = {"slugs": [slug], "question": line["hulpvraagcode"], "band": band_of(line)}
        vain = self.unknowns("vain", moments, **key)
        for heading, of in (
            ("gezocht", vain | self.unknowns("found", moments, **key)),
            ("gezocht zonder resultaat", vain),
            ("gemist", self.unknowns("signals", moments, **key)),
        ):
            yield statement(source, of, line[heading], is_hidden_small=True)

    def missed(self, moments):
        codes = {"Somber": "somberheid", "Tics": "tics"}
        for slug in PLACES:
            content = self.client.get(f"/voor-gemeenten/{slug}/gemist.csv").content
            for line in lines_of(content):
                of = self.unknowns(
                    "signals", moments, slugs=[slug], question=codes[line["hulpvraag"]]
                )
                number = line["gemist in een jaar (meldingen, afgerond op 5)"]
                small = line["status"] == "minder-dan-5"
                yield statement(f"gemist {slug}", of, number, is_hidden_small=small)

    def mails(self):
        """Yield what the mails about the quarter say, to municipalities and to the provider."""
        codes = {"Somber": "somberheid", "Tics": "tics"}
        letters = [([slug], municipality_lines(self.place(slug), SUMMER)) for slug in PLACES]
        letters.append((PLACES, provider_lines(self.provider, SUMMER)))
        for slugs, lines in letters:
            for label, _colon, words in (line.partition(": ") for line in lines):
                if label not in codes:
                    continue
                for part in words.partition(";")[0].split(", "):
                    names = ["found", "vain"] if "gezocht" in part else ["vain"]
                    names = ["signals"] if "meldingen" in part else names
                    of = self._that_count(names, slugs, codes[label])
                    yield from_words(f"mail {slugs}", of, part)

    def _that_count(self, names, slugs, question):
        """Return the unknowns of the cells that are large enough to count in a total."""
        cells = [(slug, *cell) for slug in slugs for cell in CELLS if cell[0] == question]
        counted = [{(name, *cell) for name in names} for cell in cells]
        return {
            unknown
            for of_cell in counted
            if not is_small(sum(self.truth[one] for one in of_cell))
            for unknown in of_cell
        }

    @property
    def with_waits(self):
        """The places with figures about waits: where their files begin, and whom they serve."""
        region = f"/regio/{self.place('leiden').region_id}/wachttijden"
        of_places = [(f"/voor-gemeenten/{slug}/wachttijden", {slug}) for slug in PLACES]
        return [*of_places, (region, set(PLACES))]

    def waits(self):
        for start, slugs in self.with_waits:
            for line in lines_of(self.client.get(f"{start}.csv").content):
                yield from self.of_line(f"{start}.csv", slugs, line)

    def serving(self, slugs, kind=None):
        """Return the offers that serve one of these places, all or of one kind (its name)."""
        return [
            pk
            for pk, offer in self.offers.items()
            if offer.slugs & set(slugs) and kind in {None, str(offer.kind.label)}
        ]

    def of_line(self, address, slugs, line):
        """Yield what a line of figures about waits says of a place."""
        is_of_all = line["indeling"] != "soort hulp" or line["regel"].startswith("Alle soorten")
        of = self.serving(slugs, None if is_of_all else line["regel"])
        status = line["status"].split()
        yield statement(
            address,
            {("measured", pk) for pk in of},
            line["gemeten"],
            is_rounded=False,
            is_hidden_small="minder-dan-5-gemeten" in status,
        )
        yield statement(
            address,
            {("people", pk) for pk in of},
            line["wachtenden"],
            is_hidden_small="minder-dan-5-wachtenden" in status,
        )

    def open_to_all(self):
        """Yield what the API says of each offer."""
        for one in self.client.get("/api/v1/offers?pageSize=100").json()["results"]:
            if one["id"] in self.offers:
                number = one["wait"]["people_waiting"]
                of = {("people", one["id"])}
                text = "" if number is None else str(number)
                yield statement("api", of, text, is_hidden_small=True)

    def needs(self):
        """Yield what a provider and the municipalities read of three areas that overlap."""
        around = {
            "leiden": PLACES,
            "leiderdorp": ("leiden", "leiderdorp"),
            "katwijk": ("leiden", "katwijk"),
        }
        for slug, slugs in around.items():
            provider = f"/voor-aanbieders/aanbieder/{self.provider.pk}/vraag/?gemeente={slug}"
            for address in (provider, f"/voor-gemeenten/{slug}/groepen/"):
                yield from needs_on(address, self, slugs)


@given(worlds)
@example(NOBODY | {"offers": [({"leiden", "leiderdorp"}, 6, 10, KIND), ({"katwijk"}, 3, 1, KIND)]})
@example(NOBODY | {"interest": [5, 5, 3], "signals": [8, 3, 0, 0, 5, 0, 12, 1, 1]})
@example(NOBODY | {"found": [8, 3, 0] * 3, "vain": [5, 5, 12] * 3, "later": [0, 1, 3] * 3})
@hypothesis_settings(
    max_examples=6,
    # An example asks for some thirty pages; making it smaller would ask for thousands.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_small_number_follows_from_two_figures(client, region, reader, drawn):
    """Two files, two dates, two places, a total and its parts, or a file and a page."""
    cache.clear()
    with transaction.atomic():
        world = World(client, region, reader, drawn)
        of_members, of_all = list(world.of_members()), list(public_waits(world))
        statements = [*world.counted(), *of_members, *of_all]
        later = dict.fromkeys(("signals", "found", "vain"), drawn["later"])
        world.asked(later, "later", days_ago(0))
        statements += [*world.coverage(["", "later"]), *world.missed(["", "later"])]
        transaction.set_rollback(True)
    assert given_back(statements, world.truth, only_hidden=["measured"]) == []
    assert world.client.asked == READ
    # Who is a member of one municipality learns nothing of the few offers that serve others only.
    for slug in PLACES:
        own = [one for one in of_members if f"/{slug}/" in one.source and one.is_measured]
        assert given_back([*own, *of_all], world.truth) == []


def test_each_surface_says_a_number_where_there_is_plenty(client, region, reader):
    """A surface on which nothing is found any more would leave the law above nothing to judge."""
    world = World(client, region, reader, PLENTY)
    numbers_on = defaultdict(set)
    for one in (*world.counted(), *world.of_members(), *public_waits(world)):
        if one.high < math.inf:
            numbers_on[one.source] |= {kind for kind, *_of_whom in one.of}
    assert numbers_on == numbers_by_source(PLACES, region.leiden.region_id, reader.pk)
