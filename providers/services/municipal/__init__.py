"""Writes on what a municipality arranges for the way to help."""
