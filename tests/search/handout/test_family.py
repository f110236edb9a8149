"""The page for the family: plain sentences, whom to call, and nothing about who reads it."""

import re

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from providers.enums import GroupAudience, OfferStatus, WaitStatus
from providers.models import Location
from providers.readability import reading_of
from providers.reference import outlines_path
from search.handout.page import ROOM
from search.handout.sketch import HEIGHT, WIDTH, sketch_of
from search.management.commands.readability import every_sheet
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    HelpQuestionFactory,
    LocationFactory,
    OfferFactory,
    ReportFactory,
    TargetGroupFactory,
    ThemeFactory,
    TownFactory,
    WaitTimeFactory,
    days_ago,
)
from tests.loaded import MONDAY, undoing_in
from tests.pages import element, elements, on_one_line, text_of

pytestmark = pytest.mark.django_db


def page_of(client, *offers, place=""):
    numbers = "&".join(f"aanbod={offer.pk}" for offer in offers)
    answer = client.get(f"/gezin/?{numbers}&gemeente={place}")
    assert answer.status_code == 200
    return on_one_line(answer.content.decode())


def test_it_says_what_for_whom_what_it_costs_and_what_to_do(client):
    page = page_of(client, OfferFactory(title="Samen koken", age_min=8, age_max=12))
    for words in (
        "Samen koken",
        "Praten en samen iets doen",
        "Kinderen: 8 tot en met 12 jaar.",
        "Het kost niets.",
        "Een brief van de huisarts is niet nodig.",
    ):
        assert words in page


def test_it_says_when_it_was_made(client):
    today = timezone.localdate()
    assert f"gemaakt op {today.day} " in page_of(client, OfferFactory())


def test_what_is_made_up_says_so(client):
    assert "verzonnen (demo)" in page_of(client, OfferFactory(provider__is_demo=True))
    assert "verzonnen (demo)" not in page_of(client, OfferFactory())


def test_the_number_is_the_one_for_families(client):
    offer = OfferFactory(provider__phone="071 000 00 01", provider__referrer_phone="071 000 00 02")
    page = page_of(client, offer)
    assert 'href="tel:+31710000001"' in page
    assert "071 000 00 02" not in page


def test_whom_to_call_when_it_cannot_wait(client):
    page = page_of(client, OfferFactory())
    for number in ("112", "113", "0800-0432"):
        assert f"<b>{number}</b>" in page


def test_the_words_of_the_field_are_not_used(client, region):
    offer = OfferFactory(
        level=3,
        municipalities=[region.leiden],
        provider__name="De Boei",
        provider__email="info@boei.example",
    )
    WaitTimeFactory(offer=offer, intake_weeks=20)
    sheet = text_of(element(page_of(client, offer, place="leiden"), "article"))
    for word in ("trede", "indicatie", "intake", "aanmeldstop", "aanbieder", "gecontracteerd"):
        assert word not in sheet.lower()


@pytest.mark.parametrize("status", [OfferStatus.DRAFT, OfferStatus.ARCHIVED])
def test_what_is_not_shown_is_said_to_be_gone(client, status):
    page = page_of(client, OfferFactory(title="Blijft"), OfferFactory(title="Weg", status=status))
    assert "1 keuze staat niet meer op de kaart" in page
    assert "Weg" not in page


@pytest.mark.parametrize("query", ["", "?aanbod=abc", "?aanbod=999999", "?aanbod=" + "9" * 40])
def test_without_any_help_it_is_a_page_too(client, query):
    answer = client.get(f"/gezin/{query}")
    assert answer.status_code == 200
    assert "Hier staat nog niets." in answer.content.decode()


def test_only_for_reading(client):
    assert client.post("/gezin/").status_code == 405


# --- when it starts ----------------------------------------------------------------------------


def test_a_group_says_day_hour_and_places(client):
    page = page_of(client, GroupRunFactory().programme.offer)
    assert re.search(r"De groep start op \w+ \d+ \w+, om 16.00 uur. Er zijn nog 4 plekken.", page)


def test_places_that_nobody_confirmed_lately_are_asked_for(client):
    run = GroupRunFactory(places_confirmed_on=days_ago(40))
    assert "Vraag of er nog plek is." in page_of(client, run.programme.offer)


def test_a_group_that_was_full_some_time_ago_may_have_a_place_now(client):
    run = GroupRunFactory(places_left=0, places_confirmed_on=days_ago(40))
    page = page_of(client, run.programme.offer)
    assert "was vol. Vraag of er nu plek is." in page
    assert "is vol." not in page


def test_a_full_group_is_said(client):
    run = GroupRunFactory(places_left=0)
    assert "is vol." in page_of(client, run.programme.offer)


def test_both_waits_are_said_apart(client):
    wait = WaitTimeFactory(intake_weeks=6, treatment_weeks=14)
    page = page_of(client, wait.offer)
    assert "Het eerste gesprek is na ongeveer 6 weken." in page
    assert "Daarna wacht je nog ongeveer 3 maanden." in page


