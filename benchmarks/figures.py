"""Numbers about many runs: quantiles, and what stood between two moments."""

import math
from collections.abc import Mapping, Sequence
from typing import Any


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share (0 to 1) of them do not exceed.

    Raises:
        ValueError: there is no value.
    """
    if not values:
        raise ValueError("Of no values there is no quantile. Measure something first.")
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def spread(values: Sequence[float]) -> dict[str, int]:
    """How many there were, the median, 95th percentile and largest, in whole units."""
    if not values:
        return {"n": 0}
    return {
        "n": len(values),
        "p50": round(quantile(values, 0.5)),
        "p95": round(quantile(values, 0.95)),
        "max": round(max(values)),
    }


def cpu_ms_each(since: Mapping[str, Any], until: Mapping[str, Any]) -> float | None:
    """Milliseconds of processor time per run between two moments; None where nothing ran."""
    runs = until["runs"] - since["runs"]
    return round((until["cpu"] - since["cpu"]) * 1000 / runs, 1) if runs else None
