"""Whom to call when a question names danger: the number of the region is at hand."""

import pytest
from django.http import QueryDict

from search.asking import emergency
from search.asking.need import Need
from tests.factories import HelpQuestionFactory, MunicipalityFactory, OfferFactory, ProviderFactory
from tests.pages import (
    addresses_in,
    attribute,
    element,
    elements,
    html_of,
    page_at,
    section_of,
    text_of,
)

pytestmark = pytest.mark.django_db

ASKED = "/?hulpvraag=somberheid&signaal=suicide"


def line(label, number="", region=""):
    return {
        "kind": "suicide",
        "label": label,
        "number": number,
        "text": "Bel.",
        "url": "",
        "region": region,
    }


@pytest.fixture
def lines(monkeypatch, region):
    """Two lines for the country, one for any region, and the rest of the country's."""
    rows = [
        line("Nu", "112"),
        line("Zelfmoordpreventie", "113"),
        line("Kindertelefoon", "0800-0432"),
        line("Crisisdienst in de regio", region="*"),
    ]
    monkeypatch.setattr(emergency, "vocabulary_rows", lambda name: rows)
    emergency._by_kind.cache_clear()
    yield rows
    emergency._by_kind.cache_clear()


def panel(client, address=ASKED):
    """The labels at hand, and those that are folded."""
    section = whole_panel(client, address)
    folded = labels_in(folded_in(section))
    at_hand = [label for label in labels_in(section) if label not in folded]
    return at_hand, folded


def labels_in(found):
    return [text_of(one) for one in elements(found, "strong")] if found else []


def folded_in(section):
    return next(elements(section, "details"), None)


def test_without_a_number_the_line_of_the_region_is_one_of_the_rest(client, lines):
    assert panel(client) == (
        ["Nu", "Zelfmoordpreventie"],
        ["Kindertelefoon", "Crisisdienst in de regio"],
    )


@pytest.mark.parametrize("place", ["", "&plaats=leiden"], ids=["of this site", "of the place"])
def test_the_number_of_the_region_stands_third_and_unfolded(client, lines, place):
    lines.append(line("Onze dienst", "071 000 00 00", region="JZ18"))
    assert panel(client, ASKED + place) == (
        ["Nu", "Zelfmoordpreventie", "Onze dienst"],
        ["Kindertelefoon"],
    )


def test_elsewhere_it_is_not_the_number_to_call(client, lines):
    lines.append(line("Onze dienst", "071 000 00 00", region="JZ18"))
    elsewhere = MunicipalityFactory(code="GM0363", name="Amsterdam", region__code="JZ99")
    OfferFactory(municipalities=[elsewhere])
    shown, folded = panel(client, f"{ASKED}&gemeente=GM0363")
    assert "Onze dienst" not in shown + folded
    assert "Crisisdienst in de regio" in folded


def test_every_number_of_a_region_in_the_vocabulary_can_be_called():
    rows = emergency.vocabulary_rows("emergency_lines")
    assert [row["label"] for row in rows if row["region"] == "*"]
    assert all(row["number"] for row in rows if row["region"] not in {"", "*"})


# --- the number of the crisis service, from the catalogue ---------------------------------------


@pytest.fixture
def dangers(region):
    for kind in ("suicide", "psychosis", "violence", "selfharm"):
        HelpQuestionFactory(code=kind, signal=kind)
    return [region.leiden]


@pytest.fixture
def crisis_phone(dangers):
    return OfferFactory(
        title="Crisistelefoon",
        summary="Er neemt altijd iemand op.",
        provider=ProviderFactory(
            name="Crisisdienst",
            phone="071 000 00 70",
            referrer_phone="071 000 00 71",
            referrer_hours="dag en nacht",
        ),
        crisis=True,
        level=3,
        help_questions=["suicide", "psychosis", "violence"],
        municipalities=dangers,
    )


def whole_panel(client, address):
    return section_of(page_at(client, address), "signaal")


