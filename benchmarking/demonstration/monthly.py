"""Three years of monthly figures for the fictional trusts, with what real ones would show.

Most trusts are steady, some improve or drift, and a few are set by hand so that every state of
the page can be seen.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

import numpy as np

from benchmarking.access import Role
from benchmarking.answers import Organisation
from benchmarking.demonstration import people
from benchmarking.demonstration.chance import chance
from benchmarking.demonstration.cycles import london
from benchmarking.series import MonthlyFigure, Rebase, Series, Target, shipped
from benchmarking.series.months import last_ended, later, through
from benchmarking.store import monthly
from benchmarking.store.database import Writing
from benchmarking.store.monthly import Saved

ANSWERED = "answered-in-time"
MONTHS = 36


class Course(StrEnum):
    """How a trust's figures move over the three years."""

    STEADY = "steady"
    IMPROVING = "improving"
    DRIFTING = "drifting"
    WHOLE = "whole"


# Of those not set by hand, so many in a hundred take each course.
_CHANCES = {Course.STEADY: 0.62, Course.IMPROVING: 0.2, Course.DRIFTING: 0.18}

ALWAYS_WHOLE = "DEMO-12"
WITH_A_GAP, GAP_AT = "DEMO-18", 22
NEWCOMER, MONTHS_OF_NEWCOMER = "DEMO-33", 8
SILENT = "DEMO-44"
VERY_SMALL = "DEMO-27"
CORRECTED, CORRECTED_AT = "DEMO-11", 20
RAISED_ITS_TARGET, RAISED_AT = "DEMO-15", 18
WITHOUT_TARGET = frozenset({"DEMO-09", "DEMO-26", "DEMO-38", "DEMO-52"})


@dataclass(frozen=True)
class Reform:
    """A change that a trust made, after which its limits began anew."""

    at: int
    reason: str
    before: float
    after: float


# The shares before and after are of the complaints answered in time.
REFORMS: Mapping[str, Reform] = {
    "DEMO-07": Reform(
        13, "Each complaint has one named handler from the day it arrives.", 0.68, 0.83
    ),
    "DEMO-21": Reform(
        14,
        "Divisions agree the date of the response with the complainant before they begin.",
        0.74,
        0.9,
    ),
}

_DUE_BY_TYPE = {"Acute": 64, "Mental health": 30, "Community": 20, "Ambulance": 36}
_DUE_OTHERWISE = 28
_DUE_IF_VERY_SMALL = 2
_RECORDED_ON_DAY = 8
_CORRECTED_BEFORE_TODAY = timedelta(days=20)


@dataclass(frozen=True)
class Drawn:
    """Everything drawn for the trusts: rows for each of the three tables."""

    figures: tuple[Saved[MonthlyFigure], ...]
    targets: tuple[Saved[Target], ...]
    rebases: tuple[Saved[Rebase], ...]


def add(
    writing: Writing, trusts: Sequence[Organisation], person_ids: Mapping[str, int], as_of: date
) -> None:
    """Adds what the trusts have recorded by a day, in the names of those who would."""
    drawn = draw_monthly(trusts, person_ids, as_of)
    monthly.add_figures(writing, drawn.figures)
    monthly.add_targets(writing, drawn.targets)
    monthly.add_rebases(writing, drawn.rebases)


def draw_monthly(
    trusts: Sequence[Organisation], person_ids: Mapping[str, int], as_of: date
) -> Drawn:
    """What each trust has recorded by a day; the same at every run."""
    newest = last_ended(as_of)
    months = through(later(newest, 1 - MONTHS), newest)
    figures: list[Saved[MonthlyFigure]] = []
    targets: list[Saved[Target]] = []
    rebases: list[Saved[Rebase]] = []
    for trust in trusts:
        writer = person_ids[people.title(Role.CONTRIBUTOR, trust.code)]
        lead = person_ids[people.title(Role.TRUST_LEAD, trust.code)]
        for series in shipped():
            for figure in _figures(trust, series, months):
                at = _recorded_at(figure.month, as_of)
                figures.append(Saved(trust.organisation_id, figure, writer, at))
        for target in _targets(trust.code, months):
            at = _recorded_at(later(target.from_month, -1), as_of)
            targets.append(Saved(trust.organisation_id, target, lead, at))
        if trust.code in REFORMS:
            rebase = _rebase(REFORMS[trust.code], months)
            at = _recorded_at(rebase.from_month, as_of)
            rebases.append(Saved(trust.organisation_id, rebase, lead, at))
    return Drawn((*figures, *_corrections(figures, trusts, as_of)), tuple(targets), tuple(rebases))


