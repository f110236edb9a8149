"""The domain's models; one file per subject."""

from providers.models.areas import ServiceArea
from providers.models.audit import AuditEvent, SheetChange
from providers.models.base import AppendOnlyError
from providers.models.confirmations import Confirmation
from providers.models.desk import Call, Claim, FormerProvider, Review, Tip
from providers.models.geography import Municipality, PostalArea, Town, YouthRegion
from providers.models.groups import GroupProgramme, GroupRun
from providers.models.index import OfferIndex, OfferWords
from providers.models.municipal.client_support import ClientSupport
from providers.models.municipal.crisis_number import CrisisNumber
from providers.models.municipal.local_team import LocalTeam
from providers.models.municipal.region_word import RegionWord
from providers.models.offer import Offer, OfferHelpQuestion
from providers.models.people import Invitation, Membership
from providers.models.policy import (
    AskedProvider,
    Demand,
    OfferUse,
    PolicyMailbox,
    ReportedTable,
    SignalAnswer,
    WaitRequest,
)
from providers.models.provider import Location, Provider
from providers.models.referral.facts import CanAlsoTake, ReferralFacts
from providers.models.rules import RegionClock, WaitNorm
from providers.models.signals import Interest, MissingHelpSignal, Report
from providers.models.vocabulary import (
    CareLevelText,
    HelpQuestion,
    Language,
    SearchWord,
    Signal,
    TargetGroup,
    Theme,
)
from providers.models.waits import WaitRetraction, WaitTime

__all__ = [
    "AppendOnlyError",
    "AskedProvider",
    "AuditEvent",
    "Call",
    "CanAlsoTake",
    "CareLevelText",
    "Claim",
    "ClientSupport",
    "Confirmation",
    "CrisisNumber",
    "Demand",
    "FormerProvider",
    "GroupProgramme",
    "GroupRun",
    "HelpQuestion",
    "Interest",
    "Invitation",
    "Language",
    "LocalTeam",
    "Location",
    "Membership",
    "MissingHelpSignal",
    "Municipality",
    "Offer",
    "OfferHelpQuestion",
    "OfferIndex",
    "OfferUse",
    "OfferWords",
    "PolicyMailbox",
    "PostalArea",
    "Provider",
    "ReferralFacts",
    "RegionClock",
    "RegionWord",
    "Report",
    "ReportedTable",
    "Review",
    "SearchWord",
    "ServiceArea",
    "SheetChange",
    "Signal",
    "SignalAnswer",
    "TargetGroup",
    "Theme",
    "Tip",
    "Town",
    "WaitNorm",
    "WaitRequest",
    "WaitRetraction",
    "WaitTime",
    "YouthRegion",
]
