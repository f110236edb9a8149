"""The statements to measure beside: the same answers as pages, in SQL written by hand."""
