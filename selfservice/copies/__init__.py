"""The copies of an offer: what changed in it is brought to the other places."""
