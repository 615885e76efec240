"""What all statistics are made of: arrays of floats, NaN where there is no figure."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]


def floats(given: ArrayLike) -> Floats:
    """Numbers of any kind as floats, None as NaN."""
    return np.asarray(given, dtype=np.float64)


def normal_quantile(confidence: float) -> float:
    """How many standard errors reach to either side, for an interval of this confidence.

    Raises:
        ValueError: the confidence is no share between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"A confidence of {confidence} is impossible. Give a share, such as 0.95.")
    return float(ndtri(0.5 + confidence / 2))
