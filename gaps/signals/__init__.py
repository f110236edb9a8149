"""What referrers report in a municipality, beside what there is, and what it answers."""
