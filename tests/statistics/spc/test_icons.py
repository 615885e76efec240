"""Icons: is the latest point unusual, will the target be met, and why there is no icon."""

from math import inf, nan

import pytest

from benchmarking.polarity import Polarity
from benchmarking.statistics.spc import AS_THE_EXCEL_TOOL, Assurance, Variation, XmrChart, xmr

HIGHER, LOWER, NEITHER = (
    Polarity.HIGHER_IS_BETTER,
    Polarity.LOWER_IS_BETTER,
    Polarity.NEUTRAL,
)
QUIET = [1.0, -1.0] * 7
LIMIT = 2.66 * 2


def chart(*more: float, polarity: Polarity = HIGHER, targets=None) -> XmrChart:
    return xmr([*QUIET, *more], polarity=polarity, targets=targets, baseline=14).of(0)


# Variation: the latest point.


@pytest.mark.parametrize(
    "latest, polarity, icon, said",
    [
        (1, HIGHER, "COMMON_CAUSE", "Common cause: no significant change"),
        (6, HIGHER, "IMPROVEMENT_HIGH", "Significant improvement: high or rising"),
        (-6, HIGHER, "CONCERN_LOW", "Significant concern: low or falling"),
        (6, LOWER, "CONCERN_HIGH", "Significant concern: high or rising"),
        (-6, LOWER, "IMPROVEMENT_LOW", "Significant improvement: low or falling"),
        (6, NEITHER, "NEUTRAL_HIGH", "Significant change: high or rising"),
        (-6, NEITHER, "NEUTRAL_LOW", "Significant change: low or falling"),
    ],
)
def test_the_variation_icon(latest: float, polarity: Polarity, icon: str, said: str):
    found = chart(latest, polarity=polarity)
    assert found.variation is Variation[icon]
    assert found.variation_in_words() == said


def test_only_the_latest_point_makes_the_variation_icon():
    assert chart(6, 1).variation is Variation.COMMON_CAUSE


def test_the_latest_point_is_the_latest_with_a_figure():
    assert chart(6, nan, nan).variation is Variation.IMPROVEMENT_HIGH


def test_a_falling_trend_above_the_mean_is_a_concern_where_higher_is_better():
    assert chart(4, 3.9, 3.8, 3.7, 3, 2, 1).variation is Variation.CONCERN_LOW


@pytest.mark.parametrize("icon", list(Variation))
def test_neutral_words_never_judge(icon: Variation):
    judging = "improve" in icon.in_words() or "concern" in icon.in_words()
    assert judging == icon.name.startswith(("IMPROVEMENT", "CONCERN"))
    assert "better" not in icon.in_words() and "worse" not in icon.in_words()


# Assurance: the target against the latest limits.


@pytest.mark.parametrize(
    "target, polarity, icon",
    [
        (-5.33, HIGHER, "PASSING"),
        (5.33, HIGHER, "FAILING"),
        (0, HIGHER, "HIT_OR_MISS"),
        (-LIMIT, HIGHER, "HIT_OR_MISS"),
        (LIMIT, HIGHER, "HIT_OR_MISS"),
        (-5.33, LOWER, "FAILING"),
        (5.33, LOWER, "PASSING"),
        (0, LOWER, "HIT_OR_MISS"),
        (LIMIT, LOWER, "HIT_OR_MISS"),
        (5.33, NEITHER, "NO_GOOD_SIDE"),
        (None, HIGHER, "NO_TARGET"),
        (nan, HIGHER, "NO_TARGET"),
        (inf, HIGHER, "NO_TARGET"),
        (None, NEITHER, "NO_TARGET"),
    ],
)
def test_the_assurance_icon(target: float | None, polarity: Polarity, icon: str):
    assert chart(polarity=polarity, targets=target).assurance is Assurance[icon]


def test_the_assurance_icon_in_words():
    assert [chart(targets=target).assurance_in_words() for target in (-9, 9, 0, None)] == [
        "Consistently passing: the target is met unless something changes",
        "Consistently failing: the target is missed unless something changes",
        "Hit or miss: chance decides whether the target is met",
        "No target",
    ]
    assert chart(polarity=NEITHER, targets=0).assurance_in_words() == (
        "Neither higher nor lower is better, so no target is judged"
    )


def test_the_limits_of_the_last_group_decide():
    values = QUIET + [20 + value for value in QUIET]
    before = xmr(values, polarity=HIGHER, targets=10).of(0)
    after = xmr(values, polarity=HIGHER, targets=10, rebase=[[14]]).of(0)
    assert (before.assurance, after.assurance) == (Assurance.HIT_OR_MISS, Assurance.PASSING)


