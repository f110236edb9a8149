"""What goes along to the page for the family: the questions asked, and the help that fits them."""

import html
import itertools
import re
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict

from providers.models import OfferHelpQuestion
from tests.factories import HelpQuestionFactory, OfferFactory, ProviderFactory, WaitTimeFactory
from tests.pages import addresses_in, attribute, element, page_at, section_of, text_of
from tests.search.handout.test_family import FakeCode, page_of

pytestmark = pytest.mark.django_db


# --- what was asked ----------------------------------------------------------------------------


@pytest.fixture
def drinking(region):
    """Help that is most of all for safety at home, and for parents who drink as well."""
    HelpQuestionFactory(code="geweld", label="Geweld thuis")
    HelpQuestionFactory(code="drank", label="Vader of moeder drinkt")
    HelpQuestionFactory(code="angst", label="Bang")
    return OfferFactory(municipalities=[region.leiden], help_questions=["geweld", "drank"])


def sheet_for(client, offer, query):
    return page_of(client, offer, place=f"leiden&{query}")


def test_the_page_of_an_offer_hands_on_which_questions_were_asked(client, drinking):
    page = client.get(f"{drinking.get_absolute_url()}?terug=hulpvraag%3Ddrank%26leeftijd%3D6")
    address = f"/gezin/?aanbod={drinking.pk}&amp;hulpvraag=drank&amp;leeftijd=6"
    assert f'href="{address}"' in page.content.decode()


def test_it_is_about_what_was_asked_and_not_about_what_nobody_asked(client, drinking):
    page = sheet_for(client, drinking, "hulpvraag=drank")
    assert "Het gaat over: vader of moeder drinkt." in page
    assert "geweld" not in page.lower()


def test_of_several_questions_it_names_those_it_is_for(client, drinking):
    page = sheet_for(client, drinking, "hulpvraag=angst&hulpvraag=drank&hulpvraag=geweld")
    assert "Het gaat over: geweld thuis, vader of moeder drinkt." in page


@pytest.mark.parametrize("query", ["", "hulpvraag=angst", "hulpvraag=Jan%20Jansen"])
def test_otherwise_it_is_about_its_main_question(client, drinking, query):
    page = sheet_for(client, drinking, query)
    assert "Het gaat over: geweld thuis." in page
    assert "Jansen" not in page


def test_the_code_on_paper_leads_to_the_same_questions(client, drinking, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "search.handout.views.segno.make", lambda text, **kw: asked.append(text) or FakeCode()
    )
    sheet_for(client, drinking, "hulpvraag=drank&hulpvraag=verzonnen")
    assert asked == [
        f"http://testserver/gezin/?aanbod={drinking.pk}&gemeente=leiden&hulpvraag=drank"
    ]


# --- the button beside the results -------------------------------------------------------------

BUTTON = re.compile(r'href="/gezin/\?([^"]*)">\s*Pagina voor het gezin')


def handed_out(client, address):
    """The offers on the page for the family that the results lead to; None without a button."""
    found = BUTTON.search(client.get(address).content.decode())
    query = QueryDict(html.unescape(found[1])) if found else None
    return query and [int(number) for number in query.getlist("aanbod")]


@pytest.fixture
def in_leiden(region):
    return {"municipalities": [region.leiden]}


SOMBER = "/?hulpvraag=somberheid&plaats=leiden"


def test_the_button_takes_of_each_part_what_was_asked_for(client, in_leiden):
    OfferFactory(level=0, help_questions=["angst", "somberheid"], **in_leiden)
    light = WaitTimeFactory(
        offer=OfferFactory(level=1, **in_leiden), intake_weeks=1, treatment_weeks=0
    ).offer
    heavy = OfferFactory(level=3, **in_leiden)
    assert handed_out(client, SOMBER) == [light.pk, heavy.pk]


@pytest.mark.parametrize(
    "unfit",
    [{"crisis": True}, {"level": 4}, {"level": 5}, {"help_questions": ["angst", "somberheid"]}],
    ids=["crisis", "day treatment", "living in a family", "mainly for something else"],
)
def test_the_button_takes_nothing_of_a_part_without_help_to_hand_out(client, in_leiden, unfit):
    light = OfferFactory(level=1, **in_leiden)
    OfferFactory(**({"level": 3} | unfit | in_leiden))
    assert handed_out(client, SOMBER) == [light.pk]


