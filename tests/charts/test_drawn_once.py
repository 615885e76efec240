"""A kept figure is worked out once, and is the same figure."""

import json

import plotly.graph_objects as go
import plotly.io
import pytest

from benchmarking.charts.drawn_once import DrawnOnce

DATA = [{"type": "scatter", "x": [1, 2], "y": [3, None], "line": {"color": "red"}}]
LAYOUT = {"height": 90, "template": {}, "annotations": [{"text": "here", "x": 1}]}


def plain() -> go.Figure:
    return go.Figure(data=DATA, layout=LAYOUT, _validate=False)


def test_it_is_the_same_figure():
    kept = DrawnOnce(DATA, LAYOUT)
    assert kept.to_dict() == plain().to_dict()
    written = plotly.io.to_json(kept.to_dict(), validate=False)
    assert json.loads(str(written)) == json.loads(str(plain().to_json()))


def test_it_is_worked_out_once():
    kept = DrawnOnce(DATA, LAYOUT)
    assert kept.to_dict() is kept.to_dict()


def test_drawing_does_not_change_it():
    kept = DrawnOnce(DATA, LAYOUT)
    before = kept.to_json()
    plotly.io.to_json(kept.to_dict(), validate=False)
    assert kept.to_json() == before


def test_plotly_s_own_objects_are_made_for_whoever_asks():
    kept = DrawnOnce(DATA, LAYOUT)
    assert "_data_objs" not in vars(kept), "and for nobody else"
    assert kept.layout.height == 90 and kept.data[0]["line"]["color"] == "red"
    assert kept.to_dict() == plain().to_dict()


def test_what_no_figure_has_this_one_has_not_either():
    with pytest.raises(AttributeError):
        DrawnOnce(DATA, LAYOUT).colour  # noqa: B018
