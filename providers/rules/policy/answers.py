"""What an answer of a municipality says, and about whom: in words, and for which ages."""

from django.utils.translation import gettext as _

from providers.enums import SignalStatus


def answer_words(status: str, reason: str) -> str:
    """Return 'In gesprek', or 'Kan niet, omdat er geen ruimte is'."""
    label = str(SignalStatus(status).label)
    return (
        _("%(status)s, omdat %(reason)s") % {"status": label, "reason": reason} if reason else label
    )


def concerns(band_of_answer: str, band: str) -> bool:
    """Whether an answer is about this age band; without one either is about all ages."""
    return not band_of_answer or not band or band_of_answer == band