def test_without_any_help_to_hand_out_there_is_no_button(client, in_leiden):
    for level in (1, 3):
        OfferFactory(level=level, crisis=True, **in_leiden)
    assert handed_out(client, SOMBER) is None


def test_a_question_in_other_words_hands_out_the_first(client, in_leiden):
    first = OfferFactory(title="Paardrijden", level=1, **in_leiden)
    OfferFactory(title="Paardrijden", level=3, **in_leiden)
    assert handed_out(client, "/?woord=paardrijden&plaats=leiden") == [first.pk]


def test_without_any_question_there_is_no_button(client, in_leiden):
    for level in (1, 3):
        OfferFactory(level=level, **in_leiden)
    assert handed_out(client, "/?plaats=leiden") is None


def test_the_button_hands_on_which_questions_were_asked(client, in_leiden):
    for level in (1, 3):
        OfferFactory(level=level, **in_leiden)
    query = BUTTON.search(client.get(f"{SOMBER}&leeftijd=14").content.decode())[1]
    given = dict(QueryDict(html.unescape(query)).lists())
    assert given.pop("aanbod")
    assert given == {"gemeente": ["GM0546"], "hulpvraag": ["somberheid"], "leeftijd": ["14"]}


@pytest.mark.parametrize("query", ["hulpvraag=pijn", "hulpvraag=somberheid&signaal=suicide"])
def test_with_a_sign_of_danger_nothing_is_handed_out_by_itself(client, in_leiden, query):
    HelpQuestionFactory(code="pijn", signal="selfharm")
    for level in (1, 3):
        OfferFactory(level=level, help_questions=["pijn"], **in_leiden)
        OfferFactory(level=level, **in_leiden)
    address = f"/?{query}&plaats=leiden"
    assert handed_out(client, address) is None
    assert "Eerst bellen." in client.get(address).content.decode()


QUESTIONS = ["somberheid", "schoolverzuim", "geldzorgen", "weinig-steun", "ouder-met-problemen"]


@pytest.mark.parametrize(
    "asked",
    [chosen for n in (2, 4) for chosen in itertools.combinations(QUESTIONS, n)],
    ids="-".join,
)
def test_the_hand_out_has_help_for_every_question(client, in_leiden, asked):
    for code in QUESTIONS:
        OfferFactory(level=1, help_questions=[code], **in_leiden)
    OfferFactory(level=3, help_questions=[asked[0]], **in_leiden)
    query = "&".join(f"hulpvraag={code}" for code in asked)
    chosen = handed_out(client, f"/?{query}&plaats=leiden")
    links = OfferHelpQuestion.objects.filter(offer__in=chosen, rank=0)
    assert {link.help_question_id for link in links} == set(asked)


def test_help_that_is_for_a_question_as_well_goes_along_where_there_is_no_other(client, in_leiden):
    HelpQuestionFactory(code="geldzorgen")
    OfferFactory(level=1, **in_leiden)
    OfferFactory(level=3, **in_leiden)
    also = OfferFactory(level=1, help_questions=["angst", "geldzorgen"], **in_leiden)
    assert also.pk in handed_out(client, f"{SOMBER}&hulpvraag=geldzorgen")


# --- whom to call, on paper --------------------------------------------------------------------

BOX = "Gaat het niet meer? Wacht niet."
FIRST = "Bel eerst. Wacht niet."


def on_paper(client, *offers, query=""):
    chosen = "&".join(f"aanbod={offer.pk}" for offer in offers)
    return client.get(f"/gezin/?{chosen}&gemeente=leiden{query}").content.decode()


def test_the_numbers_stand_on_a_hand_out_once(client, in_leiden):
    assert on_paper(client, *(OfferFactory(**in_leiden) for _ in range(3))).count(BOX) == 1


def test_they_are_not_on_a_hand_out_for_a_baby_group(client, in_leiden):
    baby = OfferFactory(age_min=0, age_max=1, **in_leiden)
    assert BOX not in on_paper(client, baby)
    assert on_paper(client, baby, OfferFactory(**in_leiden)).count(BOX) == 1


