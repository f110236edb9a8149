"""Whom to call in a crisis in a region, at its desk."""
