"""What a provider gets back: use of its offers, what is asked, refusals, waits beside others."""
