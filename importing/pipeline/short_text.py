"""Text that has to fit in a column."""


def shortened(text: str, length: int) -> str:
    """Return ``text`` cut at a word, with an ellipsis, when it is longer than ``length``."""
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0][: length - 1].rstrip(" ,;:") + "…"
