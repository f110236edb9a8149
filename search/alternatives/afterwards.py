"""What helps after this help: for the same question, for who has been helped already."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef

from providers.models import Offer, OfferIndex, ServiceArea
from providers.rules.ages import for_ages
from providers.rules.danger import SpokenOf
from providers.rules.freshness import Clocks
from providers.rules.lightness import LIGHT, is_light
from search.alternatives.lighter import SmallCard, small_card, with_runs

MOST_AFTERWARDS = 2


def afterwards(
    offer: Offer, questions: Collection[str], here: str | None, clocks: Clocks, search: str = ""
) -> list[SmallCard]:
    """Return the few lighter offers for after specialist help; none after light help.

    `questions` are codes, `here` a CBS code or None, `search` the parameters of the search the
    reader came from. At most three statements.
    """
    if is_light(offer.level) or not questions:
        return []
    areas = ServiceArea.objects.current(clocks.today)
    own = areas.filter(offer=offer).order_by().values("municipality")
    there: Any = [here] if here else own
    served = areas.filter(offer=OuterRef("pk"), municipality__in=there)
    rows = (
        OfferIndex.objects.visible()
        .exclude(pk=offer.pk)
        .answering(questions)
        .filter(LIGHT, SpokenOf(questions).condition(), after_care=True)
        .filter(for_ages(offer.age_min, offer.age_max), Exists(served))
        .with_fit(questions)
        .order_by("-fit", "level", "pk")
        .select_related("offer__provider")
    )
    whole = with_runs(rows, clocks.today).prefetch_related("offer__locations")
    return [small_card(row.offer, clocks, here, search) for row in whole[:MOST_AFTERWARDS]]