@pytest.mark.parametrize(
    ("weeks", "words"),
    [
        (0, "Je kunt meteen beginnen."),
        (2, "Je wacht hoogstens 2 weken."),
        (5, "Je wacht ongeveer 5 weken."),
        (20, "Je wacht ongeveer 5 maanden."),
        (30, "Je wacht meer dan een half jaar."),
        (60, "Je wacht meer dan een jaar."),
    ],
)
def test_a_wait_is_said_as_people_say_it(client, weeks, words):
    wait = WaitTimeFactory(intake_weeks=weeks, treatment_weeks=0)
    assert words in page_of(client, wait.offer)


def test_help_in_a_crisis_is_not_begun_with_nor_dated(client):
    wait = WaitTimeFactory(offer=OfferFactory(crisis=True), intake_weeks=0, treatment_weeks=0)
    page = page_of(client, wait.offer)
    assert "<dd>Je hoeft niet te wachten.</dd>" in page
    assert "Zo was het op" not in page


def test_an_old_wait_is_not_said_to_be_true(client):
    wait = WaitTimeFactory(measured_on=days_ago(100), intake_weeks=6, treatment_weeks=0)
    page = page_of(client, wait.offer)
    assert "Hoe lang je nu wacht, weten we niet zeker." in page
    assert "was het ongeveer 6 weken." in page


def test_an_unknown_wait_is_asked_for(client):
    assert "Vraag het als je belt." in page_of(client, OfferFactory())


def test_a_stop_says_from_when_it_is_over(client):
    wait = WaitTimeFactory(status=WaitStatus.STOP, stop_until=days_ago(-30))
    assert re.search(
        r"Er is nu geen plek. Vanaf \d+ \w+ \d+ kan het weer.", page_of(client, wait.offer)
    )


def test_what_referrers_report_is_said(client):
    offer = OfferFactory(full_reports=2, full_reported_on=timezone.localdate())
    ReportFactory.create_batch(2, offer=offer)
    assert "Anderen zeggen dat het vol zit." in page_of(client, offer)


def test_what_one_can_do_meanwhile(client, region):
    long = OfferFactory(level=3, municipalities=[region.leiden])
    WaitTimeFactory(offer=long, intake_weeks=20)
    light = OfferFactory(title="Alvast beginnen", level=1, municipalities=[region.leiden])
    WaitTimeFactory(offer=light, intake_weeks=0, treatment_weeks=0)
    page = page_of(client, long, place="leiden")
    assert "Dit kun je doen terwijl je wacht" in page
    assert "<b>Alvast beginnen</b>" in page


@pytest.fixture
def gaming(region):
    """A long wait of help for gaming and bad sleep, and light help for either and for more."""
    HelpQuestionFactory(code="zelfbeschadiging", signal="selfharm")
    here = {"municipalities": [region.leiden]}
    long = OfferFactory(level=3, help_questions=["gamen", "slaapt-slecht"], **here)
    WaitTimeFactory(offer=long, intake_weeks=20)
    for title, questions in [
        ("Minder gamen", ["gamen"]),
        ("Beter slapen", ["slaapt-slecht"]),
        ("Ruzie thuis", ["ruzie-thuis"]),
        ("Gepest op je telefoon", ["pesten", "gamen"]),
        ("Nachtchat", ["zelfbeschadiging", "slaapt-slecht"]),
    ]:
        other = OfferFactory(title=title, level=0, help_questions=questions, **here)
        WaitTimeFactory(offer=other, intake_weeks=0, treatment_weeks=0)
    return long


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", ["Minder gamen"]),
        ("slaapt-slecht", ["Beter slapen"]),
        ("gamen&hulpvraag=ruzie-thuis", ["Minder gamen", "Ruzie thuis"]),
        ("ruzie-thuis", ["Minder gamen"]),
    ],
    ids=["nothing asked", "its side question", "two questions", "not what the help is for"],
)
def test_meanwhile_is_about_what_was_asked(client, gaming, asked, expected):
    page = page_of(client, gaming, place=f"leiden&hulpvraag={asked}")
    listed = elements(page, "ul", class_="sk-handout__meanwhile")
    assert sorted(text_of(title) for one in listed for title in elements(one, "b")) == expected


def test_help_that_starts_soon_needs_no_meanwhile(client, region):
    offer = OfferFactory(municipalities=[region.leiden])
    WaitTimeFactory(offer=offer, intake_weeks=1, treatment_weeks=1)
    assert "terwijl je wacht" not in page_of(client, offer, place="leiden")


# --- for whom and where ------------------------------------------------------------------------


def test_a_group_for_parents_says_so(client):
    programme = GroupProgrammeFactory(audience=GroupAudience.PARENTS)
    assert "Ouders van kinderen van 12 tot en met 17 jaar." in page_of(client, programme.offer)


def test_help_for_parents_alone_says_so(client):
    offer = OfferFactory(target_groups=[TargetGroupFactory(code="ouders")])
    assert "Ouders van kinderen" in page_of(client, offer)


