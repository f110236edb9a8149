"""Rules of the desk of a region."""
