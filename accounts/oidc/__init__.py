"""Logging in by the organisation of a member, with OpenID Connect (Entra and others)."""
