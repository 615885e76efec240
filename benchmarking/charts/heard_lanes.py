"""Lanes of the voices beside a trust's own: shares with their intervals, on the axis of levels.

A share stands in the column of the level that it supports: the cut points of its voice lie on
the borders of the columns, and what is above the second fills the last two, "3 or above".
Plum squares are complainants, slate diamonds complaint files. A mark without a bar
is a share of too few for an interval, a pale one of files whose readers disagreed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarking.charts.chart import GRID, INK
from benchmarking.standard import Closeness, Voice
from benchmarking.statistics.disclosure import Coarse, InFull
from benchmarking.statistics.supported import Cuts
from benchmarking.voices.heard import Heard

INKS = {Voice.COMPLAINANTS: "#7C2855", Voice.FILES: "#425563"}
MARKS = {Voice.COMPLAINANTS: "square", Voice.FILES: "diamond"}
_PALE = "#AEB7BD"
# Where the cut points lie: between the columns of levels 1, 2 and "3 or above".
BORDERS = (0.5, 1.5)
_BAR = 9
_MARK = 12
_PEERS = 22

Trace = dict[str, Any]


@dataclass(frozen=True)
class HeardLane:
    """One voice in one row: its share's place on the axis of levels, and its interval's.

    ``said`` stands in place of a mark where there is none. ``peers`` is the place of the middle
    of other trusts' shares.
    """

    voice: Voice
    at: float | None = None
    low: float | None = None
    high: float | None = None
    is_settled: bool = True
    said: str = ""
    peers: float | None = None

    @property
    def ink(self) -> str:
        return INKS[self.voice] if self.is_settled else _PALE


def lane_of(heard: Heard, said: str, peers: float | None = None) -> HeardLane:
    """The lane of one voice.

    Args:
        heard: what it says.
        said: in words why it says nothing, where it does not.
        peers: the middle of other trusts' shares, from 0 to 1.
    """
    middle = None if peers is None else place_of(peers, heard.cuts)
    at = _share(heard)
    if at is None:
        return HeardLane(heard.voice, said=said, peers=middle)
    limits = heard.limits
    return HeardLane(
        voice=heard.voice,
        at=place_of(at, heard.cuts),
        low=None if limits is None else place_of(limits.low, heard.cuts),
        high=None if limits is None else place_of(limits.high, heard.cuts),
        is_settled=heard.is_settled,
        peers=middle,
    )


def place_of(share: float, cuts: Cuts) -> float:
    """Where a share stands on the axis of levels, whose columns are 1 wide around 0 to 3."""
    if share < cuts.second:
        return share / cuts.second - 0.5
    if share < cuts.third:
        return (share - cuts.second) / (cuts.third - cuts.second) + 0.5
    return 2 * (share - cuts.third) / (1 - cuts.third) + 1.5


def heard_traces(lanes: Sequence[tuple[float, HeardLane]], levels: int) -> list[Trace]:
    """The ink of all lanes, each with its height: base lines, intervals, marks, peers."""
    ends = [(x, height) for height, _ in lanes for x in (-0.5, levels - 0.5, None)]
    peers = [(lane.peers, height) for height, lane in lanes if lane.peers is not None]
    traces = [
        _lines(ends, color=GRID, width=2),
        _points(peers, symbol="line-ns", size=_PEERS, line={"color": INK, "width": 2}),
    ]
    for ink in sorted({lane.ink for _, lane in lanes}):
        inked = [(height, lane) for height, lane in lanes if lane.ink == ink]
        traces.append(_lines(_intervals(inked), color=ink, width=_BAR))
        for voice in sorted({lane.voice for _, lane in inked}):
            traces.append(_shares([one for one in inked if one[1].voice is voice], ink, voice))
    return traces


def _shares(lanes: Sequence[tuple[float, HeardLane]], ink: str, voice: Voice) -> Trace:
    """The marks of the shares; those inside an interval stand out of it."""
    form: Trace = {"symbol": MARKS[voice], "color": "white", "line": {"color": ink, "width": 2.5}}
    marks = [(lane.at, height) for height, lane in lanes if lane.at is not None]
    return _points(marks, size=_MARK, **form)


def _intervals(lanes: Sequence[tuple[float, HeardLane]]) -> list[tuple[float | None, float]]:
    return [
        (x, height)
        for height, lane in lanes
        if lane.low is not None
        for x in (lane.low, lane.high, None)
    ]


def _share(heard: Heard) -> float | None:
    if isinstance(heard.shown, InFull) and heard.shown.out_of:
        return heard.shown.part / heard.shown.out_of
    if isinstance(heard.shown, Coarse) and heard.closeness is not Closeness.NOT_MEASURABLE:
        return heard.shown.percent / 100
    return None


def _lines(points: Sequence[tuple[float | None, float]], **line: object) -> Trace:
    return _trace(points, mode="lines", line=line)


def _points(points: Sequence[tuple[float | None, float]], **marker: object) -> Trace:
    return _trace(points, mode="markers", marker={"opacity": 1, **marker})


def _trace(points: Sequence[tuple[float | None, float]], **form: object) -> Trace:
    x = [None if across is None else round(across, 3) for across, _ in points]
    y = [None if across is None else height for across, height in points]
    return {"type": "scatter", "cliponaxis": False, "hoverinfo": "skip", "x": x, "y": y, **form}
