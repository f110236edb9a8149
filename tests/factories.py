"""Test data that reads like a sentence: one factory per model.

Every default is valid, and an offer is complete: published, with a help question and a
municipality it serves. So a test names only what it is about::

    OfferFactory(title="Samen hardlopen", help_questions=["somberheid"], municipalities=["GM0546"])
    WaitTimeFactory(offer=offer, intake_weeks=2, treatment_weeks=4)
"""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import User
from providers import models
from providers.enums import (
    AgeBand,
    CareLevel,
    ConfirmedVia,
    ContractStatus,
    DatedFact,
    GroupAudience,
    GroupKind,
    HelpKind,
    OfferStatus,
    PointPrecision,
    ProviderKind,
    ReportKind,
    Role,
    WaitStatus,
)
from providers.services.index import reindex
from providers.services.waits import refresh_current_waits
from tests.desk_factories import (  # noqa: F401 - tests take them all from here
    CallFactory,
    FormerProviderFactory,
    ReviewFactory,
    SheetChangeFactory,
)
from tests.municipal_factories import (  # noqa: F401 - tests take them all from here
    ClientSupportFactory,
    CrisisNumberFactory,
    LocalTeamFactory,
    RegionWordFactory,
)
from tests.policy_factories import (  # noqa: F401 - tests take them all from here
    AskedProviderFactory,
    DemandFactory,
    MissingHelpSignalFactory,
    OfferUseFactory,
    PolicyMailboxFactory,
    ReportedTableFactory,
    SignalAnswerFactory,
    WaitRequestFactory,
)
from tests.reference_factories import (  # noqa: F401 - tests take them all from here
    LEIDEN,
    CareLevelTextFactory,
    HelpQuestionFactory,
    LanguageFactory,
    MunicipalityFactory,
    PointFactory,
    PostalAreaFactory,
    SearchWordFactory,
    TargetGroupFactory,
    ThemeFactory,
    TownFactory,
    YouthRegionFactory,
)
from tests.referral_factories import (  # noqa: F401 - tests take them all from here
    CanAlsoTakeFactory,
    ReferralFactsFactory,
)

PASSWORD = "een lang wachtwoord voor de test"


def days_ago(days: int) -> dt.date:
    """Return the day this many days before today; negative for days to come."""
    return timezone.localdate() - dt.timedelta(days=days)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        django_get_or_create = ["email"]

    email = factory.Sequence(lambda n: f"persoon{n}@voorbeeld.example")
    name = factory.Sequence(lambda n: f"Persoon {n}")

    @classmethod
    def _create(cls, model_class, *args, password=PASSWORD, **kwargs):
        user = super()._create(model_class, *args, **kwargs)
        user.set_password(password)
        user.save(update_fields=["password"])
        return user


class ProviderFactory(DjangoModelFactory):
    class Meta:
        model = models.Provider

    name = factory.Sequence(lambda n: f"Aanbieder {n}")
    kind = ProviderKind.WELFARE
    phone = "071 000 00 12"
    email = "info@aanbieder.example"
    website = "https://aanbieder.example"


class LocationFactory(PointFactory):
    class Meta:
        model = models.Location

    provider = factory.SubFactory(ProviderFactory)
    street = factory.Sequence(lambda n: f"Waterstraat {n + 1}")
    postcode = "2311 AA"
    town = "Leiden"
    precision = PointPrecision.ADDRESS


