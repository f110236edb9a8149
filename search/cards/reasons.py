"""Why an offer is among the results, in short phrases: what it fits, for whom, the way in."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from providers.enums import AccessRoute, AlsoTakes
from providers.languages import cached_per_language, lower_first, one_of
from providers.models import HelpQuestion, Offer, ServiceArea
from providers.vocabulary.choices import choices
from search.finding.loading import questions_of

# Enough to know why; the page of the offer names them all.
MOST_QUESTIONS = 2
# How a way in is called among others, the referrer's own first.
SHORT = {
    AccessRoute.DOCTOR: _lazy("huisarts"),
    AccessRoute.LOCAL_TEAM: _lazy("lokaal team"),
    AccessRoute.COURT: _lazy("rechter"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an offer is shown (good) or what to look out for (not good)."""

    text: str
    good: bool = True


def reasons_of(
    offer: Offer, questions: Collection[str], area: ServiceArea | None, ages: str
) -> tuple[Reason, ...]:
    """Return what this offer fits of the questions asked, and what is not known about it.

    `area` is where it was asked for, and `ages` are the words for its ages, empty when unknown.
    """
    found = _question_reasons(offer, questions)
    found.append(Reason(ages) if ages else Reason(_("leeftijd niet opgegeven"), good=False))
    if area is not None:
        found.append(way_in(area))
    return tuple(found)


def _question_reasons(offer: Offer, questions: Collection[str]) -> list[Reason]:
    """Tell the main question, which weighs most in the score, from what it is for as well."""
    known, codes = choices(HelpQuestion), questions_of(offer)
    fitting = [code for code in codes if code in questions]
    named = [_fits(known[code].label, is_main=code == codes[0]) for code in fitting]
    several = [_fits_several(len(fitting), len(set(questions)))] if len(fitting) > 1 else []
    return [*several, *named[:MOST_QUESTIONS]]


@cached_per_language(1000)
def _fits(label: str, *, is_main: bool) -> Reason:
    words = _("past bij: %(label)s") if is_main else _("ook bij: %(label)s")
    return Reason(words % {"label": lower_first(label)})


@cached_per_language(100)
def _fits_several(number: int, asked: int) -> Reason:
    return Reason(_("past bij %(n)s van %(asked)s vragen") % {"n": number, "asked": asked})


def way_in(area: ServiceArea) -> Reason:
    """Return through whom one gets in here, or that this is not known."""
    if not area.routes:
        return Reason(_("toegang niet opgegeven"), good=False)
    return Reason(_("geen verwijzing nodig")) if area.walk_in else _via(tuple(area.routes))


@cached_per_language(100)
def _via(routes: tuple[AccessRoute, ...]) -> Reason:
    if len(routes) == 1:
        return Reason(lower_first(str(routes[0].label)))
    names = [str(name) for route, name in SHORT.items() if route in routes]
    return Reason(_("via %(names)s") % {"names": one_of(names)})


def also_taken(offer: Offer, also: Collection[str]) -> list[Reason]:
    """Return of what is the case beside the question whether the offer takes it too.

    Known for an offer that was fetched for cards; whoever is known not to is no result.
    """
    answers: dict[str, bool | None] = getattr(offer, "takes", {})
    return [_takes(AlsoTakes(code), is_known=bool(answers.get(AlsoTakes(code)))) for code in also]


@cached_per_language(100)
def _takes(condition: AlsoTakes, *, is_known: bool) -> Reason:
    words = _("neemt ook aan: %(what)s") if is_known else _("niet opgegeven of het past: %(what)s")
    return Reason(words % {"what": condition.in_a_row}, good=is_known)
