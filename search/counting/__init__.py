"""Counts what is searched for and how offers are used: in memory, and written each minute."""
