"""One row of a waiting-time list of the Dutch Healthcare Authority, the same for every year."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from importing.pipeline.wait_text import WaitReading, WaitStatus, read_wait

NOTHING = {"", "-", "na", "onbekend"}


@dataclass(frozen=True, slots=True)
class NzaRow:
    """A row as the list has it: cleaned and typed, nothing added.

    ``number`` counts records from 1 (a record may span several lines). Empty text means the
    list says nothing. ``municipality_codes`` have four digits, as in the year of the list.
    """

    number: int
    list_id: str
    provider_id: str
    provider_name: str
    agb_code: str
    kvk_number: str
    location_name: str
    town: str
    municipality_codes: tuple[str, ...]
    circuit: str
    diagnosis: str
    main_group: str
    care_type: str
    url: str
    updated_on: date | None
    measured_on: date | None
    remark: str
    intake_text: str
    treatment_text: str
    undivided_text: str
    coded_intake: str
    coded_treatment: str

    @property
    def intake(self) -> WaitReading:
        """The wait to the intake; a single undivided wait is taken as this one, as NZa did."""
        return _reading(self.intake_text or self.undivided_text, self)

    @property
    def treatment(self) -> WaitReading:
        """The wait from intake to treatment."""
        return _reading(self.treatment_text, self)


def _reading(text: str, row: NzaRow) -> WaitReading:
    reading = read_wait(text)
    says_nothing = reading.status is WaitStatus.ABSENT
    if says_nothing and not (row.intake_text or row.treatment_text or row.undivided_text):
        remark = read_wait(row.remark)
        if remark.status is WaitStatus.STOP:
            return remark
    return reading


def filled(text: str) -> str:
    """Return ``text``, or nothing when it is one of the list's words for nothing."""
    return "" if text.lower() in NOTHING else text


def agb(text: str) -> str:
    """Return an AGB code of eight digits (a lost leading zero put back), or nothing."""
    return _eight_digits(text.strip())


def kvk(text: str) -> str:
    """Return a KvK number of eight digits, or nothing; "24376932?" is in doubt and so unknown."""
    return _eight_digits(text.strip())


def _eight_digits(text: str) -> str:
    return text.zfill(8) if re.fullmatch(r"\d{7,8}", text) else ""


def codes(text: str) -> tuple[str, ...]:
    """Return the four-digit municipality codes named in ``text``, each once."""
    return tuple(dict.fromkeys(code.zfill(4) for code in re.findall(r"\b\d{3,4}\b", text)))


def day(text: str, form: str) -> date | None:
    """Return the date in ``text`` written as ``form`` (strptime), or None."""
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007  (a day has no time zone)
    except ValueError:
        return None
