"""A list becomes offers: taken over, dated, unconfirmed, each organisation once."""

import pytest

from importing.models import ImportRun, ListSource
from importing.pipeline.refusal import ImportRefused
from importing.pipeline.undo import undo
from providers.enums import CareLevel, OfferStatus, PointPrecision
from providers.models import AuditEvent, Location, Offer, Provider
from providers.services.confirmations import confirm_offer
from tests.factories import (
    ClaimFactory,
    InvitationFactory,
    LocationFactory,
    MembershipFactory,
    OfferFactory,
    ProviderFactory,
    UserFactory,
)
from tests.importing.lists.files import (
    DAY,
    as_csv,
    as_xlsx,
    fates,
    messy_rows,
    preview,
    row,
    take_in,
)

pytestmark = pytest.mark.usefixtures("region")


def test_an_offer_from_a_list_is_taken_over_dated_and_unconfirmed():
    take_in(as_csv([row()]))
    offer = Offer.objects.get()
    assert (offer.title, offer.status, offer.listed_on) == (
        "Samen sterker",
        OfferStatus.LISTED,
        DAY,
    )
    assert offer.is_taken_over
    assert (offer.age_min, offer.age_max) == (8, 12)
    assert [area.municipality_id for area in offer.service_areas.all()] == ["GM0546"]
    assert not any(area.routes for area in offer.service_areas.all())


def test_an_organisation_from_a_list_can_be_reached_and_found_on_the_map():
    take_in(as_csv([row(kvk="12345678", agb="1234567")]))
    provider, location = Provider.objects.get(), Location.objects.get()
    assert (provider.name, provider.phone) == ("Stichting De Boei", "+31715161616")
    assert (provider.email, provider.website) == (
        "info@deboei.example",
        "https://www.deboei.example",
    )
    assert (provider.kvk_number, provider.agb_code) == ("12345678", "01234567")
    assert (location.postcode, location.precision) == ("2311 AB", PointPrecision.POSTCODE)


@pytest.mark.parametrize(
    ("areas", "whole_region", "served"),
    [
        ("", False, {"GM0546"}),
        ("Leiden, Katwijk", False, {"GM0546", "GM0537"}),
        ("hele regio", False, {"GM0546", "GM0547", "GM0537"}),
        ("", True, {"GM0546", "GM0547", "GM0537"}),
    ],
)
def test_where_help_is_given_is_read_or_said_once_for_the_list(areas, whole_region, served):
    found = preview(as_csv([row(areas=areas)]), serves_region=whole_region)
    (draft,) = found.plan.offers.values()
    assert set(draft.municipalities) == served


def test_the_step_of_the_list_holds_where_no_word_says_another():
    rows = [row(), row(name="Gezinshuis De Wilg", postcode="2352 AA", phone="", site="", email="")]
    found = preview(as_csv(rows), level=CareLevel.LOCAL_TEAM)
    levels = [draft.offer.level for draft in found.plan.offers.values()]
    assert levels == [CareLevel.LOCAL_TEAM, CareLevel.FAMILY_LIVING]


# --- doubles -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        {"name": "de boei", "phone": ""},
        {"name": "Stichting de Boeij", "phone": "", "site": "", "town": ""},
        {"name": "De Boei Leiden", "postcode": "", "town": ""},
        {"name": "Boei", "kvk": "12345678", "phone": "", "site": "", "postcode": ""},
        {"name": "Boei", "agb": "12345678", "phone": "", "site": "", "postcode": ""},
    ],
    ids=["name and place", "near name and postcode", "telephone and site", "KvK", "AGB"],
)
def test_an_organisation_under_two_names_is_one(other):
    same = {name: other[name] for name in ("kvk", "agb") if name in other}
    take_in(as_csv([row(**same), row(**other, title="Iets anders")]))
    assert Provider.objects.count() == 1
    assert Offer.objects.count() == 2


def test_what_only_looks_like_another_is_kept_apart_and_said():
    found = preview(as_csv([row(), row(name="Kwadraat", title="Rekenen", postcode="2352 AA")]))
    assert len(found.plan.providers) == 2
    assert "lijkt op rij 2 (telefoonnummer)" in found.outcomes[1].reason


def test_two_organisations_with_other_kvk_numbers_are_two():
    found = preview(as_csv([row(kvk="12345678"), row(kvk="87654321")]))
    assert len(found.plan.providers) == 2


def test_one_offer_in_two_places_is_one_with_two_locations():
    rows = [row(), row(street="Dorpsstraat 1", postcode="2352 AA", town="Leiderdorp"), row()]
    found = preview(as_csv(rows))
    (draft,) = found.plan.offers.values()
    assert fates(found) == ["overgenomen", "samengevoegd", "dubbel"]
    assert len(draft.locations) == 2


