"""What lines of text are read by is the same from each engine, so they are read on one only.

The tests that are marked so may ask the engine for nothing else (tests/engines.py).
"""

from dataclasses import asdict, is_dataclass

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.db.utils import ConnectionHandler

from providers.geography.gazetteer import gazetteer
from providers.models import Municipality, RegionWord
from providers.vocabulary import choices, names, region_words
from providers.vocabulary.text import first_names, lexicon
from providers.vocabulary.text.memory import Cached
from search.asking.understanding import understand
from search.asking.understanding.vocabulary import vocabularies
from tests.factories import OfferFactory
from tests.loaded import MONDAY, fill_with_demo, fill_with_reference, working_in

# All that `understand` looks up.
LOOKED_UP = {
    "places": gazetteer,
    "names": names._names,
    "first names in names": first_names._bearers,
    "words of regions": region_words._words,
    "municipalities": choices._KEPT[Municipality],
    "phrases": vocabularies,
    "words of the vocabulary": lexicon.vocabulary_texts,
    "words of the catalogue": lexicon.catalogue_words,
}
LINES = (
    "meisje 14 somber, gaat niet naar school, Leiden",
    "fallangst bij de Waterlijn, zonder verwijzing, 2311",
    "Daan boksen",
    "zwabberig in Noordwijk",
)
pytestmark = pytest.mark.django_db


def built():
    """Return what the database at hand gives, in a form that can be compared."""
    found = {name: cached._build() for name, cached in LOOKED_UP.items()}
    # Without the numbers of the rows, which are as the rows came.
    found["names"] = [
        (one.text, one.words, one.head, one.is_provider, len(one.of_provider))
        for one in found["names"].by_code.values()
    ]
    found["municipalities"] = [
        vars(row) | {"_state": None} for row in found["municipalities"].values()
    ]
    bearers = found["first names in names"].items()
    found["first names in names"] = {key: sorted(map(sorted, each)) for key, each in bearers}
    found = {name: asdict(one) if is_dataclass(one) else one for name, one in found.items()}
    # Held as numbers, in the order in which the rows came.
    points = found["phrases"]["likeness"]["points"]
    found["phrases"]["likeness"]["points"] = {
        hint: dict(points.of(hint)) for hint in points._places
    }
    return found


def fill_with_the_rest():
    """Make what the demo has none of."""
    OfferFactory(
        title="Boksen met Daan",
        provider__name="De Ring",
        municipalities=["GM0546"],
        help_questions=[],
    )
    RegionWord.objects.create(region_id="JZ18", text="zwabberig", help_question_id="somberheid")


@pytest.fixture(scope="module")
def full_demo(demo, django_db_blocker):
    """The demo, with what it has none of."""
    with django_db_blocker.unblock():
        fill_with_the_rest()


@pytest.fixture(scope="module")
def here_and_there(full_demo, django_db_blocker):
    """What this engine gives and what SQLite does, each with the demo of the same day."""
    with django_db_blocker.unblock():
        return built(), built_in_sqlite()


def built_in_sqlite():
    there = ConnectionHandler(
        {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
    )["default"]
    with working_in(there), there.schema_editor() as tables:
        for model in apps.get_models():
            tables.create_model(model)
    fill_with_reference(there)
    fill_with_demo(there)
    with working_in(there), time_machine.travel(MONDAY, tick=False):
        fill_with_the_rest()
        found = built()
    there.close()
    return found


@pytest.mark.parametrize("name", LOOKED_UP)
def test_the_engine_gives_what_sqlite_gives(here_and_there, name):
    if connection.vendor == "sqlite":
        pytest.skip("this is SQLite")
    here, there = here_and_there
    assert here[name]
    assert here[name] == there[name]


def test_nothing_else_is_looked_up(full_demo, monkeypatch):
    look, looked = Cached._look, set()

    def look_up(cached):
        looked.add(cached._key)
        return look(cached)

    monkeypatch.setattr(Cached, "_look", look_up)
    for line in LINES:
        understand(line, "GM0546")
    assert looked == {cached._key for cached in LOOKED_UP.values()}
