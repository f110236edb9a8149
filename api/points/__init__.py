"""Every offer as a point on a map."""
