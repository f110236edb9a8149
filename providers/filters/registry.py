"""Every public filter, on offers and on groups, in the order of chips, forms and documentation.

One that is not here does not exist; docs/development.md says how to add one.
"""

from providers.filters.base import Filter
from providers.filters.groups import (
    AudienceFilter,
    ClosedFilter,
    DayFilter,
    DayPartFilter,
    JoiningFilter,
    LeadersFilter,
    RunFilter,
    WeekdayFilter,
    WithinFilter,
)
from providers.filters.help import FormatFilter, LanguageFilter, LevelFilter, PhaseFilter
from providers.filters.place import AccessFilter, MunicipalityFilter, PlaceFilter, WheelchairFilter
from providers.filters.question import AlsoFilter, NameFilter, QuestionFilter, WordFilter
from providers.filters.start import SectionFilter, StartFilter, UnknownFilter, WaitFilter
from providers.filters.whom import AgeFilter, AlsoTakesFilter, TargetGroupFilter

FILTERS: tuple[Filter, ...] = (
    NameFilter(),
    QuestionFilter(),
    AlsoFilter(),
    WordFilter(),
    TargetGroupFilter(),
    AgeFilter(),
    PlaceFilter(),
    MunicipalityFilter(),
    FormatFilter(),
    LevelFilter(),
    AccessFilter(),
    WheelchairFilter(),
    PhaseFilter(),
    AlsoTakesFilter(),
    LanguageFilter(),
    SectionFilter(),
    StartFilter(),
    WaitFilter(),
    UnknownFilter(),
)
# Beside those on the offers that they belong to.
RUN_FILTERS: tuple[RunFilter, ...] = (
    WithinFilter(),
    DayFilter(),
    WeekdayFilter(),
    DayPartFilter(),
    AudienceFilter(),
    JoiningFilter(),
    LeadersFilter(),
    ClosedFilter(),
)
# Those that stand above the results, in their order there.
IN_PANEL = sorted(
    (one for one in FILTERS if one.place_in_panel is not None),
    key=lambda one: one.place_in_panel or 0,
)
# Those that narrow the results by a number, and so have no boxes there.
BY_NUMBER = tuple(
    one for one in FILTERS if one.without and not one.is_question and one.place_in_panel is None
)
QUESTION_PARAMS = tuple(one.param for one in FILTERS if one.is_question)
# Those without a box above the results: there they go along unseen.
UNSEEN_PARAMS = tuple(
    one.param
    for one in FILTERS
    if one.is_question or (one.place_in_panel is None and not one.has_own_box)
)
KEPT_PARAMS = tuple(one.param for one in FILTERS if one.kept_by_next_question)
# Those that leave out what is not known, unless that is asked for.
STRICT_PARAMS = tuple(name for one in FILTERS if not one.keeps_unknown for name in one.params)
