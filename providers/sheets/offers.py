"""The offers of a provider as one table, and back as a plan of changes.

Reading changes nothing: `providers.services.files.sheets` carries a plan out, all or nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from providers.enums import CareLevel, HelpKind, OfferStatus, WaitStatus
from providers.models import HelpQuestion, Offer, Provider, TargetGroup
from providers.models.base import MAX_AGE
from providers.models.waits import MAX_WEEKS
from providers.sheets.cells import filled, plain_cell, quoted, text_of
from providers.sheets.rows import NUMBER, check_headings
from providers.spreadsheets import is_date, read_table
from providers.vocabulary.csv_file import DATE_MADE, FIRST_ROW, Cells, MistakeError, Problem

BETWEEN = ", "
MOST_PEOPLE = 99_999


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the field it fills, and how a cell is read and written."""

    heading: str
    field: str
    read: Callable[[str], Any]
    write: Callable[[Offer], str]
    choices: Callable[[], list[str]] | None = None


@dataclass(frozen=True, slots=True)
class OfferChange:
    """An offer that would change: the values to save, and [before, after] by heading."""

    row: int
    offer: Offer
    values: dict[str, Any]
    cells: dict[str, list[str]]
    # No table of offers adds one.
    is_new: bool = False

    @property
    def label(self) -> str:
        """What it is called."""
        return self.offer.title


@dataclass(frozen=True, slots=True)
class OfferPlan:
    """What a table would change, or what is wrong with it."""

    changes: tuple[OfferChange, ...] = ()
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def mark(self) -> str:
        """Return what tells this plan from another, to see that it is still what was shown."""
        return repr([(one.offer.pk, one.offer.version, one.cells) for one in self.changes])


def _text(field: str, *, needed: bool = False) -> Callable[[str], str]:
    read = text_of(Offer, field)
    return filled(read) if needed else read


def _age(cell: str) -> int | None:
    if not cell:
        return None
    if not (cell.isascii() and cell.isdigit() and int(cell) <= MAX_AGE):
        raise MistakeError(_("Een leeftijd is een heel getal van 0 tot en met 27, of leeg."))
    return int(cell)


def _one_of(choices: type[CareLevel] | type[HelpKind]) -> Callable[[str], Any]:
    def read(cell: str) -> Any:
        code = cell.partition(" ")[0]
        for choice in choices:
            if str(choice.value) == code:
                return choice.value
        known = BETWEEN.join(str(value) for value in choices.values)
        raise MistakeError(_("Kies uit: %(known)s.") % {"known": known})

    return read


def _codes(model: type[HelpQuestion] | type[TargetGroup]) -> Callable[[str], list[str]]:
    def read(cell: str) -> list[str]:
        wanted = [code.strip() for code in cell.split(",") if code.strip()]
        known = set(model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True))
        wrong = [code for code in wanted if code not in known]
        if wrong:
            raise MistakeError(
                _("Deze code kennen we niet: %(code)s.") % {"code": quoted(wrong[0])}
            )
        return list(dict.fromkeys(wanted))

    return read


def _weeks(cell: str) -> Decimal:
    if not cell:
        # Only what changed is read: a wait that was there is measured anew, never taken away.
        raise MistakeError(_("Een wachttijd maakt u hier niet leeg. Vul een getal in."))
    try:
        weeks = Decimal(cell.replace(",", "."))
    except InvalidOperation:
        weeks = Decimal("NaN")
    if not weeks.is_finite() or not 0 <= weeks <= MAX_WEEKS:
        raise MistakeError(_("Een wachttijd is een getal van 0 tot en met 260."))
    if weeks != weeks.quantize(Decimal("0.01")):
        raise MistakeError(_("Geef een wachttijd met hoogstens twee cijfers achter de komma."))
    return weeks


def _people(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and int(cell) <= MOST_PEOPLE):
        raise MistakeError(_("Het aantal wachtenden is een heel getal, 0 of hoger."))
    return int(cell)


def _waiting(offer: Offer) -> str:
    wait = offer.current_wait
    return "" if wait is None or wait.people_waiting is None else str(wait.people_waiting)


def _written(field: str) -> Callable[[Offer], str]:
    return lambda offer: "" if getattr(offer, field) is None else str(getattr(offer, field))


def _wait(offer: Offer) -> str:
    if offer.wait_status != WaitStatus.KNOWN or offer.wait_weeks is None:
        return ""
    return f"{offer.wait_weeks.normalize():f}".replace(".", ",")


def _labelled(choices: type[CareLevel] | type[HelpKind]) -> Callable[[], list[str]]:
    return lambda: [f"{choice.value} {choice.label}" for choice in choices]


def _level(offer: Offer) -> str:
    return f"{offer.level} {CareLevel(offer.level).label}"


def _kind(offer: Offer) -> str:
    return f"{offer.help_kind} {HelpKind(offer.help_kind).label}"


def _questions(offer: Offer) -> str:
    return BETWEEN.join(link.help_question_id for link in offer.question_links.all())


def _groups(offer: Offer) -> str:
    return BETWEEN.join(sorted(group.pk for group in offer.target_groups.all()))


