"""Every cookie of the site, what it is for and how long it lasts: one list, for visitors."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import throttling
from search.shortlist import shortlist
from search.signals import taps
from socialekaart.running import pools


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie; `life` is what a visitor reads about how long it lasts."""

    name: str
    purpose: str | Promise
    life: str | Promise


COOKIES = (
    Cookie(
        settings.CSRF_COOKIE_NAME,
        _("Beveiligt formulieren: een andere site kan niets in uw naam versturen."),
        _("Een jaar"),
    ),
    Cookie(
        settings.SESSION_COOKIE_NAME,
        _("Weet dat u bent ingelogd, of dat u net een formulier hebt verstuurd."),
        _("Twee weken. Gebruikt u de site een tijd niet, dan bent u eerder uitgelogd."),
    ),
    Cookie(
        throttling.COOKIE,
        _(
            "Weet dat u in deze browser eerder hebt ingelogd. "
            "Zo kan een ander u niet buitensluiten."
        ),
        _("Een half jaar"),
    ),
    Cookie(
        shortlist.COOKIE,
        _("Onthoudt welk aanbod u op uw keuzelijst hebt gezet: alleen nummers van aanbod."),
        _("Tot u de browser sluit"),
    ),
    Cookie(
        taps.COOKIE,
        _("Een willekeurig nummer. Zo telt een melding één keer, en kunt u die weer intrekken."),
        _("Tot u de browser sluit; na een melding 90 dagen"),
    ),
    Cookie(
        pools.COOKIE,
        _("Weet dat u net iets hebt opgeslagen, zodat u dat op de volgende pagina terugziet."),
        _("Vijf seconden"),
    ),
    Cookie(
        "messages",
        _("Bewaart een bericht, zoals “Opgeslagen”, tot de volgende pagina."),
        _("Tot de volgende pagina"),
    ),
)
