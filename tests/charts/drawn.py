"""What holds for every chart: its figure is valid, and its words say the same as its ink."""

import json
import re
from typing import Any

import plotly.graph_objects as go

from benchmarking.charts.chart import Chart


def checked(chart: Chart) -> dict[str, Any]:
    """The figure as plotly's JSON, after everything that holds for every chart."""
    go.Figure(chart.figure.to_dict())
    assert chart.sentence.endswith(".")
    assert chart.alt.strip()
    assert len(chart.table.columns) > 0
    said = chart.table.to_csv() + chart.alt + chart.sentence
    assert not re.search(r"\b(nan|NaN|None|inf)\b|<NA>", said)
    return json.loads(str(chart.figure.to_json()))


def texts(figure: dict[str, Any]) -> list[str]:
    """All text in the picture, without its line breaks."""
    found = [note["text"] for note in figure["layout"]["annotations"]]
    return [text.replace("<br>", " ").replace("<b>", "").replace("</b>", "") for text in found]


def marks(figure: dict[str, Any], symbol: str, hollow: bool) -> list[float]:
    """The places of all marks of one form, from the top."""
    found = []
    for trace in figure["data"]:
        marker = trace.get("marker", {})
        if marker.get("symbol") == symbol and (marker.get("color") == "white") is hollow:
            found += [x for x in trace["x"] if x is not None]
    return found
