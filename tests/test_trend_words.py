"""What a monthly series comes to in words: each sentence as a reader meets it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import pytest

from benchmarking.answers import Cycle
from benchmarking.results import trend_words
from benchmarking.series import MonthlyFigure, Rebase, Record, Target, Timeline, shipped, timeline
from benchmarking.series.months import later
from benchmarking.statistics.spc import XmrChart, xmr
from tests.series.recorded import ACKNOWLEDGED, ANSWERED, FIRST, figures

SERIES = {series.id: series for series in shipped()}
# Fourteen months from January 2025: the last is February 2026.
STEADY = "80 82 79 81 80 83 78 81 80 82 79 81 80 82"
QUIET = "Common cause: no significant change."
OVER = "unless something changes."


def drawn(
    row: str,
    *,
    series_id: str = ANSWERED,
    due: int = 100,
    aim: float | None = None,
    rebases: Sequence[int] = (),
) -> tuple[Timeline, XmrChart]:
    """A timeline and its chart from a row of months."""
    record = Record(
        figures(row, series_id=series_id, due=due),
        (Target(series_id, FIRST, aim),) if aim is not None else (),
        tuple(Rebase(series_id, later(FIRST, place), "A change") for place in rebases),
    )
    line = timeline(SERIES[series_id], record)
    chart = xmr(
        np.array([[point.percent for point in line.points]], dtype=float),
        polarity=SERIES[series_id].polarity,
        targets=np.array([[point.target for point in line.points]], dtype=float),
        rebase=[list(rebases)],
    )
    return line, chart.of(0)


def lead(row: str, series_id: str = ANSWERED, **more: Any) -> str:
    line, chart = drawn(row, series_id=series_id, **more)
    return trend_words.lead(SERIES[series_id], line, chart)


def small_print(row: str, series_id: str = ANSWERED, **more: Any) -> str:
    line, chart = drawn(row, series_id=series_id, **more)
    return "\n".join(trend_words.small_print(SERIES[series_id], line, chart, None))


@pytest.mark.parametrize(
    "share, said, why",
    [
        (82.0, "82%", "whole"),
        (82.4, "82%", "to the nearest"),
        (82.5, "83%", "halves up"),
        (0.0, "0%", "none"),
        (100.0, "100%", "all"),
        (99.6, "99.6%", "not quite all must not read as all"),
        (99.98, "99.9%", "nor this"),
        (0.4, "0.4%", "not quite none must not read as none"),
        (0.02, "0.1%", "nor this"),
    ],
)
def test_a_percent_is_whole_but_never_pretends(share: float, said: str, why: str):
    assert trend_words.percent(share) == said, why


@pytest.mark.parametrize(
    "row, aim, rest",
    [
        (STEADY, None, QUIET),
        (STEADY, 70, f"{QUIET} The target of 70% will be met month after month, {OVER}"),
        (
            STEADY,
            82.5,
            f"{QUIET} The target of 82.5% will be met in some months and missed in others, {OVER}",
        ),
        (STEADY, 95, f"{QUIET} The target of 95% will be missed month after month, {OVER}"),
    ],
)
def test_the_answer_is_the_latest_month_then_variation_then_the_target(
    row: str, aim: float | None, rest: str
):
    said = "Answered in time: 82% in February 2026 (82 of 100)."
    assert lead(row, aim=aim) == f"{said} {rest}"


@pytest.mark.parametrize(
    "row, rest",
    [
        (
            f"{STEADY} 60",
            "Significant concern: low or falling; this month is below the lower limit.",
        ),
        (
            f"{STEADY} 99",
            "Significant improvement: high or rising; this month is above the upper limit.",
        ),
        (
            f"{STEADY} 84 84 85 84 84 85 84",
            "Significant improvement: high or rising; this month is one of 7 or more in a row "
            "above the mean.",
        ),
        (
            f"{STEADY} 60 - .",
            "Significant concern: low or falling; this month is below the lower limit.",
        ),
    ],
)
def test_a_month_that_stands_out_is_told_with_its_rule(row: str, rest: str):
    assert lead(row).endswith(rest)


@pytest.mark.parametrize(
    "row, rebases, said",
    [
        ("80", (), "1 month is recorded, so 12 more months are needed"),
        ("80 81 82 83 84 85 86 87", (), "8 months are recorded, so 5 more months are needed"),
        ("80 . 82 - 84", (), "3 months are recorded, so 10 more months are needed"),
        (" ".join(["80"] * 12), (), "12 months are recorded, so 1 more month is needed"),
        (
            STEADY,
            (9,),
            "5 months are recorded since the limits began anew in October 2025, so 8 more",
        ),
    ],
)
def test_too_few_months_says_how_many_are_lacking(row: str, rebases: Sequence[int], said: str):
    told = lead(row, rebases=rebases, aim=85)
    assert f"Limits need 13 months. {said}" in told
    assert told.endswith("needed before anybody can say what is unusual.")
    assert "target" not in told, "nothing is said of a target without limits"


@pytest.mark.parametrize(
    "row, said",
    [
        ("", "Answered in time: nothing is recorded yet."),
        ("- -", "Answered in time: nothing was due in any month that is recorded."),
    ],
)
def test_no_percent_is_told_with_its_reason(row: str, said: str):
    assert lead(row) == said


def test_very_few_a_month_casts_doubt_on_the_answer_itself():
    told = lead(" ".join(["3"] * 14), due=4)
    assert told.endswith(
        "With 4 due in a middle month, the rules can hardly tell a change from chance: look at "
        "half a year or more."
    )
    assert "hardly" not in lead(" ".join(["8"] * 14), due=10)


@pytest.mark.parametrize(
    "said, short",
    [
        ("Common cause: no significant change", "Common cause"),
        ("Significant concern: low or falling", "Significant concern"),
        ("Significant change: low or falling", "Significant change: low or falling"),
        ("Hit or miss: chance decides whether the target is met", "Hit or miss"),
        ("Too few points: 8 of 13", "Too few points: 8 of 13"),
        ("No target", "No target"),
    ],
)
def test_an_icon_s_words_are_cut_only_where_the_rest_is_said_elsewhere(said: str, short: str):
    assert trend_words.icon(said) == short


@pytest.mark.parametrize(
    "row, due, said",
    [
        ("1/40 2/50 3/60", 0, "Due each month: 40 to 60, 50 in the middle."),
        ("80 81", 100, "Due each month: 100."),
        (
            "10/18 12/20 14/22",
            0,
            "Due each month: 18 to 22, 20 in the middle. With so few, one complaint moves a month "
            "by about 5 percentage points, so look at the pattern and not at a single month.",
        ),
        ("80 . -", 100, "Not recorded: February 2025. Nothing was due in March 2025."),
    ],
)
def test_the_small_print_says_how_many_and_what_is_missing(row: str, due: int, said: str):
    assert said in small_print(f"{row} 80" if "." in row else row, due=due)


def test_the_small_print_says_what_is_counted_by_which_rules_and_what_it_rests_on():
    told = small_print(STEADY)
    for said in (
        "Counted: Complaints whose response was due in the month",
        "Rules: Making Data Count.",
        "need 13 points",
        "Limits of a percentage are drawn from 0% to 100%.",
        "Rests on: SI 2009/309",
        "not yet checked against legislation.gov.uk",
        "What stands out is a question to ask, not a judgement.",
    ):
        assert said in told
    assert "The law asks it of every complaint" not in told
    assert "The law asks it of every complaint" in small_print(STEADY, ACKNOWLEDGED)


@pytest.mark.parametrize(
    "author, last, said",
    [
        ("Trust lead", None, "last on 8 November 2026 (Trust lead)."),
        ("", None, "last on 8 November 2026 (on the server)."),
        (
            "Trust lead",
            date(2026, 1, 1),
            "last on 8 November 2026. Months up to January 2026 are shown to inspectors.",
        ),
    ],
)
def test_inspectors_are_not_told_who_recorded(author: str, last: date | None, said: str):
    figure = MonthlyFigure(ANSWERED, FIRST, 8, 10, 1, author, datetime(2026, 11, 8, 8, 30))
    line = timeline(SERIES[ANSWERED], Record((figure,)))
    told = trend_words.small_print(SERIES[ANSWERED], line, xmr([[80.0]]).of(0), last)
    assert f"Recorded by the trust itself, {said}" in told


def test_a_summary_counts_trusts_by_what_their_latest_month_shows():
    rows = [STEADY, STEADY, f"{STEADY} 60", f"{STEADY} 99", "80 81", "-"]
    charts = [drawn(row)[1] for row in rows]
    assert trend_words.summed_up(SERIES[ANSWERED], charts, date(2026, 3, 1)) == (
        "Answered in time, months up to March 2026: 6 trusts have recorded figures. By their "
        "latest month: 2 common cause, 1 significant improvement, 1 significant concern, 1 with "
        "too few months to say and 1 with no month in which anything was due."
    )


def test_under_a_summary_stands_which_months_are_shown_and_that_nobody_is_ranked():
    cycle = Cycle("c", "2025/26", *[datetime(2026, 2, 4, 9)] * 3, peers_named=True, editions=())
    told = " ".join(
        trend_words.under_summary(SERIES[ANSWERED], cycle, date(2026, 1, 1), "Rules: ours.")
    )
    assert (
        "Shown are months up to January 2026: those that ended before 4 February 2026, the "
        "release date of 2025/26."
    ) in told
    assert "Trusts are not compared with each other" in told
    assert "Rules: ours." in told
