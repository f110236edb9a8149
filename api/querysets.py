"""What the API reads for each list: a fixed number of queries, however many rows."""

import datetime as dt

from django.db.models import BooleanField, Case, Prefetch, QuerySet, Value, When

from providers.enums import OfferStatus
from providers.models import GroupRun, Location, Offer, OfferHelpQuestion, Provider, ServiceArea


def offers_in_full(queryset: QuerySet[Offer], *, today: dt.date) -> QuerySet[Offer]:
    """Return these offers with everything that OfferSerializer writes."""
    listed = Case(
        When(status=OfferStatus.LISTED, confirmed_on=None, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    areas = ServiceArea.objects.current(today).select_related("municipality", "main_contractor")
    return (
        queryset.annotate(listed=listed)
        .select_related("provider", "current_wait", "programme", "referral")
        .prefetch_related(
            Prefetch(
                "question_links",
                OfferHelpQuestion.objects.select_related("help_question"),
            ),
            "target_groups",
            "languages",
            "locations",
            "can_also_take",
            Prefetch("service_areas", areas, to_attr="current_areas"),
            Prefetch("programme__runs", GroupRun.objects.upcoming(today), to_attr="upcoming_runs"),
        )
    )


def providers_in_full() -> QuerySet[Provider]:
    """Return the visible providers with everything that ProviderSerializer writes."""
    return Provider.objects.visible().prefetch_related(
        Prefetch("locations", Location.objects.all()),
        Prefetch("offers", Offer.objects.visible(), to_attr="visible_offers"),
    )
