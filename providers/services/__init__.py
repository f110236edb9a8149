"""Every write of the domain: keyword-only, by=, in one transaction with its audit event."""
