"""Dutch text: one analyser for what is searched and for what people type."""
