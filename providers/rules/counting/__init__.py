"""Which facts of an offer still count, by clocks that stand still while it is closed."""
