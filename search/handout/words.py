"""Facts of an offer in sentences a boy or girl of fourteen can read (B1)."""

from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers.enums import GroupAudience, WaitStatus
from providers.models import GroupRun, Offer
from providers.rules.availability import HALF_YEAR_WEEKS, MONTH_WEEKS, SOON_WEEKS, Band, of_run
from providers.rules.reports import reported_full
from providers.rules.start import enters_at_start
from search.cards.card import ages_words
from search.finding.matching import next_run
from search.handout.voice import Voice
from search.offer.detail import OfferDetail

GROWN = 12
NOTHING = ("gratis", "geen", "niets", "€ 0")


def ages_sentence(offer: Offer, audience: GroupAudience) -> str:
    """Return for whom it is."""
    ages = ages_words(offer)
    if not ages:
        return _("Vraag voor welke leeftijd dit is.")
    if audience is GroupAudience.PARENTS:
        return _("Ouders van kinderen van %(ages)s.") % {"ages": ages}
    if audience is GroupAudience.BOTH and not hasattr(offer, "programme"):
        return _("Gezinnen met kinderen van %(ages)s.") % {"ages": ages}
    if audience is GroupAudience.BOTH:
        return _("Ouders en kinderen samen. De kinderen zijn %(ages)s.") % {"ages": ages}
    who = _young(offer)
    return _("%(who)s: %(ages)s.") % {"who": who, "ages": ages}


def _young(offer: Offer) -> str:
    if (offer.age_min or 0) >= GROWN:
        return _("Jongeren")
    if (offer.age_max or 99) <= GROWN:
        return _("Kinderen")
    return _("Kinderen en jongeren")


def cost_sentence(cost: str) -> str:
    """Return what it costs as a sentence."""
    text = cost.strip()
    if not text:
        return _("Vraag wat het kost.")
    if text.lower().rstrip(".") in NOTHING:
        return _("Het kost niets.")
    return text if text.endswith((".", "!", "?")) else f"{text}."


def start_sentences(detail: OfferDetail, voice: Voice = Voice.YOUNG) -> list[str]:
    """Return when it can start, what is not known, and what to ask."""
    offer, run = detail.offer, next_run(detail.offer, detail.clocks)
    found = []
    if run is not None and run.is_full:
        day = formats.date_format(run.starts_on, "j F")
        if of_run(run, detail.clocks).kind is Band.STALE:
            found.append(_("De groep van %(day)s was vol. Vraag of er nu plek is.") % {"day": day})
        else:
            found.append(_("De groep van %(day)s is vol.") % {"day": day})
    elif run is not None and detail.pill == of_run(run, detail.clocks):
        found += _run_sentences(run, detail.pill.kind)
    if not found or (run and run.is_full):
        found += _wait_sentences(detail, voice)
    if reported_full(offer, run, detail.clocks):
        found.append(_("Anderen zeggen dat het vol zit. Bel dus eerst even."))
    return found


def _run_sentences(run: GroupRun, band: Band) -> list[str]:
    found = [_("De groep start op %(day)s.") % {"day": _day_and_hour(run)}]
    if band is Band.STALE or run.places_left is None:
        return [*found, _("Vraag of er nog plek is.")]
    left = ngettext("Er is nog %(n)s plek.", "Er zijn nog %(n)s plekken.", run.places_left)
    return [*found, left % {"n": run.places_left}]


def _day_and_hour(run: GroupRun) -> str:
    day = formats.date_format(run.starts_on, "l j F")
    if run.start_time is None:
        return day
    return _("%(day)s, om %(time)s uur") % {"day": day, "time": run.start_time.strftime("%H.%M")}


def _wait_sentences(detail: OfferDetail, voice: Voice) -> list[str]:
    offer, kind = detail.offer, detail.pill.kind
    if kind is Band.STOP:
        return _stop_sentences(detail)
    if enters_at_start(offer) and offer.wait_status != WaitStatus.STOP:
        return [_("Wanneer er een groep start, weten we nog niet."), _ask(voice)]
    if kind is Band.UNKNOWN or offer.wait_measured_on is None:
        unknown = _("Hoe lang je wacht, weten we niet."), _("Hoe lang u wacht, weten we niet.")
        return [voice.say(*unknown), _ask(voice)]
    day = formats.date_format(offer.wait_measured_on, "j F Y")
    if kind is Band.STALE:
        return _old_sentences(offer, day, voice)
    if offer.crisis and offer.wait_weeks is not None and offer.wait_weeks < 1:
        # One does not "begin" with a line in the night, and it was not so "on some day" either.
        return [voice.say(_("Je hoeft niet te wachten."), _("U hoeft niet te wachten."))]
    return [*_known_sentences(detail, voice), _("Zo was het op %(day)s.") % {"day": day}]


def _ask(voice: Voice) -> str:
    return voice.say(_("Vraag het als je belt."), _("Vraag het als u belt."))


def _stop_sentences(detail: OfferDetail) -> list[str]:
    until = detail.stop_until
    if until is None:
        return [_("Er is nu geen plek."), _("Vraag wanneer er weer plek komt.")]
    day = formats.date_format(until, "j F Y")
    return [_("Er is nu geen plek."), _("Vanaf %(day)s kan het weer.") % {"day": day}]


def _old_sentences(offer: Offer, day: str, voice: Voice) -> list[str]:
    unsure = (
        _("Hoe lang je nu wacht, weten we niet zeker."),
        _("Hoe lang u nu wacht, weten we niet zeker."),
    )
    found = [voice.say(*unsure)]
    if offer.wait_status == WaitStatus.STOP:
        found.append(_("Op %(day)s was er geen plek.") % {"day": day})
    elif offer.wait_weeks is not None:
        words = {"day": day, "time": duration(offer.wait_weeks)}
        found.append(_("Op %(day)s was het %(time)s.") % words)
    return [*found, _ask(voice)]


def _known_sentences(detail: OfferDetail, voice: Voice) -> list[str]:
    wait, weeks = detail.wait, detail.offer.wait_weeks
    if weeks is None:
        imprecise = (
            _("Hoe lang je wacht, weten we niet precies."),
            _("Hoe lang u wacht, weten we niet precies."),
        )
        return [voice.say(*imprecise), _ask(voice)]
    if weeks < 1:
        return [voice.say(_("Je kunt meteen beginnen."), _("U kunt meteen beginnen."))]
    intake, treatment = (wait.intake_weeks, wait.treatment_weeks) if wait else (None, None)
    if not intake or not treatment or treatment < 1 or intake < 1:
        sentence = voice.say(_("Je wacht %(time)s."), _("U wacht %(time)s."))
        return [sentence % {"time": duration(weeks)}]
    return [
        _("Het eerste gesprek is na %(time)s.") % {"time": duration(intake)},
        voice.say(_("Daarna wacht je nog %(time)s."), _("Daarna wacht u nog %(time)s."))
        % {"time": duration(treatment)},
    ]


def duration(weeks: Decimal) -> str:
    """Return weeks (0-260) as one says them: 'hoogstens 2 weken', 'ongeveer 5 maanden'."""
    if weeks < 1:
        return _("een paar dagen")
    if weeks <= 2:
        return _("hoogstens 2 weken")
    if weeks > 52:
        return _("meer dan een jaar")
    if weeks > HALF_YEAR_WEEKS:
        return _("meer dan een half jaar")
    if weeks > SOON_WEEKS:
        return _("ongeveer %(n)s maanden") % {"n": round(float(weeks) / MONTH_WEEKS)}
    return _("ongeveer %(n)s weken") % {"n": round(weeks)}
