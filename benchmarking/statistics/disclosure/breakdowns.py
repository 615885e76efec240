"""Shares by group beside the share of everybody, as by site or by stage of the complaint."""

from collections.abc import Mapping

from benchmarking.statistics.disclosure.rules import IN_FULL_FROM, three_step
from benchmarking.statistics.disclosure.shown import Counts, Shown, Suppressed, Why
from benchmarking.statistics.disclosure.suppression import hidden_in
from benchmarking.statistics.disclosure.tables import Hiding, linked


def breakdown(groups: Mapping[str, Counts]) -> Mapping[str, Shown]:
    """What may be shown of each group, where the whole is shown by the three-step rule.

    Groups are shown in full or not at all: beside a whole in full and another group in full, a
    coarse share could be made exact. Smaller groups are joined by the smallest of the others
    until those hidden are 30 together, so that what subtraction gives back is a group that
    rule 9 shows in full by itself.

    Args:
        groups: replies of one snapshot, each in one group. While replies come in, only the
            whole may move: a new wave has few replies of each group, and two breakdowns would
            give them away. So break down what is final.

    Raises:
        ValueError: a part is negative or larger than its whole.
    """
    whole = {name: counts.out_of for name, counts in groups.items()}
    if not whole or sum(whole.values()) < IN_FULL_FROM:
        return dict.fromkeys(groups, Suppressed(Why.IN_A_TABLE))
    hidden = hidden_in(linked({"group": whole}), Hiding(IN_FULL_FROM))
    return {
        name: Suppressed(Why.IN_A_TABLE)
        if ("group", name) in hidden
        else three_step(counts.part, counts.out_of)
        for name, counts in groups.items()
    }
