"""Rewrites how people write figures (8½, 4-6, <12, 9.30) into plain words, before a line is cut.

The signs between figures are lost when a line becomes words; here they still say what is meant.
"""

import re

YEARS = r"(?:jaar|jaren|jarigen?|jr|jrs|j)\b"
_DASH = r"\s?[-–—‑]\s?"
_N = r"(\d{1,2})"

# (what is written, as what it is read), in this order.
WRITTEN = tuple(
    (re.compile(pattern, re.IGNORECASE), instead)
    for pattern, instead in (
        (r"€", " euro "),
        (r"%", " procent "),
        (r"\b24/7\b", "24 uur"),
        (r"(?<![\d.,])(\d{1,3})\.(\d{3})(?!\d)", r"\1\2"),
        # One carer to so many children; before 1:1 is a time.
        (r"(?<![\d,.])(\d)[\s-]?op[\s-]?(\d{1,2})(?!\d)", r"\1 op \2"),
        (r"(?<![\d:.,])1:(\d)(?![\d:])", r"1 op \1"),
        (r"(?<![\d-])1-1(?![\d-])", "1 op 1"),
        # Halves: who is two and a half is two.
        (rf"(?<![\d/.,:]){_N}\s*[½¼¾]", r"\1"),
        (rf"(?<![\d/.,:]){_N}\s+[1-3]/[2-4](?![\d/])", r"\1"),
        (rf"(?<![\d/.,:]){_N}(?:\s+en)?\s+een\s+halve?\b", r"\1"),
        (r"½", " half "),
        # Years and months, as tests of development give them.
        (rf"(?<![\d;]){_N};(?:0?\d|1[01])(?![\d;])(?:\s?{YEARS})?", r"\1 jaar "),
        (rf"(?<!\d){_N}\s?(?:jaar|jr)(?:\s+en)?\s+\d{{1,2}}\s?(?:maanden|maand|mnd)\b", r"\1 jaar"),
        # Times of the day.
        (
            r"(?<![\d.,:])([01]?\d|2[0-4])(?:[:.]|\s?u(?:ur)?\s?)([0-5]\d)(?!\d|[.:]\d)"
            rf"(?!\s?{YEARS})(?:\s?(?:uur|u|h)\b)?",
            r"\1 uur \2 min ",
        ),
        (rf"(?<![\d.,]){_N}[.,](?:\d{{1,2}}(?=[\s-]?{YEARS})|5|25|75)(?![\d.,])", r"\1"),
        (rf"(?<![\d.,])\d+,\d{{2}}(?!\d)(?!\s?{YEARS})", " "),
        # From and to.
        (r"\bt\s?/\s?m\b|\bt\.?e\.?m\b\.?", " tot en met "),
        (rf"(?:<=|≤|=<)\s?{_N}(?!\d)", r" tot en met \1 "),
        (rf"(?:>=|≥|=>)\s?{_N}(?!\d)", r" vanaf \1 "),
        (rf"<\s?{_N}(?!\d)", r" jonger dan \1 "),
        # Longer than a year is how long it lasts.
        (r">\s?([12])(?=\s?jaar)", r" al \1"),
        (rf">\s?{_N}(?!\d|x)", r" meer dan \1 "),
        (rf"(?<![\d+])\b{_N}\s?\+(?!\s?\d)", r" vanaf \1 "),
        (
            rf"(?<![\d.,:;/-]){_N}(?:\s?{YEARS})?{_DASH}{_N}(?![\d:;/]|[.,]\d|{_DASH}\d)",
            r"\1 tot en met \2",
        ),
        (rf"(?<![\d/.,]){_N}\s?/\s?{_N}(?=[\s-]?{YEARS})", r"\1 tot en met \2"),
        # Boy or girl: m14, v/15.
        (rf"\b([mvj])[/.-]?{_N}\b(?!\s?(?:min|uur))", r"\1 \2"),
    )
)
FIGURES = re.compile(r"[\d½€%]|\bt\s?/\s?m\b", re.IGNORECASE)


def in_plain_figures(text: str) -> str:
    """Return the text with its figures written out the plain way: "8½" is "8", "4-6" "4 tot en
    met 6", "<12" "jonger dan 12", "9.30" "9 uur 30 min".
    """
    if not FIGURES.search(text):
        return text
    for pattern, instead in WRITTEN:
        text = pattern.sub(instead, text)
    return text
