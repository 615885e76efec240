"""Icons, the key of a chart and the table of all trusts: shape and word beside every colour."""

import re
from dataclasses import replace
from datetime import date, datetime
from urllib.parse import unquote

import pytest

from benchmarking.answers import Cycle, Organisation
from benchmarking.charts.run_chart_figure import INKS
from benchmarking.results.trends import Summary, TrustTrend
from benchmarking.series import MonthlyFigure, Point
from benchmarking.statistics.spc import Assurance, Judgement, Variation
from benchmarking.ui import trend_marks, trend_table
from tests.charts.test_run_chart import SERIES, STEADY, trend
from tests.series.recorded import ANSWERED

VARIATIONS = [one for one in Variation if one.is_icon]
ASSURANCES = [one for one in Assurance if one.is_icon]
CYCLE = Cycle("c", "2025/26", *[datetime(2026, 2, 4, 9)] * 3, peers_named=True, editions=())


def drawing(markup: str) -> str:
    """The SVG in a picture's address."""
    (address,) = re.findall(r'src="data:image/svg\+xml,([^"]+)"', markup)
    return unquote(address)


# Icons.


def test_each_icon_is_a_drawing_of_its_own_and_words_stand_beside_it_not_in_it():
    pictures = [trend_marks.variation_icon(one) for one in VARIATIONS]
    pictures += [trend_marks.assurance_icon(one) for one in ASSURANCES]
    drawn = [drawing(picture) for picture in pictures]
    assert len(set(drawn)) == len(VARIATIONS) + len(ASSURANCES)
    assert all('alt=""' in picture for picture in pictures)
    assert all("<text" not in svg for svg in drawn)


def test_without_its_colours_an_icon_still_says_concern_and_direction():
    """Neutral change looks like improvement then; it never stands where one side is better."""
    shapes = {
        one: re.sub(r"#[0-9A-Fa-f]{6}", "", drawing(trend_marks.variation_icon(one)))
        for one in VARIATIONS
    }
    better_side = [one for one in VARIATIONS if not one.name.startswith("NEUTRAL")]
    assert len({shapes[one] for one in better_side}) == len(better_side)


@pytest.mark.parametrize("one", [*VARIATIONS, *ASSURANCES], ids=lambda one: one.name)
def test_only_a_concern_stands_in_a_square(one: Variation | Assurance):
    icon = (
        trend_marks.variation_icon(one)
        if isinstance(one, Variation)
        else trend_marks.assurance_icon(one)
    )
    is_concern = one.name.startswith("CONCERN") or one is Assurance.FAILING
    assert ("<rect" in drawing(icon)) is is_concern
    assert (INKS[Judgement.CONCERN] in drawing(icon)) is is_concern


@pytest.mark.parametrize("why", [one for one in Variation if not one.is_icon])
def test_a_reason_for_no_icon_is_not_drawn(why: Variation):
    assert trend_marks.variation_icon(why) == ""


@pytest.mark.parametrize("why", [one for one in Assurance if not one.is_icon])
def test_a_reason_for_no_assurance_is_not_drawn(why: Assurance):
    assert trend_marks.assurance_icon(why) == ""


def test_both_icons_stand_with_their_words():
    told = trend_marks.icons(trend(f"{STEADY} 60", aims=((0, 95),)).chart)
    assert "Significant concern" in told and "Consistently failing" in told
    assert told.count("<img") == 2
    told = trend_marks.icons(trend(STEADY).chart)
    assert "No target" in told and told.count("<img") == 1


# The key.


@pytest.mark.parametrize(
    "row, marks",
    [
        ("80 81", ["Month"]),
        (STEADY, ["Month", "Limits of ordinary variation"]),
        (
            f"{STEADY} 60",
            ["Month", "Outside the limits", "Concern", "Limits of ordinary variation"],
        ),
        (
            "70 80 " * 7 + "78 79 77 79 77 79 78",
            [
                *("Month", "In a row on one side of the mean"),
                *("Improvement", "Limits of ordinary variation"),
            ],
        ),
        ("- -", []),
    ],
)
def test_the_key_names_what_is_on_the_chart_and_no_more(row: str, marks: list[str]):
    told = trend_marks.key(trend(row))
    assert re.findall(r"<li><img [^>]*> ([^<]+)</li>", told) == marks


# The table of all trusts.


def row(
    code: str,
    *,
    in_time: int = 18,
    due: int = 22,
    target: float | None = 85.0,
    variation: Variation = Variation.COMMON_CAUSE,
    assurance: Assurance = Assurance.HIT_OR_MISS,
) -> TrustTrend:
    """A line of the summary."""
    month = date(2026, 1, 1)
    return TrustTrend(
        trust=Organisation(1, code, f"{code} Trust & Sons", "Acute", "North"),
        latest=Point(month, MonthlyFigure(ANSWERED, month, in_time, due, 1), target),
        variation=variation,
        assurance=assurance,
        variation_in_words=variation.in_words(),
        assurance_in_words=assurance.in_words(),
        very_few=False,
        corrected_after_release=False,
    )


def summary(*rows: TrustTrend) -> Summary:
    return Summary(SERIES, CYCLE, date(2026, 1, 1), rows, (), "", (), ("a key",))


def told(*rows: TrustTrend) -> str:
    return trend_table.table(summary(*rows), rows)


def test_a_line_has_the_latest_month_its_counts_both_icons_and_the_target():
    said = told(row("DEMO-07"))
    for part in ("Jan 2026", "82% <small>(18 of 22)</small>", "Common cause", "85%", "Hit or miss"):
        assert part in said
    assert said.count("<img") == 2
    assert '<a href="?view=all&series=answered-in-time&trust=DEMO-07"' in str(said).replace(
        "&amp;", "&"
    )


def test_names_are_escaped():
    assert "DEMO-07 Trust &amp; Sons" in told(row("DEMO-07"))
    assert "<b>x" not in told(row("<b>x"))


@pytest.mark.parametrize(
    "line, said",
    [
        (row("DEMO-07", target=None, assurance=Assurance.NO_TARGET), "No target"),
        (replace(row("DEMO-07"), latest=None), "Nothing due"),
        (replace(row("DEMO-07"), variation_in_words="Too few points: 8 of 13"), "8 of 13"),
        (replace(row("DEMO-07"), very_few=True), "very few a month"),
        (replace(row("DEMO-07"), corrected_after_release=True), "✎"),
    ],
)
def test_what_is_missing_few_or_corrected_is_told(line: TrustTrend, said: str):
    assert said in told(line)
    assert "None%" not in told(line) and "nan" not in told(line)


def test_the_file_has_a_row_for_each_trust_in_words_and_numbers():
    lines = [
        row("DEMO-07"),
        replace(row("DEMO-08", variation=Variation.CONCERN_LOW), very_few=True),
        replace(row("DEMO-09", target=None), latest=None, corrected_after_release=True),
    ]
    found = trend_table.frame(lines).astype(str).set_index("Code")
    assert list(found.index) == ["DEMO-07", "DEMO-08", "DEMO-09"]
    first = found.loc["DEMO-07"]
    assert list(first[["Latest month", "In time", "Due", "Percent", "Target"]]) == [
        *("January 2026", "18", "22", "81.82", "85.00")
    ]
    assert found.loc["DEMO-08", "Variation"] == "Significant concern: low or falling"
    assert found.loc["DEMO-08", "Very few a month"] == "yes"
    assert list(found.loc["DEMO-09", ["Latest month", "In time", "Percent"]]) == ["None", "", ""]
    assert found.loc["DEMO-09", "Corrected after release"] == "yes"
