"""Norms for waiting: only those that a region has set itself, always with their source.

There is no national norm for youth care, so without a row of WaitNorm nothing is compared.
"""

from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from providers.enums import HelpKind
from providers.languages import lower_first
from providers.models import WaitNorm


def norm_for(kind: str, region: str | None) -> WaitNorm | None:
    """Return the norm that this region (its code) has set for this kind of help, if any."""
    if not region or kind == HelpKind.UNKNOWN:
        return None
    norms = WaitNorm.objects.select_related("region").filter(region=region, kind=kind)
    return norms.first()


def norms_of(region: str) -> dict[str, WaitNorm]:
    """Return every norm that this region (its code) has set, by kind of help."""
    norms = WaitNorm.objects.select_related("region").filter(region=region)
    return {norm.kind: norm for norm in norms}


def norm_words(norm: WaitNorm) -> str:
    """Return a norm in words: 'Holland Rijnland heeft voor jeugd-ggz een norm van 14 weken'."""
    kind = str(norm.get_kind_display())
    return _("%(region)s heeft voor %(kind)s een norm van %(weeks)s weken") % {
        "region": norm.region.name,
        "kind": lower_first(kind),
        "weeks": formats.number_format(norm.weeks.normalize(), use_l10n=True),
    }


def is_within(norm: Decimal, weeks: Decimal | None) -> bool | None:
    """Whether a total wait stays within the weeks of a norm; None when the wait is not known."""
    return None if weeks is None else weeks <= norm
