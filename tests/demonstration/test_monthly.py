"""Three years of fictional months: the same each time, and every state of the page among them."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time

import numpy as np
import pytest

from benchmarking.access import Role
from benchmarking.demonstration import monthly, people
from benchmarking.demonstration.cycles import london
from benchmarking.demonstration.monthly import (
    ALWAYS_WHOLE,
    ANSWERED,
    CORRECTED,
    GAP_AT,
    MONTHS,
    MONTHS_OF_NEWCOMER,
    NEWCOMER,
    RAISED_AT,
    RAISED_ITS_TARGET,
    REFORMS,
    SILENT,
    VERY_SMALL,
    WITH_A_GAP,
    WITHOUT_TARGET,
    Drawn,
    draw_monthly,
)
from benchmarking.demonstration.trusts import demonstration_trusts
from benchmarking.series import Record, Timeline, shipped, timeline
from benchmarking.series.months import last_ended, later, through
from benchmarking.statistics.spc import Variation, xmr
from benchmarking.store.monthly import Saved

TRUSTS = [trust.organisation for trust in demonstration_trusts()]
NUMBERS = {trust.code: trust.organisation_id for trust in TRUSTS}
SERIES = {series.id: series for series in shipped()}
NEWEST = date(2026, 5, 1)


@pytest.fixture(scope="module")
def person_ids() -> Mapping[str, int]:
    titles = [people.title(role, trust.code) for trust in TRUSTS for role in people.IN_EACH_TRUST]
    return {title: number for number, title in enumerate(titles, 1)}


@pytest.fixture(scope="module")
def drawn(person_ids: Mapping[str, int], as_of: date) -> Drawn:
    return draw_monthly(TRUSTS, person_ids, as_of)


def record(drawn: Drawn, code: str) -> Record:
    """What stands for one trust, as the store would give it back."""

    def own(rows: tuple) -> list:
        return [row.value for row in rows if row.organisation_id == NUMBERS[code]]

    newest = {figure.key: figure for figure in own(drawn.figures)}
    return Record(tuple(newest.values()), tuple(own(drawn.targets)), tuple(own(drawn.rebases)))


def line(drawn: Drawn, code: str, series_id: str = ANSWERED) -> Timeline:
    return timeline(SERIES[series_id], record(drawn, code))


def variation(line: Timeline) -> Variation:
    places = [at for at, point in enumerate(line.points) if point.rebase is not None]
    series = SERIES[ANSWERED]
    values = np.array([[point.percent for point in line.points]], dtype=float)
    return xmr(values, polarity=series.polarity, rebase=[places]).of(0).variation


def test_the_same_day_gives_the_same_months(
    drawn: Drawn, person_ids: Mapping[str, int], as_of: date
):
    assert draw_monthly(TRUSTS, person_ids, as_of) == drawn


def test_what_one_trust_recorded_does_not_depend_on_the_others(
    drawn: Drawn, person_ids: Mapping[str, int], as_of: date
):
    alone = draw_monthly(TRUSTS[6:7], person_ids, as_of)
    assert record(alone, "DEMO-07") == record(drawn, "DEMO-07")


@pytest.mark.parametrize("series_id", SERIES)
def test_nearly_every_trust_has_three_years_up_to_the_last_month_that_ended(
    drawn: Drawn, series_id: str
):
    special = {NEWCOMER, SILENT, WITH_A_GAP}
    for trust in TRUSTS:
        found = line(drawn, trust.code, series_id)
        if trust.code not in special:
            months = tuple(point.month for point in found.points if point.figure)
            assert months == through(later(NEWEST, 1 - MONTHS), NEWEST), trust.code


def test_the_months_end_with_the_last_one_before_the_day(person_ids: Mapping[str, int]):
    for day in (date(2026, 6, 1), date(2026, 6, 30), date(2027, 1, 1)):
        found = draw_monthly(TRUSTS[:1], person_ids, day)
        assert max(row.value.month for row in found.figures) == last_ended(day)


def test_no_figure_says_more_than_was_due(drawn: Drawn):
    assert all(0 <= row.value.in_time <= row.value.due for row in drawn.figures)


def test_one_trust_is_always_in_time(drawn: Drawn):
    for series_id in SERIES:
        assert {p.percent for p in line(drawn, ALWAYS_WHOLE, series_id).points} == {100}


def test_a_newcomer_has_too_few_months_for_limits(drawn: Drawn):
    found = line(drawn, NEWCOMER)
    assert len(found.points) == MONTHS_OF_NEWCOMER < 13
    assert found.points[-1].month == NEWEST


def test_one_trust_has_a_month_missing_and_one_has_none_at_all(drawn: Drawn):
    missing = line(drawn, WITH_A_GAP).not_recorded
    assert missing == (later(NEWEST, GAP_AT + 1 - MONTHS),)
    assert record(drawn, SILENT) == Record()


def test_a_very_small_trust_has_a_month_with_nothing_due(drawn: Drawn):
    found = line(drawn, VERY_SMALL)
    assert found.nothing_due
    assert max(p.figure.due for p in found.points if p.figure) < 10


@pytest.mark.parametrize("code", REFORMS)
def test_two_trusts_changed_how_they_work_and_said_so(drawn: Drawn, code: str):
    found = line(drawn, code)
    (rebase,) = found.rebases
    reform = REFORMS[code]
    assert (rebase.from_month, rebase.reason) == (found.points[reform.at].month, reform.reason)
    before = [p.percent for p in found.points[: reform.at] if p.percent is not None]
    after = [p.percent for p in found.points[reform.at :] if p.percent is not None]
    assert sum(after) / len(after) > sum(before) / len(before) + 8
    assert reform.at >= 13 and MONTHS - reform.at >= 13, "both parts have limits"


def test_targets_are_80_to_90_one_was_raised_and_some_trusts_have_none(drawn: Drawn):
    aims = {t.code: [one.percent for one in record(drawn, t.code).targets] for t in TRUSTS}
    assert aims.pop(RAISED_ITS_TARGET) == [80, 90]
    without = {code for code, found in aims.items() if not found}
    assert without == {*WITHOUT_TARGET, SILENT}
    assert Counter(aim for found in aims.values() for aim in found).keys() == {80, 85, 90}
    steps = [point.target for point in line(drawn, RAISED_ITS_TARGET).points]
    assert steps == [80] * RAISED_AT + [90] * (MONTHS - RAISED_AT)


def test_for_acknowledgements_the_law_s_target_holds(drawn: Drawn):
    assert {row.value.series_id for row in drawn.targets} == {ANSWERED}
    assert {p.target for p in line(drawn, "DEMO-01", "acknowledged-in-time").points} == {100}


def test_some_trusts_are_steady_some_improve_and_some_drift(drawn: Drawn):
    found = Counter(variation(line(drawn, trust.code)) for trust in TRUSTS if trust.code != SILENT)
    assert found[Variation.COMMON_CAUSE] >= 30
    assert found[Variation.IMPROVEMENT_HIGH] >= 3
    assert found[Variation.CONCERN_LOW] >= 3
    assert found[Variation.TOO_FEW_POINTS] == 1


def test_one_figure_was_corrected_long_after_it_was_recorded(drawn: Drawn, as_of: date):
    (later_one,) = [row for row in drawn.figures if row.value.figure_revision > 1]
    assert later_one.organisation_id == NUMBERS[CORRECTED]
    (first,) = [
        row
        for row in drawn.figures
        if row.organisation_id == later_one.organisation_id
        and row.value.key == later_one.value.key
        and row.value.figure_revision == 1
    ]
    assert later_one.value.in_time < first.value.in_time
    assert (later_one.saved_at - first.saved_at).days > 180


def test_months_are_recorded_by_the_trust_s_own_people_and_never_in_the_future(
    drawn: Drawn, person_ids: Mapping[str, int], as_of: date
):
    titles = {number: title for title, number in person_ids.items()}
    codes = {number: code for code, number in NUMBERS.items()}
    end = london(as_of, time(23, 59))
    everything: list[Saved] = [*drawn.figures, *drawn.targets, *drawn.rebases]
    for row in everything:
        assert titles[row.author_id].endswith(codes[row.organisation_id])
        assert row.saved_at < end
    writers = {titles[row.author_id].split(",")[0] for row in drawn.figures}
    assert writers == {people.IN_EACH_TRUST[Role.CONTRIBUTOR]}


def test_on_the_first_of_a_month_the_last_one_is_recorded_that_morning(
    person_ids: Mapping[str, int],
):
    found = monthly.draw_monthly(TRUSTS[:1], person_ids, date(2026, 6, 1))
    assert max(row.saved_at for row in found.figures) == datetime(2026, 6, 1, 7, 30)
