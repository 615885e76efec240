"""Funnels of survey scores: the expected range of patient surveys."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from benchmarking.statistics.arrays import Floats, floats
from benchmarking.statistics.funnel.bands import NoBand, refused
from benchmarking.statistics.funnel.counts import LARGEST, beyond
from benchmarking.statistics.funnel.funnel import Funnel, Units, funnel_of
from benchmarking.statistics.funnel.method import CQC, Method
from benchmarking.statistics.funnel.scales import PLAIN
from benchmarking.statistics.intervals import Limits

LEAST_ANSWERS = 30


def score_funnel(
    scores: ArrayLike, errors: ArrayLike, answers: ArrayLike, method: Method = CQC
) -> Funnel:
    """Scores against the plain mean of all units' scores; sizes are standard errors.

    A unit with fewer than 30 answers has no band.

    Args:
        scores: (..., units).
        errors: their standard errors, more than 0.
        answers: how many answers each rests on.
        method: how it is worked out.

    Source:
        The outlier method of the NHS Patient Survey Programme.
    """
    values, sizes = np.broadcast_arrays(floats(scores), floats(errors))
    present = np.isfinite(values) & np.isfinite(sizes)
    impossible = present & ((np.abs(values) > LARGEST) | beyond(sizes))
    usable = present & (sizes > 0) & ~impossible
    codes = np.where(present, 0, int(NoBand.NO_FIGURE))
    codes = refused(codes, present & (sizes == 0), NoBand.NOTHING_AT_RISK)
    codes = refused(codes, impossible, NoBand.IMPOSSIBLE)
    few = ~(floats(answers) >= LEAST_ANSWERS)
    number = np.maximum(usable.sum(axis=-1, keepdims=True), 1)
    target = np.where(usable, values, 0).sum(axis=-1, keepdims=True) / number
    score = np.where(usable, values, np.nan)
    units = Units(
        value=score,
        size=np.where(usable, sizes, np.nan),
        y=score,
        s=np.where(usable, sizes, np.nan),
        target=target,
        scale=PLAIN,
        refusals=refused(codes, usable & few, NoBand.TOO_FEW_ANSWERS),
        error=lambda sizes: sizes,
        chance=lambda sizes, tail: _normal(target, sizes, tail),
    )
    return funnel_of(units, method)


def _normal(target: Floats, errors: Floats, tail: float) -> Limits:
    reach = -ndtri(tail) * errors
    return Limits(target - reach, target + reach)
