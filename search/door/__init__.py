"""The way in from a GP's own system: a link, or a form, of codes."""
