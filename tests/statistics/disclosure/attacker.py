"""An attacker: writes down all that is published, and asks what the hidden numbers could be."""

from collections.abc import Hashable, Mapping
from math import ceil, floor, inf
from typing import Any

import numpy as np
from scipy.optimize import linprog

# scipy: no solution, and no bound.
INFEASIBLE, UNBOUNDED = 2, 3


class Attacker:
    """Unknown numbers and what is known of them, solved by linear programming (HiGHS)."""

    def __init__(self):
        self._bounds: dict[Hashable, tuple[float | None, float | None]] = {}
        self._equal: list[tuple[Mapping[Any, float], float]] = []
        self._at_most: list[tuple[Mapping[Any, float], float]] = []

    def unknown(self, name: Hashable, low: float | None = 0, high: float | None = None):
        self._bounds[name] = (low, high)

    def reads(self, terms: Mapping[Any, float], value: float):
        """The sum of these, each times its factor, is published as this."""
        self._equal.append((terms, value))

    def reads_between(self, terms: Mapping[Any, float], low: float, high: float):
        self.reads_at_most(terms, high)
        self.reads_at_most({name: -factor for name, factor in terms.items()}, -low)

    def reads_at_most(self, terms: Mapping[Any, float], high: float):
        self._at_most.append((terms, high))

    def range_of(self, *names: Hashable) -> tuple[float, float]:
        """The least and the greatest that the sum of these could be."""
        return -self._greatest(names, -1), self._greatest(names, 1)

    def knows(self, *names: Hashable) -> bool:
        """Whether no two whole numbers are left for the sum of these."""
        low, high = self.range_of(*names)
        return high < inf and floor(high + 1e-6) <= ceil(low - 1e-6)

    def _greatest(self, names: tuple[Hashable, ...], sign: int) -> float:
        found = linprog(
            -sign * self._row(dict.fromkeys(names, 1.0)),
            A_ub=self._rows(self._at_most),
            b_ub=[value for _, value in self._at_most] or None,
            A_eq=self._rows(self._equal),
            b_eq=[value for _, value in self._equal] or None,
            bounds=list(self._bounds.values()),
            method="highs",
        )
        assert found.status != INFEASIBLE, "What is published contradicts itself."
        return inf if found.status == UNBOUNDED else -found.fun

    def _rows(self, claims: list[tuple[Mapping[Any, float], float]]):
        return np.array([self._row(terms) for terms, _ in claims]) if claims else None

    def _row(self, terms: Mapping[Any, float]):
        return np.array([terms.get(name, 0.0) for name in self._bounds])
