"""The tables of the vocabulary: help questions, target groups, search words and steps.

Checks are over the whole vocabulary as it would become: no word that points nowhere, no two
meanings for one word, no word that contradicts a name.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from providers.enums import CareLevel
from providers.models import CareLevelText, HelpQuestion, SearchWord, TargetGroup
from providers.models.base import MAX_AGE
from providers.models.vocabulary import LONGEST_WORD, Signal
from providers.vocabulary.csv_file import (
    KINDS,
    Column,
    Meanings,
    MistakeError,
    Sheet,
    Values,
    code_of,
    kind_of,
)
from providers.vocabulary.words import normalise

# --- cells ---------------------------------------------------------------------------------------


def _text(cell: str) -> str:
    if not cell:
        raise MistakeError(_("Dit is leeg."))
    return cell


def _age(cell: str) -> int | None:
    if not cell:
        return None
    if not (cell.isascii() and cell.isdigit() and int(cell) <= MAX_AGE):
        raise MistakeError(_("Een leeftijd is een heel getal van 0 tot en met 27, of leeg."))
    return int(cell)


def _position(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) < 5):
        raise MistakeError(_("De volgorde is een heel getal, bijvoorbeeld 12."))
    return int(cell)


def _signal(cell: str) -> str:
    if cell not in Signal.values:
        known = ", ".join(filter(None, Signal.values))
        raise MistakeError(_("Kies uit: %(known)s, of laat leeg.") % {"known": known})
    return cell


def _yes(cell: str) -> bool:
    if cell.lower() not in {"ja", "nee", ""}:
        raise MistakeError(_("Kies uit: ja of nee, of laat leeg."))
    return cell.lower() == "ja"


def _kind(cell: str) -> str:
    if cell not in KINDS:
        raise MistakeError(_("Kies uit: %(known)s.") % {"known": ", ".join(KINDS)})
    return cell


def _attribute(name: str) -> Callable[[Any], str]:
    def write(instance: Any) -> str:
        value = getattr(instance, name)
        return "" if value is None else str(value)

    return write


# --- help questions and target groups ------------------------------------------------------------

LABELLED = (
    Column("code", "code", _text, _attribute("code")),
    Column("naam", "label", _text, _attribute("label")),
    Column("leeftijd vanaf", "age_min", _age, _attribute("age_min")),
    Column("leeftijd tot en met", "age_max", _age, _attribute("age_max")),
    Column("volgorde", "position", _position, _attribute("position")),
)


def _put_labelled(instance: Any, values: Values) -> None:
    instance.code, instance.label = values["code"], values["naam"]
    instance.age_min, instance.age_max = values["leeftijd vanaf"], values["leeftijd tot en met"]
    instance.position = values["volgorde"]


def _put_question(instance: HelpQuestion, values: Values) -> None:
    _put_labelled(instance, values)
    instance.theme_id, instance.signal = values["thema"], values["signaal"]
    instance.after = values["voor daarna"]


def _check_labelled(kind: str) -> Callable[[Values, Meanings], Iterator[tuple[str, str]]]:
    def check(values: Values, meanings: Meanings) -> Iterator[tuple[str, str]]:
        low, high = values["leeftijd vanaf"], values["leeftijd tot en met"]
        if low is not None and high is not None and low > high:
            yield "leeftijd vanaf", _("“Vanaf” is hoger dan “tot en met”. Draai ze om.")
        name = kind, normalise(values["naam"])
        other = meanings.names.get(name, values["code"])
        if other != values["code"]:
            yield "naam", _("Zo heet “%(code)s” al.") % {"code": other}
        word = meanings.words.get(name, values["code"])
        if word != values["code"]:
            yield (
                "naam",
                _("Het zoekwoord “%(name)s” wijst naar “%(code)s”.")
                % {
                    "name": values["naam"],
                    "code": word,
                },
            )
        # A file may hold the same new name twice.
        meanings.names[name] = values["code"]

    return check


def _check_question(values: Values, meanings: Meanings) -> Iterator[tuple[str, str]]:
    if values["thema"] not in meanings.themes:
        yield "thema", _("Dit thema bestaat niet.")
    yield from _check_labelled("hulpvraag")(values, meanings)


# --- search words --------------------------------------------------------------------------------


def _word(cell: str) -> str:
    key = normalise(_text(cell))
    if not key:
        raise MistakeError(_("Hier staat geen letter of cijfer in."))
    if len(key) > LONGEST_WORD:
        # One letter of print, such as ﬃ, can be several to the search.
        raise MistakeError(_("Dit is te lang. Hoogstens %(n)s tekens.") % {"n": LONGEST_WORD})
    if key.isdigit():
        raise MistakeError(_("Een los getal lezen we als leeftijd. Schrijf er een woord bij."))
    return cell


def _put_word(instance: SearchWord, values: Values) -> None:
    is_question = values["soort"] == "hulpvraag"
    instance.text, instance.key = values["woord of zin"], normalise(values["woord of zin"])
    instance.help_question_id = values["code"] if is_question else None
    instance.target_group_id = None if is_question else values["code"]


def _check_word(values: Values, meanings: Meanings) -> Iterator[tuple[str, str]]:
    kind, code = values["soort"], values["code"]
    if code not in meanings.codes[kind]:
        yield (
            "code",
            _("Er is geen %(kind)s met de code “%(code)s”.")
            % {
                "kind": kind,
                "code": code,
            },
        )
        return
    named = meanings.names.get((kind, normalise(values["woord of zin"])), code)
    if named != code:
        yield "code", _("Zo heet “%(code)s”. Laat het woord daarnaar wijzen.") % {"code": named}


# --- the steps of the ladder ---------------------------------------------------------------------


def _level(cell: str) -> int:
    if cell not in map(str, CareLevel.values):
        raise MistakeError(_("Een trede is een getal van 0 tot en met 6."))
    return int(cell)


def _put_level(instance: CareLevelText, values: Values) -> None:
    instance.level = values["trede"]
    instance.label, instance.examples = values["naam"], values["voorbeelden"]


def _check_level(values: Values, meanings: Meanings) -> Iterator[tuple[str, str]]:
    name = "trede", normalise(values["naam"])
    other = meanings.names.setdefault(name, str(values["trede"]))
    if other != str(values["trede"]):
        yield "naam", _("Zo heet trede %(level)s al.") % {"level": other}


SHEETS: dict[type[models.Model], Sheet] = {
    HelpQuestion: Sheet(
        name="hulpvragen",
        model=HelpQuestion,
        columns=(
            *LABELLED,
            Column("thema", "theme", _text, _attribute("theme_id")),
            Column("signaal", "signal", _signal, _attribute("signal")),
            Column("voor daarna", "after", _yes, lambda question: "ja" if question.after else ""),
        ),
        key=lambda question: question.pk,
        put=_put_question,
        check=_check_question,
        rows=lambda: HelpQuestion.objects.order_by("position", "code"),
    ),
    TargetGroup: Sheet(
        name="doelgroepen",
        model=TargetGroup,
        columns=LABELLED,
        key=lambda group: group.pk,
        put=_put_labelled,
        check=_check_labelled("doelgroep"),
        rows=lambda: TargetGroup.objects.order_by("position", "code"),
    ),
    SearchWord: Sheet(
        name="zoekwoorden",
        model=SearchWord,
        columns=(
            Column("woord of zin", "text", _word, _attribute("text")),
            Column("soort", "", _kind, kind_of),
            Column("code", "", _text, code_of),
        ),
        # One word finds one thing: where it points elsewhere, it is moved there.
        key=lambda word: (kind_of(word), word.key),
        put=_put_word,
        check=_check_word,
        rows=lambda: SearchWord.objects.order_by("key", "id"),
    ),
    CareLevelText: Sheet(
        name="treden",
        model=CareLevelText,
        columns=(
            Column("trede", "level", _level, _attribute("level")),
            Column("naam", "label", _text, _attribute("label")),
            Column("voorbeelden", "examples", str, _attribute("examples")),
        ),
        key=lambda text: text.pk,
        put=_put_level,
        check=_check_level,
        rows=lambda: CareLevelText.objects.order_by("level"),
    ),
}
