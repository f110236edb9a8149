"""The site with one of everything, and somebody of each role, for the tests of every page."""

from accounts.models import User
from gaps.demand.quarter import token_for as quarter_token_for
from importing.models import ImportRun, ListSource
from providers.enums import Role
from providers.models import Municipality, SheetChange
from providers.services.joining.invitations import token_of
from selfservice.links import token_for
from tests.access_data import copied
from tests.factories import (
    AuditEventFactory,
    ClaimFactory,
    CrisisNumberFactory,
    GroupProgrammeFactory,
    GroupRunFactory,
    InterestFactory,
    InvitationFactory,
    LocalTeamFactory,
    LocationFactory,
    MembershipFactory,
    MissingHelpSignalFactory,
    OfferFactory,
    PolicyMailboxFactory,
    ProviderFactory,
    RegionWordFactory,
    TipFactory,
    UserFactory,
    WaitRequestFactory,
    WaitTimeFactory,
    YouthRegionFactory,
    days_ago,
)
from tests.gap_factories import CoverageSnapshotFactory


def build_world(region):
    """Build one of everything; return the numbers that addresses take, and a user of each role."""
    offer = OfferFactory(
        title="Samen koken", provider__name="De Boei", group=True, municipalities=[region.leiden]
    )
    location = LocationFactory(provider=offer.provider)
    offer.locations.set([location])
    run = GroupRunFactory(programme=GroupProgrammeFactory(offer=offer))
    users = people(offer.provider, region.leiden)
    numbers = {
        "offer": offer.pk,
        "provider": offer.provider_id,
        "user": users["staff"].pk,
        "run": run.pk,
        "location": location.pk,
        "wait": WaitTimeFactory(offer=offer).pk,
        "table_change": SheetChange.objects.create(provider=offer.provider).pk,
        "import_run": an_import(region.leiden.region).pk,
        "interest": InterestFactory(programme=run.programme, run=run).pk,
        **a_signal(region.leiden),
        **copied(offer),
        "day": CoverageSnapshotFactory(municipality=region.leiden, taken_on=days_ago(30)).taken_on,
        "quarter_token": quarter_token_for(users["municipality"].memberships.get()),
        "token": token_for(users["editor"], offer.provider),
    }
    return numbers | taking_part(offer.provider) | at_the_desk(offer, region.leiden), users


def an_import(region):
    """Return the import of a list of this region."""
    ListSource.objects.create(code="lijst", name="Lijst", region=region)
    return ImportRun.objects.create(source="lijst", file_name="lijst.csv")


def a_signal(leiden):
    """Return the help question of a signal, and the key to follow it by."""
    signal = MissingHelpSignalFactory(municipality=leiden, follow="Volg" * 5 + "ab")
    PolicyMailboxFactory(municipality=leiden)
    return {"question": signal.help_question_id, "follow": signal.follow}


def people(provider, leiden):
    """Return somebody of each role."""
    elsewhere = OfferFactory(municipalities=[leiden]).provider
    members = {
        "manager": {"provider": provider, "role": Role.MANAGER},
        "editor": {"provider": provider},
        "viewer": {"provider": provider, "role": Role.VIEWER},
        "stranger": {"provider": elsewhere},
        "municipality": {"provider": None, "municipality": leiden, "quarter_mail": True},
        "desk": {"provider": None, "region": leiden.region, "role": Role.MANAGER},
        "other_desk": {
            "provider": None,
            "region": YouthRegionFactory(code="JZ99"),
            "role": Role.MANAGER,
        },
    }
    found = {who: MembershipFactory(**about).user for who, about in members.items()}
    return found | {"staff": UserFactory(is_staff=True, is_superuser=True)}


def taking_part(provider):
    """Return the numbers of who takes part in a provider, and who is asked to."""
    invitation = InvitationFactory(provider=provider)
    return {
        "colleague": MembershipFactory(provider=provider).pk,
        "invitation": invitation.pk,
        "invitation_token": token_of(invitation),
    }


def at_the_desk(offer, leiden):
    """Return the numbers of what lies at the desk of the region."""
    region, provider = leiden.region, offer.provider
    event = AuditEventFactory(
        by=MembershipFactory(provider=provider).user,
        subject_type="offer",
        subject_id=str(offer.pk),
        changes={"title": ["Samen eten", "Samen koken"]},
        regions=region.pk,
    )
    return {
        "region": region.pk,
        "desk_member": MembershipFactory(provider=None, region=region).pk,
        "event": event.pk,
        "double": ProviderFactory(desk=region).pk,
        "claim": ClaimFactory(provider=provider, region=region).pk,
        "crisis_number": CrisisNumberFactory(region=region).pk,
        "own_word": RegionWordFactory(region=region).pk,
        "local_team": LocalTeamFactory(provider=provider, postal_areas=["2311"]).pk,
        # Of no quarter that the form offers: each is asked for once.
        "wait_request": WaitRequestFactory(region=region, year=2020).pk,
        "tip": TipFactory(municipality=leiden, region=region).pk,
    }


def more_people(numbers):
    """Return who has a right elsewhere, a lesser one, or none any more."""
    provider = {"provider_id": numbers["provider"], "role": Role.EDITOR}
    leiden, katwijk = (Municipality.objects.get(slug=slug) for slug in ("leiden", "katwijk"))
    left = MembershipFactory(**provider)
    reading_along = {"municipality": leiden, "role": Role.VIEWER}
    users = {
        "municipality_viewer": MembershipFactory(provider=None, **reading_along).user,
        "other_municipality": MembershipFactory(provider=None, municipality=katwijk).user,
        "staff_without_rights": UserFactory(is_staff=True),
        "left": left.user,
        "inactive": MembershipFactory(**provider).user,
    }
    left.delete()
    return users


def users_again(users):
    """Return these users as they are in the database now, for a test that may change them."""
    rows = User.objects.in_bulk([user.pk for user in users.values()])
    return {role: rows[user.pk] for role, user in users.items()}
