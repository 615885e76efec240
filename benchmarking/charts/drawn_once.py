"""A figure that is kept and drawn again at every click, at the cost of drawing it once."""

from typing import Any

import plotly.graph_objects as go


class DrawnOnce(go.Figure):
    """A figure that is given in plotly's JSON form, and kept as that.

    It is shared between readers, so nobody may change it. Plotly's own objects would take ten
    times the room, of which thousands are kept, and 4 ms to make; they are made for
    whoever asks for one (the tests do).

    Args:
        data: the traces, each a dictionary of plain values.
        layout: the same of the layout.
    """

    def __init__(self, data: list[dict[str, Any]], layout: dict[str, Any]):
        self._given = {"data": data, "layout": layout}

    def __getattr__(self, name: str) -> Any:
        """An attribute that plotly's own objects have, which are made now."""
        if "_data_objs" in vars(self) or "_given" not in vars(self):
            raise AttributeError(f"A figure has no {name}.")
        super().__init__(**self._given, _validate=False)
        return getattr(self, name)

    def to_dict(self) -> dict[str, Any]:
        """The figure as plotly's JSON form; the same object each time, not to be changed."""
        return self._given