def test_help_for_everybody_at_home_says_so(client):
    home = HelpQuestionFactory(code="geldzorgen", theme=ThemeFactory(code="gezin"))
    groups = [TargetGroupFactory(code=code) for code in ("ouders", "jongere")]
    offer = OfferFactory(help_questions=[home], target_groups=groups)
    assert "Gezinnen met kinderen van 12 tot en met 17 jaar." in page_of(client, offer)


def test_an_address_is_written_out(client):
    offer = OfferFactory()
    place = LocationFactory(provider=offer.provider, name="De Boei", street="Waterstraat 1")
    offer.locations.set([place])
    assert "De Boei, Waterstraat 1, 2311 AA Leiden." in page_of(client, offer)


def test_of_several_places_the_nearest_to_the_municipality_is_named(client, region):
    offer = OfferFactory(municipalities=[region.leiden])
    far = LocationFactory(provider=offer.provider, street="Ver 1", lat=53.2, lon=6.5)
    near = LocationFactory(provider=offer.provider, street="Dichtbij 1")
    offer.locations.set([far, near])
    page = page_of(client, offer, place="leiden")
    assert "Dichtbij 1" in page
    assert "Ver 1" not in page


def test_help_at_home_needs_no_address(client):
    assert "De hulp komt bij je thuis." in page_of(client, OfferFactory(at_home=True))


def test_the_map_has_the_same_in_words(client):
    offer = OfferFactory()
    offer.locations.set([LocationFactory(provider=offer.provider, street="Waterstraat 1")])
    page = page_of(client, offer)
    assert 'role="img" aria-label="Kaartje van de plek: Waterstraat 1, Leiden"' in page


def test_the_map_draws_its_own_municipality_and_the_towns_in_view(region):
    assert outlines_path().is_file()
    TownFactory(name="Oegstgeest", lat=52.18, lon=4.47, municipality=region.leiden)
    drawn = sketch_of(LocationFactory(municipality=region.leiden))
    assert drawn.own.startswith("M")
    assert drawn.outlines.startswith("M")
    assert "Oegstgeest" in {town.name for town in drawn.towns}
    assert (drawn.x, drawn.y) == (WIDTH / 2, HEIGHT / 2)


def test_what_is_not_on_the_map_has_no_drawing():
    assert sketch_of(Location()) is None
    assert sketch_of(None) is None


# --- the code ----------------------------------------------------------------------------------


def test_each_sheet_has_a_code_that_leads_to_itself(client, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "search.handout.views.segno.make", lambda text, **kw: asked.append(text) or FakeCode()
    )
    one, two = OfferFactory(), OfferFactory()
    page_of(client, one, two)
    assert asked == [f"http://testserver/gezin/?aanbod={offer.pk}" for offer in (one, two)]


class FakeCode:
    def svg_inline(self, **kwargs):
        return "<svg></svg>"


def test_the_code_is_drawn_on_the_page_without_style(client):
    page = page_of(client, OfferFactory())
    assert 'class="sk-handout__code"' in page
    assert "QR-code naar deze pagina" in page


# --- one sheet, plain words --------------------------------------------------------------------


def test_a_long_description_gives_way_to_the_facts():
    offer = OfferFactory(description="Dit is een zin van een stuk of tien korte woorden. " * 60)
    (sheet,) = every_sheet()
    assert sheet.offer == offer
    assert sheet.more.endswith(".")
    assert len(sheet.more) <= 330


def test_texts_too_long_for_the_sheet_get_smaller_letters(client):
    long = OfferFactory(summary="woord " * 50, how_to_start="woord " * 83, cost="woord " * 25)
    assert len(long.summary) + len(long.how_to_start) > ROOM * 0.7
    assert "sk-handout--full" in page_of(client, long)


@pytest.fixture
def demo(db, demo_database):
    with time_machine.travel(MONDAY, tick=False), undoing_in(demo_database):
        yield


def test_the_demo_reads_as_b1(demo):
    """The bar of the design is 95% of all offers."""
    sheets = list(every_sheet())
    hard = [sheet.offer.title for sheet in sheets if not reading_of(sheet.text).is_b1]
    assert len(sheets) > 300
    assert len(hard) <= 0.05 * len(sheets), hard


def test_the_command_says_how_many(demo, capsys):
    call_command("readability")
    assert re.search(r"gezinspagina +\d+ +0 +100.0%", capsys.readouterr().out)


@pytest.mark.parametrize("number", [1, 6], ids=["1 offer", "6 offers"])
def test_the_number_of_statements(client, region, number, django_assert_num_queries):
    offers = OfferFactory.create_batch(number, municipalities=[region.leiden])
    for offer in offers:
        offer.locations.set([LocationFactory(provider=offer.provider)])
        WaitTimeFactory(offer=offer, intake_weeks=0, treatment_weeks=0)
    page_of(client, *offers, place="leiden")
    # The municipality; the offers, their questions, target groups, languages, locations and
    # service areas; per sheet the towns around its place; the local teams, and who supports
    # clients here.
    with django_assert_num_queries(9 + number):
        page_of(client, *offers, place="leiden")
