"""What waits for the desk of a region."""

from providers.models.desk.requests import Claim, Tip

__all__ = ["Claim", "Tip"]
