"""Whatever the site writes of a place, and however people write it, reads as that place."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.filters.fields import PlaceField
from providers.geography.gazetteer import gazetteer
from providers.geography.places import find_place, read_place, suggest_places
from providers.models import Municipality
from search.asking.understanding import understand

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded(vocabulary, db):
    cache.clear()


def all_places():
    known = gazetteer.get()
    return [*known.postal.values(), *{known.place_of(one) for one in known.entries}]


def misread(ways):
    """Return of (text, place) what reads as another place, or as none."""
    return [(text, place) for text, place in ways if find_place(text) != place]


def test_every_label_reads_as_its_own_place():
    assert misread((place.label, place) for place in all_places()) == []


def test_every_key_of_an_address_reads_as_its_own_place():
    assert misread((place.key, place) for place in all_places()) == []


@pytest.mark.slow
def test_case_accents_and_hyphens_make_no_difference():
    ways = [
        (how(place.label), place)
        for place in all_places()
        for how in (str.upper, str.lower, lambda text: text.replace("-", " "))
    ]
    assert misread(ways) == []


def test_a_municipality_may_be_called_one():
    wrong = [
        area.name
        for area in Municipality.objects.all()
        if (found := find_place(f"gemeente {area.name}")) is None or found.municipality != area.pk
    ]
    assert wrong == []


def test_the_word_en_may_be_a_sign():
    named = [place for place in all_places() if " en " in place.label]
    assert misread((place.label.replace(" en ", " & "), place) for place in named) == []


def test_a_postcode_may_have_letters_and_its_town_beside_it():
    known = gazetteer.get()
    ways = [
        (way.format(code=code, town=known.postal_towns[code]), place)
        for code, place in known.postal.items()
        for way in (
            "{code} AB",
            "{code}-ab",
            "{code}ab, {town}",
            "{code} AB {town}",
            "{town} {code}",
        )
    ]
    assert misread(ways) == []


def test_a_label_of_a_place_elsewhere_with_the_same_name_names_its_municipality():
    known = gazetteer.get()
    homes = {}
    for entry in known.entries:
        homes.setdefault(entry.key, set()).add(entry.municipality)
    unclear = [
        place
        for entry in known.entries
        if len(homes[entry.key]) > 1
        and (place := known.place_of(entry)).municipality_name not in place.label
    ]
    assert unclear == []


def test_the_labels_of_different_municipalities_differ():
    labels = {}
    for place in all_places():
        labels.setdefault(place.label.lower(), set()).add(place.municipality)
    assert [label for label, homes in labels.items() if len(homes) > 1] == []


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("2311-AB", "2311 Leiden"),
        ("2311 AB, Leiden", "2311 Leiden"),
        ("2311 Leiden", "2311 Leiden"),
        ("gemeente Leiden", "Leiden"),
        ("gem. Leiden", "Leiden"),
        ("Kaag & Braassem", "Kaag en Braassem"),
        ("kaag en braassem", "Kaag en Braassem"),
        ("Alphen aan de Rijn", "Alphen aan den Rijn"),
        ("Alphen a/d Rijn", "Alphen a/d Rijn"),
        ("Leiden Noord", "Leiden"),
        ("Leiden-Zuid", "Leiden"),
        ("Leiden centrum", "Leiden"),
        ("Leiden e.o.", "Leiden"),
        ("regio Leiden", "Leiden"),
        ("Leiden, Nederland", "Leiden"),
        ("sGravenhage", "'s-Gravenhage"),
        ("Krimpen aan de Lek", "Krimpen aan de Lek"),
        ("Sint Willebrord", "St. Willebrord"),
        ("Bergen NH", "Bergen (NH.)"),
        ("Bergen L.", "Bergen (L.)"),
        ("Bergen (Limburg)", "Bergen Limburg"),
        ("gemeente Beek", "Beek (L.)"),
        ("nes ameland", "Nes (Ameland)"),
        ("Amsterdam", "Amsterdam"),
        ("Amsterdam Noord", "Amsterdam-Noord"),
        ("7957 De Wijk", "7957 de Wijk"),
        ("Zeeland", "Zeeland (Maashorst)"),
    ],
)
def test_what_people_type_is_read(typed, label):
    found = find_place(typed)
    assert (found and found.label, find_place(label)) == (label, found)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Nederland", "Nederland (Steenwijkerland)"),
        ("heel Nederland", "Laat dit leeg"),
        ("2311 Amsterdam", "Postcode 2311 ligt in Leiden"),
        ("Atlantis", "Deze plaats kennen we niet"),
        ("1010 Leiden", "Deze plaats kennen we niet"),
    ],
)
def test_what_cannot_be_read_is_answered_with_what_can_be_typed(typed, words):
    with pytest.raises(ValidationError, match=words.replace("(", r"\(").replace(")", r"\)")):
        read_place(typed)


def test_the_hamlet_called_after_the_country_can_be_reached():
    assert find_place("Nederland (Steenwijkerland)").municipality == "GM1708"


def test_the_field_shows_a_key_from_an_address_as_people_write_it():
    assert PlaceField().prepare_value("bergen-bergen-l") == "Bergen (L.)"


def test_a_namesake_that_is_suggested_stays_chosen():
    suggested = [*suggest_places("Bergen"), *suggest_places("Oosterend"), *suggest_places("Nes")]
    assert misread((place.label, place) for place in suggested) == []


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("somber 14 Kaag & Braassem", "kaag-en-braassem"),
        ("somber, gemeente Leiden", "leiden"),
        ("gepest Alphen aan de Rijn 12", "alphen-aan-den-rijn"),
        ("Leiden Noord, angstig", "leiden"),
        ("somber 2311-AB", "2311"),
        ("somber 2311 AB, Leiden", "2311"),
        ("somber Nes (Ameland)", "nes-ameland"),
        ("somber in Bergen (L.)", "bergen-bergen-l"),
        ("Amsterdam somber", "amsterdam"),
        ("de beste van heel Nederland", None),
        ("somber in Nederland", None),
        ("somber, Nederland (Steenwijkerland)", "nederland-steenwijkerland"),
    ],
)
def test_a_place_in_a_line_is_read_by_the_same_rules(line, place):
    assert understand(line).place == place


def test_what_belongs_to_a_name_is_not_called_unknown():
    assert understand("somber gemeente Leiden Noord").dropped == ()


@pytest.mark.slow
def test_every_namesake_of_the_region_and_beyond_is_read_in_a_line_by_its_label():
    known = gazetteer.get()
    named = [known.place_of(one) for one in known.entries]
    full = [place for place in named if "(" in place.label]
    wrong = [
        place.label
        for place in full
        if understand(f"somber 14 {place.label}").municipality != place.municipality
    ]
    assert wrong == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=120))
def test_any_text_is_answered_or_refused_in_words(typed):
    try:
        assert find_place(read_place(typed).label)
    except ValidationError as error:
        assert error.messages[0]  # noqa: PT017 - either way is fine, anything else is not
