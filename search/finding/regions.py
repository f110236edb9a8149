"""In which youth regions the help lies that a search can find."""

from providers.filters.offers import OfferFilterSet
from providers.models import Municipality
from providers.vocabulary.choices import choices

# What is looked up in the whole country, whatever place is asked for.
NATIONAL = {"naam", "gelezen_als"}


def regions_of(filterset: OfferFilterSet) -> frozenset[str] | None:
    """Return the codes of the regions whose help a search shows and counts; None for all of them.

    Each result serves all municipalities asked for, or it is not known where it helps. Names, and
    the words that misspelt ones were read as, are looked up in the whole country.
    """
    chosen = filterset.criteria.get("gemeente")
    codes = {place.municipality for place in [filterset.place] if place}
    codes |= {str(chosen.pk)} if chosen else set()
    if not codes or not NATIONAL.isdisjoint(filterset.data):
        return None
    known = choices(Municipality)
    return frozenset(known[code].region_id for code in codes if code in known) or None
