"""Telephone numbers: however they are written, kept in one form, printed as people write them."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from providers.models import Provider
from providers.phones import phone_link, phone_text, read_phone
from providers.reference import vocabulary_rows
from providers.services.providers import create_provider
from tests.factories import OfferFactory, ProviderFactory, UserFactory

# As typed, as kept, as printed, as dialled.
NUMBERS = [
    ("071 - 516 16 16", "+31715161616", "071 516 16 16", "tel:+31715161616"),
    ("+31 (0)71 - 516 16 16", "+31715161616", "071 516 16 16", "tel:+31715161616"),
    ("+31(0)71-5161616", "+31715161616", "071 516 16 16", "tel:+31715161616"),
    ("0031 71 5161616", "+31715161616", "071 516 16 16", "tel:+31715161616"),
    ("(071) 516 16 16", "+31715161616", "071 516 16 16", "tel:+31715161616"),
    ("071.516.16.16", "+31715161616", "071 516 16 16", "tel:+31715161616"),
    ("071\u2013516\u00a016\u00a016", "+31715161616", "071 516 16 16", "tel:+31715161616"),
    ("tel. 071-5161616", "+31715161616", "071 516 16 16", "tel:+31715161616"),
    ("0172-516161", "+31172516161", "0172 51 61 61", "tel:+31172516161"),
    ("06 12345678", "+31612345678", "06 12345678", "tel:+31612345678"),
    ("06-12 34 56 78", "+31612345678", "06 12345678", "tel:+31612345678"),
    ("+31 6 12345678", "+31612345678", "06 12345678", "tel:+31612345678"),
    ("088 123 45 67", "+31881234567", "088 123 45 67", "tel:+31881234567"),
    ("085-1234567", "+31851234567", "085 123 45 67", "tel:+31851234567"),
    # Free and paid numbers are dialled as here: +31 does not reach them from every network.
    ("0800-0113", "+318000113", "0800 0113", "tel:08000113"),
    ("0800 2000", "+318002000", "0800 2000", "tel:08002000"),
    ("0900-8844", "+319008844", "0900 8844", "tel:09008844"),
    ("112", "112", "112", "tel:112"),
    ("113", "113", "113", "tel:113"),
    ("116 111", "116111", "116 111", "tel:116111"),
    ("14 0714", "140714", "14 0714", "tel:140714"),
    ("14071", "14071", "14 071", "tel:14071"),
    ("+49 30 123456", "+4930123456", "+49 30 123456", "tel:+4930123456"),
]
WRONG = [
    "abc",
    "12",
    "123",
    "071",
    "071 516 16",
    "071 516 16 16 1616",
    "071 516 16 16 / 06 12345678",
    "071-5161616 (ma-vr)",
    "0800-HELP",
    "bel de balie",
    "+",
    "9" * 30,
    "info@aanbieder.example",
]


@pytest.mark.parametrize(("typed", "kept", "printed", "dialled"), NUMBERS)
def test_a_number_is_read_kept_printed_and_dialled(typed, kept, printed, dialled):
    assert read_phone(typed) == kept
    assert (phone_text(kept), phone_link(kept)) == (printed, dialled)


@pytest.mark.parametrize("typed", WRONG)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(ValueError, match=re.escape(typed)):
        read_phone(typed)


@pytest.mark.parametrize("typed", WRONG)
def test_what_is_no_number_is_text_and_no_link(typed):
    assert (phone_text(typed), phone_link(typed)) == (typed, "")


@pytest.mark.parametrize(("typed", "kept"), [row[:2] for row in NUMBERS])
def test_what_is_printed_is_read_as_the_same_number(typed, kept):
    assert read_phone(phone_text(kept)) == kept
    assert read_phone(kept) == kept


@given(st.text())
def test_any_text_is_read_or_refused(typed):
    try:
        kept = read_phone(typed)
    except ValueError:
        assert phone_link(typed) == ""
    else:
        assert re.fullmatch(r"(\+[1-9]\d{5,14}|\d{3,6})?", kept, re.ASCII)
        assert read_phone(phone_text(kept)) == kept


@given(st.from_regex(r"0[1-57][0-9]{8}", fullmatch=True), st.sampled_from(["-", " ", " - ", ""]))
def test_a_number_with_an_area_is_one_number_however_it_is_cut(number, between):
    written = number[:3] + between + number[3:]
    abroad = f"+31 (0){number[1:3]}{between}{number[3:]}"
    try:
        assert read_phone(written) == read_phone(abroad) == f"+31{number[1:]}"
    except ValueError:
        assert phone_link(written) == "", "no such area"


def test_every_number_of_the_emergency_lines_can_be_dialled():
    numbers = [row["number"] for row in vocabulary_rows("emergency_lines") if row["number"]]
    for number in numbers:
        assert phone_link(number) == "tel:" + number.replace("-", "").replace(" ", "")


# --- where it is typed and shown -----------------------------------------------------------------


@pytest.mark.django_db
def test_a_service_keeps_one_form_and_refuses_what_is_none():
    provider = create_provider(by=None, name="De Waterlijn", phone="+31 (0)71 - 516 16 16")
    provider.refresh_from_db()
    assert provider.phone == "+31715161616"
    with pytest.raises(ValidationError, match="geen telefoonnummer"):
        create_provider(by=None, name="De Waterlijn", phone="abc")


@pytest.mark.django_db
def test_what_goes_past_the_services_is_kept_in_one_form_too():
    provider = ProviderFactory(phone="06-12345678", referrer_phone="vraag de balie")
    provider.refresh_from_db()
    assert (provider.phone, provider.referrer_phone) == ("+31612345678", "vraag de balie")
    assert Provider.objects.filter(phone="06 12345678").exists()


@pytest.fixture
def page(client, log_in):
    log_in(UserFactory(is_staff=True, is_superuser=True))
    provider = ProviderFactory(name="De Waterlijn", phone="071 516 16 16")
    url = reverse("admin:providers_provider_change", args=[provider.pk])
    rows = {
        f"{prefix}-{name}_FORMS": 0
        for prefix in ("locations", "memberships")
        for name in ("TOTAL", "INITIAL")
    }
    fields = {"name": provider.name, "kind": provider.kind}
    return lambda **typed: (client.post(url, fields | rows | typed), provider)


@pytest.mark.django_db
def test_the_admin_takes_a_number_as_people_write_it(page):
    answer, provider = page(phone=" +31 (0)71 - 516 16 16 ", referrer_phone="14 0714")
    assert answer.status_code == 302
    provider.refresh_from_db()
    assert (provider.phone, provider.referrer_phone) == ("+31715161616", "140714")


@pytest.mark.django_db
def test_the_admin_says_beside_the_field_what_is_no_number(page):
    answer, provider = page(phone="abc")
    assert "Dit is geen telefoonnummer." in answer.content.decode()
    assert 'value="abc"' in answer.content.decode()
    provider.refresh_from_db()
    assert provider.phone == "+31715161616"


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["offer", "provider", "hand-out", "shortlist"])
def test_pages_print_the_number_and_dial_it(client, region, where):
    provider = ProviderFactory(phone="+31 (0)71-5161616")
    offer = OfferFactory(provider=provider)
    address = {
        "offer": offer.get_absolute_url(),
        "provider": provider.get_absolute_url(),
        "hand-out": f"{reverse('search:family')}?aanbod={offer.pk}",
        "shortlist": f"{reverse('search:shortlist')}?aanbod={offer.pk}",
    }[where]
    text = client.get(address, follow=True).content.decode()
    assert 'href="tel:+31715161616"' in text
    assert "071 516 16 16" in text


@pytest.mark.django_db
def test_the_api_prints_the_number_and_dials_it(client):
    provider = OfferFactory(provider__phone="+31 (0)71-5161616").provider
    found = client.get(f"/api/v1/providers/{provider.pk}").json()
    assert (found["phone"], found["phone_link"]) == ("071 516 16 16", "tel:+31715161616")
    assert (found["referrer_phone"], found["referrer_phone_link"]) == (None, None)


@pytest.mark.django_db
def test_an_update_keeps_the_numbers_that_were_there_in_one_form():
    readable, other = ProviderFactory(), ProviderFactory(phone="vraag de balie")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE providers_provider SET phone = '06-12345678' WHERE id = %s", [readable.pk]
        )
    migration = import_module("providers.migrations.0018_phones_and_postcodes")
    migration.keep_phones_in_one_form(apps, None)
    for provider in (readable, other):
        provider.refresh_from_db()
    assert (readable.phone, other.phone) == ("+31612345678", "vraag de balie")
