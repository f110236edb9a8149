"""What runs every day: which commands, and when each last ran."""
