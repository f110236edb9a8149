"""Who writes where, and with what: the data that each address of the access matrix takes."""

from providers.enums import OfferStatus
from tests.factories import AuditEventFactory, OfferFactory, days_ago

A_RUN = {
    "starts_on": days_ago(-30).isoformat(),
    "start_time": "16:00",
    "end_time": "17:30",
    "places": "8",
    "places_left": "8",
    "enrol_by": days_ago(-20).isoformat(),
    "location": "{location}",
}
A_TEAM = {"provider": "{provider}", "name": "Team Noord", "postcodes": "2311"}
A_CRISIS_NUMBER = {
    "label": "Crisisdienst jeugd",
    "phone": "071 000 00 70",
    "text": "Bel als het niet kan wachten.",
    "kinds": "suicide",
}
CLOSED = {"offers": "{offer}", "first": str(days_ago(0)), "last": str(days_ago(-9))}
PEOPLE_FOR_A_GROUP = {"count": "2", "age_band": "8-11", "municipality": "GM0546"}

# Who may write, where, with what besides what the form holds already.
SAVES = {
    "voor-aanbieders/aanbieder/<int:pk>/nieuw-aanbod/": {"title": "Samen eten", "level": "1"},
    "voor-aanbieders/aanbieder/<int:pk>/gegevens/": {},
    "voor-aanbieders/aanbod/<int:pk>/wat/": {},
    "voor-aanbieders/aanbod/<int:pk>/voor-wie/": {},
    "voor-aanbieders/aanbod/<int:pk>/waar/": {"locations": "{location}"},
    "voor-aanbieders/aanbod/<int:pk>/locatie/": {
        "street": "Kade 1",
        "postcode": "2311 AA",
        "town": "Leiden",
        "wheelchair": "ja",
    },
    "voor-aanbieders/aanbod/<int:pk>/locatie/<int:location>/": {},
    "voor-aanbieders/aanbod/<int:pk>/gemeenten/": {},
    "voor-aanbieders/aanbod/<int:pk>/begin/": {},
    "voor-aanbieders/aanbod/<int:pk>/verwijzing/": {},
    "voor-aanbieders/aanbod/<int:pk>/publiceren/": {},
    "voor-aanbieders/aanbod/<int:pk>/archiveren/": {},
    "voor-aanbieders/aanbod/<int:pk>/kopie/": {},
    "voor-aanbieders/aanbod/<int:pk>/losmaken/": {},
    "voor-aanbieders/aanbod/<int:pk>/andere-plekken/": {"velden": "{copy}-cost"},
    "voor-aanbieders/aanbod/<int:pk>/andere-plekken/<int:event>/terugdraaien/": {},
    "voor-aanbieders/aanbieder/<int:pk>/dicht/": CLOSED,
    "voor-aanbieders/aanbod/<int:pk>/wachttijd/": {"status": "bekend", "start_weeks": "3"},
    "voor-aanbieders/aanbod/<int:pk>/wachttijd/<int:wait>/terugnemen/": {},
    "voor-aanbieders/aanbod/<int:pk>/plekken/": {},
    "voor-aanbieders/aanbod/<int:pk>/klopt-nog/": {},
    "voor-aanbieders/aanbieder/<int:pk>/klopt-alles-nog/": {},
    "voor-aanbieders/aanbieder/<int:pk>/mail/": {"mail_every": "2"},
    "voor-aanbieders/aanbieder/<int:pk>/tabel/<int:change>/terugdraaien/": {},
    "voor-aanbieders/aanbod/<int:pk>/groep/wijzig/": {},
    "voor-aanbieders/aanbod/<int:pk>/groep/nieuwe-start/": A_RUN,
    "voor-aanbieders/aanbod/<int:pk>/groep/start/<int:run>/": A_RUN,
    "voor-aanbieders/aanbod/<int:pk>/groep/start/<int:run>/afzeggen/": {},
    "voor-aanbieders/aanbieder/<int:pk>/vraag/": {},
}
# The same of who decides who takes part; with them whoever may as well.
OF_A_MANAGER = {
    "meedoen/<int:pk>/collegas/": {"email": "iemand.anders@voorbeeld.example"},
    "meedoen/<int:pk>/collegas/<int:member>/": {"role": "bekijker"},
    "meedoen/<int:pk>/collegas/uitnodiging/<int:invitation>/intrekken/": {},
    "meedoen/<int:pk>/weggaan/": {"successor": "niemand"},
}
# The same of who works at the desk of a region.
OF_A_DESK = {
    "regio/<slug:region>/mensen/": {"email": "iemand.anders@voorbeeld.example"},
    "regio/<slug:region>/mensen/<int:member>/weg/": {},
    "regio/<slug:region>/aanvragen/<int:pk>/": {"besluit": "goed"},
    "regio/<slug:region>/tips/<int:pk>/": {"besluit": "klaar"},
    "regio/<slug:region>/wijzigingen/<int:pk>/": {"besluit": "goed"},
    "regio/<slug:region>/geschiedenis/<int:pk>/ongedaan/": {},
    "regio/<slug:region>/bellijst/<int:pk>/": {"klopt": "ja"},
    "regio/<slug:region>/lokale-teams/nieuw/": A_TEAM,
    "regio/<slug:region>/lokale-teams/<int:pk>/": A_TEAM,
    "regio/<slug:region>/lokale-teams/<int:pk>/weg/": {},
    "regio/<slug:region>/clientondersteuning/<slug:municipality>/": {
        "name": "Naast Je",
        "phone": "071 000 00 71",
    },
    "regio/<slug:region>/crisisnummers/nieuw/": A_CRISIS_NUMBER,
    "regio/<slug:region>/crisisnummers/<int:pk>/": A_CRISIS_NUMBER,
    "regio/<slug:region>/crisisnummers/<int:pk>/weg/": {},
    "regio/<slug:region>/woorden/": {"text": "wiebelkont", "help_question": "somberheid"},
    "regio/<slug:region>/woorden/<int:pk>/weg/": {},
    "regio/<slug:region>/afspraken/": {"clock_wait": "21"},
    "regio/<slug:region>/samenvoegen/": {"keep": "{provider}", "double": "{double}"},
    "regio/<slug:region>/uitvraag/": {"answer_by": str(days_ago(-14))},
    "regio/<slug:region>/uitnodigen/": {"name": "Nieuw", "email": "nieuw@voorbeeld.example"},
}
# The same of who speaks for a municipality.
OF_A_MUNICIPALITY = {
    "voor-gemeenten/<slug:slug>/meldingen/mailbox/": {
        "name": "Beleid jeugd",
        "email": "jeugd@leiden.example",
    },
    "voor-gemeenten/<slug:slug>/meldingen/vraag/<slug:code>/": {"status": "gezien"},
}
PASSWORD = "fietspomp regenjas koekje dak"
WRITERS = {
    **{route: {"editor", "manager"} for route in SAVES},
    **{route: {"manager"} for route in OF_A_MANAGER},
    **{route: {"desk", "staff"} for route in OF_A_DESK},
    **{route: {"municipality"} for route in OF_A_MUNICIPALITY},
    # Not who only reads along in the municipality.
    "voor-gemeenten/<slug:slug>/dekking/vastzetten/": {"municipality", "desk", "staff"},
    "meedoen/<int:pk>/weggaan/": {"manager", "editor", "viewer"},
    "meedoen/uitnodiging/<str:token>/": {"anonymous", "inactive"},
}
ASKER = {"person": "Sam", "email": "sam@fietsclub.example"}
# What anybody may write: a tap, and what the one with the link from the mail may say.
TAPS = {
    "aanbod/<int:pk>/melden/": {"melding": "vol"},
    "groepen/start/<int:pk>/belangstelling/": PEOPLE_FOR_A_GROUP,
    "groepen/<int:pk>/belangstelling/": PEOPLE_FOR_A_GROUP,
    "meld-ontbrekend-aanbod/": {
        "andere": "somberheid",
        "gemeente": "GM0546",
        "leeftijd": "",
        "reden": "niets",
    },
    "voor-aanbieders/klopt-nog/<str:token>/": {},
    "voor-aanbieders/klopt-nog/<str:token>/mail/": {"mail_every": "2"},
    "voor-aanbieders/klopt-nog/<str:token>/dicht/": CLOSED,
    # Ends the mails of whoever the link was made for.
    "voor-gemeenten/kwartaalmail/<str:token>/": {},
    "tip/": {"name": "Fietsclub Noord", "municipality": "GM0546"},
    "meedoen/<int:pk>/": ASKER,
    "meedoen/nieuw/": ASKER
    | {"name": "Fietsclub Noord", "about": "Samen fietsen.", "municipality": "GM0546"},
}
OTHER_DATA = OF_A_MUNICIPALITY | {
    "meedoen/uitnodiging/<str:token>/": {
        "name": "Noor",
        "password1": PASSWORD,
        "password2": PASSWORD,
    },
    "": {"vraag": "somber"},
    "lokaal-team/": {"plaats": "2311"},
    "keuzelijst/bewaar/": {"offer": "{offer}"},
    "keuzelijst/neem-over/": {"aanbod": "{offer}"},
}


def copied(offer):
    """Return the numbers of a copy of this offer that costs something else, and of a take-over."""
    copy = OfferFactory(
        provider=offer.provider,
        template=offer,
        status=OfferStatus.DRAFT,
        municipalities=[],
        cost="5 euro",
    )
    event = AuditEventFactory(
        action="offer.copies_updated",
        subject_type="offer",
        subject_id=str(offer.pk),
        changes={"events": []},
        regions="",
    )
    return {"copy": copy.pk, "brought": event.pk}
