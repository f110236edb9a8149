"""What policy is made from: how often help was looked for, and what a municipality answered."""

from providers.models.policy.answers import PolicyMailbox, SignalAnswer
from providers.models.policy.demand import Demand, Searched
from providers.models.policy.offer_use import OfferUse, Used
from providers.models.policy.reported_table import ReportedTable
from providers.models.policy.wait_request import AskedProvider, WaitRequest

__all__ = [
    "AskedProvider",
    "Demand",
    "OfferUse",
    "PolicyMailbox",
    "ReportedTable",
    "Searched",
    "SignalAnswer",
    "Used",
    "WaitRequest",
]
