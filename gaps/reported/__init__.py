"""Tables that reports of others print, shown as given with a note where they do not add up."""
