"""What an offer needs before everybody may see it, and when it is closed for a while."""
