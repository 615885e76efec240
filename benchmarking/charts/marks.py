"""Traces and labels that several charts are made of, as plain mappings for plotly."""

from collections.abc import Iterable, Sequence

Trace = dict[str, object]
Label = dict[str, object]


def whiskers(intervals: Iterable[tuple[float, float, float]], **line: object) -> Trace:
    """Upright lines at (place across, low, high)."""
    drawn = list(intervals)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for at, _, _ in drawn for x in (at, at, None)],
        "y": [y for _, low, high in drawn for y in (round(low, 2), round(high, 2), None)],
        "line": line,
        "hoverinfo": "skip",
    }


def dots(
    across: Sequence[float], up: Sequence[float], texts: Sequence[str], **marker: object
) -> Trace:
    """Marks with what is said when a pointer is over them."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(across),
        "y": [round(y, 3) for y in up],
        "marker": {"opacity": 1, **marker},
        "text": list(texts),
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def label(text: str, **form: object) -> Label:
    """Words in a picture, without an arrow."""
    return {"text": text, "showarrow": False, "borderpad": 2, **form}
