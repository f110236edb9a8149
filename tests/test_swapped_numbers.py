"""Whoever asks for whatever with whosoever's numbers: each provider is changed by its own only.

Steps by chance: somebody takes a form of one provider, and sends it to an address with the numbers,
links and codes of others, once more, or after they left. A rule that is broken for one address is
seldom met by chance, so before that each address is tried with each number swapped by itself.
"""

import logging
from itertools import product

import pytest
from django.db import transaction
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from providers.models import Membership
from tests.access_data import OF_A_DESK
from tests.page_rows import PAGES
from tests.swapped_world import (
    ACTORS,
    BOEI,
    BOTH,
    BRUG,
    CODES,
    DATA,
    KINDS,
    OWNERS,
    Undone,
    World,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


class Swapping(RuleBasedStateMachine):
    """Each run of it begins with the same world."""

    world: World

    def __init__(self):
        super().__init__()
        self._undoing = transaction.atomic()
        self._undoing._from_testcase = True
        self._undoing.__enter__()
        self._sent = []

    def teardown(self):
        transaction.set_rollback(True)
        self._undoing.__exit__(None, None, None)

    @rule(
        actor=st.sampled_from(ACTORS),
        route=st.sampled_from(sorted(DATA)),
        form_of=st.sampled_from([*OWNERS, BOTH]),
        main=st.sampled_from(OWNERS),
        other=st.sampled_from(OWNERS),
        at_home=st.booleans(),
        tampered=st.booleans(),
    )
    def post(self, actor, route, form_of, main, other, at_home, tampered):
        """Send the form of one provider to an address with the numbers of two."""
        page = PAGES[route].path or route
        if at_home and actor.split()[-1] in OWNERS:
            main = actor.split()[-1]
        one = main if form_of == BOTH else form_of
        mine, theirs = self.world.numbers[one], self.world.numbers[other]
        mixed = self.world.mixed(main, other)
        if tampered:
            mixed["token"] = f"{mixed['token'][:-1]}{'a' if mixed['token'][-1] != 'a' else 'b'}"
        if form_of == BOTH:
            data = self.world.data_of_both(route, page, (other, main), mine | theirs)
        else:
            data = self.world.data_for(route, page, form_of, mine | theirs)
        path = page.format(**mixed)
        codes = {name: mixed[name] for name in CODES if f"{{{name}}}" in page}
        self._sent.append((route, path, data, codes))
        self.world.attempt(actor, "post", route, path, data, codes)

    @rule(actor=st.sampled_from(ACTORS), which=st.integers(0, 99))
    def send_again(self, actor, which):
        """Send what somebody sent before, as it was."""
        if self._sent:
            self.world.attempt(actor, "post", *self._sent[which % len(self._sent)])

    @rule(
        actor=st.sampled_from(ACTORS),
        route=st.sampled_from(sorted(DATA)),
        name=st.sampled_from(OWNERS),
    )
    def get(self, actor, route, name):
        """Ask for a page: nothing changes, whoever does."""
        path = (PAGES[route].path or route).format(**self.world.numbers[name])
        self.world.attempt(actor, "get", route, path)

    @rule(name=st.sampled_from(OWNERS))
    def editor_leaves(self, name):
        """Let go whom the link was made for."""
        Membership.objects.filter(user=self.world.users[f"editor {name}"]).delete()


@pytest.fixture
def no_log():
    """Refusals are what is tried."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_who_may_changes_texts_facts_and_people(region, no_log):
    """Without this the machine would find nothing where nothing can be written."""
    world, seen = World(region.leiden), set()
    for route in sorted(DATA):
        page, numbers = PAGES[route].path or route, world.numbers[BOEI]
        actor = "desk JZ18" if route in OF_A_DESK else f"manager {BOEI}"
        before = world.holdings()[numbers["provider"]]
        data = world.data_for(route, page, BOEI, numbers)
        world.ask(actor, "post", page.format(**numbers), data)
        after = world.holdings()[numbers["provider"]]
        seen |= {kind for kind in KINDS if getattr(before, kind) != getattr(after, kind)}
    assert seen == set(KINDS)


# Who asks, whose the first number of the address is, and whose the others are.
SWAPS = [
    (f"viewer {BOEI}", BOEI, BOEI),
    (f"editor {BOEI}", BOEI, BOEI),
    (f"manager {BOEI}", BOEI, BRUG),
    (f"manager {BOEI}", BRUG, BOEI),
    ("stranger", BOEI, BOEI),
    ("desk JZ99", BOEI, BOEI),
]


@pytest.mark.parametrize(("actor", "main", "other"), SWAPS)
def test_no_swapped_number_leads_to_the_data_of_another(region, no_log, actor, main, other):
    world, found = Undone(region.leiden), []
    numbers = world.mixed(main, other)
    # With the form of either: one that says what stood there before is refused for that alone.
    for route, form_of in product(sorted(DATA), sorted({main, other, BOTH})):
        page = PAGES[route].path or route
        codes = {name: numbers[name] for name in CODES if f"{{{name}}}" in page}
        with transaction.atomic():
            if form_of == BOTH:
                data = world.data_of_both(route, page, (other, main), world.numbers[other])
            else:
                data = world.data_for(route, page, form_of, world.numbers[other])
            try:
                world.attempt(actor, "post", route, page.format(**numbers), data, codes)
            except AssertionError as error:
                found.append(str(error).partition("\n")[0])
            transaction.set_rollback(True)
    assert found == []


def test_no_way_leads_to_the_data_of_another(region, no_log):
    examples = min(hypothesis_settings.default.max_examples, 8)
    run_state_machine_as_test(
        type("OfThisTest", (Swapping,), {"world": World(region.leiden)}),
        settings=hypothesis_settings(
            max_examples=examples,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
