"""What surrounds every request: its number, its log lines, its limits, and what is measured."""
