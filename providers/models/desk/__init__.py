"""What waits for the desk of a region, and what it did."""

from providers.models.desk.requests import Claim, Tip
from providers.models.desk.work import Call, FormerProvider, Review

__all__ = ["Call", "Claim", "FormerProvider", "Review", "Tip"]
