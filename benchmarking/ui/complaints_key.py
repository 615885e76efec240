"""What the marks in the pictures of published complaints mean."""

from markupsafe import Markup

from benchmarking.charts.chart import INK, OWN, PEERS, PEERS_DARK
from benchmarking.charts.rates_in_order import BAND
from benchmarking.ui import html


def _key(*marks: tuple[str, str]) -> Markup:
    items = [Markup('<li><i style="{}"></i>{}</li>').format(look, said) for look, said in marks]
    return Markup('<ul class="bm-key">{}</ul>').format(html.joined(items))


def _dot(ink: str) -> str:
    return f"width:.75em;height:.75em;border-radius:50%;background:{ink}"


def _line(ink: str) -> str:
    return f"width:3px;height:1em;background:{ink}"


def _bar(ink: str) -> str:
    return f"width:1.4em;height:.75em;background:{ink}"


_HOLLOW = f"width:.7em;height:.7em;border-radius:50%;border:2px solid {PEERS_DARK}"
_LEVEL = f"width:1.4em;height:3px;background:{INK};vertical-align:.25em"
_RULE = "width:1.6em;vertical-align:.25em"
_POINT = "width:0;height:0;border-left:.42em solid transparent;border-right:.42em solid transparent"
_UP = f"{_POINT};border-bottom:.75em solid {PEERS_DARK}"
_DOWN = f"{_POINT};border-top:.75em solid {PEERS_DARK}"
_BAND = f"{_bar(BAND)};border:1px solid {PEERS}"

RATES = _key(
    (_dot(OWN), "This trust"),
    (_dot(PEERS_DARK), "Peers, the lowest figure first"),
    (_HOLLOW, "Part of the year only"),
    (_line(PEERS), "95% interval"),
    (_LEVEL, "Middle of peers"),
    (_BAND, "Middle half of peers"),
)
FUNNEL = _key(
    (_dot(OWN), "This trust"),
    (_dot(PEERS_DARK), "As expected"),
    (_UP, "Higher than expected"),
    (_DOWN, "Lower than expected (both: larger beyond 99.8%)"),
    (_HOLLOW, "Part of the year only"),
    (_LEVEL, "Expected"),
    (f"{_RULE};border-top:2px solid {PEERS_DARK}", "Limits allowing for usual differences"),
    (f"{_RULE};border-top:2px dotted {PEERS_DARK}", "Limits of chance alone"),
)
RANKS = _key(
    (_dot(OWN), "This trust"),
    (_dot(PEERS_DARK), "Peers, the lowest figure first"),
    (_line(PEERS), "Ranks that chance allows (95%)"),
)
OUTCOMES = _key(
    (_bar(OWN), "This trust"),
    (_bar(PEERS_DARK), "Others added up"),
    (f"{_LEVEL};background:{OWN}", "95% intervals of where upheld ends and not upheld begins"),
)
MIXES = _key(
    (_dot(OWN), "This trust, with its 95% interval"),
    (_line(INK), "Middle of peers"),
    (_bar(PEERS), "Middle half of peers"),
)
