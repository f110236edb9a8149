"""A test client that fails on pages which would break under the Content-Security-Policy."""

from html.parser import HTMLParser

from django.test import Client

LEAKED_TEMPLATE = ("{{", "}}", "{%", "%}")
# Only these may stand between script tags: browsers read them as data.
DATA_SCRIPTS = {"application/json", "application/ld+json"}
# Pages of others, which we do not write.
SKIPPED = ("/beheer/",)


class PageInspector(HTMLParser):
    """Collects what is wrong with a page: inline code, inline style, leaked template code."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self._raw = ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        is_data = given.get("type") in DATA_SCRIPTS
        if tag == "script" and "src" not in given and not is_data:
            self._fault("a script in the page")
        if tag == "style" or "style" in given:
            self._fault(f"style in the page (<{tag}>)")
        for name, value in attrs:
            if name.startswith("on"):
                self._fault(f"code in an attribute ({name})")
            # What a page says of itself is text; only what sends elsewhere is an address.
            is_text = name == "content" and "http-equiv" not in given
            if not is_text and (value or "").strip().lower().startswith("javascript:"):
                self._fault(f"code in an address ({name})")
            self._look_for_leaks(value or "")
        # What stands in a data script is text for our own scripts, which may hold braces.
        self._raw = tag if tag == "script" else ""

    def handle_endtag(self, tag):
        self._raw = ""

    def handle_data(self, data):
        if self._raw != "script":
            self._look_for_leaks(data)

    def _look_for_leaks(self, text):
        if any(mark in text for mark in LEAKED_TEMPLATE):
            self._fault(f"template code in the page: {text.strip()[:80]}")

    def _fault(self, text):
        line, column = self.getpos()
        self.faults.append(f"{text}, line {line}:{column}")


def page_faults(html: str) -> list[str]:
    """Return what is wrong with this page; empty when nothing is."""
    inspector = PageInspector()
    inspector.feed(html)
    return inspector.faults


class StrictClient(Client):
    """Django's test client; every HTML answer is inspected."""

    def request(self, **request):
        response = super().request(**request)
        is_html = response.headers.get("Content-Type", "").startswith("text/html")
        if is_html and not response.streaming and not request["PATH_INFO"].startswith(SKIPPED):
            faults = page_faults(response.content.decode())
            assert not faults, f"{request['PATH_INFO']}: {'; '.join(faults)}"
        return response
