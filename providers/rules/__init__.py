"""Rules of the domain, each once: its Python form and its database forms side by side."""
