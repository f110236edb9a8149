"""What a browser sends of the forms on a page."""

from html.parser import HTMLParser


class Fields(HTMLParser):
    """What a browser would send of the forms on a page that are sent by POST."""

    def __init__(self, html):
        super().__init__()
        self.data: dict[str, list[str]] = {}
        self._in_form = False
        self._select = self._textarea = ""
        self._first: str | None = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name", "")
        if tag == "form":
            self._in_form = given.get("method", "").lower() == "post"
        elif not self._in_form:
            return
        elif tag == "input" and name and self._is_sent(given):
            self.data.setdefault(name, []).append(given.get("value", self._empty(given)))
        elif tag == "select":
            self._select, self._first = name, None
        elif tag == "option" and self._select:
            self._option(given)
        elif tag == "textarea" and name:
            self._textarea = name
            self.data.setdefault(name, [""])

    def _option(self, given):
        value = given.get("value", "")
        if self._first is None:
            # What a browser sends when nothing was chosen.
            self._first = value
        if "selected" in given:
            self.data.setdefault(self._select, []).append(value)

    @staticmethod
    def _empty(given):
        return "on" if given.get("type") in {"checkbox", "radio"} else ""

    @staticmethod
    def _is_sent(given):
        kind = given.get("type", "text")
        if kind in {"submit", "button", "file", "image"}:
            return False
        return kind not in {"checkbox", "radio"} or "checked" in given

    def handle_data(self, data):
        if self._textarea:
            self.data[self._textarea][-1] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self._in_form = False
        elif tag == "select":
            if self._first and self._select not in self.data:
                self.data[self._select] = [self._first]
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""
