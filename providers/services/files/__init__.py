"""What files bring, and how that is taken back."""
