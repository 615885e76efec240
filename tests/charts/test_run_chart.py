"""A run chart: every month in its place, shapes beside colours, lines called by their names."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from benchmarking.answers import Organisation
from benchmarking.charts import run_chart
from benchmarking.charts.run_chart_figure import INKS, symbol_of, within
from benchmarking.polarity import Polarity
from benchmarking.results.trends import Trend
from benchmarking.series import Rebase, Record, Series, Target, shipped, timeline
from benchmarking.series.months import later
from benchmarking.statistics.spc import Judgement, Signal, xmr
from tests.charts.drawn import checked, texts
from tests.series.recorded import ANSWERED, FIRST, figures

# "Complainant" holds the letters of a missing number, for which every chart is searched.
SERIES = next(series for series in shipped() if series.id == ANSWERED).model_copy(
    update={"title": "Answers within the agreed time"}
)
TRUST = Organisation(7, "DEMO-07", "Northbrackle Demonstration Trust", "Acute", "North")
STEADY = "80 82 79 81 80 83 78 81 80 82 79 81 80 82"
RISING = "70 72 69 71 70 73 68 81 80 82 79 81 80 82 84 86 88 90 92 94 96"


def trend(
    row: str,
    *,
    aims: Sequence[tuple[int, float | None]] = (),
    rebases: Sequence[int] = (),
    series: Series = SERIES,
) -> Trend:
    """One series of one trust, from a row of months."""
    targets = tuple(Target(ANSWERED, later(FIRST, place), aim) for place, aim in aims)
    begun = tuple(Rebase(ANSWERED, later(FIRST, place), "A change") for place in rebases)
    line = timeline(series, Record(figures(row), targets, begun))
    values = np.array([[np.nan if p.percent is None else p.percent for p in line.points]])
    goals = np.array([[np.nan if p.target is None else p.target for p in line.points]])
    chart = xmr(values, polarity=series.polarity, targets=goals, rebase=[list(rebases)]).of(0)
    return Trend(TRUST, series, line, chart, targets, None, "A sentence.", (), ("a key",))


def figure_of(row: str, **more: Any) -> dict[str, Any]:
    return checked(run_chart.draw(trend(row, **more)))


def lines(figure: dict[str, Any], dash: str) -> list[float]:
    """The heights of level lines of one kind, each once."""
    drawn = [t for t in figure["data"] if t["mode"] == "lines" and t["line"]["dash"] == dash]
    found = [y for trace in drawn for y in trace["y"] if y is not None]
    return sorted({round(y, 2) for y in found})


def points(figure: dict[str, Any]) -> dict[tuple[str, str], list[int]]:
    """The months of each kind of mark, by its shape and its colour."""
    return {
        (trace["marker"]["symbol"], trace["marker"]["color"]): trace["x"]
        for trace in figure["data"]
        if trace["mode"] == "markers"
    }


@pytest.mark.parametrize(
    "row",
    [
        "",
        "-",
        "80",
        "0 0 0",
        "100 " * 14,
        "0 " * 14,
        "80 . 82 - 84",
        STEADY,
        RISING,
        "50 " * 60,
        "0 100 " * 10,
    ],
)
@pytest.mark.parametrize("aims", [(), ((0, 85.0),), ((0, 0.0), (1, None), (2, 100.0))])
def test_it_can_be_drawn_with_nothing_one_month_gaps_ties_and_extremes(
    row: str, aims: Sequence[tuple[int, float | None]]
):
    for rebases in ((), (1,)) if len(row.split()) > 1 else ((),):
        figure = figure_of(row, aims=aims, rebases=rebases)
        heights = [y for trace in figure["data"] for y in trace["y"] if y is not None]
        assert all(0 <= y <= 100 for y in heights), "a percentage ends at 0 and 100"
        low, high = figure["layout"]["yaxis"]["range"]
        assert low < high and all(low <= y <= high for y in heights)


def test_each_month_is_in_its_place_and_a_gap_stays_a_gap():
    figure = figure_of("80 . 82 - 84")
    (joined,) = [
        t for t in figure["data"] if t["mode"] == "lines" and None in t["y"] and len(t["y"]) == 5
    ]
    assert joined["y"] == [80, None, 82, None, 84]
    assert points(figure) == {("circle", INKS[Judgement.NONE]): [0, 2, 4]}


@pytest.mark.parametrize(
    "row, shape, ink, months",
    [
        (f"{STEADY} 60", "diamond", Judgement.CONCERN, [14]),
        (f"{STEADY} 99", "diamond", Judgement.IMPROVEMENT, [14]),
        ("70 80 " * 7 + "78 79 77 79 77 79 78", "square", Judgement.IMPROVEMENT, None),
        ("80 85 " * 10 + "74 75 76 77 78 79 80", "triangle-up", Judgement.IMPROVEMENT, None),
        ("80 85 " * 10 + "91 90 89 88 87 86 85", "triangle-down", Judgement.CONCERN, None),
    ],
)
def test_what_stands_out_has_a_shape_as_well_as_a_colour(
    row: str, shape: str, ink: Judgement, months: list[int] | None
):
    found = points(figure_of(row))
    assert (shape, INKS[ink]) in found
    if months is not None:
        assert found[shape, INKS[ink]] == months
    shapes = {symbol for symbol, colour in found if colour != INKS[Judgement.NONE]}
    assert "circle" not in shapes


def test_two_of_three_close_to_a_limit_are_stars():
    row = "80 84 " * 8 + "91 92 84"
    drawn = trend(row)
    near = [p for p in drawn.chart.points if p.signal is Signal.TWO_OF_THREE]
    assert near, "the row was made so that there are some"
    assert ("star", INKS[Judgement.IMPROVEMENT]) in points(checked(run_chart.draw(drawn)))


def test_every_signal_has_a_shape_of_its_own():
    shapes = [symbol_of(signal, side) for signal in Signal for side in (1, -1)]
    assert len(set(shapes)) == len(Signal) + 1, "a trend's shows which way it goes"


def test_where_neither_side_is_better_nothing_is_good_or_bad():
    neutral = SERIES.model_copy(update={"polarity": Polarity.NEUTRAL})
    found = points(figure_of(f"{STEADY} 60", series=neutral))
    assert ("diamond", INKS[Judgement.NEUTRAL]) in found
    assert not {ink for _, ink in found} & {INKS[Judgement.CONCERN], INKS[Judgement.IMPROVEMENT]}


def test_mean_limits_and_target_are_drawn_and_called_by_name():
    drawn = trend(STEADY, aims=((0, 92.5),))
    figure = checked(run_chart.draw(drawn))
    last = drawn.chart.points[-1]
    assert last.low is not None and last.high is not None and last.centre is not None
    assert lines(figure, "dash") == [round(last.low, 2), round(last.high, 2)]
    assert lines(figure, "dot") == [92.5]
    assert texts(figure) == [
        "Answered in time",
        "Target 92.5%",
        f"Limit {round(last.high)}%",
        f"Mean {round(last.centre)}%",
        f"Limit {round(last.low)}%",
    ]


def test_fewer_than_thirteen_months_have_points_and_no_limits():
    figure = figure_of(" ".join(STEADY.split()[:12]))
    assert lines(figure, "dash") == []
    assert len(points(figure)["circle", INKS[Judgement.NONE]]) == 12
    assert not any(text.startswith("Limit") for text in texts(figure))


def test_a_target_steps_where_it_changes_and_ends_where_it_ends():
    figure = figure_of(STEADY, aims=((0, 80), (6, 90), (10, None)))
    (steps,) = [t for t in figure["data"] if t["mode"] == "lines" and t["line"]["dash"] == "dot"]
    assert lines(figure, "dot") == [80, 90]
    rise = [(x, y) for x, y in zip(steps["x"], steps["y"], strict=True) if x == 5.5]
    assert rise == [(5.5, 80), (5.5, 90)]
    assert max(x for x in steps["x"] if x is not None) == 9.5


def test_a_new_beginning_is_marked_and_its_limits_stand_apart():
    figure = figure_of(f"{STEADY} {STEADY.replace('8', '9')}", rebases=(14,))
    (upright,) = figure["layout"]["shapes"]
    assert upright["x0"] == upright["x1"] == 13.5
    assert "New limits from Mar 2026" in texts(figure)
    assert len(lines(figure, "dash")) == 4, "two limits before, two after"


def test_a_limit_beyond_the_scale_is_drawn_at_its_end():
    figure = figure_of("95 100 " * 7)
    assert max(lines(figure, "dash")) == 100
    assert within(104) == 100 and within(-3) == 0 and within(50) == 50


def test_months_that_do_not_vary_have_one_line_and_one_label():
    figure = figure_of("100 " * 14, aims=((0, 85),))
    assert texts(figure) == ["Answered in time", "Mean 100%", "Target 85%"]


@pytest.mark.parametrize("aim", [78.0, 80.5, 81.0, 83.0, 100.0])
def test_labels_of_lines_that_lie_close_do_not_overlap(aim: float):
    figure = figure_of(STEADY, aims=((0, aim),))
    beside = [
        n for n in figure["layout"]["annotations"] if n.get("xref") == "paper" and n["x"] == 1
    ]
    height = figure["layout"]["height"] - 90
    places = sorted(note["y"] * height for note in beside)
    assert len(places) == 4
    assert all(after - before >= 17.9 for before, after in pairwise(places))
    assert places[0] >= 0 and places[-1] <= height


@pytest.mark.parametrize(
    "months, most",
    [(1, 1), (6, 6), (7, 4), (13, 5), (24, 4), (36, 6), (60, 5), (72, 6), (200, 4)],
)
def test_some_months_are_named_and_always_the_latest(months: int, most: int):
    figure = figure_of(" ".join(["80"] * months))
    axis = figure["layout"]["xaxis"]
    assert axis["tickvals"][-1] == months - 1
    assert len(axis["tickvals"]) == len(axis["ticktext"]) == most


def test_what_is_shown_on_hover_has_the_counts_and_the_reason():
    figure = figure_of(f"{STEADY} 60")
    (mark,) = [t for t in figure["data"] if t["mode"] == "markers" and t["x"] == [14]]
    assert mark["text"] == ["<b>March 2026: 60%</b><br>60 of 100 due<br>below the lower limit"]


# The same without the picture.


@pytest.mark.parametrize(
    "row, said",
    [
        ("", "There are no months to draw."),
        ("80", "1 month, January 2025."),
        ("80 81", "2 months, January 2025 to February 2025."),
        (STEADY, "14 months, January 2025 to February 2026: none stand out."),
        (f"{STEADY} 60", "15 months, January 2025 to March 2026: 1 stands out."),
        (f"{STEADY} 60 99", "16 months, January 2025 to April 2026: 2 stand out."),
    ],
)
def test_the_sentence_says_which_months_and_how_many_stand_out(row: str, said: str):
    assert run_chart.draw(trend(row)).sentence == said


def test_the_description_says_what_the_eye_would_see():
    alt = run_chart.draw(trend(f"{STEADY} 60", aims=((0, 90),), rebases=())).alt
    assert alt.startswith(
        "Answers within the agreed time, Northbrackle Demonstration Trust: 15 months, January "
        "2025 to March 2026: 1 stands out. Months range "
        "from 60% to 83%. Mean 79%. Limits "
    )
    assert alt.endswith("Target 90%. March 2026: concern: below the lower limit. Latest: 60%.")


def test_months_that_stand_out_for_one_reason_are_told_together():
    row = "70 80 " * 5 + "78 79 77 79 77 79 78"
    alt = run_chart.draw(trend(row)).alt
    assert "October 2025 to May 2026: improvement: one of 7 or more in a row above the mean." in alt


def test_months_that_are_all_alike_are_told_so():
    alt = run_chart.draw(trend("100 " * 14, rebases=(3,))).alt
    assert "Each is 100%." in alt and "Limits begin anew in April 2025." in alt


def test_the_table_has_every_month_and_says_why_something_is_missing():
    table = run_chart.draw(trend(f"80 . - {STEADY} 60", aims=((2, 85),))).table
    told = table.set_index("Month").astype(str)
    assert list(told.columns) == [
        *("In time", "Due", "Percent", "Mean", "Lower limit", "Upper limit", "Target"),
        "What stands out",
    ]
    assert len(told) == 18
    assert (
        told.loc["February 2025", "Percent"] == told.loc["February 2025", "Due"] == "Not recorded"
    )
    assert (
        told.loc["March 2025", "Percent"] == "Nothing due" and told.loc["March 2025", "Due"] == "0"
    )
    assert list(told["Target"].iloc[:3]) == ["No target", "No target", "85.00"]
    assert told["What stands out"].iloc[-1] == "Concern: below the lower limit"
    assert told["What stands out"].iloc[1] == "–", "a month without a figure is not ordinary"


def test_without_limits_the_table_does_not_call_a_month_ordinary():
    table = run_chart.draw(trend("80 81")).table
    assert set(table["Lower limit"]) == set(table["Upper limit"]) == {"Too few months"}
    assert set(table["What stands out"]) == {"–"}
