"""With whom referrers can talk before they refer anybody, as far as the demo says."""

from collections.abc import Iterable

from demo.building import Build
from demo.content import DemoProvider
from providers.enums import Ternary
from providers.services.publishing.referral import set_referral_facts


def add_consults(content: Iterable[DemoProvider], build: Build) -> None:
    """Say of each offer that has a consult with whom, when and what about."""
    for row in content:
        for text in row.offers:
            if not text.consult:
                continue
            who, when, about = text.consult
            set_referral_facts(
                by=None,
                offer=build.offers[row.key, text.key],
                also_takes={},
                consult=Ternary.YES,
                consult_who=who,
                consult_when=when,
                consult_about=about,
            )
