"""Disclosure control: what may be shown of counts of people, before anything leaves the server.

``shown`` holds what a page may render, ``rules`` the rule of each indicator, ``waves`` how
results move while replies come in, ``tables``, ``suppression`` and ``breakdowns`` what must be
hidden besides so that no subtraction gives it back, ``groups`` which peer groups lie too close.
"""

from benchmarking.statistics.disclosure.breakdowns import breakdown
from benchmarking.statistics.disclosure.groups import too_close
from benchmarking.statistics.disclosure.rules import (
    RULES,
    Rule,
    as_published,
    base_in_words,
    round_5,
    round_5_count,
    rule_of,
    three_step,
)
from benchmarking.statistics.disclosure.shown import (
    Coarse,
    Count,
    Counts,
    InFull,
    Missing,
    RoundedShare,
    Shown,
    Suppressed,
    Why,
)
from benchmarking.statistics.disclosure.suppression import publish
from benchmarking.statistics.disclosure.tables import (
    ALL,
    ROUND_5,
    Cell,
    Hiding,
    linked,
    two_way,
)
from benchmarking.statistics.disclosure.waves import Pools, Snapshot, Waves

__all__ = [
    "ALL",
    "ROUND_5",
    "RULES",
    "Cell",
    "Coarse",
    "Count",
    "Counts",
    "Hiding",
    "InFull",
    "Missing",
    "Pools",
    "RoundedShare",
    "Rule",
    "Shown",
    "Snapshot",
    "Suppressed",
    "Waves",
    "Why",
    "as_published",
    "base_in_words",
    "breakdown",
    "linked",
    "publish",
    "round_5",
    "round_5_count",
    "rule_of",
    "three_step",
    "too_close",
    "two_way",
]
