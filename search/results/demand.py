"""What a search says about demand: codes, and how it ended."""

from typing import Any

from providers.enums import DemandOutcome
from providers.filters.registry import STRICT_PARAMS
from providers.models.policy import Searched
from providers.rules.ages import band_of
from search.results.near_misses import ENOUGH
from search.results.params import SearchParams
from search.results.run import Results

# Where somebody looks further in what they found: no search of its own.
LOOKING_ON = ("deel", "pagina")
# What is asked, which Searched has places of its own for; all else is a filter in use.
ASKED = {"hulpvraag", "woord", "plaats", "gemeente", "leeftijd", "vorm"}
POSTCODE = 4


def searched_in(results: Results) -> tuple[Searched, ...]:
    """Return one count per help question of this search; none where no help was asked for.

    A name is looked up by who knows the help already; what has words of ours but no help question
    counts without one.
    """
    params, criteria = results.params, results.params.filterset.criteria
    questions = params.filterset.question_codes or ([""] if criteria.get("woord") else [])
    if "naam" in criteria or any(name in params.query for name in LOOKING_ON):
        return ()
    shared = {
        "municipality": params.municipality or "",
        "postal_area": _postal_area(params),
        "age_band": band_of(criteria.get("leeftijd")),
        "formats": ",".join(sorted(map(str, criteria.get("vorm", ())))),
        "outcome": _outcome(results).value,
        "filters": ",".join(sorted(criteria.keys() - ASKED)),
    }
    return tuple(Searched(help_question=code, **shared) for code in questions)


def _postal_area(params: SearchParams) -> str:
    key = params.filterset.place.key if params.filterset.place else ""
    return key if len(key) == POSTCODE and key.isdigit() else ""


def _outcome(results: Results) -> DemandOutcome:
    total = results.matches.ranking.total
    if total >= ENOUGH:
        return DemandOutcome.MANY
    if total:
        return DemandOutcome.FEW
    near_misses = results.shown.near_misses
    later: Any = near_misses.totals if near_misses else {}
    # With help left once the time is no matter, it is the time that was missed.
    is_late = any(later.get(name) for name in STRICT_PARAMS)
    return DemandOutcome.LATE if is_late else DemandOutcome.NONE
