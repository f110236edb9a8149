"""Rules on what municipalities answer."""
