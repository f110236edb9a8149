"""What an offer in a group adds, for other systems."""
