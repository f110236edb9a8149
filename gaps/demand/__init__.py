"""What is asked for in a municipality: searches, signals and refusals, counted per cell."""