class OfferFactory(DjangoModelFactory):
    """A complete offer.

    Takes `help_questions` (codes or objects, main one first), `municipalities` (codes or
    objects), `target_groups`, `languages` and `locations` (objects); pass an empty list for none.
    """

    class Meta:
        model = models.Offer
        skip_postgeneration_save = True

    provider = factory.SubFactory(ProviderFactory)
    status = OfferStatus.PUBLISHED
    title = factory.Sequence(lambda n: f"Aanbod {n}")
    summary = "Praten en samen iets doen, elke week."
    how_to_start = "Bel ons. Een brief van de huisarts is niet nodig."
    cost = "Gratis"
    level = CareLevel.PREVENTION
    age_min = 12
    age_max = 17
    individual = True

    @factory.post_generation
    def help_questions(self, create, extracted, **kwargs):
        questions = ["somberheid"] if extracted is None else extracted
        for rank, question in enumerate(questions):
            row = HelpQuestionFactory(code=getattr(question, "pk", question))
            OfferHelpQuestionFactory(offer=self, help_question=row, rank=rank)

    @factory.post_generation
    def municipalities(self, create, extracted, **kwargs):
        places = [MunicipalityFactory()] if extracted is None else extracted
        for place in places:
            row = MunicipalityFactory(code=getattr(place, "pk", place))
            ServiceAreaFactory(offer=self, municipality=row)

    @factory.post_generation
    def target_groups(self, create, extracted, **kwargs):
        self.target_groups.set(extracted or [])

    @factory.post_generation
    def languages(self, create, extracted, **kwargs):
        self.languages.set(extracted or [])

    @factory.post_generation
    def locations(self, create, extracted, **kwargs):
        self.locations.set(extracted or [])

    @factory.post_generation
    def words(self, create, extracted, **kwargs):
        """Last: the search words follow from everything above."""
        reindex([self.pk])


class OfferHelpQuestionFactory(DjangoModelFactory):
    class Meta:
        model = models.OfferHelpQuestion

    offer = factory.SubFactory(OfferFactory, help_questions=[])
    help_question = factory.SubFactory(HelpQuestionFactory)
    rank = 0


class OfferWordsFactory(DjangoModelFactory):
    """The search words of an offer, for when the test wants other words than the real ones."""

    class Meta:
        model = models.OfferWords
        django_get_or_create = ["offer"]

    offer = factory.SubFactory(OfferFactory)
    title = "hardlopen"
    body = "praten"


class OfferIndexFactory(DjangoModelFactory):
    """The index row of an offer, as the services write it."""

    class Meta:
        model = models.OfferIndex
        django_get_or_create = ["offer"]

    offer = factory.SubFactory(OfferFactory)


class ServiceAreaFactory(DjangoModelFactory):
    class Meta:
        model = models.ServiceArea

    offer = factory.SubFactory(OfferFactory, municipalities=[])
    municipality = factory.SubFactory(MunicipalityFactory)
    walk_in = True
    contract = ContractStatus.FREE


def _weeks(wait, weeks):
    return weeks if wait.status == WaitStatus.KNOWN else None


class WaitTimeFactory(DjangoModelFactory):
    """A measurement of today, copied onto its offer when it is the newest."""

    class Meta:
        model = models.WaitTime
        skip_postgeneration_save = True

    offer = factory.SubFactory(OfferFactory)
    measured_on = factory.LazyFunction(timezone.localdate)
    status = WaitStatus.KNOWN
    intake_weeks = factory.LazyAttribute(lambda wait: _weeks(wait, 2))
    treatment_weeks = factory.LazyAttribute(lambda wait: _weeks(wait, 4))

    @factory.post_generation
    def current(self, create, extracted, **kwargs):
        refresh_current_waits([self.offer_id])
        self.offer.refresh_from_db()


class WaitRetractionFactory(DjangoModelFactory):
    """A measurement that somebody took back just now."""

    class Meta:
        model = models.WaitRetraction

    wait = factory.SubFactory(WaitTimeFactory)


class GroupProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = models.GroupProgramme
        skip_postgeneration_save = True

    offer = factory.SubFactory(OfferFactory, individual=False, group=True)
    kind = GroupKind.PEERS
    audience = GroupAudience.CHILD
    min_size = 4
    max_size = 10
    sessions = 8
    minutes = 90

    @factory.post_generation
    def index(self, create, extracted, **kwargs):
        """What the search knows of an offer follows from its group as well."""
        reindex([self.offer_id])


