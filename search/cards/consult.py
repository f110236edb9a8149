"""Talking with a provider before anybody is referred: said beside every wait over four weeks."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from providers.enums import Ternary
from providers.models import Offer, ReferralFacts

# Over this many weeks, or when nobody knows how many, it helps to talk first.
LONG_WEEKS = 4


@dataclass(frozen=True, slots=True)
class Consult:
    """Whether one can talk without referring anybody; with whom, when and what about.

    `is_possible` is None when that is not known.
    """

    is_possible: bool | None = None
    who: str = ""
    when: str = ""
    about: str = ""

    @property
    def details(self) -> str:
        """With whom, when and what about, as far as that was given."""
        whom = ", ".join(part.rstrip(".") for part in (self.who, self.when) if part)
        about = _("over: %(about)s") % {"about": self.about.rstrip(".")} if self.about else ""
        return "; ".join(filter(None, [whom, about]))


def consult_beside(offer: Offer, weeks: float) -> Consult | None:
    """Return what is known of talking first; None beside a wait of at most four weeks.

    `weeks` until help starts, NEVER when that is not known. Runs no statement when the offer was
    fetched with its referral facts.
    """
    if weeks <= LONG_WEEKS:
        return None
    facts: ReferralFacts | None = getattr(offer, "referral", None)
    if facts is None or facts.consult == Ternary.UNKNOWN:
        return Consult()
    is_possible = facts.consult == Ternary.YES
    return Consult(is_possible, facts.consult_who, facts.consult_when, facts.consult_about)
