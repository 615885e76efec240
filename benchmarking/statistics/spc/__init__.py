"""Statistical process control: XmR charts of monthly figures, as Making Data Count draws them."""

from benchmarking.statistics.spc.charts import Point, XmrChart, XmrCharts
from benchmarking.statistics.spc.icons import Assurance, Judgement, Variation
from benchmarking.statistics.spc.presets import AS_THE_EXCEL_TOOL, MAKING_DATA_COUNT
from benchmarking.statistics.spc.rules import Rules
from benchmarking.statistics.spc.signals import Signal
from benchmarking.statistics.spc.xmr import xmr

__all__ = [
    "AS_THE_EXCEL_TOOL",
    "MAKING_DATA_COUNT",
    "Assurance",
    "Judgement",
    "Point",
    "Rules",
    "Signal",
    "Variation",
    "XmrChart",
    "XmrCharts",
    "xmr",
]
