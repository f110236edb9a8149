"""What the site says of itself: statements, whom to reach, and whether it runs."""