class GroupRunFactory(DjangoModelFactory):
    """A run that starts in two weeks, with places."""

    class Meta:
        model = models.GroupRun

    programme = factory.SubFactory(GroupProgrammeFactory)
    starts_on = factory.LazyFunction(lambda: days_ago(-14))
    start_time = dt.time(16)
    places = 10
    places_left = 4
    places_confirmed_on = factory.LazyFunction(timezone.localdate)


class InterestFactory(DjangoModelFactory):
    """Somebody has two children for a group; counts as of today."""

    class Meta:
        model = models.Interest

    programme = factory.SubFactory(GroupProgrammeFactory)
    count = 2
    age_band = AgeBand.MIDDLE
    municipality = factory.SubFactory(MunicipalityFactory, code="GM0546", name="Leiden")
    expires_on = factory.LazyFunction(lambda: days_ago(-60))
    sender = factory.Sequence(lambda n: f"afzender-{n}")


class ConfirmationFactory(DjangoModelFactory):
    """Somebody at the provider says that the offer is still right."""

    class Meta:
        model = models.Confirmation

    offer = factory.SubFactory(OfferFactory)
    fact = DatedFact.OFFER
    who = "Medewerker van de aanbieder"
    via = ConfirmedVia.LOGIN


class ReportFactory(DjangoModelFactory):
    """A referrer says that an offer is full."""

    class Meta:
        model = models.Report

    offer = factory.SubFactory(OfferFactory)
    kind = ReportKind.FULL
    created_on = factory.LazyFunction(timezone.localdate)
    # Some hours apart from those of other days, and before whatever a test does today.
    created_at = factory.LazyAttribute(
        lambda report: dt.datetime.combine(report.created_on, dt.time(0, 1), tzinfo=dt.UTC)
    )
    sender = factory.Sequence(lambda n: f"afzender-{n}")


class RegionClockFactory(DjangoModelFactory):
    class Meta:
        model = models.RegionClock
        django_get_or_create = ["region", "fact"]

    region = factory.SubFactory(YouthRegionFactory)
    fact = DatedFact.WAIT
    days = 10


class WaitNormFactory(DjangoModelFactory):
    class Meta:
        model = models.WaitNorm
        django_get_or_create = ["region", "kind"]

    region = factory.SubFactory(YouthRegionFactory)
    kind = HelpKind.PARENTING
    weeks = 13
    source = "Regiovisie 2030, bladzijde 12"


class MembershipFactory(DjangoModelFactory):
    """An editor of a provider; for a municipality pass `provider=None, municipality=...`."""

    class Meta:
        model = models.Membership

    user = factory.SubFactory(UserFactory)
    provider = factory.SubFactory(ProviderFactory)
    role = Role.EDITOR


class ClaimFactory(DjangoModelFactory):
    """Somebody says that an organisation on the map is theirs."""

    class Meta:
        model = models.Claim

    region = factory.SubFactory(YouthRegionFactory)
    provider = factory.SubFactory(ProviderFactory)
    person = "Sam de Vries"
    email = factory.Sequence(lambda n: f"aanvraag{n}@voorbeeld.example")


class TipFactory(DjangoModelFactory):
    """A referrer names a project that is not on the map."""

    class Meta:
        model = models.Tip

    region = factory.SubFactory(YouthRegionFactory)
    name = "Fietsclub Zuid"
    municipality = factory.SubFactory(MunicipalityFactory)


class InvitationFactory(DjangoModelFactory):
    """Somebody is asked by mail to take part in a provider."""

    class Meta:
        model = models.Invitation

    email = factory.Sequence(lambda n: f"nieuw{n}@voorbeeld.example")
    provider = factory.SubFactory(ProviderFactory)
    role = Role.EDITOR
    mailed_at = factory.LazyFunction(timezone.now)


class AuditEventFactory(DjangoModelFactory):
    class Meta:
        model = models.AuditEvent

    action = "offer.updated"
    subject_type = "Offer"
    subject_id = factory.Sequence(str)
    subject_label = "Aanbod"
    changes = factory.LazyFunction(lambda: {"title": ["Oud", "Nieuw"]})
