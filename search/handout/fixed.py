"""The fixed sentences of the first page, in Dutch and in five other languages.

The catalogues of those languages hold these sentences only (tests/test_catalogue.py): they were
made by a machine and are to be checked. Of the Dutch sentences one is for a young person and one
for parents; what the provider wrote stays Dutch.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils import formats, translation
from django.utils.translation import gettext as _

from search.handout.voice import Voice

RIGHT_TO_LEFT = {"ar"}


@dataclass(frozen=True, slots=True)
class Fixed:
    """Every fixed sentence of the first page, for one reader in one language."""

    title: str
    made_on: str
    call_today: str
    go_here: str
    runs_already: str
    for_child: str
    for_parents: str
    at_school: str
    afterwards: str
    begins: str
    address: str
    when: str
    costs_nothing: str
    starts_at_once: str
    ask_when: str
    no_place: str
    do_meanwhile: str
    nothing_yet: str
    call_once: str
    appointment: str
    with_whom: str
    support: str
    ask_support: str
    no_wait: str
    call_doctor: str
    danger: str
    more_pages: str
    provider_is_dutch: str
    machine_made: str


def fixed_sentences(voice: Voice, language: str, today: dt.date) -> Fixed:
    """Return the sentences for this reader; `language` is a code of asking/need.py."""
    with translation.override(language):
        return _sentences(voice, today)


def _sentences(voice: Voice, today: dt.date) -> Fixed:
    return Fixed(**_of_the_plan(voice, today), **_around_it(voice))


def _of_the_plan(voice: Voice, today: dt.date) -> dict[str, str]:
    say = voice.say
    return {
        "title": say(_("Jouw plan"), _("Uw plan")),
        "made_on": _("Gemaakt op %(day)s") % {"day": formats.date_format(today, "j F Y")},
        "call_today": _("Bel vandaag"),
        "go_here": _("Ga hierheen"),
        "runs_already": _("Dit loopt alvast"),
        "for_child": say(_("Voor jou"), _("Voor uw kind")),
        "for_parents": say(_("Voor je ouders"), _("Voor u als ouder")),
        "at_school": _("Op school"),
        "afterwards": _("Voor daarna"),
        "begins": _("Zo begint het:"),
        "address": _("Waar:"),
        "when": _("Wanneer:"),
        "costs_nothing": _("Het kost niets."),
        "starts_at_once": _("Dit kan snel beginnen."),
        "ask_when": say(
            _("Vraag wanneer het kan als je belt."), _("Vraag wanneer het kan als u belt.")
        ),
        "no_place": _("Er is nu geen plek. Vraag wanneer het weer kan."),
    }


def _around_it(voice: Voice) -> dict[str, str]:
    say = voice.say
    return {
        "do_meanwhile": say(
            _("Wacht niet af: doe intussen wat hierboven staat."),
            _("Wacht niet af: doe intussen wat hierboven staat. Bel als het te lang duurt."),
        ),
        "nothing_yet": _("Hiervoor is nog niets gekozen:"),
        "call_once": say(
            _("Weet je niet wie je moet bellen? Bel één keer:"),
            _("Weet u niet wie u moet bellen? Bel één keer:"),
        ),
        "appointment": _("Mijn afspraak, dag en tijd:"),
        "with_whom": _("Met wie, en telefoon:"),
        "support": say(
            _("Je hebt recht op iemand die gratis met je meedenkt en meegaat:"),
            _("U hebt recht op iemand die gratis met u meedenkt en meegaat:"),
        ),
        "ask_support": _("vraag de gemeente naar gratis cliëntondersteuning."),
        "no_wait": _("Gaat het niet meer? Wacht niet."),
        "call_doctor": say(
            _("Bel je huisarts. Is het avond of weekend? Bel dan de huisartsenpost."),
            _("Bel uw huisarts. Is het avond of weekend? Bel dan de huisartsenpost."),
        ),
        "danger": _("Direct gevaar? Bel 112. Gedachten aan zelfdoding? Bel 113."),
        "more_pages": _("Meer over deze hulp staat op de volgende bladzijden."),
        "provider_is_dutch": _("De tekst van de aanbieder is in het Nederlands."),
        "machine_made": _("Deze vertaling maakte een computer. Zij is nog niet nagekeken."),
    }


def weeks_sentence(language: str, weeks: int, measured_on: dt.date | None) -> str:
    """Return about how many weeks one waits, and on which day that was so."""
    with translation.override(language):
        wait = _("Ongeveer %(n)s weken wachten.") % {"n": weeks}
        if measured_on is None:
            return wait
        day = formats.date_format(measured_on, "j F Y")
        return f"{wait} " + _("Zo was het op %(day)s.") % {"day": day}


def day_and_hour(language: str, on: dt.date, at: dt.time | None) -> str:
    """Return a day and hour as one writes them in this language."""
    with translation.override(language):
        day = formats.date_format(on, "l j F")
        return day if at is None else f"{day}, {at:%H.%M}"
