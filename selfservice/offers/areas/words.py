"""How an offer is given in one municipality, in words."""

from django.utils.translation import gettext as _

from providers.models import ServiceArea
from providers.rules.contract import contract_until_words, routes_words
from providers.services.publishing.areas import AreaTerms, set_terms


def terms_words(terms: AreaTerms | None) -> str:
    """Return the ways in, who pays and until when."""
    if terms is None:
        return _("niet in deze gemeente")
    area = set_terms(ServiceArea(), terms)
    return f"{routes_words(area)}; {contract_until_words(area)}"
