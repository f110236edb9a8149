"""Titles and texts of what is taken over, readable for somebody who never saw the list."""

import re
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

from django.utils import formats

from importing.nza.circuits import circuit_of
from importing.nza.offers import FoundOffer
from importing.nza.rows import NzaRow
from importing.pipeline.short_text import shortened
from importing.pipeline.wait_text import normalise
from providers.languages import lower_first

TITLE_LENGTH = 120

# What a "diagnosis" consists of when it only repeats the circuit or the kind of care.
_SAYS_NOTHING = {
    "ggz", "bggz", "sggz", "gbggz", "gggz", "gb", "s", "b", "g", "basis", "specialistische",
    "gespecialiseerde", "generalistische", "kind", "kinder", "kinderen", "jeugd", "jeugdigen",
    "jongeren", "en", "volwassenen", "ouderen", "adolescenten", "adolescent", "zorg", "jeugdggz",
    "alle", "overig", "onbekend", "voor", "lang", "kort", "specialistischeggz", "basisggz",
}  # fmt: skip
_CARE_TYPES = {"SGGZ": "specialistisch", "BGGZ": "basis-ggz"}
_STAY = re.compile(
    r"\b(?:klinische?(?! en med| psych)|klinie\w*|opname\w*|verblijf|woontraining\w*)\b"
    r"|\bnachtbehandeling\b"
)
_DAY = re.compile(r"\b(?:dag/?\w*behandeling|deeltijd\w*|dagkli\w*)\b|\(dag\)klinisch")
_OUTPATIENT = re.compile(r"\bpoli\w*|\bambulant\w*")


def title_of(row: NzaRow, place: str) -> str:
    """Return a title such as "Jeugd-ggz Leiden: eetstoornissen" of at most 120 characters."""
    start = " ".join(filter(None, [circuit_of(row.circuit).title, place]))
    subject = subject_of(row)
    if not subject:
        kind = _CARE_TYPES.get(row.care_type, "")
        return f"{start} ({kind})" if kind else start
    return shortened(f"{start}: {subject}", TITLE_LENGTH)


def subject_of(row: NzaRow) -> str:
    """Return what the row is about, or nothing when it only repeats the circuit."""
    written = row.diagnosis or ("" if row.main_group.startswith("Geen ond") else row.main_group)
    words = re.findall(r"[a-z0-9]+", normalise(written))
    if all(word in _SAYS_NOTHING for word in words):
        return ""
    has_other_capitals = any(letter.isupper() for letter in written[1:])
    return written if has_other_capitals else lower_first(written)


def level_of(written: str) -> int:
    """Return the step of care: 6 with stay, 4 by day, else 3, where youth mental health stands."""
    plain = normalise(written)
    if _DAY.search(plain) and "nachtbehandeling" not in plain:
        return 4
    return 6 if _STAY.search(plain) and not _OUTPATIENT.search(plain) else 3


def day_in_words(day: date) -> str:
    """Return a date as people write it: "5 maart 2018"."""
    return formats.date_format(day, "j F Y")


def place_in_title(offer: FoundOffer) -> str:
    """Return the name of the place for a title: the town, or the region of several."""
    site = offer.sites[0]
    if len(offer.sites) > 1:
        return site.name
    spot = site.place.spot
    return spot.name if spot and site.place.municipalities else site.town


def offer_title(offer: FoundOffer) -> str:
    """Return the title of an offer, its main group in it when that is what sets it apart."""
    title = title_of(offer.lead, place_in_title(offer))
    apart = f" ({offer.lead.main_group.lower()})" if offer.split and offer.lead.main_group else ""
    return shortened(title, TITLE_LENGTH - len(apart)) + apart


def summary_of(offer: FoundOffer, list_title: str) -> str:
    """Return two sentences that say where the offer comes from."""
    day = day_in_words(offer.measured_on)
    text = f"Overgenomen uit de {list_title} ({day}). De aanbieder heeft dit niet bevestigd."
    return shortened(text, 300)


def description_of(offer: FoundOffer) -> str:
    """Return what the list itself says about the offer, part by part."""
    lead = offer.lead
    parts = (
        ("Circuit", lead.circuit),
        ("Waarvoor, in de woorden van de aanbieder", lead.diagnosis),
        ("Hoofdgroep", "; ".join(offer.main_groups)),
        ("Soort zorg", lead.care_type),
        ("Locatie", lead.location_name),
        ("Opmerking in de lijst", lead.remark),
        ("Gelezen op", urlsplit(lead.url).hostname or ""),
    )
    lines = [f"{name}: {value}." for name, value in parts if value]
    return shortened("Dit staat in de lijst.\n" + "\n".join(lines), 4000)


def wait_as_written(offer: FoundOffer) -> str:
    """Return the texts about waiting, of every row that says something else."""
    texts = dict.fromkeys(_texts(row) for row in (offer.lead, *offer.contradicting))
    return shortened(" | ".join(filter(None, texts)), 300)


def wait_note(offer: FoundOffer) -> str:
    """Return how the weeks were found, for whoever wonders."""
    if offer.contradicting:
        return "De lijst noemt meer dan één wachttijd; welke klopt is niet bekend."
    lead, notes = offer.lead, []
    if lead.undivided_text and not lead.intake_text:
        notes.append("De lijst noemt één wachttijd; de zorgautoriteit telt die tot de intake.")
    if Decimal(0) in (lead.intake.weeks, lead.treatment.weeks) and lead.list_id.endswith("2018"):
        notes.append("Geen wachttijd is hier 0 weken; de zorgautoriteit noteert 1.")
    if lead.updated_on and lead.updated_on <= offer.measured_on:
        notes.append(f"Bijgewerkt door de aanbieder op {day_in_words(lead.updated_on)}.")
    return shortened(" ".join(notes), 300)


def _texts(row: NzaRow) -> str:
    if not (row.intake_text or row.treatment_text or row.undivided_text):
        return row.remark
    named = (
        ("tot de intake", row.intake_text or ("" if row.treatment_text else row.undivided_text)),
        ("van intake tot start", row.treatment_text),
        ("aanmelding of behandeling", row.undivided_text if row.treatment_text else ""),
    )
    return "; ".join(f"{name}: {text}" for name, text in named if text)
