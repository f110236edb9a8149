"""The pages behind the log-in: who may see them, and where they are."""

from playwright.sync_api import Cookie

from demo.accounts import PASSWORD

PROVIDER = "aanbieder@demo.example"
MUNICIPALITY = "gemeente@demo.example"
DESK = "regio@demo.example"
PORTAL = "/voor-aanbieders/"
LEIDEN = "/voor-gemeenten/leiden/"
# With the numbers of the fixtures `demo_group` and `demo_policy`.
GROUP = PORTAL + "aanbod/{offer}/groep/"
PAGES = {
    "portal": (PROVIDER, PORTAL),
    "portal of nobody": (MUNICIPALITY, PORTAL),
    "how it works": (PROVIDER, PORTAL + "zo-werkt-het/"),
    "how often a mail": (PROVIDER, PORTAL + "aanbieder/{provider}/mail/"),
    "month": (PROVIDER, PORTAL + "bijwerken/"),
    "month of nobody": (MUNICIPALITY, PORTAL + "bijwerken/"),
    "municipalities in a table": (PROVIDER, PORTAL + "aanbieder/{provider}/tabel/gemeenten/"),
    "what it gives back": (PROVIDER, PORTAL + "aanbieder/{provider}/inzicht/"),
    "how current it is": (PROVIDER, PORTAL + "aanbieder/{provider}/actueel/"),
    "everything confirmed": (PROVIDER, PORTAL + "aanbieder/{provider}/klopt-alles-nog/"),
    "edit an offer": (PROVIDER, PORTAL + "aanbod/{offer}/"),
    "new offer": (PROVIDER, PORTAL + "aanbieder/{provider}/nieuw-aanbod/"),
    "what it is": (PROVIDER, PORTAL + "aanbod/{offer}/wat/"),
    "for whom": (PROVIDER, PORTAL + "aanbod/{offer}/voor-wie/"),
    "where": (PROVIDER, PORTAL + "aanbod/{offer}/waar/"),
    "new location": (PROVIDER, PORTAL + "aanbod/{offer}/locatie/"),
    "municipalities of an offer": (PROVIDER, PORTAL + "aanbod/{offer}/gemeenten/"),
    "how it begins": (PROVIDER, PORTAL + "aanbod/{offer}/begin/"),
    "what decides": (PROVIDER, PORTAL + "aanbod/{offer}/verwijzing/"),
    "copies of an offer": (PROVIDER, PORTAL + "aanbod/{offer}/andere-plekken/"),
    "contact details": (PROVIDER, PORTAL + "aanbieder/{provider}/gegevens/"),
    "closed for a while": (PROVIDER, PORTAL + "aanbieder/{provider}/dicht/"),
    "preview": (PROVIDER, "/aanbod/{offer}/voorbeeld/"),
    "preview for a family": (PROVIDER, "/aanbod/{offer}/voorbeeld/gezin/"),
    "tell a wait": (PROVIDER, PORTAL + "aanbod/{offer}/wachttijd/"),
    "tell places": (PROVIDER, PORTAL + "aanbod/{offer}/plekken/"),
    "group": (PROVIDER, GROUP),
    "edit a group": (PROVIDER, GROUP + "wijzig/"),
    "new start": (PROVIDER, GROUP + "nieuwe-start/"),
    "edit a start": (PROVIDER, GROUP + "start/{start}/"),
    "cancel a start": (PROVIDER, GROUP + "start/{start}/afzeggen/"),
    "what people ask for": (PROVIDER, PORTAL + "aanbieder/{provider}/vraag/"),
    "municipalities": (MUNICIPALITY, "/voor-gemeenten/"),
    "municipalities of nobody": (PROVIDER, "/voor-gemeenten/"),
    "municipality": (MUNICIPALITY, LEIDEN),
    "coverage": (MUNICIPALITY, f"{LEIDEN}dekking/"),
    "coverage of every theme": (MUNICIPALITY, f"{LEIDEN}dekking/?soort=te-laat"),
    "coverage of one class": (MUNICIPALITY, f"{LEIDEN}dekking/?soort=niets"),
    "one cell": (MUNICIPALITY, f"{LEIDEN}dekking/somberheid/12-15/"),
    "a cell without help": (MUNICIPALITY, f"{LEIDEN}dekking/tics/4-7/"),
    "coverage of the region": (MUNICIPALITY, f"{LEIDEN}dekking/regio/"),
    "one cell in the region": (
        MUNICIPALITY,
        f"{LEIDEN}dekking/regio/?hulpvraag=tics&leeftijd=8-11",
    ),
    "postal areas": (MUNICIPALITY, f"{LEIDEN}dekking/postcodes/"),
    "what changed": (MUNICIPALITY, f"{LEIDEN}dekking/veranderd/"),
    "report for the council": (MUNICIPALITY, f"{LEIDEN}raadsrapport/"),
    "signals": (MUNICIPALITY, f"{LEIDEN}meldingen/"),
    "answer signals": (MUNICIPALITY, f"{LEIDEN}meldingen/vraag/schoolverzuim/"),
    "mailbox of policy": (MUNICIPALITY, f"{LEIDEN}meldingen/mailbox/"),
    "mail of the quarter": (MUNICIPALITY, "/voor-gemeenten/kwartaalmail/"),
    "no more mails of the quarter": (MUNICIPALITY, "/voor-gemeenten/kwartaalmail/{quarter_token}/"),
    "waits": (MUNICIPALITY, f"{LEIDEN}wachttijden/"),
    "waits per provider": (MUNICIPALITY, f"{LEIDEN}wachttijden/aanbieders/"),
    "requests for waits": (DESK, "/regio/JZ18/uitvraag/"),
    "one request for waits": (DESK, "/regio/JZ18/uitvraag/{wait_request}/"),
    "tables of reports": (DESK, "/regio/JZ18/cijfers/"),
    "waits of the region": (DESK, "/regio/JZ18/wachttijden/"),
    "local teams": (DESK, "/regio/JZ18/lokale-teams/"),
    "new local team": (DESK, "/regio/JZ18/lokale-teams/nieuw/"),
    "support of clients": (DESK, "/regio/JZ18/clientondersteuning/GM0546/"),
    "groups to form": (MUNICIPALITY, f"{LEIDEN}groepen/"),
}


# Who is logged in already, by site and address: their cookies. Logging in takes over a second.
_LOGGED_IN: dict[tuple[str, str], list[Cookie]] = {}


def log_in(page, site, email, password=PASSWORD):
    """Log in, with Enter, and wait for the page that follows; who was in already stays in."""
    page.context.add_cookies(_LOGGED_IN.get((site, email), []))
    if not _is_in(page, site):
        page.goto(f"{site}/account/login/")
        page.locator("input[name=login]").fill(email)
        page.locator("input[name=password]").fill(password)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/account/login/" not in url)
        _LOGGED_IN[site, email] = page.context.cookies()


def _is_in(page, site):
    """Whether the site still knows them: a test with a database of its own forgets everybody."""
    return page.context.request.get(f"{site}/account/ingelogd/", max_redirects=0).ok
