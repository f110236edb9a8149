"""What an answer weighs: bytes over the line, requests, and whether anything moves while it comes.

How fast it comes is measured (docs/benchmarks.md) and never asserted.
"""

import gzip

import pytest
from playwright.sync_api import expect

SEARCH = (
    "/?hulpvraag=druk-en-afgeleid&hulpvraag=geldzorgen&hulpvraag=schoolverzuim"
    "&hulpvraag=somberheid&leeftijd=14&plaats=leiden"
)
MOST_BYTES = 150_000
MOST_REQUESTS = 20
SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value;
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 300);
})"""

# Once the page is empty and its sheet there, the rest comes in pieces with a paint after each.
IN_PARTS = """async html => {
  let sum = 0;
  const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  new PerformanceObserver(list => {
    for (const one of list.getEntries()) sum += one.value;
  }).observe({type: "layout-shift"});
  const body = html.indexOf("<body");
  document.open();
  document.write(html.slice(0, body));
  const sheet = document.querySelector("link[rel=stylesheet]");
  if (!sheet.sheet) await new Promise(done => sheet.addEventListener("load", done));
  const size = Math.ceil((html.length - body) / 25);
  for (let at = body; at < html.length; at += size) {
    document.write(html.slice(at, at + size));
    await painted();
  }
  document.close();
  await painted();
  return sum;
}"""


@pytest.fixture(scope="module", params=[(1440, 900), (375, 667)], ids=["desk", "phone"])
def loaded(request, new_page, demo_site):
    """The page of an answer, and every response that came for it: once for all who look at it."""
    width, height = request.param
    with new_page(viewport={"width": width, "height": height}) as page:
        answers = []
        page.on("response", lambda answer: answers.append(answer))
        page.goto(demo_site + SEARCH, wait_until="networkidle")
        expect(page.locator("#telling")).to_be_attached()
        yield page, answers


def test_an_answer_is_light(loaded):
    _page, answers = loaded
    # Compressed, as production sends them.
    weight = sum(len(gzip.compress(answer.body(), 6)) for answer in answers if answer.ok)
    assert weight <= MOST_BYTES, f"{weight} bytes"


def test_an_answer_takes_few_requests(loaded):
    _page, answers = loaded
    assert len(answers) <= MOST_REQUESTS, [answer.url for answer in answers]


def test_nothing_moves_while_an_answer_comes(loaded):
    page, _answers = loaded
    assert page.evaluate(SHIFT) < 0.01


def test_nothing_moves_where_an_answer_comes_in_parts(loaded):
    """As on a slow machine, where the first paint is of a page that is half there."""
    page, _answers = loaded
    # The last: it writes the page anew.
    html = page.request.get(page.url).text()
    assert page.evaluate(IN_PARTS, html) < 0.02
