"""What a region agreed on: how long a fact counts, and how long a wait may be."""
