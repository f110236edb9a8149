"""The quarterly request: a region asks its providers and teams how long people wait."""
