"""What came of one reference file: how many values agree, fail, or differ by a named fault."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

RELATIVE = 1e-9
# What counts as equal around zero, where nothing is relative to anything.
ABSOLUTE = 1e-12


@dataclass
class Tally:
    """The comparisons of one file. ``excused`` counts by the numbered faults of its README."""

    file: str
    passed: int = 0
    failures: list[str] = field(default_factory=list)
    excused: Counter[int] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def compare(
        self,
        where: str,
        ours: object,
        theirs: object,
        *,
        excuse: int | None = None,
        relative: float = RELATIVE,
    ) -> None:
        """Counts one value: numbers within the tolerance, everything else exactly.

        Missing agrees with missing alone. A value that differs is excused where ``excuse``
        names a fault of the package, and fails otherwise.
        """
        if agree(ours, theirs, relative):
            self.passed += 1
        elif excuse is not None:
            self.excused[excuse] += 1
        else:
            self.failures.append(f"{where}: ours {ours}, theirs {theirs}")

    def compare_column(
        self, where: Sequence[str], ours: ArrayLike, theirs: ArrayLike, excuses: ArrayLike = 0
    ) -> None:
        """Counts many numbers at once, as ``compare`` does; an excuse of 0 is none."""
        mine, other = np.asarray(ours, dtype=float), np.asarray(theirs, dtype=float)
        close = np.isclose(mine, other, rtol=RELATIVE, atol=ABSOLUTE, equal_nan=True)
        named = np.broadcast_to(np.asarray(excuses, dtype=int), close.shape)
        self.passed += int(close.sum())
        self.excused.update(named[~close & (named > 0)].tolist())
        for at in np.flatnonzero(~close & (named == 0)).tolist():
            self.failures.append(f"{where[at]}: ours {mine[at]}, theirs {other[at]}")

    def __str__(self) -> str:
        by_fault = ", ".join(f"{n} by fault {fault}" for fault, n in sorted(self.excused.items()))
        excused = f"{sum(self.excused.values())} excused" + (f" ({by_fault})" if by_fault else "")
        said = f"{self.file}: {self.passed} passed, {len(self.failures)} failed, {excused}"
        return ". ".join([said, *self.notes])


def agree(ours: object, theirs: object, relative: float = RELATIVE) -> bool:
    """Whether two values are the same, or near enough where they are numbers."""
    if is_missing(ours) or is_missing(theirs):
        return is_missing(ours) and is_missing(theirs)
    if isinstance(ours, bool | np.bool_) or isinstance(theirs, bool | np.bool_):
        return str(ours).upper() == str(theirs).upper()  # R writes TRUE
    if isinstance(ours, int | float | np.number) and isinstance(theirs, int | float | np.number):
        return math.isclose(float(ours), float(theirs), rel_tol=relative, abs_tol=ABSOLUTE)
    return str(ours) == str(theirs)


def is_missing(value: object) -> bool:
    """None, NaN or an empty cell."""
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def table(folder: Path, name: str) -> pd.DataFrame:
    """One file of the folder; empty cells are NaN, and the text "NA" stays a text."""
    return pd.read_csv(folder / name, keep_default_na=False, na_values=[""])
