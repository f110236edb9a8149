"""What a municipality arranges for the way to help, for other systems."""
