"""What a municipality arranges for the way to help: its local teams, and who supports a client."""
