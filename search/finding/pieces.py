"""What statements that rank look up of an offer."""

from providers.index.sql import CURRENT_AREA


def last_day(offer: str) -> str:
    """Return the last day in the municipality asked for; null without one."""
    return f"""(SELECT a.ends_on FROM providers_servicearea a
    WHERE a.municipality_id = %(municipality)s AND a.offer_id = {offer} AND {CURRENT_AREA})"""  # noqa: S608
