"""What policy is made from: how often help was looked for, and what a municipality answered."""

from providers.models.policy.answers import PolicyMailbox, SignalAnswer
from providers.models.policy.demand import Demand, Searched

__all__ = ["Demand", "PolicyMailbox", "Searched", "SignalAnswer"]
