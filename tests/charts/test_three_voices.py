"""Three voices on one axis: where each mark stands, and that the words say what the ink does."""

import pytest

from benchmarking.charts import three_voices, voices_over_time
from benchmarking.charts.heard_lanes import lane_of, place_of
from benchmarking.charts.three_voices import Row
from benchmarking.replies import Asked
from benchmarking.standard import Closeness, Voice
from benchmarking.statistics.disclosure import Counts
from benchmarking.statistics.quantiles import Spread
from benchmarking.statistics.supported import Cuts, Range
from benchmarking.voices.heard import Heard, Told, heard
from benchmarking.voices.side_by_side import AllVoices
from tests.charts.drawn import checked, marks, texts

LEVELS = ["Significant shortfalls", "Some shortfalls", "Good", "Exceptional"]
PEOPLE, FILES = Cuts(0.4, 0.7), Cuts(0.6, 0.9)
Pair = tuple[int, int] | None


def voice(which: Voice, counts: Pair, claim: int | None, *, is_settled: bool = True) -> Heard:
    told = Told(Closeness.DIRECT, Counts(*counts) if counts else None, is_settled=is_settled)
    cuts = PEOPLE if which is Voice.COMPLAINANTS else FILES
    return heard(which, [told], [claim], cuts)[0]


def said(
    people: Pair = None,
    files: Pair = None,
    claim: int | None = 4,
    shown: int | None = 2,
    peers: Spread | None = None,
    *,
    is_settled: bool = True,
) -> AllVoices:
    return AllVoices(
        "me-1.4",
        claim,
        shown,
        voice(Voice.COMPLAINANTS, people, claim),
        voice(Voice.FILES, files, claim, is_settled=is_settled),
        peers,
    )


def row(found: AllVoices, number: str = "1.4") -> Row:
    return Row(number, "I knew for certain", found)


@pytest.mark.parametrize(
    "why, found",
    [
        ("everything there", said((38, 96), (36, 40), peers=Spread(8, 0.5, (0.4, 0.6)))),
        ("nobody has said anything", said()),
        ("no level claimed", said((38, 96), None, None, None)),
        ("too few", said((3, 6), (4, 9))),
        ("coarse shares", said((1, 20), (19, 20))),
        ("everybody, nobody", said((40, 40), (0, 40))),
        ("readers disagree", said((38, 96), (5, 40), is_settled=False)),
    ],
)
def test_it_can_be_drawn_with(why: str, found: AllVoices):
    figure = checked(three_voices.draw([row(found)], LEVELS, Asked(240)))
    assert "1.4 I knew for certain" in texts(figure), why


@pytest.mark.parametrize(
    "share, place",
    [(0, -0.5), (0.2, 0), (0.4, 0.5), (0.55, 1), (0.7, 1.5), (0.85, 2.5), (1, 3.5)],
)
def test_the_cut_points_lie_on_the_borders_of_the_levels_columns(share: float, place: float):
    assert place_of(share, PEOPLE) == pytest.approx(place)


@pytest.mark.parametrize("part", range(0, 61, 3))
def test_an_interval_touches_the_columns_of_the_levels_it_supports(part: int):
    found = voice(Voice.COMPLAINANTS, (part, 60), 4)
    lane = lane_of(found, "")
    assert lane.low is not None
    assert lane.high is not None
    assert isinstance(found.range, Range)
    columns = {1: (-0.5, 0.5), 2: (0.5, 1.5), 3: (1.5, 3.5)}
    touched = [n for n, (left, right) in columns.items() if lane.low < right and lane.high >= left]
    assert (touched[0], touched[-1]) == (found.range.lowest, min(found.range.highest, 3))


def test_complainants_are_squares_and_files_diamonds_at_their_shares():
    figure = checked(three_voices.draw([row(said((24, 60), (30, 40)))], LEVELS, Asked()))
    assert marks(figure, "square", hollow=True) == [0.5]
    assert marks(figure, "diamond", hollow=True) == [1.0]
    assert marks(figure, "circle", hollow=False) == [1]
    assert marks(figure, "circle", hollow=True) == [3]


def test_a_coarse_share_has_a_mark_and_no_interval():
    lane = lane_of(voice(Voice.COMPLAINANTS, (10, 20), 4), "")
    assert (lane.at, lane.low, lane.high) == (pytest.approx(0.8333, abs=1e-3), None, None)


