"""Figures about what stands on the map, for the desk, for providers and for everybody."""
