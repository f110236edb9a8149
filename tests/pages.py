"""Pages as tests look at them."""

import re

BLOCKS = "p|li|ul|ol|dl|dt|dd|h[1-6]|div|section|table|thead|tbody|tr|th|td|form|option|small"
AT_BLOCKS = re.compile(rf"\s*(</?(?:{BLOCKS})\b[^>]*>)\s*")
IN_LINKS = re.compile(r"(<a\b[^>]*>)\s+|\s+(</a>)")


def on_one_line(html):
    """Return a page without the white space that only makes a template readable."""
    html = " ".join(html.split()).replace('" >', '">')
    return IN_LINKS.sub(r"\1\2", AT_BLOCKS.sub(r"\1", html))
