"""Rendered parts of pages: repeated for a while, and then forgotten."""

import gc
import weakref
from dataclasses import dataclass

import pytest

from search.templatetags import parts
from search.templatetags.parts import SECONDS, part


@dataclass(frozen=True)
class Pill:
    """What a part prints, in place of a card."""

    text: str
    kind: str = "now"
    note: str = ""


@pytest.fixture
def clock(monkeypatch):
    """The seconds of this process, to be set by the test."""
    found = {"now": 0.0}
    monkeypatch.setattr(parts, "monotonic", lambda: found["now"])
    return found


@pytest.fixture
def rendered(monkeypatch):
    """The texts of what was rendered, in order; one that is repeated is not."""
    texts, render = [], parts._render

    def counted(template_name, values):
        texts.append(dict(values)["pill"].text)
        return render(template_name, values)

    monkeypatch.setattr(parts, "_render", counted)
    return texts


def show(text):
    return part("components/wait_pill.html", pill=Pill(text))


def test_a_part_is_rendered_once_and_looks_the_same(clock, rendered):
    assert show("Direct") == show("Direct")
    assert "Direct" in show("Direct")
    assert rendered == ["Direct"]


def test_what_was_searched_for_is_gone_after_a_minute(clock):
    searched = Pill("Binnen 2 weken, voor wie 14 is en in Leiden woont")
    part("components/wait_pill.html", pill=searched)
    held = weakref.ref(searched)
    del searched
    gc.collect()
    assert held() is not None
    clock["now"] += SECONDS
    show("Direct")
    gc.collect()
    assert held() is None
