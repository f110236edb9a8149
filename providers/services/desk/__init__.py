"""Writes of the desk of a region."""
