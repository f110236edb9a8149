"""For whom help is: the child or young person, the parents, or all of them at home."""

from providers.enums import GroupAudience
from providers.models import Offer

FAMILY_THEME = "gezin"
PARENT_GROUPS = frozenset({"ouders", "aanstaande-ouders", "eenoudergezin"})
# Who is helped in person. What is there for a small child is there for its parents.
CHILD_GROUPS = frozenset({"basisschoolkind", "jongere", "jongvolwassene", "brus-kopp"})


def audience_of(offer: Offer) -> GroupAudience:
    """Return for whom an offer is, fetched with its group, questions and target groups.

    A group says so itself. Of other help the target groups do: who is named, parents or
    children. With both or neither it is for the child, unless its main question is the home.
    """
    programme = getattr(offer, "programme", None)
    if programme is not None:
        return GroupAudience(programme.audience)
    groups = {group.pk for group in offer.target_groups.all()}
    parents, children = (bool(groups & some) for some in (PARENT_GROUPS, CHILD_GROUPS))
    if parents != children:
        return GroupAudience.PARENTS if parents else GroupAudience.CHILD
    return GroupAudience.BOTH if _main_theme(offer) == FAMILY_THEME else GroupAudience.CHILD


def _main_theme(offer: Offer) -> str:
    links = sorted(offer.question_links.all(), key=lambda link: (link.rank, link.help_question_id))
    return links[0].help_question.theme_id if links else ""