def _figures(
    trust: Organisation, series: Series, months: Sequence[date]
) -> Iterator[MonthlyFigure]:
    drawn = chance("monthly figures", trust.code, series.id)
    shares = _shares(trust.code, series.id, drawn)
    level = _DUE_BY_TYPE.get(trust.trust_type, _DUE_OTHERWISE) * float(drawn.lognormal(0, 0.3))
    due = drawn.poisson(_DUE_IF_VERY_SMALL if trust.code == VERY_SMALL else level, MONTHS)
    in_time = drawn.binomial(due, shares)
    for place, month in enumerate(months):
        if _is_recorded(trust.code, place):
            yield MonthlyFigure(series.id, month, int(in_time[place]), int(due[place]), 1)


def _is_recorded(code: str, place: int) -> bool:
    if code == SILENT or (code == WITH_A_GAP and place == GAP_AT):
        return False
    return code != NEWCOMER or place >= MONTHS - MONTHS_OF_NEWCOMER


def _shares(code: str, series_id: str, drawn: np.random.Generator) -> np.ndarray:
    """The share that is in time in each month, before the chance of single complaints."""
    places = np.arange(MONTHS)
    course = _course(code, drawn)
    lowest, highest, most = (0.6, 0.97, 0.26) if series_id == ANSWERED else (0.9, 0.99, 0.12)
    level = float(drawn.uniform(lowest, highest))
    change_at, size = int(drawn.integers(10, 20)), float(drawn.uniform(most / 2, most))
    reform = REFORMS.get(code) if series_id == ANSWERED else None
    if course is Course.WHOLE:
        return np.ones(MONTHS)
    if reform is not None:
        return np.where(places < reform.at, reform.before, reform.after)
    shares = np.full(MONTHS, level)
    if course is Course.IMPROVING:
        shares = np.where(places < change_at, level - size, level)
    if course is Course.DRIFTING:
        shares = level - size * np.clip((places - change_at) / 10, 0, 1)
    # Months differ by more than the chance of single complaints: holidays, absences.
    return np.clip(shares + drawn.normal(0, 0.015, MONTHS), 0.05, 1)


def _course(code: str, drawn: np.random.Generator) -> Course:
    picked = drawn.choice(len(_CHANCES), p=list(_CHANCES.values()))
    if code == ALWAYS_WHOLE:
        return Course.WHOLE
    by_hand = {*REFORMS, WITH_A_GAP, NEWCOMER, VERY_SMALL, RAISED_ITS_TARGET}
    return Course.STEADY if code in by_hand else list(_CHANCES)[picked]


def _targets(code: str, months: Sequence[date]) -> Iterator[Target]:
    """The trust's own targets for answers; for acknowledgements the law's holds."""
    if code in WITHOUT_TARGET or code == SILENT:
        return
    picked = (80, 85, 90)[int(chance("monthly target", code).integers(3))]
    if code == RAISED_ITS_TARGET:
        yield Target(ANSWERED, months[0], 80, 1)
        yield Target(ANSWERED, months[RAISED_AT], 90, 1)
    else:
        yield Target(ANSWERED, months[0], 85 if code in REFORMS else picked, 1)


def _rebase(reform: Reform, months: Sequence[date]) -> Rebase:
    return Rebase(ANSWERED, months[reform.at], reform.reason, 1)


def _corrections(
    figures: Sequence[Saved[MonthlyFigure]], trusts: Sequence[Organisation], as_of: date
) -> Iterator[Saved[MonthlyFigure]]:
    """One figure that was counted anew, long after others had seen it."""
    number = next((t.organisation_id for t in trusts if t.code == CORRECTED), None)
    month = later(last_ended(as_of), CORRECTED_AT + 1 - MONTHS)
    for saved in figures:
        if saved.organisation_id == number and saved.value.key == (ANSWERED, month):
            value = saved.value
            counted = replace(value, figure_revision=2, in_time=max(0, value.in_time - 2))
            at = london(as_of - _CORRECTED_BEFORE_TODAY, time(15, 40))
            yield replace(saved, value=counted, saved_at=at)


def _recorded_at(month: date, as_of: date) -> datetime:
    """A morning early in the month after, and never after the day of the demonstration."""
    day = later(month, 1) + timedelta(days=_RECORDED_ON_DAY - 1)
    return london(min(day, as_of), time(8, 30))
