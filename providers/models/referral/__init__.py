"""Facts that decide a referral, each of which may be unknown and has a day of its own."""
