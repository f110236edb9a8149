"""Which local team belongs to a postcode, and how one calls it."""