@pytest.mark.parametrize("rules", [AS_THE_EXCEL_TOOL, None])
@pytest.mark.parametrize(
    "target, polarity, icon",
    [
        (100, HIGHER, "PASSING"),
        (95, HIGHER, "PASSING"),
        (101, HIGHER, "FAILING"),
        (100, LOWER, "PASSING"),
        (95, LOWER, "FAILING"),
    ],
)
def test_always_100_per_cent_passes_a_target_of_100_per_cent(rules, target, polarity, icon):
    settings = {} if rules is None else {"rules": rules}
    found = xmr([100.0] * 15, polarity=polarity, targets=target, **settings).of(0)
    assert found.assurance is Assurance[icon]


def test_a_target_on_limits_without_width_is_hit_or_miss_where_points_miss_it():
    found = xmr([10.0] * 12 + [11.0] * 12, polarity=HIGHER, targets=10.5).of(0)
    assert found.points[-1].low == found.points[-1].high == 10.5
    assert found.assurance is Assurance.HIT_OR_MISS


def test_the_constant_months_before_a_rebase_do_not_count_as_always_met():
    found = xmr([0.0] * 14 + QUIET, polarity=HIGHER, targets=0, rebase=[[14]]).of(0)
    assert found.assurance is Assurance.HIT_OR_MISS


# Too few.


def test_twelve_points_are_too_few_for_either_icon_and_the_number_is_said():
    found = xmr(QUIET[:12], polarity=HIGHER, targets=0).of(0)
    assert (found.variation, found.assurance) == (
        Variation.TOO_FEW_POINTS,
        Assurance.TOO_FEW_POINTS,
    )
    assert found.variation_in_words() == "Too few points: 12 of 13"
    assert found.assurance_in_words() == "Too few points: 12 of 13"


def test_no_figures_make_no_icon():
    found = xmr([nan] * 20, polarity=HIGHER, targets=0).of(0)
    assert (found.variation, found.assurance) == (Variation.NO_POINTS, Assurance.NO_POINTS)
    assert found.assurance_in_words() == "No figures to make limits from"


def test_a_missing_target_is_the_reason_before_too_few_points():
    assert xmr(QUIET[:5], polarity=HIGHER).of(0).assurance is Assurance.NO_TARGET


def test_reasons_are_no_icons():
    assert [icon.name for icon in Variation if not icon.is_icon] == ["TOO_FEW_POINTS", "NO_POINTS"]
    assert [icon.name for icon in Assurance if icon.is_icon] == [
        "HIT_OR_MISS",
        "PASSING",
        "FAILING",
    ]


# Targets that change.


def test_a_target_that_changes_counts_as_it_is_at_the_latest_point():
    targets = [-9] * 13 + [9]
    assert chart(targets=targets).assurance is Assurance.FAILING


def test_the_target_of_months_after_the_latest_figure_does_not_count():
    targets = [-9] * 14 + [9]
    assert chart(nan, targets=targets).assurance is Assurance.PASSING


def test_a_target_that_has_ended_is_no_target():
    assert chart(targets=[0] * 13 + [nan]).assurance is Assurance.NO_TARGET


@pytest.mark.parametrize(
    "polarity, met",
    [
        (HIGHER, [True, True, False, None, None]),
        (LOWER, [False, True, True, None, None]),
        (NEITHER, [None] * 5),
    ],
)
def test_each_month_says_whether_its_own_target_was_met(polarity: Polarity, met: list):
    found = xmr([5, 5, 5, 5, nan], polarity=polarity, targets=[4, 5, 6, nan, 5]).of(0)
    assert [point.met for point in found.points] == met
    assert [point.target for point in found.points] == [4, 5, 6, None, 5]


def test_series_may_share_a_target_or_have_their_own_or_one_a_month():
    values = [QUIET, QUIET]
    for targets, expected in [
        (9, ["FAILING", "FAILING"]),
        ([9, -9], ["FAILING", "PASSING"]),
        ([[9] * 14, [9] * 13 + [0]], ["FAILING", "HIT_OR_MISS"]),
    ]:
        charts = xmr(values, polarity=HIGHER, targets=targets)
        assert [Assurance(code).name for code in charts.assurance] == expected


def test_each_series_may_have_a_polarity_of_its_own():
    charts = xmr([QUIET] * 3, polarity=[HIGHER, LOWER, NEITHER], targets=9)
    assert [charts.of(series).assurance.name for series in range(3)] == [
        "FAILING",
        "PASSING",
        "NO_GOOD_SIDE",
    ]
    assert charts.of(1).polarity is LOWER
