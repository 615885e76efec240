"""Whose months are seen by whom and up to when, and what the chart makes of them."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import pytest

from benchmarking.access import Refused
from benchmarking.assessing.sheets import NotThere
from benchmarking.keeping import Key
from benchmarking.results import trends
from benchmarking.results.trends import Summary, Trend
from benchmarking.series import MonthlyFigure, Rebase, Target
from benchmarking.series.months import later, month_code
from benchmarking.statistics.spc import Assurance, Judgement, Signal, Variation
from benchmarking.store import monthly
from benchmarking.store.database import AuditEntry
from benchmarking.store.monthly import Saved
from tests.series.recorded import ACKNOWLEDGED, ANSWERED, figures
from tests.use_cases.conftest import World

# The cycle of 2025 was released on 4 February 2026, so January is the last month others see.
JANUARY = date(2026, 1, 1)
RELEASED = datetime(2026, 2, 4)
STEADY = "80 82 79 81 80 83 78 81 80 82 79 81 80 82"


def tell(
    world: World,
    row: str,
    *,
    number: int = 7,
    last: date = JANUARY,
    at: datetime | None = None,
    due: int = 100,
    series_id: str = ANSWERED,
    revision: int = 1,
    targets: Sequence[tuple[int, float | None]] = (),
    rebases: Sequence[int] = (),
) -> None:
    """Records a row of months that ends with one; places of targets and rebases count from 0."""
    first = later(last, 1 - len(row.split()))
    when = at or datetime(2026, 2, 1)
    rows = [
        MonthlyFigure(f.series_id, f.month, f.in_time, f.due, revision)
        for f in figures(row, series_id=series_id, first=first, due=due)
    ]
    with world.database.writing(AuditEntry(1, "tell", "tests", when)) as writing:
        monthly.add_figures(writing, [Saved(number, figure, 1, when) for figure in rows])
        aims = [Target(series_id, later(first, place), aim, 1) for place, aim in targets]
        monthly.add_targets(writing, [Saved(number, aim, 1, when) for aim in aims])
        begun = [Rebase(series_id, later(first, place), "A change", 1) for place in rebases]
        monthly.add_rebases(writing, [Saved(number, rebase, 1, when) for rebase in begun])


def own(world: World, subject: str = "lead-07", series_id: str = ANSWERED) -> Trend:
    return trends.of_trust(world.visit(subject), "DEMO-07", series_id)


def summary(world: World, series_id: str = ANSWERED) -> Summary:
    return trends.of_all(world.visit("inspector"), series_id)


# Who sees what.


@pytest.mark.parametrize("subject", ["lead-07", "colleague-07", "board-07"])
def test_a_trust_s_people_see_all_of_its_own_months(world: World, subject: str):
    tell(world, STEADY, last=date(2026, 10, 1))
    found = own(world, subject)
    assert found.timeline.points[-1].month == date(2026, 10, 1)
    assert found.seen_up_to is None


@pytest.mark.parametrize("subject", ["lead-08", "inspector", "administrator"])
def test_nobody_else_sees_them_that_way(world: World, subject: str):
    tell(world, STEADY)
    with pytest.raises(Refused):
        own(world, subject)


@pytest.mark.parametrize("subject", ["lead-07", "colleague-07", "board-07", "administrator"])
@pytest.mark.parametrize(
    "ask",
    [
        lambda visit: trends.of_all(visit, ANSWERED),
        lambda visit: trends.released(visit, "DEMO-07", ANSWERED),
        lambda visit: trends.released(visit, "DEMO-08", ANSWERED),
    ],
)
def test_no_trust_sees_another_s_months(world: World, subject: str, ask: Callable[..., object]):
    tell(world, STEADY, number=8)
    with pytest.raises(Refused):
        ask(world.visit(subject))


def test_a_stranger_is_told_to_sign_in(world: World):
    with pytest.raises(Refused, match="Sign in to see this page."):
        trends.of_trust(world.stranger(), "DEMO-07", ANSWERED)
    with pytest.raises(Refused, match="Sign in to see this page."):
        trends.of_all(world.stranger(), ANSWERED)


def test_an_inspector_sees_months_that_ended_before_the_newest_release(world: World):
    tell(world, f"{STEADY} 10 11", last=later(JANUARY, 2))
    one = trends.released(world.visit("inspector"), "DEMO-07", ANSWERED)
    assert one.timeline.points[-1].month == one.seen_up_to == JANUARY
    assert [point.figure.in_time for point in one.timeline.points if point.figure] == [
        *map(int, STEADY.split())
    ], "no later month has any part in it"
    (row,) = summary(world).rows
    assert row.latest and row.latest.month == JANUARY
    assert row.variation is one.chart.variation is Variation.COMMON_CAUSE


def test_later_months_move_no_limit_that_an_inspector_sees(world: World):
    tell(world, STEADY)
    before = trends.released(world.visit("inspector"), "DEMO-07", ANSWERED).chart
    tell(world, "10 99 10", last=later(JANUARY, 3))
    after = trends.released(world.visit("inspector"), "DEMO-07", ANSWERED).chart
    assert after == before


def test_a_later_target_or_new_beginning_is_not_shown_to_inspectors_either(world: World):
    tell(world, f"{STEADY} 81", last=later(JANUARY, 1), targets=[(0, 70), (14, 95)], rebases=[14])
    one = trends.released(world.visit("inspector"), "DEMO-07", ANSWERED)
    assert [target.percent for target in one.targets] == [70]
    assert one.timeline.rebases == ()
    assert len(own(world).targets) == 2 and len(own(world).timeline.rebases) == 1


def test_the_next_release_shows_the_next_months(world: World):
    tell(world, STEADY, last=date(2026, 12, 1))
    assert summary(world).last_month == JANUARY
    released = world.later(days=90)
    assert summary(released).last_month == date(2027, 1, 1)
    latest = summary(released).rows[0].latest
    assert latest and latest.month == date(2026, 12, 1)


def test_before_any_release_an_inspector_is_told_why_there_is_nothing(world: World):
    tell(world, STEADY)
    with pytest.raises(NotThere, match="No cycle has been released yet, so no trust’s months"):
        summary(world.later(days=-300))


def test_a_trust_needs_no_cycle_to_see_its_own_months(world: World):
    tell(world, STEADY)
    assert own(world.later(days=-700)).timeline.points


@pytest.mark.parametrize(
    "ask",
    [
        lambda world: trends.of_trust(world.visit("lead-07"), "DEMO-07", "forged"),
        lambda world: trends.of_all(world.visit("inspector"), "forged"),
        lambda world: trends.released(world.visit("inspector"), "DEMO-07", "forged"),
    ],
)
def test_a_series_that_is_not_there_is_told_so(world: World, ask: Callable[[World], object]):
    with pytest.raises(NotThere, match="There is no such series. Choose one of those shown."):
        ask(world)


def test_a_trust_that_is_not_there_is_told_so(world: World):
    with pytest.raises(NotThere, match="There is no such trust here."):
        trends.released(world.visit("inspector"), "DEMO-99", ANSWERED)


# What the chart makes of them.


def test_each_month_has_its_point(world: World):
    tell(world, "80 . 82 - 84")
    found = own(world)
    assert [point.value for point in found.chart.points] == [80, None, 82, None, 84]
    assert found.chart.variation is Variation.TOO_FEW_POINTS


def test_nothing_recorded_is_no_month_and_no_icon(world: World):
    found = own(world)
    assert found.timeline.points == found.chart.points == ()
    assert found.chart.variation is Variation.NO_POINTS


@pytest.mark.parametrize(
    "row, variation",
    [
        (STEADY, Variation.COMMON_CAUSE),
        (f"{STEADY} 98", Variation.IMPROVEMENT_HIGH),
        (f"{STEADY} 60", Variation.CONCERN_LOW),
        ("80 82 79 81 80 83 78 81 80 82 79 81", Variation.TOO_FEW_POINTS),
        ("100 " * 14, Variation.COMMON_CAUSE),
    ],
)
def test_higher_is_better_and_the_latest_month_decides(
    world: World, row: str, variation: Variation
):
    tell(world, row)
    assert own(world).chart.variation is variation


@pytest.mark.parametrize(
    "aim, assurance",
    [
        (70, Assurance.PASSING),
        (80, Assurance.HIT_OR_MISS),
        (95, Assurance.FAILING),
        (None, Assurance.NO_TARGET),
    ],
)
def test_the_target_is_set_against_the_limits(
    world: World, aim: float | None, assurance: Assurance
):
    tell(world, STEADY, targets=[(0, aim)])
    assert own(world).chart.assurance is assurance


def test_acknowledgements_are_set_against_the_law_s_target(world: World):
    tell(world, "100 " * 14, series_id=ACKNOWLEDGED)
    found = own(world, series_id=ACKNOWLEDGED)
    assert found.chart.assurance is Assurance.PASSING
    assert "The target of 100% will be met month after month" in found.sentence


def test_limits_begin_anew_from_their_month(world: World):
    tell(world, f"{STEADY} {STEADY.replace('8', '9').replace('7', '8')}", rebases=[14])
    found = own(world)
    assert [point.group for point in found.chart.points] == [0] * 14 + [1] * 14
    before, after = found.chart.points[13], found.chart.points[14]
    assert before.centre and after.centre and after.centre > before.centre + 5
    assert all(point.signal is Signal.NONE for point in found.chart.points)


def test_a_point_that_stands_out_is_judged(world: World):
    tell(world, f"{STEADY} 60")
    point = own(world).chart.points[-1]
    assert (point.signal, point.judgement) == (Signal.OUTSIDE, Judgement.CONCERN)


# All trusts.


def test_one_call_says_of_each_trust_what_its_own_chart_says(world: World):
    tell(world, f"{STEADY} 60", targets=[(0, 95)])
    tell(
        world, f"70 {STEADY} 71", number=8, last=later(JANUARY, -1), targets=[(3, 50)], rebases=[2]
    )
    inspector = world.visit("inspector")
    for row in summary(world).rows:
        alone = trends.released(inspector, row.trust.code, ANSWERED)
        assert (row.variation, row.assurance) == (alone.chart.variation, alone.chart.assurance)
        assert row.variation_in_words == alone.chart.variation_in_words()
        assert row.assurance_in_words == alone.chart.assurance_in_words()
        assert row.latest == alone.timeline.latest


def test_trusts_stand_in_the_order_of_their_codes_and_silent_ones_are_named(world: World):
    tell(world, STEADY, number=8)
    found = summary(world)
    assert [row.trust.code for row in found.rows] == ["DEMO-08"]
    assert [trust.code for trust in found.silent] == ["DEMO-07"]
    tell(world, STEADY)
    assert [row.trust.code for row in summary(world).rows] == ["DEMO-07", "DEMO-08"]


def test_without_any_month_the_summary_says_so(world: World):
    found = summary(world)
    assert found.rows == () and len(found.silent) == 2
    assert found.sentence == ("Answered in time: no trust has recorded a month up to January 2026.")


@pytest.mark.parametrize(
    "at, marked",
    [(datetime(2026, 2, 3), False), (datetime(2026, 2, 5), True)],
)
def test_a_month_corrected_after_its_release_is_marked(world: World, at: datetime, marked: bool):
    tell(world, STEADY)
    tell(world, "70", at=at, revision=2)
    assert summary(world).rows[0].corrected_after_release is marked


def test_a_month_recorded_late_and_one_of_another_series_are_no_correction(world: World):
    tell(world, STEADY, at=datetime(2026, 2, 8))
    tell(world, "90", series_id=ACKNOWLEDGED)
    tell(world, "91", series_id=ACKNOWLEDGED, at=datetime(2026, 2, 8), revision=2)
    assert not summary(world).rows[0].corrected_after_release
    assert summary(world, ACKNOWLEDGED).rows[0].corrected_after_release


@pytest.mark.parametrize("due, few", [(100, False), (10, False), (9, True)])
def test_very_few_a_month_are_marked(world: World, due: int, few: bool):
    tell(world, "5 " * 14, due=due)
    assert summary(world).rows[0].very_few is few


# What is kept.


class Kept(dict[Key, Any]):
    """Keeps results as the pages' cache does, and counts what it had to make."""

    made = 0

    def __call__(self, key: Key, make: Callable[[], Any], /) -> Any:
        if key not in self:
            self[key] = make()
            self.made += 1
        return self[key]