WAIT, WAITING = "wachttijd in weken", "wachtenden"
COLUMNS = (
    Column("titel", "title", _text("title", needed=True), _written("title")),
    Column("in het kort", "summary", _text("summary"), _written("summary")),
    Column("hoe werkt het", "description", _text("description"), _written("description")),
    Column("niet voor", "not_for", _text("not_for"), _written("not_for")),
    Column("hoe begint het", "how_to_start", _text("how_to_start"), _written("how_to_start")),
    Column("kosten", "cost", _text("cost"), _written("cost")),
    Column("leeftijd vanaf", "age_min", _age, _written("age_min")),
    Column("leeftijd tot en met", "age_max", _age, _written("age_max")),
    Column("trede", "level", _one_of(CareLevel), _level, _labelled(CareLevel)),
    Column("soort hulp", "help_kind", _one_of(HelpKind), _kind, _labelled(HelpKind)),
    Column("hulpvragen", "help_questions", _codes(HelpQuestion), _questions),
    Column("doelgroepen", "target_groups", _codes(TargetGroup), _groups),
    Column(WAIT, "start_weeks", _weeks, _wait),
    Column(WAITING, "people_waiting", _people, _waiting),
)
HEADINGS = [NUMBER, *(column.heading for column in COLUMNS)]


def offers_of(provider: Provider) -> list[Offer]:
    """Return the offers that go out, in a fixed order."""
    rows = Offer.objects.filter(provider=provider).exclude(status=OfferStatus.ARCHIVED)
    found = rows.select_related("current_wait").prefetch_related("question_links", "target_groups")
    return list(found.order_by("title", "pk"))


def cells_of(offer: Offer) -> Cells:
    """Return an offer as text, by heading; the same before it goes out and when it is back."""
    return {column.heading: plain_cell(column.write(offer)) for column in COLUMNS}


def lines_of(provider: Provider) -> Iterator[list[str]]:
    """Yield the rows of the table."""
    for offer in offers_of(provider):
        yield [str(offer.pk), *cells_of(offer).values()]


def plan_of(content: bytes, provider: Provider) -> OfferPlan:
    """Return what this file would change; raises ValidationError for what is no such table."""
    headings, lines = read_table(content)
    check_headings(headings, needed=[NUMBER], known=HEADINGS)
    return _Reader(provider, headings).plan(lines)


class _Reader:
    """Goes through the rows of one file."""

    def __init__(self, provider: Provider, headings: list[str]) -> None:
        self.headings = headings
        self.offers = {str(offer.pk): offer for offer in offers_of(provider)}
        self.seen: dict[str, int] = {}
        self.problems: list[Problem] = []
        self.changes: list[OfferChange] = []

    def plan(self, lines: list[list[str]]) -> OfferPlan:
        rows = [(n, line) for n, line in enumerate(lines, FIRST_ROW) if any(line)]
        for number, line in rows:
            filled = [*line, *[""] * len(self.headings)]
            self._row(number, dict(zip(self.headings, map(plain_cell, filled), strict=False)))
        if self.problems:
            return OfferPlan(problems=tuple(sorted(self.problems)))
        return OfferPlan(tuple(self.changes), len(rows) - len(self.changes))

    def _row(self, row: int, cells: Cells) -> None:
        offer = self.offers.get(cells[NUMBER])
        if offer is None:
            self._wrong(row, NUMBER, _("Dit nummer is niet van uw aanbod."))
            return
        if cells[NUMBER] in self.seen:
            first = self.seen[cells[NUMBER]]
            self._wrong(row, NUMBER, _("Dit staat ook op rij %(n)s.") % {"n": first})
            return
        self.seen[cells[NUMBER]] = row
        before = cells_of(offer)
        given = before | {name: cells[name] for name in before if name in cells}
        changed = [one for one in COLUMNS if given[one.heading] != before[one.heading]]
        values = dict(self._values(row, cells, changed))
        if changed and len(values) == len(changed):
            pairs = {one.heading: [before[one.heading], cells[one.heading]] for one in changed}
            self.changes.append(OfferChange(row, offer, values, pairs))
            self._check_ages(row, offer, values)

    def _values(self, row: int, cells: Cells, changed: list[Column]) -> Iterator[tuple[str, Any]]:
        for column in changed:
            cell = cells[column.heading]
            if is_date(cell):
                self._wrong(row, column.heading, str(DATE_MADE % {"cell": cell}))
                continue
            try:
                yield column.field, column.read(cell)
            except MistakeError as mistake:
                self._wrong(row, column.heading, str(mistake))

    def _check_ages(self, row: int, offer: Offer, values: dict[str, Any]) -> None:
        low, high = (values.get(name, getattr(offer, name)) for name in ("age_min", "age_max"))
        if low is not None and high is not None and low > high:
            text = _("“Vanaf” is hoger dan “tot en met”. Draai ze om.")
            self._wrong(row, "leeftijd vanaf", text)

    def _wrong(self, row: int, column: str, text: str) -> None:
        self.problems.append(Problem(row, column, text))
