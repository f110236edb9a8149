"""Passkeys, as a second step and in place of a password; the work is done by allauth."""
