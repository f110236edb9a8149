"""A group made from demand: a draft that its provider fills in."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from providers.enums import AgeBand, CareLevel, GroupAudience, GroupKind, OfferFormat
from providers.forming import Area, ages_of, area_around
from providers.models import HelpQuestion, Municipality, Offer, Provider
from providers.services import audit
from providers.services.groups import set_programme
from providers.services.offers import create_offer, set_service_area

SOURCE = "vraag"
MAX_TITLE = 120


@transaction.atomic
def draft_group_from_demand(
    *,
    by: User | None,
    provider: Provider,
    question: HelpQuestion,
    age_band: str,
    municipality: Municipality,
) -> Offer:
    """Make a draft offer with a group on demand for one question, age band and area.

    A second tap on the same day returns the draft of the first. Raises ValidationError for an
    age band that does not exist.
    """
    if age_band not in AgeBand.values:
        raise ValidationError(_("Kies een leeftijd uit de lijst."))
    # Two taps at once wait for each other here.
    Provider.objects.select_for_update().get(pk=provider.pk)
    key = "/".join(
        [str(provider.pk), question.pk, age_band, municipality.pk, str(timezone.localdate())]
    )
    made = Offer.objects.filter(source=SOURCE, external_id=key).first()
    return made or _draft(by, provider, question, age_band, area_around(municipality), key)


def _draft(
    by: User | None,
    provider: Provider,
    question: HelpQuestion,
    age_band: str,
    area: Area,
    key: str,
) -> Offer:
    low, high = ages_of(age_band) or (None, None)
    offer = create_offer(
        by=by,
        provider=provider,
        title=_title(question, age_band, area),
        level=CareLevel.PREVENTION,
        age_min=low,
        age_max=high,
        formats=[OfferFormat.GROUP],
        help_questions=[question],
        source=SOURCE,
        external_id=key,
    )
    for code in area.codes:
        set_service_area(by=by, offer=offer, municipality=code)
    parents = age_band == AgeBand.PARENT
    set_programme(
        by=by,
        offer=offer,
        kind=GroupKind.PARENTS if parents else GroupKind.TAILORED,
        audience=GroupAudience.PARENTS if parents else GroupAudience.CHILD,
        on_demand=True,
    )
    audit.record(
        by=by,
        action="offer.drafted_from_demand",
        subject=offer,
        changes={"question": question.pk, "age_band": age_band, "area": area.centre.pk},
    )
    return offer


def _title(question: HelpQuestion, age_band: str, area: Area) -> str:
    ages = str(AgeBand(age_band).label).lower()
    where = f" ({ages}), {area.name}"
    start = _("Groep: %(question)s") % {"question": question.label}
    return start[: MAX_TITLE - len(where)] + where