@pytest.mark.parametrize("place", ["", "&plaats=leiden"], ids=["in the region", "in the place"])
@pytest.mark.parametrize("kind", ["suicide", "selfharm", "runaway", "abuse", "acute"])
def test_the_crisis_service_of_the_catalogue_stands_with_its_number(
    client, crisis_phone, kind, place
):
    found = whole_panel(client, f"/?hulpvraag=somberheid&signaal={kind}{place}")
    folded = folded_in(found)
    hidden = addresses_in(folded) if folded else []
    assert "tel:+31710000070" in addresses_in(found)
    assert "tel:+31710000070" not in hidden
    assert "Crisisdienst voor jeugd in de regio" not in text_of(found)


@pytest.mark.parametrize("kind", ["suicide", "selfharm", "violence"])
def test_a_question_about_a_danger_that_was_chosen_says_whom_to_call(client, crisis_phone, kind):
    """As one that was typed does: from a suggestion, a chip or a page that was shared."""
    assert "071 000 00 70" in text_of(whole_panel(client, f"/?hulpvraag={kind}&plaats=leiden"))


def test_a_danger_beside_the_question_says_whom_to_call(client, crisis_phone):
    found = whole_panel(client, "/?hulpvraag=somberheid&plaats=leiden&neemt=suicidaliteit")
    assert "071 000 00 70" in text_of(found)


@pytest.mark.parametrize(
    "address",
    [
        "/?hulpvraag=somberheid&ook=suicide&plaats=leiden",
        "/?plaats=leiden&ook=suicide",
        "/?plaats=leiden&neemt=suicidaliteit",
        "/?hulpvraag=suicide&plaats=leiden&deel=4-specialistisch",
        "/?hulpvraag=suicide&plaats=leiden&volgorde=licht",
        "/?hulpvraag=suicide&plaats=leiden&trede=6&start=0",
        "/groepen/?hulpvraag=suicide&plaats=leiden",
        "/groepen/?hulpvraag=suicide&plaats=leiden&weergave=kalender",
        "/groepen/?plaats=leiden&neemt=suicidaliteit",
        "/keuzelijst/?gemeente=leiden&signaal=suicide",
        "/meld-ontbrekend-aanbod/?hulpvraag=suicide&plaats=leiden",
    ],
)
def test_a_danger_says_whom_to_call_on_whatever_page_it_was_chosen(client, crisis_phone, address):
    assert "071 000 00 70" in text_of(whole_panel(client, address))


@pytest.mark.parametrize("beside", ["lvb", "verslaving", "autisme", "geen-school", "iets"])
def test_what_is_no_danger_beside_the_question_says_nobody_to_call(client, crisis_phone, beside):
    assert whole_panel(client, f"/?hulpvraag=somberheid&plaats=leiden&neemt={beside}") is None


def test_a_danger_beside_the_question_goes_along_to_the_next_page(region):
    need = Need.read(QueryDict("hulpvraag=somberheid&neemt=suicidaliteit"))
    assert QueryDict(need.to_shortlist).getlist("signaal") == ["suicide"]


def test_a_question_about_no_danger_says_nobody_to_call(client, crisis_phone):
    assert whole_panel(client, "/?hulpvraag=somberheid&plaats=leiden") is None


def test_two_buttons_call_at_once(client, crisis_phone):
    found = whole_panel(client, f"{ASKED}&plaats=leiden")
    buttons = element(found, "p", class_="sk-signal__call")
    assert addresses_in(buttons) == ["tel:112", "tel:+31710000070"]


def test_without_a_service_the_second_button_is_the_line_for_this_danger(client, region):
    found = whole_panel(client, ASKED)
    buttons = element(found, "p", class_="sk-signal__call")
    assert addresses_in(buttons) == ["tel:112", "tel:113"]


def test_referrers_have_a_line_of_their_own(client, crisis_phone):
    found = whole_panel(client, f"{ASKED}&plaats=leiden")
    line = element(found, "p", class_="sk-signal__referrers")
    assert addresses_in(line) == ["tel:+31710000071"]
    assert text_of(line).endswith("071 000 00 71 (dag en nacht).")


def test_nobody_who_refers_is_sent_to_their_own_doctor(client, region):
    assert "eigen huisarts" not in text_of(whole_panel(client, ASKED))