def test_with_a_danger_they_are_always_there_with_the_crisis_service(client, in_leiden):
    HelpQuestionFactory(code="geweld", signal="violence")
    baby = OfferFactory(age_min=0, age_max=1, help_questions=["geweld"], **in_leiden)
    OfferFactory(
        crisis=True,
        provider=ProviderFactory(name="Crisisdienst", phone="071 000 00 70"),
        help_questions=["geweld"],
        **in_leiden,
    )
    paper = on_paper(client, baby, query="&hulpvraag=geweld")
    assert paper.count(FIRST) == 1
    assert BOX not in paper
    assert "071 000 00 70" in text_of(called_first(paper))


@pytest.mark.parametrize("has_service", [False, True], ids=["no service", "no telephone"])
def test_without_a_number_for_the_region_nothing_is_empty(client, in_leiden, has_service):
    HelpQuestionFactory(code="geweld", signal="violence")
    baby = OfferFactory(age_min=0, age_max=1, help_questions=["geweld"], **in_leiden)
    if has_service:
        silent = ProviderFactory(name="Crisisdienst", phone="")
        OfferFactory(crisis=True, provider=silent, help_questions=["geweld"], **in_leiden)
    paper = on_paper(client, baby, query="&hulpvraag=geweld")
    results = client.get("/?hulpvraag=geweld&plaats=leiden").content.decode()
    assert "112" in text_of(called_first(paper))
    assert "Crisisdienst voor jeugd in de regio" in text_of(element(results, class_="sk-signal"))
    for page in (paper, results):
        assert not {"", "tel:"} & set(addresses_in(page))


def called_first(paper):
    """The numbers on a hand-out, which stand before all help."""
    numbers = element(paper, class_="sk-handout__help")
    assert text_of(element(numbers, "h2")) == FIRST
    return numbers


@pytest.fixture
def crisis_service(in_leiden):
    HelpQuestionFactory(code="pijn", signal="selfharm")
    return OfferFactory(
        crisis=True,
        provider=ProviderFactory(name="Crisisdienst", phone="071 000 00 70"),
        help_questions=["pijn"],
        **in_leiden,
    )


def links_to(address, page):
    """The parameters of the first link on a page to this address."""
    links = (one.partition("?") for one in addresses_in(page))
    return next((query for path, mark, query in links if path == address and mark), None)


@pytest.mark.parametrize("named", ["hulpvraag=pijn", "hulpvraag=somberheid&signaal=selfharm"])
def test_a_danger_goes_along_from_the_results_by_the_shortlist_to_paper(
    client, in_leiden, crisis_service, named
):
    kept = OfferFactory(age_min=0, age_max=1, **in_leiden)
    client.post("/keuzelijst/bewaar/", {"offer": kept.pk})
    results = client.get(f"/?{named}&plaats=leiden").content.decode()
    shortlist = client.get(f"/keuzelijst/?{links_to('/keuzelijst/', results)}").content.decode()
    assert "071 000 00 70" in text_of(section_of(shortlist, "signaal"))
    paper = client.get(f"/gezin/?{links_to('/gezin/', shortlist)}").content.decode()
    assert "071 000 00 70" in text_of(called_first(paper))


def test_a_shared_list_says_nothing_of_the_danger(client, in_leiden, crisis_service):
    kept = OfferFactory(**in_leiden)
    page = client.get(f"/keuzelijst/?aanbod={kept.pk}&gemeente=leiden&signaal=selfharm")
    assert shared_by(page.content.decode()).keys() == {"aanbod", "gemeente"}


def shared_by(page):
    """The parameters of the address that a shortlist offers to share."""
    address = attribute(element(page, id="delen-adres"), "value")
    return QueryDict(urlsplit(address).query)


@pytest.mark.parametrize("signal", ["Jan%20Jansen", "verzonnen", "selfharm%00"])
def test_only_signals_of_ours_go_along(client, in_leiden, signal):
    baby = OfferFactory(age_min=0, age_max=1, **in_leiden)
    paper = on_paper(client, baby, query=f"&signaal={signal}")
    assert FIRST not in paper
    assert BOX not in paper
    assert "Jansen" not in paper


# --- the age that was asked ---------------------------------------------------------------------


@pytest.fixture
def long(in_leiden):
    """Help with a long wait; beside it light help for children and light help for teenagers."""
    for title, low, high in [("Voor kinderen", 6, 11), ("Voor tieners", 12, 18)]:
        light = OfferFactory(title=title, level=1, age_min=low, age_max=high, **in_leiden)
        WaitTimeFactory(offer=light, intake_weeks=0, treatment_weeks=0)
    offer = OfferFactory(level=3, age_min=6, age_max=18, **in_leiden)
    WaitTimeFactory(offer=offer, intake_weeks=20)
    return offer


