"""How fast the search is, measured beside one hand-written SQL statement (docs/benchmarks.md)."""
