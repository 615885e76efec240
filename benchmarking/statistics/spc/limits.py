"""The lines of an XmR chart: mean, process limits and near limits, one set for each row."""

from dataclasses import dataclass

import numpy as np

from benchmarking.statistics.arrays import Flags, Floats, Whole
from benchmarking.statistics.spc.rules import SCREENED_FROM, TO_LIMITS, TO_NEAR_LIMITS, Rules


@dataclass(frozen=True, eq=False)
class ProcessLimits:
    """The lines of each row, (rows,), in the unit of its values.

    ``centre`` is NaN where a row has no points; the limits are NaN where ``made_from``, how
    many points they rest on, is less than the rules ask for.
    """

    centre: Floats
    low: Floats
    high: Floats
    near_low: Floats
    near_high: Floats
    made_from: Whole

    @property
    def drawn(self) -> Flags:
        """Where there are limits."""
        return ~np.isnan(self.low)


def process_limits(rows: Floats, baseline: Floats, rules: Rules) -> ProcessLimits:
    """The lines of rows of points, made from the first ``baseline`` places of each.

    Where points do not vary, or nothing but screened ranges is left, the limits lie on the
    mean.

    Args:
        rows: (rows, points); NaN where there is no figure.
        baseline: (rows,); infinite where all points count.

    Source:
        Wheeler (1993), Understanding Variation, for the limits; Nelson (1982), Journal of
        Quality Technology 14, 172-173, for screening.
    """
    counted = ~np.isnan(rows) & (np.arange(rows.shape[1]) < baseline[:, None])
    centre = _means(rows, counted)
    ranges = np.abs(np.diff(rows, axis=1))
    ordinary = counted[:, 1:] & counted[:, :-1]
    average = _means(ranges, ordinary)
    if rules.screening:
        kept = ordinary & (ranges < SCREENED_FROM * average[:, None])
        # Nothing is below the average when all are 0: the limits then lie on the mean.
        average = np.where(kept.any(axis=1), _means(ranges, kept), average)
    made_from = np.where(counted.any(axis=1), ordinary.sum(axis=1) + 1, 0)
    width = np.where(made_from >= rules.least_points, average, np.nan)
    return ProcessLimits(
        centre=centre,
        low=centre - TO_LIMITS * width,
        high=centre + TO_LIMITS * width,
        near_low=centre - TO_NEAR_LIMITS * width,
        near_high=centre + TO_NEAR_LIMITS * width,
        made_from=made_from,
    )


def _means(numbers: Floats, counted: Flags) -> Floats:
    """The mean of the counted numbers of each row, as near as a float can be; NaN of none."""
    number = counted.sum(axis=1)
    some = np.maximum(number, 1)
    kept = np.where(counted, numbers, 0.0).astype(np.longdouble)
    # A mean that is off in its last digit puts points that lie on it to one side. Some machines
    # have no longer float, so what the first round leaves is spread in a second.
    rough = kept.sum(axis=1) / some
    error = np.where(counted, kept - rough[:, None], 0.0).sum(axis=1) / some
    return np.where(number > 0, (rough + error).astype(np.float64), np.nan)
