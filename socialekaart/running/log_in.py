"""What allauth is given for log-ins: forms of ours, and how often something may be tried."""

FORMS = {
    "add_email": "accounts.forms.AddEmailForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
}
# Wrong passwords; accounts/throttling.py says what is counted and why.
RATE_LIMITS = {
    "login_failed": "10/m/ip,100/d/ip,5/5m/key,20/d/key",
    "login_failed_anywhere": "100/d/key",
    "login_failed_known_browser": "10/5m/key",
    # Mails to link an account to an organisation (accounts/oidc/link.py).
    "link_organisation": "3/10m/key,10/d/key",
}
PASSKEY_FORMS = {
    "add_webauthn": "accounts.passkeys.forms.AddPasskeyForm",
    "edit_webauthn": "accounts.passkeys.forms.RenamePasskeyForm",
    "authenticate_webauthn": "accounts.passkeys.forms.SecondStepForm",
    "login_webauthn": "accounts.passkeys.forms.LogInForm",
    "reauthenticate_webauthn": "accounts.passkeys.forms.AgainForm",
}
# There is nothing to guess at; two requests a log-in, and an office shares one address.
PASSKEY_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
