"""Who takes part in an organisation: asked by mail, given a role, let go, leaving."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from providers.enums import Role
from providers.models import AuditEvent, Invitation, Membership
from providers.permissions import managers_of
from providers.services import people
from providers.services.joining import invitations
from selfservice.links import token_for
from tests.factories import InvitationFactory, MembershipFactory, ProviderFactory, UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "fietspomp regenjas koekje dak"


@pytest.fixture
def manager(log_in, provider):
    return MembershipFactory(user=log_in(name="Noor"), provider=provider, role=Role.MANAGER)


def page(name, *args):
    return reverse(f"joining:{name}", args=args)


@pytest.fixture
def ask(client, manager, provider, django_capture_on_commit_callbacks):
    def _ask(email="sam@debrug.example", role=Role.EDITOR):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(
                page("colleagues", provider.pk), {"email": email, "role": role}, follow=True
            )

    return _ask


def link_in(letter):
    return re.search(r"https?://\S+(/meedoen/uitnodiging/\S+)", letter.body).group(1)


def choose_password(client, link, **typed):
    data = {"name": "Sam", "password1": PASSWORD, "password2": PASSWORD} | typed
    return client.post(link, data, follow=True)


# --- asking ---


@pytest.mark.django_db(transaction=True)
def test_a_colleague_gets_a_mail_with_a_link_and_nothing_else_to_do(ask, provider):
    answer = ask()
    assert "De uitnodiging voor sam@debrug.example is verstuurd." in answer.content.decode()
    (letter,) = mail.outbox
    assert letter.to == ["sam@debrug.example"]
    assert "Noor nodigt u uit voor Buurthuis De Brug" in letter.body
    assert link_in(letter)


def test_the_link_sets_the_password_confirms_the_address_and_gives_the_role(client, ask, provider):
    ask()
    client.logout()
    answer = choose_password(client, link_in(mail.outbox[0]))
    assert "Welkom. U doet nu mee bij Buurthuis De Brug." in answer.content.decode()
    member = Membership.objects.get(user__email="sam@debrug.example")
    assert (member.provider, member.role, member.user.name) == (provider, Role.EDITOR, "Sam")
    assert member.user.check_password(PASSWORD)
    assert member.user.emailaddress_set.get().verified


def test_after_that_a_second_step_can_be_set_up_at_once(client, ask):
    """With an address that was never confirmed this was a dead end."""
    ask()
    client.logout()
    choose_password(client, link_in(mail.outbox[0]))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert "Scan deze code" in client.get(reverse("mfa_activate_totp")).content.decode()


def test_following_the_link_changes_nothing(client, ask):
    ask()
    client.logout()
    for _time in range(2):
        assert client.get(link_in(mail.outbox[0])).status_code == 200
    assert Invitation.objects.open().count() == 1


def test_the_mail_is_the_same_for_who_has_an_account(ask, provider):
    UserFactory(email="lid@elders.example")
    answers = [ask(email) for email in ("lid@elders.example", "niet@elders.example")]
    pages = [re.sub(r"(niet|lid)@elders", "x", one.content.decode()) for one in answers[:1]]
    assert "account" not in pages[0].partition("<main")[2].partition("</main>")[0].lower()
    letters = [re.sub(r"/uitnodiging/\S+", "", letter.body) for letter in mail.outbox]
    assert letters[0] == letters[1]


def test_a_colleague_of_two_organisations_uses_one_account(client, ask, provider):
    sam = MembershipFactory(user__email="sam@debrug.example").user
    client.force_login(sam)
    client.logout()
    InvitationFactory(email=sam.email, provider=provider)
    link = page("invitation", invitations.token_of(Invitation.objects.get()))
    client.force_login(sam)
    client.post(link)
    assert sam.memberships.count() == 2


def test_who_has_an_account_logs_in_first(client, provider):
    user = UserFactory(email="sam@debrug.example")
    client.force_login(user)
    client.logout()
    link = page("invitation", invitations.token_of(InvitationFactory(email=user.email)))
    answer = client.post(link, {"password1": PASSWORD, "password2": PASSWORD, "name": "Sam"})
    assert answer["Location"].startswith(reverse("account_login"))
    user.refresh_from_db()
    assert not user.check_password(PASSWORD)
    assert not user.memberships.exists()


def test_who_is_logged_in_as_somebody_else_gets_nothing(client, log_in, provider):
    other = log_in()
    link = page("invitation", invitations.token_of(InvitationFactory(provider=provider)))
    assert choose_password(client, link).status_code == 403
    assert not other.memberships.exists()


def test_an_account_an_editor_made_gets_its_own_password(client, provider):
    user = UserFactory(email="sam@debrug.example", password="door de redacteur bedacht")
    link = page("invitation", invitations.token_of(InvitationFactory(email=user.email)))
    choose_password(client, link)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_an_invitation_never_takes_a_right_away(client, provider):
    sam = MembershipFactory(provider=provider, role=Role.MANAGER).user
    invitations.join(
        by=sam, invitation=InvitationFactory(email=sam.email, provider=provider, role=Role.VIEWER)
    )
    assert sam.memberships.get().role == Role.MANAGER


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Vul uw naam in."),
        ({"password2": "iets anders"}, "Dit is niet hetzelfde als het wachtwoord hierboven."),
        ({"password1": "kort", "password2": "kort"}, "te kort"),
        ({"password1": "", "password2": ""}, "Vul een wachtwoord in."),
    ],
)
def test_a_mistake_is_shown_and_uses_nothing_up(client, provider, typed, words):
    link = page("invitation", invitations.token_of(InvitationFactory(provider=provider)))
    assert words in choose_password(client, link, **typed).content.decode()
    assert Invitation.objects.open().exists()


# --- links that do not work ---


def test_a_link_works_once(client, ask):
    ask()
    client.logout()
    link = link_in(mail.outbox[0])
    choose_password(client, link)
    client.logout()
    again = choose_password(client, link, name="Een ander")
    assert (again.status_code, "al gebruikt" in again.content.decode()) == (410, True)
    assert Membership.objects.get(user__email="sam@debrug.example").user.name == "Sam"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"expires_at": "2020-01-01T00:00Z"}, "verlopen"),
        ({"withdrawn_at": "2020-01-01T00:00Z"}, "ingetrokken"),
    ],
)
def test_a_link_that_ended_says_what_to_do(client, state, words):
    link = page("invitation", invitations.token_of(InvitationFactory(**state)))
    answer = choose_password(client, link)
    assert (answer.status_code, words in answer.content.decode()) == (410, True)
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    "change", [lambda link: link[:-3] + "x/", lambda link: link.replace(":", "")]
)
def test_a_link_that_was_changed_opens_nothing(client, change):
    link = page("invitation", invitations.token_of(InvitationFactory()))
    assert choose_password(client, change(link)).status_code == 404


def test_the_link_of_a_reminder_is_no_invitation(client):
    member = MembershipFactory()
    assert (
        client.get(page("invitation", token_for(member.user, member.provider))).status_code == 404
    )


def test_a_closed_account_stays_closed(client):
    user = UserFactory(is_active=False)
    link = page("invitation", invitations.token_of(InvitationFactory(email=user.email)))
    assert choose_password(client, link).status_code == 410
    user.refresh_from_db()
    assert not user.is_active


# --- limits ---


def test_one_organisation_does_not_mail_the_world(ask, provider):
    InvitationFactory.create_batch(invitations.MOST_A_DAY, provider=provider)
    assert "Morgen kunt u verder" in ask().content.decode()
    assert mail.outbox == []


def test_one_address_is_not_mailed_again_and_again(ask):
    ask()
    assert "net een mail gekregen" in ask().content.decode()
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_gone_is_no_error_500(ask, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 9
    text = ask().content.decode()
    assert "De uitnodiging is gemaakt, maar de mail kon niet weg." in text
    assert Invitation.objects.get().mailed_at is None


def test_addresses_of_people_who_never_came_do_not_stay():
    InvitationFactory(expires_at="2020-01-01T00:00Z")
    kept = InvitationFactory()
    assert invitations.remove_old_invitations(on=timezone.now()) == 1
    assert Invitation.objects.get() == kept


# --- roles, leaving ---


def test_a_manager_gives_a_colleague_another_role(client, manager, provider):
    sam = MembershipFactory(provider=provider)
    client.post(page("colleague", provider.pk, sam.pk), {"role": Role.VIEWER})
    sam.refresh_from_db()
    assert sam.role == Role.VIEWER
    assert AuditEvent.objects.latest("at").changes == {"role": ["bewerker", "bekijker"]}


def test_a_colleague_who_was_let_go_sees_nothing_more(client, manager, provider):
    sam = MembershipFactory(provider=provider)
    client.post(page("colleague", provider.pk, sam.pk), {"laat-gaan": "ja"})
    client.force_login(sam.user)
    assert client.get(page("colleagues", provider.pk)).status_code == 404


def test_nobody_changes_their_own_role_or_that_of_another_organisation(client, manager, provider):
    other = MembershipFactory()
    for member in (manager, other):
        answer = client.post(page("colleague", provider.pk, member.pk), {"role": Role.VIEWER})
        assert answer.status_code == 404


def test_who_is_not_the_last_manager_just_leaves(client, manager, provider):
    MembershipFactory(provider=provider, role=Role.MANAGER)
    client.post(page("leave", provider.pk))
    assert not manager.user.memberships.exists()


def test_the_last_manager_names_a_successor(client, manager, provider):
    sam = MembershipFactory(provider=provider)
    assert "enige beheerder" in client.get(page("leave", provider.pk)).content.decode()
    client.post(page("leave", provider.pk), {"successor": sam.pk})
    assert managers_of(provider).get() == sam


def test_the_last_manager_does_not_leave_by_a_bare_button(client, manager, provider):
    MembershipFactory(provider=provider)
    client.post(page("leave", provider.pk))
    assert managers_of(provider).get() == manager


def test_the_last_manager_does_not_leave_unseen(
    client, manager, provider, settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page("leave", provider.pk), {"successor": "niemand"})
    (letter,) = mail.outbox
    assert letter.to == [settings.CONTACT_EMAIL]
    assert "Buurthuis De Brug" in letter.subject


def test_a_successor_is_a_colleague(client, manager, provider):
    stranger = MembershipFactory(provider=ProviderFactory())
    client.post(page("leave", provider.pk), {"successor": stranger.pk})
    assert managers_of(provider).get() == manager


def test_an_editor_takes_over_where_nobody_is_manager(client, log_in, provider):
    MembershipFactory(provider=provider, role=Role.MANAGER, user__is_active=False)
    me = MembershipFactory(user=log_in(), provider=provider)
    assert "Word beheerder" in client.get(page("colleagues", provider.pk)).content.decode()
    client.post(page("take_over", provider.pk))
    assert managers_of(provider).get() == me


def test_nobody_takes_over_from_a_manager(client, manager, log_in, provider):
    me = MembershipFactory(user=log_in(), provider=provider)
    client.post(page("take_over", provider.pk))
    me.refresh_from_db()
    assert me.role == Role.EDITOR


def test_a_service_refuses_to_leave_an_organisation_without_manager(manager):
    for change in (
        lambda: people.let_go(by=manager.user, membership=manager),
        lambda: people.change_role(by=manager.user, membership=manager, role=Role.VIEWER),
    ):
        with pytest.raises(people.LastManagerError):
            change()
