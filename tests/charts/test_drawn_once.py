"""A kept figure is worked out once, and is the same figure."""

import json

import plotly.graph_objects as go
import plotly.io

from benchmarking.charts.drawn_once import DrawnOnce


def plain() -> go.Figure:
    return go.Figure(data=[{"type": "scatter", "x": [1, 2], "y": [3, None]}], layout={"height": 90})


def test_it_is_the_same_figure():
    kept = DrawnOnce(plain(), _validate=False)
    assert kept.to_dict() == plain().to_dict()
    written = plotly.io.to_json(kept.to_dict(), validate=False)
    assert json.loads(str(written)) == json.loads(str(plain().to_json()))


def test_it_is_worked_out_once():
    kept = DrawnOnce(plain(), _validate=False)
    assert kept.to_dict() is kept.to_dict()


def test_drawing_does_not_change_it():
    kept = DrawnOnce(plain(), _validate=False)
    before = kept.to_json()
    plotly.io.to_json(kept.to_dict(), validate=False)
    assert kept.to_json() == before
