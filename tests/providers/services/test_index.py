"""The search index stays true, whichever service writes."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from providers.enums import (
    AccessRoute,
    ConfirmedVia,
    ContractStatus,
    GroupAudience,
    GroupKind,
    OfferStatus,
    WaitStatus,
)
from providers.index.words import words_for_index
from providers.models import GroupProgramme, GroupRun, Offer, OfferIndex, OfferWords, ServiceArea
from providers.services import bulk, confirmations, groups, offers, people, waits
from providers.services import providers as provider_services
from providers.services.index import INDEX_FIELDS, drifted, index_row, reindex
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    HelpQuestionFactory,
    LanguageFactory,
    LocationFactory,
    MunicipalityFactory,
    OfferFactory,
    ProviderFactory,
    TargetGroupFactory,
    ThemeFactory,
    UserFactory,
    WaitTimeFactory,
    days_ago,
)

pytestmark = pytest.mark.django_db

PROGRAMME = {"kind": GroupKind.TRAINING, "audience": GroupAudience.PARENTS}


def fields():
    return {
        "title": "Faalangsttraining voor brugklassers",
        "summary": "Oefenen met presenteren.",
        "how_to_start": "Bel ons.",
        "level": 1,
        "age_min": 11,
        "age_max": 13,
        "formats": ["groep", "op_school"],
        "phases": ["wachtend"],
        "help_questions": [HelpQuestionFactory(code="faalangst").pk],
        "target_groups": [TargetGroupFactory(code="ouders").pk],
        "languages": [LanguageFactory(code="nl").pk, LanguageFactory(code="ar").pk],
    }


def wait_of(offer, **changes):
    return waits.WaitTime(
        offer=offer,
        measured_on=dt.date(2026, 1, 5),
        status=WaitStatus.KNOWN,
        intake_weeks=3,
        treatment_weeks="4.5",
        **changes,
    )


def an_area(offer):
    return ServiceArea(offer=offer, municipality=MunicipalityFactory(), walk_in=True)


def a_draft():
    new = Offer(
        provider=ProviderFactory(), title="Maatje", level=0, status=OfferStatus.LISTED, online=True
    )
    return bulk.OfferDraft(new, help_questions=("somberheid",), languages=(LanguageFactory().pk,))


def a_municipality():
    return MunicipalityFactory().pk


def a_programme(offer):
    return GroupProgrammeFactory(offer=offer)


def a_saved_run(offer):
    return GroupRunFactory(programme__offer=offer)


def a_counting_wait(by, offer):
    return waits.record_wait(by=by, offer=offer, start_weeks=2)


def some_places_left(offer):
    run = a_saved_run(offer)
    return groups.PlacesLeft(run=run, shown=run.places_left, left=1)


def a_run(offer):
    return GroupRun(programme=GroupProgrammeFactory(offer=offer), starts_on=dt.date(2026, 12, 1))


# Every service that writes what the search knows of, or what hangs on it: by, offer -> anything.
WRITES = {
    "create_offer": lambda by, it: offers.create_offer(by=by, provider=it.provider, **fields()),
    "update_offer": lambda by, it: offers.update_offer(by=by, offer=it, **fields()),
    "update_offer, nothing left": lambda by, it: offers.update_offer(
        by=by, offer=it, target_groups=[], languages=[], age_min=None, age_max=None, formats=[]
    ),
    "publish_offer": lambda by, it: offers.publish_offer(by=by, offer=it),
    "archive_offer": lambda by, it: offers.archive_offer(by=by, offer=it),
    "confirm_offer": lambda by, it: confirmations.confirm_offer(by=by, offer=it),
    "confirm_offers": lambda by, it: confirmations.confirm_offers(by=by, offers=[it]),
    "confirm_contact": lambda by, it: confirmations.confirm_contact(by=by, provider=it.provider),
    "confirm_provider": lambda by, it: confirmations.confirm_provider(
        by=by, provider=it.provider, offers=[it]
    ),
    "set_service_area": lambda by, it: offers.set_service_area(
        by=by,
        offer=it,
        municipality=a_municipality(),
        routes=[AccessRoute.WALK_IN],
        contract=ContractStatus.CONTRACTED,
    ),
    "record_wait": lambda by, it: waits.record_wait(
        by=by, offer=it, status=WaitStatus.KNOWN, intake_weeks="1.5", treatment_weeks=2
    ),
    "record_wait, a stop": lambda by, it: waits.record_wait(
        by=by, offer=it, status=WaitStatus.STOP
    ),
    "record_waits": lambda by, it: waits.record_waits(by=by, waits=[wait_of(it)]),
    "answer_wait": lambda by, it: waits.answer_wait(
        by=by, offer=it, shown=None, fields={"start_weeks": Decimal(3)}, via=ConfirmedVia.LINK
    ),
    "retract_wait": lambda by, it: waits.retract_wait(by=by, wait=a_counting_wait(by, it)),
    "refresh_current_waits": lambda by, it: waits.refresh_current_waits([it.pk]),
    "set_programme": lambda by, it: groups.set_programme(by=by, offer=it, **PROGRAMME),
    "add_run": lambda by, it: groups.add_run(
        by=by, programme=a_programme(it), starts_on=dt.date(2026, 12, 1)
    ),
    "update_run": lambda by, it: groups.update_run(
        by=by, run=a_saved_run(it), starts_on=dt.date(2027, 3, 1), enrol_by=None
    ),
    "cancel_run": lambda by, it: groups.cancel_run(by=by, run=a_saved_run(it)),
    "restore_run": lambda by, it: groups.restore_run(by=by, run=a_saved_run(it)),
    "update_places": lambda by, it: groups.update_places(by=by, run=a_saved_run(it), places_left=1),
    "update_places_of_runs": lambda by, it: groups.update_places_of_runs(
        by=by, given=[some_places_left(it)]
    ),
    "restore_places": lambda by, it: groups.restore_places(
        by=by,
        run=groups.update_places(by=by, run=a_saved_run(it), places_left=1),
        given=1,
        left=2,
        on=None,
    ),
    "take_places": lambda by, it: groups.take_places(by=by, run=a_saved_run(it)),
    "create_provider": lambda by, it: provider_services.create_provider(
        by=by, name="Nieuw (demo)", kind="welzijn"
    ),
    "update_provider": lambda by, it: provider_services.update_provider(
        by=by, provider=it.provider, name="Heel anders"
    ),
    "add_location": lambda by, it: provider_services.add_location(
        by=by, provider=it.provider, town="Leiden"
    ),
    "add_providers": lambda by, it: bulk.add_providers(by=by, providers=[ProviderFactory.build()]),
    "add_locations": lambda by, it: bulk.add_locations(
        by=by, locations=[LocationFactory.build(provider=it.provider)]
    ),
    "add_offers": lambda by, it: bulk.add_offers(by=by, drafts=[a_draft()]),
    "add_service_areas": lambda by, it: bulk.add_service_areas(by=by, areas=[an_area(it)]),
    "add_programmes": lambda by, it: bulk.add_programmes(
        by=by, programmes=[GroupProgramme(offer=it, **PROGRAMME)]
    ),
    "add_runs": lambda by, it: bulk.add_runs(by=by, runs=[a_run(it)]),
    "publish_offers": lambda by, it: bulk.publish_offers(by=by, offers=[it]),
}
# What writes rows that the search does not know of, or is called by one of the above.
ELSEWHERE = {"check_complete", "add_interest", "add_confirmations", "confirm_places", "counts"}
# For services that fill an offer; set_service_area has it.
ELSEWHERE |= {"publish_completed"}
ELSEWHERE |= {
    "confirm_wait",
    "remind",
    "reminded_before",
    *(name for name in vars(people) if not name.startswith("_")),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_every_service_keeps_the_index_true(write):
    offer = OfferFactory(
        status=OfferStatus.DRAFT,
        target_groups=[TargetGroupFactory()],
        languages=[LanguageFactory()],
    )
    write(UserFactory(), offer)
    assert drifted(Offer.objects.all()) == []


def test_no_service_is_left_out_of_that():
    public = {
        name
        for module in (offers, confirmations, waits, groups, provider_services, bulk)
        for name, what in vars(module).items()
        if callable(what)
        and getattr(what, "__module__", "") == module.__name__
        and not name.startswith("_")
        and not isinstance(what, type)
    }
    assert public - ELSEWHERE == {name.split(",")[0] for name in WRITES}


# --- drift -------------------------------------------------------------------------------------


DRIFTS = {
    "title": lambda it: Offer.objects.filter(pk=it.pk).update(title="Iets anders"),
    "level": lambda it: Offer.objects.filter(pk=it.pk).update(level=5),
    "wait": lambda it: Offer.objects.filter(pk=it.pk).update(wait_weeks=3, wait_status="bekend"),
    "provider": lambda it: type(it.provider).objects.update(name="Iemand anders"),
    "question": lambda it: it.question_links.all().delete(),
    "language": lambda it: it.languages.add(LanguageFactory(code="fr")),
    "closed": lambda it: Offer.objects.filter(pk=it.pk).update(
        closed_from=days_ago(1), closed_until=days_ago(-1)
    ),
    "wheelchair": lambda it: it.locations.add(LocationFactory(wheelchair="ja")),
    "also takes": lambda it: it.can_also_take.create(
        condition="autisme", answer=True, stated_on=days_ago(0)
    ),
    "index gone": lambda it: OfferIndex.objects.all().delete(),
    "words gone": lambda it: OfferWords.objects.all().delete(),
}


@pytest.mark.parametrize("spoil", DRIFTS.values(), ids=DRIFTS)
def test_drift_is_seen_and_mended(spoil, capsys):
    offer = OfferFactory()
    spoil(offer)
    with pytest.raises(CommandError, match=f"nummers {offer.pk}"):
        call_command("rebuild_index", check=True)
    call_command("rebuild_index", verbosity=0)
    call_command("rebuild_index", check=True)
    assert "De index klopt." in capsys.readouterr().out


def test_a_row_says_what_the_offer_says():
    offer = WaitTimeFactory(intake_weeks=1, treatment_weeks="2.5").offer
    row = OfferIndex.objects.get(pk=offer.pk)
    assert (row.wait_weeks, row.questions, row.level) == (3.5, "|somberheid|", 1)
    whole = Offer.objects.get(pk=offer.pk)
    assert {name: getattr(row, name) for name in INDEX_FIELDS} == {
        name: getattr(index_row(whole), name) for name in INDEX_FIELDS
    }


def test_the_main_question_comes_first():
    offer = OfferFactory(help_questions=["slapen", "angst", "somberheid"])
    assert OfferIndex.objects.get(pk=offer.pk).questions == "|slapen|angst|somberheid|"


def test_an_offer_may_have_every_help_question_there_is():
    codes = [
        HelpQuestionFactory(code=f"een-hulpvraag-met-een-lange-naam-{n}").pk for n in range(40)
    ]
    offer = offers.update_offer(by=None, offer=OfferFactory(), help_questions=codes)
    offer.index.clean_fields()
    assert offer.index.questions == f"|{'|'.join(codes)}|"


def for_family(offer):
    reindex([offer.pk])
    return OfferIndex.objects.get(pk=offer.pk).for_family


@pytest.mark.parametrize("theme", ["gezin", "stemming"])
@pytest.mark.parametrize(
    ("audience", "family"),
    [(GroupAudience.PARENTS, True), (GroupAudience.BOTH, True), (GroupAudience.CHILD, False)],
)
def test_a_group_says_itself_whether_it_is_for_the_family(theme, audience, family):
    offer = GroupProgrammeFactory(
        audience=audience, offer=named(theme, ["ouders", "jongere"])
    ).offer
    assert for_family(offer) is family


@pytest.mark.parametrize(
    ("theme", "groups", "family"),
    [
        ("stemming", ["ouders"], True),
        ("stemming", ["ouders", "jonge-kind"], True),
        ("stemming", ["ouders", "jongere"], False),
        ("stemming", ["basisschoolkind"], False),
        ("stemming", [], False),
        ("gezin", ["eenoudergezin"], True),
        ("gezin", ["brus-kopp"], False),
        ("gezin", ["ouders", "jongere"], True),
        ("gezin", [], True),
    ],
)
def test_other_help_is_for_the_family_when_the_child_is_not_helped_in_person(theme, groups, family):
    assert for_family(named(theme, groups)) is family


def named(theme, groups):
    """Return an offer with a question of this theme, for these target groups."""
    question = HelpQuestionFactory(code="een-hulpvraag", theme=ThemeFactory(code=theme))
    targets = [TargetGroupFactory(code=code) for code in groups]
    return OfferFactory(help_questions=[question], target_groups=targets)


def test_an_index_of_many_takes_as_many_statements_as_one(django_assert_max_num_queries):
    ids = [offer.pk for offer in OfferFactory.create_batch(12)]
    # The last two read the locations, for wheelchair access, and what else is taken.
    with django_assert_max_num_queries(12):
        assert reindex(ids) == 12


# --- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Angst", "angst"),
        ("de Trainingen", "trainingen 0train"),
        ("faalangsttraining", "faalangsttraining 0faalangsttrain 0faalang 0train"),
        ("Pubers én pubers", "pubers 0puber"),
        ("16+ en 2e", "16 2e"),
    ],
)
def test_the_index_holds_words_whole_and_then_their_stems(text, held):
    assert words_for_index(text) == held


def test_the_words_of_one_offer_do_not_depend_on_another():
    first = OfferFactory(title="Boeltaclub")
    OfferFactory(title="Boelta")
    HelpQuestionFactory(label="Boelta")
    assert drifted(Offer.objects.filter(pk=first.pk)) == []
