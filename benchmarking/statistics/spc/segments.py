"""Series cut where their limits are rebased: every group of points a row of its own.

Whatever is worked out along a row can then not run from one group into the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarking.statistics.arrays import Flags, Floats, Whole


@dataclass(frozen=True, eq=False)
class Segments:
    """The groups of all series, (rows, points), filled up with NaN.

    ``values`` are the rows, and ``series`` says whose each row is. ``row`` and ``column`` give
    the place of each point of the series; ``group`` counts a series' groups from 0, and
    ``last`` is the row of its last one. ``present`` is False where a month has no figure.
    """

    values: Floats
    series: Whole
    row: Whole
    column: Whole
    group: Whole
    last: Whole
    present: Flags

    def unpacked(self, found: Whole) -> Whole:
        """What was found in the rows, (rows, points), as (series, points); 0 without a figure."""
        return np.where(self.present, found[self.row, self.column], 0)


def cut(values: Floats, breaks: Flags, *, keep_gaps: bool) -> Segments:
    """The rows of series, (series, points), where ``breaks`` says that a new group begins.

    Args:
        values: NaN where a month has no figure.
        breaks: True at the first point of each new group.
        keep_gaps: whether months without a figure keep their places, so that their neighbours
            are not next to each other.
    """
    places = np.arange(values.shape[1])
    begins = breaks & (places > 0)
    group = np.cumsum(begins, axis=1, dtype=np.int64)
    groups = group.max(axis=1, initial=0) + 1
    first = np.cumsum(groups) - groups
    present = ~np.isnan(values)
    row = first[:, None] + group
    start = np.maximum.accumulate(np.where(begins, places, 0), axis=1)
    # How many places a row has filled before each point.
    filled = np.broadcast_to(places, values.shape)
    if not keep_gaps:
        filled = np.cumsum(present, axis=1) - present
    column = filled - np.take_along_axis(filled, start, axis=1)
    # One place at least, so that nothing after this need think of series without points.
    packed = np.full((int(groups.sum()), max(values.shape[1], 1)), np.nan)
    packed[row[present], column[present]] = values[present]
    series = np.repeat(np.arange(len(values)), groups)
    return Segments(packed, series, row, column, group, first + groups - 1, present)


def breaks_at(rebase: Sequence[Sequence[int]] | None, shape: tuple[int, int]) -> Flags:
    """Flags of (series, points) from the places where each series begins anew.

    Raises:
        ValueError: there is not one list for each series, or a place is none of its points.
    """
    begins = np.zeros(shape, dtype=np.bool_)
    if rebase is None:
        return begins
    if len(rebase) != shape[0]:
        raise ValueError(
            f"There are {len(rebase)} lists of rebase points for {shape[0]} series. "
            f"Give one list for each, empty where nothing is rebased."
        )
    for series, places in enumerate(rebase):
        for place in places:
            if not 0 <= place < shape[1]:
                raise ValueError(
                    f"Series {series} is to be rebased at place {place}, but has {shape[1]} "
                    f"points. Count from 0."
                )
            begins[series, place] = True
    return begins
