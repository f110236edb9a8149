"""Every address of the site × every role (tests/page_roles.py): what each gives."""

from tests.desk_rows import OF_THE_REGION, REMOVALS
from tests.page_roles import (
    ADMIN,
    ALL,
    DESK,
    EDITORS,
    FOR_LEIDEN,
    LISTS,
    LOGGED_IN,
    MANAGERS,
    OF_LEIDEN,
    OTHER_MEMBERS,
    READERS,
    Page,
    always,
)
from tests.portal_rows import BUTTONS, FIGURES, FORMS, SPEAKING_FOR_LEIDEN, address_of

PAGES = {
    # Everybody
    "": Page(ALL),
    "kaart/punten": Page(ALL),
    "kaart/grenzen": Page(ALL),
    "kaart/beeld.svg": Page(ALL, "kaart/beeld.svg?aanbod={offer}&gemeente=GM0546"),
    "kaart/postcodes": Page(ALL),
    "plaatsen": Page(ALL, method="post", data={"plaats": "lei"}),
    "suggesties": Page(ALL, method="post", data={"vraag": "som"}),
    "aanbod/<int:pk>-<slug:slug>/": Page(ALL, "aanbod/{offer}-samen-koken/"),
    "aanbod/<int:pk>/voorbeeld/": Page(READERS, "aanbod/{offer}/voorbeeld/"),
    "aanbod/<int:pk>/voorbeeld/gezin/": Page(READERS, "aanbod/{offer}/voorbeeld/gezin/"),
    "aanbieder/<int:pk>-<slug:slug>/": Page(ALL, "aanbieder/{provider}-de-boei/"),
    "zoek": Page(always(302)),
    "zoek/brief": Page(always(422)),
    "groepen/": Page(ALL),
    "groepen/agenda.ics": Page(ALL),
    "aanbod/<int:pk>-<slug:slug>/agenda.ics": Page(ALL, "aanbod/{offer}-samen-koken/agenda.ics"),
    "groepen/start/<int:pk>/belangstelling/": Page(ALL, "groepen/start/{run}/belangstelling/"),
    "groepen/<int:pk>/belangstelling/": Page(ALL, "groepen/{offer}/belangstelling/"),
    # What another browser said.
    "groepen/belangstelling/<int:pk>/weg/": Page(
        always(404), "groepen/belangstelling/{interest}/weg/", method="post"
    ),
    "toegankelijkheid/": Page(ALL),
    "privacy/": Page(ALL),
    "cookies/": Page(ALL),
    "contact/": Page(ALL),
    ".well-known/security.txt": Page(ALL),
    "robots.txt": Page(ALL),
    "sitemap.xml": Page(ALL),
    "sitemap-<str:section>.xml": Page(ALL, "sitemap-aanbod.xml"),
    "gezond": Page(ALL),
    "gezond/klaar": Page(ALL),
    "meld-ontbrekend-aanbod/": Page(ALL),
    "meld-ontbrekend-aanbod/bedankt/": Page(ALL),
    "meld-ontbrekend-aanbod/volg/<str:key>/": Page(ALL, "meld-ontbrekend-aanbod/volg/{follow}/"),
    "tip/": Page(ALL),
    "tip/bedankt/": Page(ALL),
    "keuzelijst/": Page(ALL, "keuzelijst/?aanbod={offer}&gemeente=leiden"),
    "keuzelijst/bewaar/": Page(always(405)),
    "keuzelijst/neem-over/": Page(always(405)),
    "keuzelijst/leeg/": Page(always(405)),
    "gezin/": Page(ALL, "gezin/?aanbod={offer}&gemeente=leiden"),
    "aanbod/<int:pk>/melden/": Page(always(405), "aanbod/{offer}/melden/"),
    "aanbod/<int:pk>/gebeld/": Page(always(405), "aanbod/{offer}/gebeld/"),
    "lokaal-team/": Page(ALL, "lokaal-team/?plaats=2311"),
    "over-wachttijden/": Page(ALL),
    "wachttijden/": Page(ALL),
    "wachttijden/<slug:region>/": Page(ALL, "wachttijden/JZ18/"),
    "wachttijden/<slug:region>/<slug:kind>/": Page(ALL, "wachttijden/JZ18/ggz/"),
    "over-de-gegevens/": Page(ALL),
    "componenten/": Page(ALL),
    # Providers
    "voor-aanbieders/": Page(LOGGED_IN),
    "voor-aanbieders/zo-werkt-het/": Page(ALL),
    **{f"voor-aanbieders/{route}": Page(READERS, address_of(route)) for route in FIGURES},
    "voor-aanbieders/aanbod/<int:pk>/": Page(EDITORS, "voor-aanbieders/aanbod/{offer}/"),
    "voor-aanbieders/aanbod/<int:pk>/wachttijd/": Page(
        EDITORS, "voor-aanbieders/aanbod/{offer}/wachttijd/"
    ),
    "voor-aanbieders/aanbod/<int:pk>/wachttijd/<int:wait>/terugnemen/": Page(
        EDITORS, "voor-aanbieders/aanbod/{offer}/wachttijd/{wait}/terugnemen/"
    ),
    "voor-aanbieders/aanbod/<int:pk>/plekken/": Page(
        EDITORS, "voor-aanbieders/aanbod/{offer}/plekken/"
    ),
    "voor-aanbieders/aanbod/<int:pk>/klopt-nog/": Page(
        EDITORS | {"manager": 302, "editor": 302},
        "voor-aanbieders/aanbod/{offer}/klopt-nog/",
        method="post",
    ),
    "voor-aanbieders/aanbieder/<int:pk>/klopt-alles-nog/": Page(
        EDITORS, "voor-aanbieders/aanbieder/{provider}/klopt-alles-nog/"
    ),
    "voor-aanbieders/bijwerken/": Page(LOGGED_IN),
    "voor-aanbieders/bijwerken/ongedaan/": Page(always(302), method="post"),
    "voor-aanbieders/aanbieder/<int:pk>/mail/": Page(
        EDITORS, "voor-aanbieders/aanbieder/{provider}/mail/"
    ),
    "voor-aanbieders/klopt-nog/<str:token>/": Page(ALL, "voor-aanbieders/klopt-nog/{token}/"),
    "voor-aanbieders/klopt-nog/<str:token>/mail/": Page(
        ALL, "voor-aanbieders/klopt-nog/{token}/mail/"
    ),
    "voor-aanbieders/klopt-nog/<str:token>/dicht/": Page(
        ALL, "voor-aanbieders/klopt-nog/{token}/dicht/"
    ),
    "voor-aanbieders/klopt-nog/<str:token>/nieuw/": Page(
        ALL, "voor-aanbieders/klopt-nog/{token}/nieuw/", method="post"
    ),
    "voor-aanbieders/aanbod/<int:pk>/groep/": Page(
        EDITORS, "voor-aanbieders/aanbod/{offer}/groep/"
    ),
    "voor-aanbieders/aanbod/<int:pk>/groep/wijzig/": Page(
        EDITORS, "voor-aanbieders/aanbod/{offer}/groep/wijzig/"
    ),
    "voor-aanbieders/aanbod/<int:pk>/groep/nieuwe-start/": Page(
        EDITORS, "voor-aanbieders/aanbod/{offer}/groep/nieuwe-start/"
    ),
    "voor-aanbieders/aanbod/<int:pk>/groep/start/<int:run>/": Page(
        EDITORS, "voor-aanbieders/aanbod/{offer}/groep/start/{run}/"
    ),
    "voor-aanbieders/aanbod/<int:pk>/groep/start/<int:run>/afzeggen/": Page(
        EDITORS, "voor-aanbieders/aanbod/{offer}/groep/start/{run}/afzeggen/"
    ),
    "voor-aanbieders/aanbieder/<int:pk>/vraag/": Page(
        EDITORS, "voor-aanbieders/aanbieder/{provider}/vraag/"
    ),
    # Taking part
    "meedoen/uitnodiging/<str:token>/": Page(ALL, "meedoen/uitnodiging/{invitation_token}/"),
    "meedoen/nieuw/": Page(ALL),
    "meedoen/aangevraagd/": Page(ALL),
    "meedoen/<int:pk>/": Page(ALL, "meedoen/{provider}/"),
    "meedoen/<int:pk>/collegas/": Page(MANAGERS | OTHER_MEMBERS, "meedoen/{provider}/collegas/"),
    "meedoen/<int:pk>/collegas/<int:member>/": Page(
        MANAGERS, "meedoen/{provider}/collegas/{colleague}/"
    ),
    "meedoen/<int:pk>/collegas/uitnodiging/<int:invitation>/intrekken/": Page(
        MANAGERS | {"manager": 302},
        "meedoen/{provider}/collegas/uitnodiging/{invitation}/intrekken/",
        method="post",
    ),
    "meedoen/<int:pk>/weggaan/": Page(MANAGERS | OTHER_MEMBERS, "meedoen/{provider}/weggaan/"),
    "meedoen/<int:pk>/beheer-overnemen/": Page(
        MANAGERS | {"manager": 302, "editor": 302},
        "meedoen/{provider}/beheer-overnemen/",
        method="post",
    ),
    # The desk of a region
    "regio/": Page(always(404) | {"anonymous": 302, "desk": 302, "other_desk": 302, "staff": 302}),
    "regio/<slug:region>/": Page(DESK, "regio/{region}/"),
    "regio/<slug:region>/mensen/": Page(DESK, "regio/{region}/mensen/"),
    "regio/<slug:region>/mensen/<int:member>/weg/": Page(
        # Of those who ask one after another, the last finds nobody there any more.
        DESK | {"desk": 302, "staff": 404},
        "regio/{region}/mensen/{desk_member}/weg/",
        method="post",
    ),
    "regio/<slug:region>/uitnodigen/": Page(DESK, "regio/{region}/uitnodigen/"),
    "regio/<slug:region>/aanvragen/": Page(DESK, "regio/{region}/aanvragen/"),
    "regio/<slug:region>/aanvragen/<int:pk>/": Page(
        DESK | {"desk": 302, "staff": 302}, "regio/{region}/aanvragen/{claim}/", method="post"
    ),
    "regio/<slug:region>/tips/": Page(DESK, "regio/{region}/tips/"),
    "regio/<slug:region>/tips/<int:pk>/": Page(
        DESK | {"desk": 302, "staff": 302}, "regio/{region}/tips/{tip}/", method="post"
    ),
    "regio/<slug:region>/wijzigingen/": Page(DESK, "regio/{region}/wijzigingen/"),
    "regio/<slug:region>/wijzigingen/<int:pk>/": Page(
        DESK | {"desk": 302, "staff": 302}, "regio/{region}/wijzigingen/{event}/", method="post"
    ),
    "regio/<slug:region>/geschiedenis/": Page(DESK, "regio/{region}/geschiedenis/"),
    "regio/<slug:region>/geschiedenis/<int:pk>/ongedaan/": Page(
        DESK | {"desk": 302, "staff": 302},
        "regio/{region}/geschiedenis/{event}/ongedaan/",
        method="post",
    ),
    "regio/<slug:region>/bellijst/": Page(DESK, "regio/{region}/bellijst/"),
    "regio/<slug:region>/bellijst/<int:pk>/": Page(
        DESK | {"desk": 302, "staff": 302}, "regio/{region}/bellijst/{provider}/", method="post"
    ),
    **{
        f"regio/<slug:region>/{route}": Page(DESK, f"regio/{{region}}/{path}")
        for route, path in OF_THE_REGION.items()
    },
    **{
        f"regio/<slug:region>/{route}": Page(
            DESK | {"desk": 302, "staff": 404}, f"regio/{{region}}/{path}", method="post"
        )
        for route, path in REMOVALS.items()
    },
    "regio/<slug:region>/afspraken/": Page(DESK, "regio/{region}/afspraken/"),
    "regio/<slug:region>/actueel/": Page(DESK, "regio/{region}/actueel/"),
    "regio/<slug:region>/uitvraag/": Page(DESK, "regio/{region}/uitvraag/"),
    "regio/<slug:region>/uitvraag/<int:pk>/": Page(DESK, "regio/{region}/uitvraag/{wait_request}/"),
    "regio/<slug:region>/uitvraag/<int:pk>.csv": Page(
        DESK, "regio/{region}/uitvraag/{wait_request}.csv"
    ),
    "regio/<slug:region>/uitvraag/<int:pk>/herinner/": Page(
        DESK | {"desk": 302, "staff": 302},
        "regio/{region}/uitvraag/{wait_request}/herinner/",
        method="post",
    ),
    "regio/<slug:region>/cijfers/": Page(DESK, "regio/{region}/cijfers/"),
    "regio/<slug:region>/wachttijden/": Page(DESK, "regio/{region}/wachttijden/"),
    "regio/<slug:region>/wachttijden.csv": Page(DESK, "regio/{region}/wachttijden.csv"),
    "regio/<slug:region>/wachttijden.xlsx": Page(DESK, "regio/{region}/wachttijden.xlsx"),
    "regio/<slug:region>/wachttijden-leeswijzer.csv": Page(
        DESK, "regio/{region}/wachttijden-leeswijzer.csv"
    ),
    "regio/<slug:region>/samenvoegen/": Page(DESK, "regio/{region}/samenvoegen/"),
    "regio/<slug:region>/lijst/<slug:name>/": Page(DESK, "regio/{region}/lijst/onvolledig/"),
    # Municipalities
    "voor-gemeenten/": Page(ALL),
    "voor-gemeenten/kwartaalmail/": Page(LOGGED_IN),
    "voor-gemeenten/kwartaalmail/<str:token>/": Page(
        ALL, "voor-gemeenten/kwartaalmail/{quarter_token}/"
    ),
    "voor-gemeenten/<slug:slug>/groepen/": Page(OF_LEIDEN, "voor-gemeenten/leiden/groepen/"),
    "voor-gemeenten/<slug:slug>/dekking/": Page(OF_LEIDEN, "voor-gemeenten/leiden/dekking/"),
    "voor-gemeenten/<slug:slug>/dekking.geojson": Page(
        OF_LEIDEN, "voor-gemeenten/leiden/dekking.geojson"
    ),
    "voor-gemeenten/<slug:slug>/dekking/regio/": Page(
        OF_LEIDEN, "voor-gemeenten/leiden/dekking/regio/"
    ),
    "voor-gemeenten/<slug:slug>/dekking/postcodes/": Page(
        OF_LEIDEN, "voor-gemeenten/leiden/dekking/postcodes/"
    ),
    "voor-gemeenten/<slug:slug>/dekking/veranderd/": Page(
        OF_LEIDEN, "voor-gemeenten/leiden/dekking/veranderd/"
    ),
    "voor-gemeenten/<slug:slug>/dekking/vastzetten/": Page(
        OF_LEIDEN | {"municipality": 302, "desk": 302, "staff": 302},
        "voor-gemeenten/leiden/dekking/vastzetten/",
        method="post",
    ),
    "voor-gemeenten/<slug:slug>/stand/<slug:day>/": Page(
        OF_LEIDEN, "voor-gemeenten/leiden/stand/{day}/"
    ),
    "voor-gemeenten/<slug:slug>/dekking.csv": Page(OF_LEIDEN, "voor-gemeenten/leiden/dekking.csv"),
    "voor-gemeenten/<slug:slug>/leeswijzer.csv": Page(
        OF_LEIDEN, "voor-gemeenten/leiden/leeswijzer.csv"
    ),
    "voor-gemeenten/<slug:slug>/dekking.xlsx": Page(
        OF_LEIDEN, "voor-gemeenten/leiden/dekking.xlsx"
    ),
    "voor-gemeenten/<slug:slug>/raadsrapport/": Page(
        OF_LEIDEN, "voor-gemeenten/leiden/raadsrapport/"
    ),
    "voor-gemeenten/<slug:slug>/dekking/<slug:question>/<slug:band>/": Page(
        OF_LEIDEN, "voor-gemeenten/leiden/dekking/somberheid/12-15/"
    ),
    "voor-gemeenten/<slug:slug>/meldingen/": Page(OF_LEIDEN, "voor-gemeenten/leiden/meldingen/"),
    **{route: Page(FOR_LEIDEN, path) for route, path in SPEAKING_FOR_LEIDEN.items()},
    "voor-gemeenten/<slug:slug>/": Page(OF_LEIDEN, "voor-gemeenten/leiden/"),
    "voor-gemeenten/<slug:slug>/wachttijden/": Page(
        OF_LEIDEN, "voor-gemeenten/leiden/wachttijden/"
    ),
    "voor-gemeenten/<slug:slug>/wachttijden.csv": Page(
        OF_LEIDEN,
        "voor-gemeenten/leiden/wachttijden.csv",
    ),
    "voor-gemeenten/<slug:slug>/wachttijden.xlsx": Page(
        OF_LEIDEN, "voor-gemeenten/leiden/wachttijden.xlsx"
    ),
    "voor-gemeenten/<slug:slug>/wachttijden-leeswijzer.csv": Page(
        OF_LEIDEN, "voor-gemeenten/leiden/wachttijden-leeswijzer.csv"
    ),
    "voor-gemeenten/<slug:slug>/wachttijden/aanbieders/": Page(
        OF_LEIDEN, "voor-gemeenten/leiden/wachttijden/aanbieders/"
    ),
    "voor-gemeenten/<slug:slug>/wachttijden/aanbieders.csv": Page(
        OF_LEIDEN, "voor-gemeenten/leiden/wachttijden/aanbieders.csv"
    ),
    "voor-gemeenten/<slug:slug>.csv": Page(OF_LEIDEN, "voor-gemeenten/leiden.csv"),
    "voor-gemeenten/<slug:slug>/gemist.csv": Page(OF_LEIDEN, "voor-gemeenten/leiden/gemist.csv"),
    # Lists of the region
    "regio/lijsten/": Page(LISTS),
    "regio/lijsten/inlezen/": Page(LISTS),
    "regio/lijsten/import/<int:pk>/": Page(DESK, "regio/lijsten/import/{import_run}/"),
    "regio/lijsten/import/<int:pk>/verslag.csv": Page(
        DESK, "regio/lijsten/import/{import_run}/verslag.csv"
    ),
    "regio/lijsten/import/<int:pk>/terugdraaien/": Page(
        DESK | {"desk": 302, "staff": 302},
        "regio/lijsten/import/{import_run}/terugdraaien/",
        method="post",
    ),
    # Programs
    "api/v1/offers": Page(ALL),
    "api/v1/offer-points": Page(ALL),
    "api/v1/offers/<int:pk>": Page(ALL, "api/v1/offers/{offer}"),
    "api/v1/providers": Page(ALL),
    "api/v1/providers/<int:pk>": Page(ALL, "api/v1/providers/{provider}"),
    "api/v1/local-teams": Page(ALL),
    "api/v1/openapi.json": Page(ALL),
    "api/v1/docs": Page(ALL),
    "api/v1": Page(ALL),
    r"^api(?:/[\s\S]*)?$": Page(always(404), "api/v1/onbekend"),
    # Accounts
    "account/login/": Page(always(302) | {"anonymous": 200}),
    "account/logout/": Page(always(200) | {"anonymous": 302}),
    "account/inactive/": Page(ALL),
    "account/signup/": Page(always(302) | {"anonymous": 200}),
    "account/reauthenticate/": Page(LOGGED_IN),
    "account/email/": Page(LOGGED_IN),
    "account/confirm-email/": Page(ALL),
    r"account/^confirm-email/(?P<key>[-:\w]+)/$": Page(ALL, "account/confirm-email/onzin/"),
    "account/password/change/": Page(LOGGED_IN),
    "account/password/set/": Page(always(302)),
    "account/password/reset/": Page(ALL),
    "account/password/reset/done/": Page(ALL),
    "account/password/reset/key/done/": Page(ALL),
    "account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": Page(
        ALL, "account/password/reset/key/1-onzin/"
    ),
    "account/login/code/confirm/": Page(always(302)),
    "account/ingelogd/": Page(LOGGED_IN),
    "account/organisatie/": Page(always(404)),
    "account/organisatie/terug/": Page(always(404)),
    "account/organisatie/koppelen/<str:token>/": Page(
        always(404), "account/organisatie/koppelen/onzin/"
    ),
    "account/2fa/": Page(LOGGED_IN),
    "account/2fa/authenticate/": Page(always(302)),
    "account/2fa/reauthenticate/": Page(always(302)),
    "account/2fa/totp/activate/": Page(always(302)),
    "account/2fa/totp/deactivate/": Page(always(404) | {"anonymous": 302}),
    "account/2fa/recovery-codes/": Page(always(404) | {"anonymous": 302}),
    "account/2fa/recovery-codes/generate/": Page(always(302)),
    "account/2fa/recovery-codes/download/": Page(always(404) | {"anonymous": 302}),
    "account/2fa/webauthn/": Page(LOGGED_IN),
    "account/2fa/webauthn/add/": Page(always(302)),
    "account/2fa/webauthn/login/": Page(always(302)),
    "account/2fa/webauthn/reauthenticate/": Page(always(302)),
    "account/2fa/webauthn/keys/<int:pk>/edit/": Page(
        always(302), "account/2fa/webauthn/keys/1/edit/"
    ),
    "account/2fa/webauthn/keys/<int:pk>/remove/": Page(
        always(302), "account/2fa/webauthn/keys/1/remove/"
    ),
    # Editors of the region: the frame of the admin; its lists follow below
    "beheer/": Page(ADMIN),
    "beheer/login/": Page(always(403) | {"anonymous": 302, "staff": 302}),
    "beheer/logout/": Page(ADMIN, method="post"),
    "beheer/password_change/": Page(ADMIN),
    "beheer/password_change/done/": Page(ADMIN),
    "beheer/jsi18n/": Page(ADMIN),
    "beheer/autocomplete/": Page(always(302) | {"staff": 403}),
    "beheer/r/<path:content_type_id>/<path:object_id>/": Page(
        always(302) | {"staff": 404}, "beheer/r/0/0/"
    ),
    r"beheer/(?P<url>.*)$": Page(always(302) | {"staff": 404}, "beheer/onbekend/"),
    "beheer/^(?P<app_label>providers|accounts|auth|mfa|socialaccount|importing)/$": Page(
        ADMIN, "beheer/providers/"
    ),
    "beheer/accounts/user/<id>/password/": Page(ADMIN, "beheer/accounts/user/{user}/password/"),
}
PAGES |= {f"voor-aanbieders/{route}": Page(EDITORS, address_of(route)) for route in FORMS}
PAGES |= {
    f"voor-aanbieders/{route}": Page(
        EDITORS | {"manager": 302, "editor": 302}, address_of(route), method="post"
    )
    for route in BUTTONS
}
