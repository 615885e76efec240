"""DEMO-07, the trust that a newcomer takes up: set by hand, so that there is something to see.

Last cycle it had one strength that its evidence shows in full, three weak statements with a
promise each, and three claims that its evidence does not carry. This cycle it is two thirds
done, and can be finished in minutes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from benchmarking.demonstration.claims import Claims
from benchmarking.demonstration.trusts import DemonstrationTrust
from benchmarking.standard import Standard

NEWCOMER = "DEMO-07"
STANDARD = "my-expectations"
OLDEST, LAST, CURRENT = 0, 1, 2

# By the publisher's number: level claimed, level that the evidence shows.
OLDEST_LEVELS: Mapping[str, tuple[int, int]] = {
    "1.1": (3, 3), "1.2": (2, 2), "1.3": (3, 2), "1.4": (2, 2),
    "2.1": (2, 2), "2.2": (3, 3), "2.3": (3, 3), "2.4": (3, 2), "2.5": (3, 3),
    "3.1": (2, 2), "3.2": (2, 2), "3.3": (3, 3), "3.4": (3, 3),
    "4.1": (2, 2), "4.2": (3, 3), "4.3": (3, 3), "4.4": (2, 2),
    "5.1": (3, 3), "5.2": (2, 2), "5.3": (3, 3), "5.4": (1, 1),
}  # fmt: skip
LAST_LEVELS: Mapping[str, tuple[int, int]] = {
    "1.1": (3, 3), "1.2": (3, 2), "1.3": (3, 3), "1.4": (2, 2),
    "2.1": (3, 3), "2.2": (4, 4), "2.3": (3, 3), "2.4": (3, 3), "2.5": (3, 3),
    "3.1": (1, 1), "3.2": (3, 3), "3.3": (3, 3), "3.4": (3, 3),
    "4.1": (3, 3), "4.2": (3, 3), "4.3": (4, 3), "4.4": (3, 2),
    "5.1": (3, 3), "5.2": (3, 3), "5.3": (3, 3), "5.4": (2, 2),
}  # fmt: skip
CURRENT_LEVELS: Mapping[str, tuple[int, int]] = {
    "1.1": (3, 3), "1.2": (3, 3), "1.3": (3, 3), "1.4": (3, 2),
    "2.1": (3, 3), "2.2": (4, 4), "2.3": (3, 3), "2.4": (3, 2), "2.5": (3, 3),
    "3.1": (2, 2), "3.2": (3, 3), "3.3": (4, 3),
    "4.1": (3, 3), "4.2": (3, 3),
}  # fmt: skip


@dataclass(frozen=True)
class Promise:
    """What became of one promise of the last cycle; ``due`` counts from the day of making."""

    owner_role: str
    due: timedelta
    done: bool


PROMISES: Mapping[str, Promise] = {
    "1.4": Promise("Deputy chief nurse", timedelta(days=-75), done=True),
    "3.1": Promise("Complaints manager", timedelta(days=-12), done=False),
    "5.4": Promise("Head of patient experience", timedelta(days=23), done=False),
}


def set_by_hand(claims: Claims, standard: Standard, trusts: Sequence[DemonstrationTrust]) -> Claims:
    """The claims with the newcomer's levels in place of the ones drawn."""
    claimed, shown = claims.claimed.copy(), claims.shown.copy()
    trust = [t.code for t in trusts].index(NEWCOMER)
    if standard.id != STANDARD:
        # Somebody new would stumble over a "don't know" in the part that is done.
        best = max(claimed[:, trust].flat)
        for places in (claimed, shown):
            places[:, trust] = np.where(places[:, trust] < 0, best, places[:, trust])
        return Claims(claimed, shown)
    for cycle, levels in enumerate((OLDEST_LEVELS, LAST_LEVELS, CURRENT_LEVELS)):
        for place, item in enumerate(standard.self_assessment.items):
            number = standard.statement_by_id[item.statement].number
            if number in levels:
                claim, proof = levels[number]
                claimed[cycle, trust, place], shown[cycle, trust, place] = claim - 1, proof - 1
    return Claims(claimed, shown)


def is_answered(standard: Standard, number: str) -> bool:
    """Whether the newcomer has answered a question already; the other standard is done."""
    return standard.id != STANDARD or number in CURRENT_LEVELS


def promise_of(code: str, cycle: int, standard: Standard, number: str) -> Promise | None:
    """What became of a promise that is set here; None for all that are not."""
    if (code, cycle, standard.id) != (NEWCOMER, LAST, STANDARD):
        return None
    return PROMISES.get(number)
