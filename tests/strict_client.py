"""A test client that fails on pages which would break under the Content-Security-Policy."""

from django.test import Client
from lxml import etree

# Only these may stand between script tags: browsers read them as data.
DATA_SCRIPTS = ("application/json", "application/ld+json")
# Pages of others, which we do not write.
SKIPPED = ("/beheer/",)

LEAKED_TEMPLATE = ("{{", "}}", "{%", "%}")

IS_DATA = " or ".join(f"@type='{kind}'" for kind in DATA_SCRIPTS)
LEAKS = " or ".join(f"contains(., '{mark}')" for mark in LEAKED_TEMPLATE)
# What is wrong with a page, and where it stands. What a page says of itself is text: only what
# sends elsewhere is an address. A data script is text for our own scripts, which may hold braces.
FAULTS = {
    "a script in the page": f"//script[not(@src)][not({IS_DATA})]",
    "style in the page": "//style | //@style",
    "code in an attribute": "//@*[starts-with(name(), 'on')]",
    "code in an address": (
        "//@*[contains(., ':')][not(name() = 'content') or ../@http-equiv]"
        "[starts-with(translate(normalize-space(.), 'JAVSCRIPT', 'javscript'), 'javascript:')]"
    ),
}
LEAK = {"template code in the page": f"//@*[{LEAKS}] | //text()[not(parent::script)][{LEAKS}]"}
FINDERS = {fault: etree.XPath(where) for fault, where in {**FAULTS, **LEAK}.items()}


def page_faults(html: str) -> list[str]:
    """Return what is wrong with this page; empty when nothing is."""
    page = etree.HTML(html.encode(), etree.HTMLParser(encoding="utf-8", huge_tree=True))
    if page is None:
        return []
    # Nothing escapes those marks: a page without them in its source need not be searched for them.
    looked_for = FAULTS if not any(mark in html for mark in LEAKED_TEMPLATE) else FINDERS
    return [f"{fault}{_place(one)}" for fault in looked_for for one in FINDERS[fault](page)]


def _place(found) -> str:
    """Return the attribute that was found and its line, or the line of an element or a text."""
    if isinstance(found, etree._Element):
        return f" (<{found.tag}>), line {found.sourceline}"
    name = f" ({found.attrname})" if found.is_attribute else ""
    return f"{name}, line {found.getparent().sourceline}: {found.strip()[:80]}"


class StrictClient(Client):
    """Django's test client; every HTML answer is inspected."""

    def request(self, **request):
        response = super().request(**request)
        is_html = response.headers.get("Content-Type", "").startswith("text/html")
        if is_html and not response.streaming and not request["PATH_INFO"].startswith(SKIPPED):
            faults = page_faults(response.content.decode())
            assert not faults, f"{request['PATH_INFO']}: {'; '.join(faults)}"
        return response