def test_who_says_nothing_is_told_in_words_where_the_mark_would_be():
    told = texts(checked(three_voices.draw([row(said((3, 6), None))], LEVELS, Asked())))
    assert "Complainants: not enough responses" in told
    assert "Files: no file review yet" in told


def test_what_is_hidden_is_nowhere_in_picture_alt_text_sentence_or_table():
    chart = three_voices.draw([row(said((5, 6), (8, 9), 4, 4))], LEVELS, Asked())
    shown = " ".join([chart.alt, chart.sentence, chart.table.to_csv()]).replace("95%", "")
    assert not any(number in shown for number in ("5 of", "6", "8 of", "9", "83%", "89%"))
    numbers = [x for trace in checked(chart)["data"] for x in trace["x"] if x is not None]
    assert set(numbers) <= {0, 3, -0.5, 3.5}, "base lines and the claim"


def test_a_robust_gap_stands_in_bold_under_the_statement():
    told = texts(checked(three_voices.draw([row(said((27, 60)))], LEVELS, Asked())))
    assert "Robust gap: you claim 4; complainants support 1–2 (27 of 60)." in told


def test_the_sentence_counts_the_rows_with_a_robust_gap():
    rows = [row(said((27, 60)), "1.1"), row(said((58, 60)), "1.2"), row(said(), "1.3")]
    draw = three_voices.draw
    assert draw(rows, LEVELS, Asked()).sentence == (
        "In 1 of 3 statements, another voice lies clearly apart from what is claimed."
    )
    assert draw(rows[1:], LEVELS, Asked()).sentence.startswith("No robust gap")
    assert draw(rows[2:], LEVELS, Asked()).sentence.startswith("Nobody but the trust")


def test_the_table_says_all_that_the_picture_does():
    found = said((38, 96), (36, 40), peers=Spread(8, 0.5, (0.4, 0.6)))
    (cells,) = three_voices.draw([row(found)], LEVELS, Asked()).table.to_dict("records")
    assert cells["You claim"] == "4"
    assert cells["Complainants agree"] == "38 of 96 (40%)"
    assert cells["Complainants agree: 95% interval"] == "30–50%"
    assert cells["Complainants support"] == "1–2"
    assert cells["Complainants of peers"] == "middle of 8 trusts 50%, middle half 40–60%"
    assert cells["Files support"] == "2–3 or above"


def test_a_stage_has_no_lane_for_files():
    stage = Row("1", "I felt confident", said((38, 96), (36, 40)), is_stage=True)
    figure = checked(three_voices.draw([stage], LEVELS, Asked()))
    assert marks(figure, "diamond", hollow=True) == []


def test_the_table_of_stages_says_of_files_what_stands_below_the_headline():
    told = "Files support all of the 3 claims that they can speak to"
    stage = Row("1", "I felt confident", said((38, 96), (36, 40)), told, is_stage=True)
    chart = three_voices.draw([stage], LEVELS, Asked())
    assert [name for name in chart.table.columns if "file" in name.lower()] == ["Files"]
    assert chart.table["Files"].tolist() == [told]
    assert chart.sentence.startswith("In 1 of 1 stages, another voice lies clearly apart")


def test_where_files_alone_speak_of_a_stage_nobody_is_told_that_nothing_is_said():
    told = "Files support none of the 2 claims that they can speak to"
    stage = Row("1", "I felt confident", said((3, 6), None), told, is_stage=True)
    assert three_voices.draw([stage], LEVELS, Asked()).sentence == (
        "No answers of complainants may be shown yet; files speak to the statements."
    )


def test_over_the_cycles_there_is_a_row_for_each_with_its_title():
    cycles = [("2026/27", said((38, 96)), Asked(240)), ("2025/26", said((20, 60)), Asked())]
    chart = voices_over_time.draw("I felt confident", cycles, LEVELS)
    told = texts(checked(chart))
    assert [text for text in told if text.startswith("20")] == ["2026/27 ", "2025/26 "]
    assert list(chart.table["Cycle"]) == ["2026/27", "2025/26"]
    assert chart.sentence.startswith("“I felt confident”: 2 cycles have enough replies.")


def test_one_cycle_with_replies_is_no_trend():
    cycles = [("2026/27", said((38, 96)), Asked()), ("2025/26", said((2, 6)), Asked())]
    assert "fewer than two cycles" in voices_over_time.draw("I felt", cycles, LEVELS).sentence
