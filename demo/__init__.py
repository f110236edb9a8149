"""The demo region: made-up providers in real municipalities, dated relative to today.

`content` reads what was written by hand, `building` turns it into rows, `loader` puts them in
place of an older demo, `national` multiplies them to the size of the country.
"""
