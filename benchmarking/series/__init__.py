"""Monthly series that a trust keeps about itself: what they count, and their values over time."""

from benchmarking.series.loader import load, shipped
from benchmarking.series.model import LegalTarget, Series, Source
from benchmarking.series.recorded import MonthlyFigure, Rebase, Record, Target
from benchmarking.series.timeline import Point, Timeline, timeline

__all__ = [
    "LegalTarget",
    "MonthlyFigure",
    "Point",
    "Rebase",
    "Record",
    "Series",
    "Source",
    "Target",
    "Timeline",
    "load",
    "shipped",
    "timeline",
]
