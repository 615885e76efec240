"""The figures of the bare pages: bars of 215 trusts, one in another colour, as plotly has them."""

import numpy as np
import plotly.graph_objects as go

CHARTS = 5
TRUSTS = 215
SEED = 20261122


def bars(number: int) -> go.Figure:
    """One chart of a bare page; ``number`` from 0 draws its values."""
    drawn = np.random.default_rng(SEED + number)
    names = [f"T{place:03}" for place in range(TRUSTS)]
    rates = np.sort(drawn.gamma(9.0, 1.5, TRUSTS)).round(2)
    own = int(drawn.integers(TRUSTS))
    figure = go.Figure(go.Bar(x=names, y=rates, marker_color="#AEB7BD"))
    figure.add_trace(go.Bar(x=[names[own]], y=[rates[own]], marker_color="#005EB8"))
    return figure.update_layout(title=f"Rate {number + 1}", barmode="overlay", showlegend=False)
