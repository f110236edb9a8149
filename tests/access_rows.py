"""What the pages of accounts and of the admin answer, each with the one right status.

They are of allauth and of Django, so every page answers a method in its own way.
"""

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
NOT_IN = {"anonymous", "inactive"}
STAFF = {"staff", "staff_without_rights"}


def answers(get, post, *, put=405, other=405, options=200):
    """Return the status by method; `other` is of PATCH and DELETE."""
    return dict(zip(METHODS, (get, get, post, put, other, other, options), strict=True))


def always(status):
    return answers(status, status, put=status, other=status, options=status)


PAGE = answers(200, 405)
# A form sent without what it asks for is shown again; these take PUT as POST.
FORM = answers(200, 200, put=200)
ELSEWHERE, NOT_FOUND, FORBIDDEN = always(302), always(404), always(403)

# By address: for who is not logged in, and for who is.
ACCOUNT = {
    "account/login/": (FORM, ELSEWHERE),
    "account/logout/": (answers(302, 302), answers(200, 302)),
    # There is no signing up: the page says so.
    "account/signup/": (always(200), ELSEWHERE),
    "account/inactive/": (PAGE, PAGE),
    "account/reauthenticate/": (ELSEWHERE, FORM),
    "account/email/": (ELSEWHERE, answers(200, 302, put=302)),
    "account/confirm-email/": (PAGE, PAGE),
    r"account/^confirm-email/(?P<key>[-:\w]+)/$": (answers(200, 404), answers(200, 404)),
    "account/password/change/": (ELSEWHERE, FORM),
    "account/password/set/": (ELSEWHERE, ELSEWHERE),
    "account/password/reset/": (FORM, FORM),
    "account/password/reset/done/": (PAGE, PAGE),
    "account/password/reset/key/done/": (PAGE, PAGE),
    "account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": (
        always(200),
        always(200),
    ),
    "account/login/code/confirm/": (ELSEWHERE, ELSEWHERE),
    "account/ingelogd/": (ELSEWHERE, answers(200, 405, options=405)),
    # No provider of log-ins in the settings of the tests (tests/accounts/oidc).
    "account/organisatie/": (NOT_FOUND, NOT_FOUND),
    "account/organisatie/terug/": (NOT_FOUND, NOT_FOUND),
    "account/organisatie/koppelen/<str:token>/": (
        answers(404, 404, put=405, options=405),
        answers(404, 404, put=405, options=405),
    ),
    "account/2fa/": (ELSEWHERE, PAGE),
    "account/2fa/authenticate/": (ELSEWHERE, ELSEWHERE),
    "account/2fa/reauthenticate/": (ELSEWHERE, ELSEWHERE),
    "account/2fa/totp/activate/": (ELSEWHERE, ELSEWHERE),
    "account/2fa/totp/deactivate/": (ELSEWHERE, NOT_FOUND),
    "account/2fa/recovery-codes/": (ELSEWHERE, answers(404, 405)),
    "account/2fa/recovery-codes/generate/": (ELSEWHERE, ELSEWHERE),
    "account/2fa/recovery-codes/download/": (ELSEWHERE, NOT_FOUND),
    "account/2fa/webauthn/": (ELSEWHERE, PAGE),
    "account/2fa/webauthn/add/": (ELSEWHERE, ELSEWHERE),
    "account/2fa/webauthn/login/": (answers(302, 302, put=302), ELSEWHERE),
    "account/2fa/webauthn/reauthenticate/": (ELSEWHERE, ELSEWHERE),
    # By number: first the password once more, then only one's own (tests/accounts/passkeys).
    "account/2fa/webauthn/keys/<int:pk>/edit/": (ELSEWHERE, ELSEWHERE),
    "account/2fa/webauthn/keys/<int:pk>/remove/": (ELSEWHERE, ELSEWHERE),
}
# By address: for staff without a right, and for staff with all. Others are sent to the log-in.
ADMIN = {
    "beheer/": (always(200), always(200)),
    "beheer/login/": (ELSEWHERE, ELSEWHERE),
    "beheer/logout/": (answers(405, 200), answers(405, 200)),
    "beheer/password_change/": (FORM, FORM),
    "beheer/password_change/done/": (PAGE, PAGE),
    "beheer/jsi18n/": (PAGE, PAGE),
    # Without a field that asks for it nobody gets a list.
    "beheer/autocomplete/": (answers(403, 405), answers(403, 405)),
    "beheer/r/<path:content_type_id>/<path:object_id>/": (NOT_FOUND, NOT_FOUND),
    "beheer/(?P<url>.*)$": (NOT_FOUND, NOT_FOUND),
    "beheer/^(?P<app_label>providers|accounts|auth|mfa|socialaccount|importing)/$": (
        NOT_FOUND,
        always(200),
    ),
    "beheer/accounts/user/<id>/password/": (FORBIDDEN, always(200)),
}


def of_account(route, person):
    """Return what a page of accounts answers this person, by method."""
    return ACCOUNT[route][person not in NOT_IN]


def of_admin(route, person):
    """Return what a page of the admin answers this person, by method."""
    if person in STAFF:
        return ADMIN[route][person == "staff"]
    # Who is logged in and no staff is told so, and is not asked to log in once more.
    is_told = route == "beheer/login/" and person not in NOT_IN
    return FORBIDDEN if is_told else ELSEWHERE
