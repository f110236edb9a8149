"""Writes on what policy is made from."""
