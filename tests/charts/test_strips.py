"""Rows of a scale: nothing overlaps, nothing is cut, nothing that is text becomes markup."""

import json
from itertools import pairwise

import pytest

from benchmarking.charts.strips import Lane, Strip, strips_figure

WORDS = ["Significant shortfalls", "Some shortfalls", "Good", "Exceptional"]
LONG = "I was told the outcome of my complaint in an appropriate manner, in an appropriate place"


def strip(text: str = "I knew", lanes: int = 1, peers: bool = True, said: str = "") -> Strip:
    counts, median = ((1, 2, 3, 0), 1) if peers else ((), None)
    note = "Peers: 3 below, 2 the same, 0 above of 6" if peers else ""
    return Strip("1.1", text, note, counts, median, (Lane(2, 3, 1, said),) * lanes)


def drawn(*strips: Strip) -> dict:
    marks = ["circle", "square"][: max((len(s.lanes) for s in strips), default=1)]
    return strips_figure(strips, WORDS, marks).to_dict()


def tops(figure: dict) -> list[tuple[float, int]]:
    """Each row's text: how far from the top, and how many lines."""
    texts = [note for note in figure["layout"]["annotations"] if note["x"] == 0 and note["y"] > 0]
    return [(note["y"], note["text"].count("<br>") + 1) for note in texts]


@pytest.mark.parametrize("lanes", [1, 2])
@pytest.mark.parametrize("peers", [True, False])
@pytest.mark.parametrize("text", ["I knew", LONG])
def test_texts_stand_clear_of_each_other(text: str, peers: bool, lanes: int):
    figure = drawn(*[strip(text, lanes, peers)] * 3)
    found = sorted(tops(figure))
    for (above, lines), (below, _) in pairwise(found):
        assert above + lines * 20 <= below


def test_all_ink_lies_within_the_figure():
    figure = drawn(strip(LONG, 2), strip(LONG, 1), strip("I knew", 1, False))
    height = figure["layout"]["height"]
    heights = [y for trace in figure["data"] for y in trace["y"] if y is not None]
    assert min(heights) > 0
    assert max(heights) < height
    assert list(figure["layout"]["yaxis"]["range"]) == [height, 0]


def test_bars_are_in_proportion_to_their_counts():
    bars = next(t for t in drawn(strip())["data"] if t.get("line", {}).get("width") == 30)
    ends = [y for y in bars["y"] if y is not None]
    lengths = [ends[n] - ends[n + 1] for n in range(0, len(ends), 2)]
    assert lengths == pytest.approx([28 / 3, 56 / 3, 28])


def test_a_count_of_nobody_is_written_and_has_no_bar():
    figure = drawn(strip())
    written = next(t for t in figure["data"] if t.get("mode") == "text")
    assert list(written["text"]) == ["1", "2", "3", "0"]


def test_what_a_standard_says_is_text_and_not_markup():
    figure = drawn(strip("I said <i>no</i> & left", said="<b>Don't know</b>"))
    said = " ".join(note["text"] for note in figure["layout"]["annotations"])
    assert "&lt;i&gt;no&lt;/i&gt; &amp; left" in said
    assert "<i>" not in said
    assert "&lt;b&gt;" in said


def test_no_row_at_all_is_a_head_alone():
    figure = drawn()
    assert list(figure["data"]) == []
    heads = [note["text"] for note in figure["layout"]["annotations"]]
    assert heads[0] == "<b>1</b><br>Significant<br>shortfalls"
    assert len(heads) == 4


def test_the_figure_brings_no_template_larger_than_itself():
    assert len(json.dumps(drawn(strip())["layout"]["template"])) < 100


def test_nothing_moves_when_somebody_drags():
    layout = drawn(strip())["layout"]
    assert layout["dragmode"] is False
    assert layout["xaxis"]["fixedrange"]
    assert layout["yaxis"]["fixedrange"]