def test_what_one_can_do_meanwhile_is_for_the_age_that_was_asked(client, long):
    paper = on_paper(client, long, query="&hulpvraag=somberheid&leeftijd=9")
    assert "<b>Voor kinderen</b>" in paper
    assert "Voor tieners" not in paper


@pytest.fixture
def kept(client, long):
    client.post("/keuzelijst/bewaar/", {"offer": long.pk})
    return long


def from_results(client, offer):
    return client.get(f"{SOMBER}&leeftijd=9")


def from_the_page_of_an_offer(client, offer):
    search = "hulpvraag%3Dsomberheid%26plaats%3Dleiden%26leeftijd%3D9"
    return client.get(f"{offer.get_absolute_url()}?gemeente=GM0546&terug={search}")


def from_the_button_of_a_card(client, offer):
    asked = {"offer": offer.pk, "gemeente": "GM0546", "leeftijd": "9"}
    client.post("/keuzelijst/bewaar/", {"offer": offer.pk})
    return client.post("/keuzelijst/bewaar/", asked, headers={"HX-Request": "true"})


def from_the_hand_out(client, offer):
    return client.get(f"/gezin/?aanbod={offer.pk}&gemeente=leiden&leeftijd=9")


WAYS = [from_results, from_the_page_of_an_offer, from_the_button_of_a_card, from_the_hand_out]


@pytest.mark.parametrize("way", WAYS, ids=[one.__name__ for one in WAYS])
def test_the_age_and_the_municipality_go_along_by_the_shortlist_to_paper(client, kept, way):
    to_list = links_to("/keuzelijst/", way(client, kept).content.decode())
    shortlist = client.get(f"/keuzelijst/?{to_list}").content.decode()
    assert "Toegang in Leiden" in shortlist
    assert "Voor tieners" not in shortlist
    paper = client.get(f"/gezin/?{links_to('/gezin/', shortlist)}").content.decode()
    assert "<b>Voor kinderen</b>" in paper
    assert "Voor tieners" not in paper


def test_the_card_gives_its_age_and_municipality_to_the_button_that_keeps_it(client, long):
    form = element(page_at(client, f"{SOMBER}&leeftijd=9-11"), "form", id="bewaar")
    assert attribute(element(form, "input", name="gemeente"), "value") == "GM0546"
    assert attribute(element(form, "input", name="leeftijd"), "value") == "9-11"


def test_another_municipality_on_the_shortlist_keeps_the_age(client, kept):
    page = page_at(client, "/keuzelijst/?gemeente=leiden&leeftijd=9")
    form = element(page, "form", class_="sk-shortlist-place")
    assert attribute(element(form, "input", name="leeftijd"), "value") == "9"


def test_no_question_goes_along_to_the_shortlist(client, kept):
    """A list may hold help from several searches."""
    to_list = links_to("/keuzelijst/", from_results(client, kept).content.decode())
    assert dict(QueryDict(to_list).lists()) == {"gemeente": ["GM0546"], "leeftijd": ["9"]}


def test_a_shared_list_says_nothing_of_the_age(client, long):
    page = client.get(f"/keuzelijst/?aanbod={long.pk}&gemeente=leiden&leeftijd=9").content.decode()
    assert shared_by(page).keys() == {"aanbod", "gemeente"}


@pytest.mark.parametrize("age", ["Tess", "99", "-1", "9%00", "2014-03-12"])
def test_what_is_no_age_does_not_go_along(client, kept, age):
    page = client.get(f"/keuzelijst/?gemeente=leiden&leeftijd={age}").content.decode()
    assert links_to("/gezin/", page) == f"aanbod={kept.pk}&gemeente=leiden"


def test_the_paper_says_nothing_of_the_age_but_to_whom_it_speaks(client, in_leiden):
    offer = OfferFactory(title="Praten", age_min=6, age_max=18, **in_leiden)
    with_age = on_paper(client, offer, query="&leeftijd=13")
    without = on_paper(client, offer, query="&voor=kind")
    assert words_of(with_age) == words_of(without)


def words_of(page):
    """What a page says to who reads it: no addresses, no code to scan."""
    return re.sub(r"<svg.*?</svg>|<[^>]*>|\s+", " ", page, flags=re.DOTALL).split()
