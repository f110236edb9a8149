"""What a provider does with its own offers: begin, place, close, copy, bring back."""
