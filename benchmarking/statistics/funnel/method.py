"""How a funnel is worked out: what is trimmed, how limits widen, where bands begin."""

from dataclasses import dataclass
from enum import Enum

from benchmarking.statistics.funnel.bands import CUTS
from benchmarking.statistics.funnel.dispersion import Trim, truncated, winsorised


class Adjustment(Enum):
    """How limits allow for differences between units beyond chance."""

    NONE = "none"
    ADDITIVE = "additive"
    MULTIPLICATIVE = "multiplicative"


@dataclass(frozen=True)
class Method:
    """One way to work out a funnel.

    ``trim_share`` is taken at each end before the dispersion is measured. ``cuts`` are the
    adjusted z-scores at which bands begin.
    """

    name: str
    trim: Trim = winsorised
    trim_share: float = 0.1
    adjustment: Adjustment = Adjustment.ADDITIVE
    cuts: tuple[float, float] = CUTS


# The care regulator's way, and our default; and that of the hospital mortality indicator.
CQC = Method("z-scores, Winsorised 10%, additive")
SHMI = Method("z-scores, truncated 10%, additive", trim=truncated)
