"""Machines to break on purpose, on one machine: programs, and visitors who note what they get."""
