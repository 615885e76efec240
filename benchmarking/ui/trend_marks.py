"""Small drawings of ours beside the words on a trend: icons, and the key to the chart.

They are pictures in the address of an image, because Streamlit takes SVG itself away. Words
always stand beside them, so their own text is empty.
"""

from urllib.parse import quote

from markupsafe import Markup

from benchmarking.charts.chart import INK, OWN, PEERS_DARK
from benchmarking.charts.run_chart_figure import INKS
from benchmarking.results import trend_words
from benchmarking.results.trends import Trend
from benchmarking.statistics.spc import (
    Assurance,
    Judgement,
    Point,
    Signal,
    Variation,
    XmrChart,
)
from benchmarking.ui import html

_CONCERN, _CHANGE = INKS[Judgement.CONCERN], INKS[Judgement.NEUTRAL]
_VARIATION_INKS = {
    Variation.COMMON_CAUSE: PEERS_DARK,
    Variation.IMPROVEMENT_HIGH: OWN,
    Variation.IMPROVEMENT_LOW: OWN,
    Variation.CONCERN_HIGH: _CONCERN,
    Variation.CONCERN_LOW: _CONCERN,
    Variation.NEUTRAL_HIGH: _CHANGE,
    Variation.NEUTRAL_LOW: _CHANGE,
}
_ASSURANCE_INKS = {
    Assurance.PASSING: OWN,
    Assurance.FAILING: _CONCERN,
    Assurance.HIT_OR_MISS: PEERS_DARK,
}
# Five months from left to right, as their heights in a square of 48; the line is at 24.
_WAVERING = (21, 27, 20, 28, 23)
_UP = (27, 24, 28, 17, 12)
_DOWN = (21, 24, 20, 31, 36)
# Shots at a target, as places from its middle.
_HITS = ((0, 0), (-5, -3), (4, 4))
_MISSES = ((-13, -4), (11, -10), (6, 14))
_MIXED = ((0, 1), (-13, -4), (11, 9))


def variation_icon(shown: Variation, size: int = 44) -> Markup:
    """Five months around their mean: wavering, or the last ones up or down; nothing without icon.

    The frame is a circle, and a square where it is a concern.
    """
    if not shown.is_icon:
        return Markup("")
    heights = _WAVERING
    if shown is not Variation.COMMON_CAUSE:
        heights = _UP if shown.name.endswith("HIGH") else _DOWN
    ink = _VARIATION_INKS[shown]
    dots = [_dot(10 + 7 * at, height, 2.6, ink) for at, height in enumerate(heights)]
    mean = f'<path d="M7 24h34" stroke="{INK}" stroke-width="1.2"/>'
    is_concern = shown in (Variation.CONCERN_HIGH, Variation.CONCERN_LOW)
    return _picture(_frame(ink, is_concern) + mean + "".join(dots), size)


def assurance_icon(shown: Assurance, size: int = 44) -> Markup:
    """A target and three shots at it: all in, all out, or some of each; nothing without icon."""
    if not shown.is_icon:
        return Markup("")
    shots = {Assurance.PASSING: _HITS, Assurance.FAILING: _MISSES}.get(shown, _MIXED)
    ink = _ASSURANCE_INKS[shown]
    ring = f'<circle cx="24" cy="24" r="9.5" fill="none" stroke="{INK}" stroke-width="1.2"/>'
    dots = [_dot(24 + x, 24 + y, 2.6, ink) for x, y in shots]
    is_concern = shown is Assurance.FAILING
    return _picture(_frame(ink, is_concern) + ring + "".join(dots), size)


def icons(chart: XmrChart) -> Markup:
    """Both icons with their words; where there is none, the reason stands in its place."""
    return Markup('<ul class="bm-icons">{}{}</ul>').format(
        _captioned("Variation", variation_icon(chart.variation), chart.variation_in_words()),
        _captioned("Target", assurance_icon(chart.assurance), chart.assurance_in_words()),
    )


def key(trend: Trend) -> Markup:
    """What the shapes and colours of this chart mean; only those that are on it."""
    points = [point for point in trend.chart.points if point.value is not None]
    kinds = sorted({(point.signal, _side_of(point)) for point in points})
    marks = [(_mark(signal, side), _SAID[signal]) for signal, side in kinds]
    inks = sorted({point.judgement for point in points} - {Judgement.NONE})
    marks += [(_swatch(INKS[ink]), f"{ink.name.capitalize()}") for ink in inks]
    if any(point.low is not None for point in points):
        marks.append((_dashes(), "Limits of ordinary variation"))
    items = [Markup("<li>{} {}</li>").format(picture, said) for picture, said in marks]
    return Markup('<ul class="bm-key">{}</ul>').format(html.joined(items))


def _captioned(name: str, icon: Markup, said: str) -> Markup:
    return Markup("<li>{}<span><small>{}</small> {}</span></li>").format(
        icon, name, trend_words.icon(said)
    )


def _side_of(point: Point) -> int:
    """The side, for the one shape that shows it."""
    return point.side if point.signal is Signal.TREND else 0


def _mark(signal: Signal, side: int) -> Markup:
    """A point in the shape that the chart gives it."""
    form = f'fill="{PEERS_DARK}"'
    drawn = {
        Signal.NONE: f'<circle cx="24" cy="24" r="12" {form}/>',
        Signal.OUTSIDE: f'<path d="M24 5 43 24 24 43 5 24Z" {form}/>',
        Signal.TREND: f'<path d="{_triangle(side)}" {form}/>',
        Signal.TWO_OF_THREE: f'<path d="{_STAR}" {form}/>',
        Signal.SHIFT: f'<path d="M9 9h30v30H9Z" {form}/>',
    }
    return _picture(drawn[signal], 16)


_SAID = {
    Signal.NONE: "Month",
    Signal.OUTSIDE: "Outside the limits",
    Signal.TREND: "In a row that rises or falls",
    Signal.TWO_OF_THREE: "Two of three close to a limit",
    Signal.SHIFT: "In a row on one side of the mean",
}
_STAR = "M24 4 29 18 44 18 32 27 37 42 24 33 11 42 16 27 4 18 19 18Z"


def _triangle(side: int) -> str:
    return "M24 6 43 40H5Z" if side > 0 else "M24 42 43 8H5Z"


def _swatch(ink: str) -> Markup:
    return _picture(f'<path d="M2 12h44v24H2Z" fill="{ink}"/>', 22)


def _dashes() -> Markup:
    form = f'stroke="{PEERS_DARK}" stroke-width="4" stroke-dasharray="12 6"'
    return _picture(f'<path d="M0 24h48" {form}/>', 26)


def _frame(ink: str, is_square: bool) -> str:
    form = f'fill="white" stroke="{ink}" stroke-width="4"'
    if is_square:
        return f'<rect x="3" y="3" width="42" height="42" rx="3" {form}/>'
    return f'<circle cx="24" cy="24" r="21.5" {form}/>'


def _dot(x: float, y: float, radius: float, ink: str) -> str:
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{ink}"/>'


def _picture(drawn: str, size: int) -> Markup:
    """A drawing in a square of 48, shown so many pixels wide."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">{drawn}</svg>'
    return Markup('<img src="data:image/svg+xml,{0}" width="{1}" height="{1}" alt="">').format(
        quote(svg), size
    )