def test_a_row_below_a_merged_cell_is_of_the_organisation_above():
    rows = [row(), {"Aanbod": "Samen koken"}]
    found = preview(as_xlsx(rows, merge=["A2:A3"]))
    assert [one.title for one in (draft.offer for draft in found.plan.offers.values())] == [
        "Samen sterker",
        "Samen koken",
    ]
    assert len(found.plan.providers) == 1


def test_a_row_without_a_name_and_with_an_address_of_its_own_is_skipped():
    found = preview(as_csv([row(), row(name="", phone="071-5000000")]))
    assert fates(found)[1] == "overgeslagen"


def test_what_is_on_the_map_already_is_left_alone():
    provider = ProviderFactory(name="De Boei", phone="", website="")
    LocationFactory(provider=provider, postcode="2311 XY", town="Leiden")
    OfferFactory(provider=provider, title="Samen sterker")
    found = preview(as_csv([row(), row(title="Nieuw")]))
    assert fates(found) == ["dubbel", "overgenomen"]
    assert found.plan.providers == {}


def test_nothing_is_added_to_an_organisation_that_looks_after_its_own_offers():
    provider = ProviderFactory(name="De Boei", phone="071 516 16 16")
    MembershipFactory(provider=provider)
    found = preview(as_csv([row()]))
    assert fates(found) == ["overgeslagen"]
    assert "houdt zijn aanbod zelf bij" in found.outcomes[0].reason


# --- all or nothing, once, and back --------------------------------------------------------------


def test_looking_writes_nothing():
    preview(as_csv([row()]))
    assert not Provider.objects.exists()
    assert not ListSource.objects.exists()


def test_the_same_list_brings_nothing_a_second_time():
    rows = messy_rows(60)
    take_in(as_csv(rows))
    before = (Provider.objects.count(), Offer.objects.count(), Location.objects.count())
    assert take_in(as_csv(rows)) is None
    assert (Provider.objects.count(), Offer.objects.count(), Location.objects.count()) == before


def test_an_offer_that_got_another_name_gets_no_second_location():
    take_in(as_csv([row(), row(title="Anders")]))
    Offer.objects.filter(title="Anders").update(title="Beter")
    assert take_in(as_csv([row(title="Anders", street="Nieuwe Rijn 5")])) is None
    assert Location.objects.count() == 1


def test_how_columns_are_read_is_kept_for_the_next_time():
    take_in(as_csv([row()]), mapping={"omschrijving": "aanmelden"})
    assert ListSource.objects.get().mapping["omschrijving"] == "aanmelden"


def test_one_row_that_the_domain_refuses_refuses_all(monkeypatch):
    def refuse(*args, **kwargs):
        raise ImportRefused("Nee.")

    monkeypatch.setattr("importing.lists.importer.pipeline.write", refuse)
    with pytest.raises(ImportRefused):
        take_in(as_csv([row()]))
    assert not ListSource.objects.exists()


def test_an_import_is_undone_in_one_step():
    OfferFactory(title="Was er al")
    run = take_in(as_csv(messy_rows(60)))
    removal = undo(run=run, by=None)
    assert removal.kept == ()
    assert [offer.title for offer in Offer.objects.all()] == ["Was er al"]
    assert (Provider.objects.count(), Location.objects.count()) == (1, 0)
    assert AuditEvent.objects.filter(action="offer.taken_back").exists()


def test_what_somebody_changed_since_stays_with_its_organisation():
    run = take_in(as_csv([row(), row(name="Kwadraat", phone="", site="", postcode="2352 AA")]))
    confirm_offer(by=UserFactory(), offer=Offer.objects.get(provider__name="Stichting De Boei"))
    removal = undo(run=run, by=None)
    assert [offer.provider.name for offer in removal.kept] == ["Stichting De Boei"]
    assert Provider.objects.get().name == "Stichting De Boei"
    assert Location.objects.count() == 1


@pytest.mark.parametrize("factory", [ClaimFactory, InvitationFactory])
def test_an_organisation_that_somebody_claims_or_is_invited_to_stays(factory):
    run = take_in(as_csv([row()]))
    factory(provider=Provider.objects.get())
    undo(run=run, by=None)
    assert (Offer.objects.count(), Provider.objects.count()) == (0, 1)


def test_an_import_is_undone_once():
    run = take_in(as_csv([row()]))
    undo(run=run, by=None)
    with pytest.raises(ImportRefused, match="al teruggedraaid"):
        undo(run=run, by=None)


def test_a_list_that_was_undone_can_be_taken_in_again():
    undo(run=take_in(as_csv([row()])), by=None)
    assert take_in(as_csv([row()])) is not None
    assert ImportRun.objects.count() == 2
