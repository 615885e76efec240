"""Funnels: which units differ from what is expected, beyond chance and ordinary variation.

Units (trusts) lie on the last axis, so that a matrix of statements by trusts is one call. NaN,
infinite and impossible figures take no part and get a reason in place of a band.
"""

from benchmarking.statistics.funnel.bands import CUTS, Band, NoBand
from benchmarking.statistics.funnel.counts import expected_counts
from benchmarking.statistics.funnel.dispersion import Dispersion, truncated, winsorised
from benchmarking.statistics.funnel.funnel import Funnel
from benchmarking.statistics.funnel.method import CQC, SHMI, Adjustment, Method
from benchmarking.statistics.funnel.ratios import count_ratio_funnel, ratio_funnel
from benchmarking.statistics.funnel.scales import LOG, SQUARE_ROOT
from benchmarking.statistics.funnel.scores import score_funnel
from benchmarking.statistics.funnel.shares import share_funnel
from benchmarking.statistics.intervals import Limits

__all__ = [
    "CQC",
    "CUTS",
    "LOG",
    "SHMI",
    "SQUARE_ROOT",
    "Adjustment",
    "Band",
    "Dispersion",
    "Funnel",
    "Limits",
    "Method",
    "NoBand",
    "count_ratio_funnel",
    "expected_counts",
    "ratio_funnel",
    "score_funnel",
    "share_funnel",
    "truncated",
    "winsorised",
]
