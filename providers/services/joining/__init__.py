"""Writes of people who come to take part: invitations, claims, new organisations and tips."""
