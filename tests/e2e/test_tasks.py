"""Ten lines of referrers: what stands first, what must not, what the plan and hand-out say."""

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import expect

NEVER = r"crisis|zelfdoding|dood|opname|gesloten|bed voor vannacht"
NUMBER = re.compile(r"\b0\d{1,3}[ \d]{7,11}")
DESK = {"width": 1440, "height": 900}


@dataclass(frozen=True)
class Task:
    """A line; labels of its questions, of which the first result and the plan speak.

    `never` may stand in no title of the list; `chips` are what else has to be understood; `first`
    is what the first step of the plan is about.
    """

    line: str
    questions: tuple[str, ...]
    chips: tuple[str, ...] = ()
    never: str = NEVER
    first: str = field(kw_only=True)


CALM = {
    "busy in class": Task(
        "jongen van 8 is druk in de klas",
        ("druk of snel afgeleid",),
        ("8 jaar",),
        never=rf"{NEVER}|scheiding|rouw|peuter|geweld",
        first="adhd|druk",
    ),
    "four worries": Task(
        "meisje 14 somber, kan zich niet concentreren, gaat niet meer naar school,"
        " ouders geldstress",
        (
            "somber of neerslachtig",
            "druk of snel afgeleid",
            "gaat niet (meer) naar school",
            "geldzorgen in het gezin",
        ),
        ("14 jaar",),
        never=rf"{NEVER}|scheiding|rouw|peuter|geweld",
        # For the child first: the light help for a low mood that starts at once.
        first="maatje voor jongeren",
    ),
    "divorce group": Task(
        "groep voor kind van 9 na scheiding",
        ("ouders gaan of zijn uit elkaar",),
        ("9 jaar",),
        never=rf"{NEVER}|rouw|geweld|peuter|jongvolwassen",
        first="groep voor kinderen",
    ),
    "turning 18": Task(
        "wordt bijna 18 en de hulp stopt dan",
        ("wordt 18: hoe gaat het verder?",),
        ("17 jaar",),
        never=rf"{NEVER}|scheiding|rouw|peuter|basisschool",
        first="achttien",
    ),
    "after care": Task(
        "nazorg na behandeling, bang voor terugval",
        ("stoppen met hulp en zelf verder",),
        ("Na zorg",),
        never=rf"{NEVER}|scheiding|rouw|poging",
        first="na de|terugkeer|laatste",
    ),
    "crying baby": Task(
        "huilbaby van 3 maanden",
        ("zwanger of net een baby",),
        ("0 tot en met 1 jaar",),
        never=rf"{NEVER}|puber|school|scheiding",
        first="huilbaby",
    ),
    # A bed for tonight is for who has none: below, and never in the plan.
    "23 with debts": Task(
        "23 jaar met schulden",
        ("geldzorgen in het gezin",),
        ("23 jaar",),
        never=r"crisis|dood|scheiding|rouw|peuter",
        first="loon|geld|rekening",
    ),
}


def ask(page, site, line):
    page.set_viewport_size(DESK)
    page.goto(site)
    page.get_by_label("Waar is hulp bij nodig?").fill(line)
    page.get_by_label("Postcode of plaats").fill("Leiden")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"\?hulpvraag="))


@pytest.fixture(scope="module", params=CALM.values(), ids=list(CALM))
def task(request):
    return request.param


@pytest.fixture(scope="module")
def answer(new_page, demo_site, task):
    """The answer to this line, once for all who look at it."""
    with new_page() as page:
        ask(page, demo_site, task.line)
        yield page


def titles(page):
    return page.locator("#lijst .sk-card__title").all_text_contents()


def reasons_of(page, title):
    """Why a row stands in the list, in small letters."""
    row = page.locator("#lijst .sk-row", has=page.get_by_text(title, exact=True)).first
    return row.locator(".sk-why").text_content().lower()


def steps(page):
    return [one.strip() for one in page.locator(".sk-plan__title").all_text_contents()]


def test_what_the_line_asks_is_understood(answer, task):
    chips = " ".join(answer.locator(".sk-understood .sk-chip").all_text_contents())
    for words in (*task.questions, *task.chips, "Leiden"):
        assert words.lower() in chips.lower()


