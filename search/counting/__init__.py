"""Counts what is searched for: in memory, and written together each minute."""
