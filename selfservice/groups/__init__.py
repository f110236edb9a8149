"""What a provider keeps of a group: what it is, when it starts, and what people ask for."""