def test_the_first_result_is_for_what_was_asked(answer, task):
    why = answer.locator("#lijst .sk-row .sk-why").first.text_content().lower()
    assert any(f"bij: {question}" in why for question in task.questions)


def test_nothing_stands_there_that_nobody_spoke_of(answer, task):
    assert [one for one in titles(answer) if re.search(task.never, one.lower())] == []


def test_the_plan_answers_every_question(answer, task):
    assert 1 <= len(steps(answer)) <= 4
    why = " ".join(reasons_of(answer, title) for title in steps(answer))
    assert [one for one in task.questions if f"bij: {one}" not in why] == []


def test_the_plan_begins_with_what_is_mainly_for_it(answer, task):
    first = steps(answer)[0]
    assert re.search(task.first, first.lower())
    assert any(f"past bij: {one}" in reasons_of(answer, first) for one in task.questions)


def test_the_plan_proposes_no_bed_and_nothing_for_a_danger(answer):
    assert [one for one in steps(answer) if re.search(NEVER, one.lower())] == []


def test_each_step_says_its_start_place_cost_and_telephone(answer):
    for step in answer.locator(".sk-plan__step").all():
        assert step.locator(".sk-pill").inner_text()
        assert re.search(r".+ · .+", step.locator(".sk-plan__facts").inner_text())
        assert step.locator("a[href^='tel:']").count() == 1


def test_the_hand_out_names_each_step_and_question_and_whom_to_call(answer, task):
    wanted = steps(answer)
    answer.locator(".sk-plan").get_by_role("link", name="Pagina voor het gezin").click()
    # The first page only: details of each step stand behind it.
    plan = answer.locator("main article").first.inner_text()
    answer.go_back()
    page = re.sub(r"\s+", " ", plan)
    assert [one for one in wanted if " ".join(one.split()) not in page] == []
    assert [one for one in task.questions if one.rstrip("?") not in page.lower()] == []
    # A family calls the number for families, which may be another than that for referrers.
    assert re.search(rf"Bel één keer: .+?, {NUMBER.pattern}", page)


# --- Isa with all four of her worries -------------------------------------------------------------


@pytest.fixture(scope="module")
def isa(new_page, demo_site):
    """The answer to her line, once for all who look at it."""
    with new_page() as page:
        ask(page, demo_site, CALM["four worries"].line)
        yield page


@pytest.fixture
def isa_anew(page, demo_site):
    """The same, for who opens or changes something on it."""
    ask(page, demo_site, CALM["four worries"].line)
    return page


def test_isa_sees_seven_results_and_the_plan_on_one_screen(isa):
    whole = "all => all.filter(one => one.getBoundingClientRect().bottom <= innerHeight).length"
    assert isa.locator(".sk-plan__step").evaluate_all(whole) >= 3
    assert isa.locator("#lijst .sk-row").evaluate_all(whole) >= 7


def test_the_page_of_isa_is_short(isa):
    assert isa.evaluate("document.documentElement.scrollHeight") <= 2600


def test_long_waits_are_folded_with_their_number(isa_anew):
    late = isa_anew.locator(".sk-late").first
    number = int(re.search(r"Nog (\d+)", late.locator("summary").first.inner_text())[1])
    assert late.locator("> ul > .sk-row").count() == number
    expect(late.locator(".sk-row").first).not_to_be_visible()
    late.locator("summary").first.click()
    expect(late.locator(".sk-row").first).to_be_visible()


def test_meanwhile_is_said_once_per_part(isa):
    for part in isa.locator("#lijst .sk-part").all():
        assert part.locator(".sk-meanwhile").count() <= 1


def test_a_star_in_the_list_swaps_a_step_of_the_plan_and_another_tap_gives_it_back(isa_anew):
    before = steps(isa_anew)
    rows = isa_anew.locator("#lijst .sk-row:visible")
    listed = [one.strip() for one in rows.locator(".sk-card__title").all_inner_texts()]
    other = next(title for title in listed if title not in before)
    star = rows.filter(has=isa_anew.get_by_text(other, exact=True)).first.locator(".sk-keep")
    star.click()
    expect(isa_anew.locator(".sk-plan__title", has_text=other)).to_have_count(1)
    expect(isa_anew.locator("#melding")).to_have_text("Het plan is aangepast")
    assert len(steps(isa_anew)) <= 4
    star.click()
    expect(isa_anew.locator(".sk-plan__title", has_text=other)).to_have_count(0)
    assert steps(isa_anew) == before


