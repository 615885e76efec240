"""What every chart is made of, and the ink they share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from benchmarking.charts.drawn_once import DrawnOnce

OWN = "#005EB8"  # the reader's trust
PEERS = "#AEB7BD"  # everybody else
PEERS_DARK = "#768692"
INK = "#212B32"
QUIET = "#425563"
GRID = "#E8EDEE"
FONT = '"Source Sans 3", "Source Sans", Arial, sans-serif'


@dataclass(frozen=True)
class Chart:
    """One chart and everything that says the same without it.

    ``sentence`` stands above it and says what it shows; ``alt`` describes it to somebody who
    cannot see it; ``table`` has the numbers, with column names in plain words. It is made once
    somebody opens it, because it can take half of what the chart does.
    """

    figure: go.Figure
    sentence: str
    alt: str
    make_table: Callable[[], pd.DataFrame]

    @property
    def table(self) -> pd.DataFrame:
        """The numbers behind the figure."""
        return self.make_table()


def stacked_table(charts: Mapping[str, Chart]) -> pd.DataFrame:
    """The tables of several charts as one, each row under the name of its chart.

    A column that only some of the charts have is empty in the others' rows.
    """
    named = [chart.table.assign(Part=name).astype(object) for name, chart in charts.items()]
    stacked = pd.concat(named, ignore_index=True).fillna("")
    return stacked.reindex(columns=["Part", *stacked.columns.drop("Part")])


def figure(traces: Sequence[dict[str, Any]], height: int, **layout: object) -> go.Figure:
    """A plain figure: no frame, no grid but what is asked for, no drag or zoom.

    It may be kept and shared, and is not changed after it was first shown. Built without
    plotly's validation, which costs more than everything else in a rerun; the tests draw every
    chart with it.
    """
    shared = {
        "height": height,
        # Plotly's own template is larger than most of our figures and changes nothing in them.
        "template": {},
        "margin": {"l": 0, "r": 0, "t": 8, "b": 0},
        "font": {"family": FONT, "size": 14, "color": INK},
        "paper_bgcolor": "white",
        "plot_bgcolor": "white",
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {"bgcolor": "white", "font": {"color": INK, "family": FONT}},
    }
    return DrawnOnce(list(traces), {**shared, **layout})
