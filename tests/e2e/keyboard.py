"""Nothing but the keyboard: get somewhere with Tab, and see where one is on the way."""

import pytest
from playwright.sync_api import expect

MOST_TABS = 80
# Where in the page the focus is (-1 for nowhere), whether that is the target, and what of it
# cannot be seen: it needs a ring, and a place within the window.
FOCUS = """target => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return {place: -1, arrived: false, hidden: ""};
  const box = focused.getBoundingClientRect();
  const style = getComputedStyle(focused);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const what = `${focused.outerHTML.slice(0, 120)} ring: ${ring}, in view: ${inside}`;
  return {
    place: [...document.querySelectorAll("*")].indexOf(focused),
    arrived: focused === target,
    hidden: ring && inside ? "" : what,
  };
}"""
# What a keyboard has to reach. Of a set of radio buttons Tab reaches one; arrows do the rest.
REACHABLE = """() => {
  const all = [...document.querySelectorAll('*')];
  const names = new Set();
  return all
    .filter(one => one.matches("a[href], button, input, select, textarea, summary, [tabindex='0']"))
    .filter(one => one.type !== "hidden" && !one.disabled && one.checkVisibility())
    // What only says which button Enter presses: it is there for nobody.
    .filter(one => !one.matches("[aria-hidden=true][tabindex='-1']"))
    .filter(one => {
      if (one.type !== "radio") return true;
      const set = document.querySelectorAll(`input[type=radio][name="${one.name}"]`);
      const chosen = [...set].find(other => other.checked) || set[0];
      return one === chosen;
    })
    .map(one => all.indexOf(one));
}"""


def look(page, target):
    """Return where the focus is; it has to be seen there."""
    focus = target.evaluate(FOCUS)
    if focus["hidden"]:
        # What moves into view on focus may do so a frame later.
        expect(page.locator(":focus")).to_be_in_viewport()
        focus = target.evaluate(FOCUS)
    assert not focus["hidden"], f"the focus cannot be seen: {focus['hidden']}"
    return focus


def tab_to(page, target, *, at_most=MOST_TABS):
    """Press Tab until this has the focus; every stop on the way has to be seen."""
    for _ in range(at_most):
        if look(page, target)["arrived"]:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not reach {target} within {at_most} tabs")


def press(page, target, key="Enter"):
    """Tab to this and press a key."""
    tab_to(page, target)
    page.keyboard.press(key)


def write(page, target, text):
    """Tab to this field and type over what is in it. In a list this chooses what begins so."""
    tab_to(page, target)
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(text)


def follow_first_error(page, field):
    """After a refused form the summary has the focus, and its first line leads to the field."""
    expect(page.locator(".sk-errors")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(field).to_be_focused()


def walk(page, *, at_most=400):
    """Tab from the top of a fresh page to its end; return the places that had the focus.

    Every stop has to be seen. The parts of a date take a tab each, and count as one place.
    """
    stops, body = [], page.locator("body")
    for _ in range(at_most):
        page.keyboard.press("Tab")
        place = look(page, body)["place"]
        if place < (stops[-1] if stops else 0):
            return stops
        if place not in stops:
            stops.append(place)
    pytest.fail(f"the keyboard does not get beyond element {stops[-1]}")
