"""Every address that gives figures away, and how the law of small numbers looks at it.

`READ`: test_nothing_follows lays what it says beside all the rest. `SILENT`: it says the same
whoever asks, waits or misses something, or follows from files that are read (test_every_export).
`APART`: neither, and why.
"""

OF_A_PLACE = "voor-gemeenten/<slug:slug>/"
OF_A_REGION = "regio/<slug:region>/"

READ = {
    f"{OF_A_PLACE}dekking.csv",
    f"{OF_A_PLACE}dekking.xlsx",
    f"{OF_A_PLACE}gemist.csv",
    f"{OF_A_PLACE}wachttijden.csv",
    f"{OF_A_PLACE}wachttijden.xlsx",
    f"{OF_A_PLACE}wachttijden/aanbieders.csv",
    f"{OF_A_PLACE}groepen/",
    f"{OF_A_REGION}wachttijden.csv",
    f"{OF_A_REGION}wachttijden.xlsx",
    "wachttijden/<slug:region>/",
    "wachttijden/<slug:region>/<slug:kind>/",
    "groepen/",
    "api/v1/offers",
    "voor-aanbieders/aanbieder/<int:pk>/vraag/",
}

# By address: where it is in the world of the test.
SILENT = {
    "voor-gemeenten/<slug:slug>.csv": "/voor-gemeenten/leiden.csv",
    f"{OF_A_PLACE}dekking.geojson": "/voor-gemeenten/leiden/dekking.geojson",
    f"{OF_A_PLACE}dekking/regio/": "/voor-gemeenten/leiden/dekking/regio/",
    f"{OF_A_PLACE}dekking/": "/voor-gemeenten/leiden/dekking/",
    f"{OF_A_PLACE}leeswijzer.csv": "/voor-gemeenten/leiden/leeswijzer.csv",
    f"{OF_A_PLACE}raadsrapport/": "/voor-gemeenten/leiden/raadsrapport/",
    f"{OF_A_PLACE}stand/<slug:day>/": "/voor-gemeenten/leiden/stand/{day}/",
    f"{OF_A_PLACE}wachttijden-leeswijzer.csv": (
        "/voor-gemeenten/leiden/wachttijden-leeswijzer.csv"
    ),
    f"{OF_A_REGION}wachttijden-leeswijzer.csv": "/regio/JZ18/wachttijden-leeswijzer.csv",
    "voor-gemeenten/": "/voor-gemeenten/",
    "wachttijden/": "/wachttijden/",
    "groepen/agenda.ics": "/groepen/agenda.ics",
}

EXACT = "a page for members of the municipality, who may see every number"
DESK = "a page of the desk, which may see every number"
ASKED = "which organisations answered: no number of people"
OWN = "what a provider wrote itself, for who may change it"
SAME = "of one offer or team what api/v1/offers says of all, by the same serializer"
NOBODY = "no number of people in it"

APART = {
    f"{OF_A_PLACE}": EXACT,
    f"{OF_A_PLACE}dekking/<slug:question>/<slug:band>/": EXACT,
    f"{OF_A_PLACE}dekking/postcodes/": EXACT,
    f"{OF_A_PLACE}dekking/veranderd/": EXACT,
    f"{OF_A_PLACE}dekking/vastzetten/": "a button",
    f"{OF_A_PLACE}meldingen/": EXACT,
    f"{OF_A_PLACE}meldingen/mailbox/": EXACT,
    f"{OF_A_PLACE}meldingen/vraag/<slug:code>/": EXACT,
    f"{OF_A_PLACE}wachttijden/": "the figures of wachttijden.csv (tests/gaps/test_small_numbers)",
    f"{OF_A_PLACE}wachttijden/aanbieders/": "for who may compare providers, with every number",
    f"{OF_A_REGION}wachttijden/": DESK,
    "voor-gemeenten/kwartaalmail/": "a form; the mails themselves are read",
    "voor-gemeenten/kwartaalmail/<str:token>/": "a form; the mails themselves are read",
    f"{OF_A_REGION}uitvraag/<int:pk>.csv": ASKED,
    "regio/lijsten/import/<int:pk>/verslag.csv": NOBODY,
    "voor-aanbieders/aanbieder/<int:pk>/tabel.csv": OWN,
    "voor-aanbieders/aanbieder/<int:pk>/tabel.xlsx": OWN,
    "voor-aanbieders/aanbieder/<int:pk>/tabel/<slug:kind>.csv": OWN,
    "voor-aanbieders/aanbieder/<int:pk>/tabel/<slug:kind>.xlsx": OWN,
    "aanbod/<int:pk>-<slug:slug>/agenda.ics": "one group of groepen/agenda.ics",
    "api/v1/offers/<int:pk>": SAME,
    "api/v1/local-teams": SAME,
    "api/v1/offer-points": NOBODY,
    "api/v1/providers": NOBODY,
    "api/v1/providers/<int:pk>": NOBODY,
    "api/v1": NOBODY,
    "api/v1/docs": NOBODY,
    "api/v1/openapi.json": NOBODY,
    "kaart/beeld.svg": NOBODY,
    ".well-known/security.txt": NOBODY,
    "robots.txt": NOBODY,
    "sitemap.xml": NOBODY,
    "sitemap-<str:section>.xml": NOBODY,
}
