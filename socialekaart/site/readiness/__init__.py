"""What an operator should know of a site before visitors do: missing, stale, or in order."""