@pytest.mark.parametrize(
    ("signal", "heading"),
    [("acute", "Nu hulp nodig? Bel"), ("suicide", "Kan het niet wachten? Bel dan nu")],
)
def test_the_heading_is_about_haste_or_about_danger(client, region, signal, heading):
    found = whole_panel(client, f"/?hulpvraag=somberheid&signaal={signal}")
    assert text_of(element(found, "h2")) == heading


@pytest.mark.parametrize(
    "unfit",
    [
        {"crisis": False},
        {"status": "concept"},
        {"municipalities": ["GM0537"]},
        {"help_questions": ["violence"]},
        {"age_min": 18, "age_max": 27},
    ],
    ids=["no crisis", "not published", "elsewhere", "another danger", "another age"],
)
def test_other_help_is_no_crisis_service(client, dangers, unfit):
    fields = {"crisis": True, "help_questions": ["suicide"], "municipalities": dangers} | unfit
    OfferFactory(provider=ProviderFactory(phone="071 000 00 70"), **fields)
    address = f"{ASKED}&leeftijd=14&plaats=leiden"
    assert "710000070" not in html_of(whole_panel(client, address))


# --- haste --------------------------------------------------------------------------------------


def in_crisis(client, address):
    """The titles under the heading "Nu hulp nodig", which stands before every other part."""
    shown = element(page_at(client, address), id="lijst")
    section = section_of(shown, "nu-hulp")
    if section is None:
        return []
    assert attribute(element(shown, "h2"), "id") == "nu-hulp"
    return [text_of(title) for title in elements(section, class_="sk-card__title")]


def test_in_haste_help_in_a_crisis_comes_first(client, crisis_phone, dangers):
    OfferFactory(title="Praten", municipalities=dangers)
    assert in_crisis(client, "/?hulpvraag=somberheid&plaats=leiden&signaal=acute") == [
        "Crisistelefoon"
    ]


def test_in_haste_nothing_is_shown_for_one_danger_nobody_spoke_of(client, dangers):
    OfferFactory(
        title="Nachtchat",
        crisis=True,
        help_questions=["selfharm", "suicide"],
        municipalities=dangers,
    )
    assert in_crisis(client, "/?hulpvraag=somberheid&plaats=leiden&signaal=acute") == []


def test_a_danger_named_in_haste_has_its_own_help_first(client, dangers):
    OfferFactory(
        title="Nachtchat", crisis=True, help_questions=["selfharm"], municipalities=dangers
    )
    address = "/?hulpvraag=selfharm&plaats=leiden&signaal=acute&signaal=selfharm"
    assert in_crisis(client, address) == ["Nachtchat"]


def test_help_in_a_crisis_stands_on_the_page_once(client, crisis_phone, dangers):
    for level in (1, 3):
        OfferFactory(level=level, help_questions=["suicide"], municipalities=dangers)
    address = "/?hulpvraag=suicide&plaats=leiden&signaal=acute&signaal=suicide"
    page = client.get(address).content.decode()
    assert page.count(f'id="aanbod-{crisis_phone.pk}"') == 1


def test_without_haste_there_is_no_such_part(client, crisis_phone):
    assert in_crisis(client, f"{ASKED}&plaats=leiden") == []


def test_a_filter_keeps_whom_to_call(client, crisis_phone):
    page = client.get(f"{ASKED}&plaats=leiden").content.decode()
    assert '<input type="hidden" name="signaal" value="suicide">' in page


@pytest.mark.parametrize(
    ("line", "signals"),
    [
        ("anorexia 15 met spoed", ["acute"]),
        ("crisisopvang Leiden 15", ["acute"]),
        ("wil dood, met spoed", ["acute", "suicide"]),
        ("wil dood", ["suicide"]),
        ("somber", []),
    ],
)
def test_haste_reaches_the_address_beside_a_danger(client, words, line, signals):
    address = client.post("/", {"vraag": line}).headers["Location"]
    assert QueryDict(address.partition("?")[2]).getlist("signaal") == signals