def test_the_letter_has_every_step_and_no_child(isa):
    letter = isa.locator("#verwijsbrief").text_content()
    assert [one for one in steps(isa) if one not in letter] == []
    assert "bij voorkeur in een groep" in letter
    assert not re.search(r"meisje|14 jaar|Isa", letter)


# --- danger, haste, another language --------------------------------------------------------------


def hand_out_of_the_first(page, site):
    """Open the page for the family of the first result, with what the search said of danger."""
    offer = page.locator("#lijst .sk-row").first.get_attribute("data-offer")
    page.goto(f"{site}/gezin/?aanbod={offer}&gemeente=leiden&{page.url.split('?')[1]}")
    return page.locator("main")


def test_suicidal_thoughts_say_first_whom_to_call_and_propose_nothing(page, demo_site):
    ask(page, demo_site, "meisje 15 wil niet meer leven")
    signal = page.locator(".sk-signal")
    expect(signal).to_contain_text("113")
    assert "tel:112" in signal.locator("a[href^='tel:']").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    assert page.locator(".sk-plan").count() == 0
    expect(page.locator("main")).to_contain_text("Eerst bellen.")
    expect(page.locator(".sk-chip", has_text="15 jaar")).to_have_count(1)
    assert not [one for one in titles(page) if re.search("eet|baby|schuld", one.lower())]
    expect(page.locator("#lijst .sk-why").first).to_contain_text("denkt aan de dood")
    paper = hand_out_of_the_first(page, demo_site)
    for call_first in ("112", "113", "071 000 00 70"):
        expect(paper).to_contain_text(call_first)


def test_anorexia_with_haste_shows_help_now_and_then_help_with_eating(page, demo_site):
    ask(page, demo_site, "meisje 16 anorexia, valt hard af, met spoed")
    expect(page.locator("#lijst h2").first).to_have_text("Nu hulp nodig")
    expect(page.locator("#lijst .sk-row").first).to_contain_text("Crisistelefoon")
    why = page.locator("#lijst .sk-part .sk-why").first.text_content()
    assert "problemen met eten" in why
    assert not [one for one in titles(page) if "zelfdoding" in one.lower()]
    assert page.locator(".sk-plan").count() == 0
    expect(hand_out_of_the_first(page, demo_site)).to_contain_text("Crisistelefoon")


ARABIC = "ouders spreken alleen arabisch, zoon van 6 luistert niet"


def test_parents_who_speak_arabic_first_see_help_with_upbringing_that_starts_soon(page, demo_site):
    ask(page, demo_site, ARABIC)
    expect(page.locator(".sk-chip", has_text="In het Arabisch")).to_have_count(1)
    first = page.locator("#lijst .sk-row").first
    expect(first).to_contain_text("Opvoedspreekuur")
    expect(first.locator(".sk-pill")).to_have_text(re.compile("Direct|Binnen 2 weken"))
    assert steps(page) == [first.locator(".sk-card__title").inner_text()]
    first.locator(".sk-card__title a").click()
    expect(page.locator("main")).to_contain_text("Arabisch")


def test_parents_who_speak_arabic_get_their_plan_in_arabic(page, demo_site):
    ask(page, demo_site, ARABIC)
    step = steps(page)[0]
    page.locator(".sk-plan").get_by_role("link", name="Pagina voor het gezin").click()
    sheet = page.locator("main article").first
    expect(sheet).to_have_attribute("dir", "rtl")
    expect(sheet).to_contain_text(step)


def test_with_few_results_the_page_says_which_word_costs_what(page, demo_site):
    ask(page, demo_site, ARABIC)
    expect(page.locator(".sk-ways li").first).to_contain_text(re.compile(r"\d"))
