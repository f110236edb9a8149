"""Pages as tests look at them."""

import re

from django.test.html import Element, parse_html

BLOCKS = "p|li|ul|ol|dl|dt|dd|h[1-6]|div|section|table|thead|tbody|tr|th|td|form|option|small"
AT_BLOCKS = re.compile(rf"\s*(</?(?:{BLOCKS})\b[^>]*>)\s*")
IN_LINKS = re.compile(r"(<a\b[^>]*>)\s+|\s+(</a>)")


def on_one_line(html):
    """Return a page without the white space that only makes a template readable."""
    html = " ".join(html.split()).replace('" >', '">')
    return IN_LINKS.sub(r"\1\2", AT_BLOCKS.sub(r"\1", html))


def elements(page, tag=None, **attributes):
    """Yield the elements of a page, or within an element, that have this tag and these attributes.

    `class_` is one class among others; an underscore stands for a hyphen. A page whose tags do
    not match is refused.
    """
    wanted = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
    stack = [page if isinstance(page, Element) else parse_html(page)]
    while stack:
        found = stack.pop()
        if not isinstance(found, Element):
            continue
        given = dict(found.attributes)
        classes = {"class": wanted.get("class")} if wanted.get("class") in classes_of(found) else {}
        if tag in {None, found.name} and wanted.items() <= (given | classes).items():
            yield found
        stack.extend(reversed(found.children))


def element(page, tag=None, **attributes):
    """Return the first of those elements; a page without one is no page to look at."""
    found = next(elements(page, tag, **attributes), None)
    assert found is not None, f"no {tag or 'element'} with {attributes}"
    return found


def page_at(client, address, status=200):
    """Return the page at an address, as the elements within it."""
    answer = client.get(address)
    assert answer.status_code == status, address
    return parse_html(answer.content.decode())


def section_of(page, heading):
    """Return the section that the heading with this id names; None without it."""
    return next(elements(page, "section", aria_labelledby=heading), None)


def html_of(found):
    """Return the parts of an element as HTML; empty for no element."""
    return "" if found is None else "".join(map(str, found.children))


def addresses_in(found):
    """Return where the links within an element go, in order."""
    return [attribute(one, "href") for one in elements(found, "a")]


def attribute(found, name):
    """Return an attribute of an element; None without it."""
    return dict(found.attributes).get(name)


def classes_of(found):
    """Return the classes of an element."""
    return (attribute(found, "class") or "").split()


def text_of(found):
    """Return what a reader sees of an element, on one line."""
    texts = (text_of(one) if isinstance(one, Element) else str(one) for one in found.children)
    return " ".join(" ".join(texts).split())