def test_a_result_is_kept_until_something_changes(world: World):
    keep = Kept()
    tell(world, STEADY)
    for subject in ("lead-07", "board-07", "lead-07"):
        trends.of_trust(world.visit(subject), "DEMO-07", ANSWERED, keep=keep)
    assert keep.made == 1, "people of one trust share it"
    tell(world, "81", last=later(JANUARY, 1))
    found = trends.of_trust(world.visit("lead-07"), "DEMO-07", ANSWERED, keep=keep)
    assert keep.made == 2
    assert month_code(found.timeline.points[-1].month) == "2026-02"


def test_what_a_trust_sees_and_what_inspectors_see_are_kept_apart(world: World):
    keep = Kept()
    tell(world, f"{STEADY} 81", last=later(JANUARY, 1))
    own_months = trends.of_trust(world.visit("lead-07"), "DEMO-07", ANSWERED, keep=keep)
    shown = trends.released(world.visit("inspector"), "DEMO-07", ANSWERED, keep=keep)
    assert len(own_months.timeline.points) == len(shown.timeline.points) + 1
    assert own_months.key != shown.key


def test_what_is_kept_is_not_handed_to_who_may_not_see_it(world: World):
    keep = Kept()
    trends.of_trust(world.visit("lead-07"), "DEMO-07", ANSWERED, keep=keep)
    with pytest.raises(Refused):
        trends.of_trust(world.visit("lead-08"), "DEMO-07", ANSWERED, keep=keep)
