"""Lines of others on which reading is developed: what is missed here is mended, by its kind.

Printed are the figures; gated is a little below what they are (docs/development.md).
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from providers.models import HelpQuestion
from search.asking.understanding import understand

pytestmark = [pytest.mark.django_db, pytest.mark.by_words]

FOLDER = Path(__file__).resolve().parents[2] / "relevance" / "development"
# Main question, all questions, questions too many and silence: a little below what is found, and
# below what the words deserve (93%, 92%, 0.2 and 85%).
GATES = {
    "lines.toml": (0.91, 0.84, 0.27, 0.86),
    "lines_2.toml": (0.97, 0.93, 0.19, 0.9),
    "lines_4.toml": (0.96, 0.94, 0.18, 0.96),
    # Hard ones: every fifth of what the model is trained on.
    "lines_5.toml": (0.74, 0.7, 0.44, 0.7),
    # Nobody has read these: a fifth of new lines, of which the model was trained on the rest.
    "held_out.toml": (0.9, 0.83, 0.4, 0.8),
    # Nor these, by two more writers, of which nothing was trained on.
    "unread.toml": (0.94, 0.9, 0.25, 0.8),
    "unread_2.toml": (0.93, 0.92, 0.21, 0.9),
}
# Alarm, alarm or asked back, and calm.
DANGER_GATES = {
    "danger.toml": (0.97, 0.98, 0.99),
    "danger_4.toml": (0.97, 0.98, 0.95),
    "held_out_danger.toml": (0.85, 0.95, 0.93),
    "unread_danger.toml": (0.97, 0.99, 0.97),
    "unread_danger_2.toml": (0.94, 0.97, 0.96),
    "unread_danger_3.toml": (0.98, 0.99, 0.97),
}


@dataclass
class Count:
    """How often something was right, of how many times."""

    right: int = 0
    of: int = 0

    def add(self, right):
        """Count one more, or how many for what is counted per line."""
        self.right += right
        self.of += 1

    @property
    def share(self):
        return self.right / self.of

    def __str__(self):
        return f"{self.right} of {self.of} ({self.share:.1%})"


def development_lines(name):
    (lines,) = tomllib.loads((FOLDER / name).read_text()).values()
    return lines


def counted(lines):
    """Questions found, or asked back; questions too many; silence where nothing is asked."""
    names = ("main", "main or asked", "all", "all or asked", "extra", "silent")
    counts = {name: Count() for name in names}
    for line in lines:
        said = understand(line["text"])
        sure, asked = set(said.questions), {one.code for one in said.likely}
        counts["extra"].add(len(sure - {*line["must"], *line["allow"]}))
        for number, code in enumerate(line["must"]):
            for name in ("main", "all") if number == 0 else ("all",):
                counts[name].add(code in sure)
                counts[f"{name} or asked"].add(code in sure | asked)
        if not line["must"]:
            counts["silent"].add(not sure)
    return counts


@pytest.mark.parametrize(("name", "gates"), GATES.items())
def test_what_is_asked_is_found_and_hardly_more(demo, name, gates):
    main, all_of_them, extra, silent = gates
    counts = counted(development_lines(name))
    print("\n".join(f"{name}: {count}" for name, count in counts.items()))  # noqa: T201
    assert counts["main"].share >= main
    assert counts["all"].share >= all_of_them
    assert counts["extra"].share <= extra
    assert counts["silent"].share >= silent


@pytest.fixture
def signals(demo, db):
    """The questions that alarm, with their kind of danger."""
    return dict(HelpQuestion.objects.exclude(signal="").values_list("code", "signal"))


@pytest.mark.parametrize(("name", "gates"), DANGER_GATES.items())
def test_dangers_alarm_or_are_asked_and_calm_lines_stay_calm(signals, name, gates):
    least_alarm, least_asked, least_calm = gates
    alarm, asked, calm = Count(), Count(), Count()
    for line in development_lines(name):
        said = understand(line["text"])
        alarms = bool(said.crisis) or any(code in signals for code in said.questions)
        if line["danger"]:
            alarm.add(alarms)
            asked.add(alarms or any(one.code in signals for one in said.likely))
        else:
            calm.add(not alarms)
    print(f"alarm: {alarm}\nalarm or asked: {asked}\ncalm: {calm}")  # noqa: T201
    assert alarm.share >= least_alarm
    assert asked.share >= least_asked
    assert calm.share >= least_calm


def test_a_danger_is_taken_for_the_kind_it_is(signals):
    kind = Count()
    for line in development_lines("unread_danger_3.toml"):
        if line["danger"]:
            said = understand(line["text"])
            kinds = {str(said.crisis), *(signals.get(code) for code in said.questions)}
            kind.add(not kinds.isdisjoint({line["danger"], *line["also"]}))
    print(f"right kind: {kind}")  # noqa: T201
    assert kind.share >= 0.98
