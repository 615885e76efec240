"""What each statistic costs, beside a slow and obvious twin and beside pandas, in one run.

    python -m benchmarks.statistics

prints JSON. ``cpu_ms`` is the processor time of one call, the best of several; ``slow`` and
``pandas`` say how many times as long the others take on the same numbers (null where there is no
natural way). Ratios may be compared between machines, milliseconds may not.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from benchmarking.polarity import Polarity
from benchmarking.statistics import funnel, intervals
from benchmarking.statistics.agreement import agreement
from benchmarking.statistics.ranking import places_of_rates, ranks
from benchmarking.statistics.reliability import alpha
from benchmarking.statistics.shrinkage import shrunken_rates
from benchmarking.statistics.spc import MAKING_DATA_COUNT, xmr
from tests.statistics import test_agreement, test_intervals, test_reliability, test_shrinkage
from tests.statistics.funnel import slow
from tests.statistics.spc.slow_twin import Slow

REPEATS = 15
SEED = 20261121
Z = 1.959963984540054

Work = Callable[[], object]


@dataclass(frozen=True)
class Method:
    """One statistic and what it is held against; ``slow_part`` of the work is done slowly."""

    name: str
    ours: Work
    slow: Work | None = None
    pandas: Work | None = None
    slow_part: float = 1


def measure() -> dict[str, dict[str, float | None]]:
    """Milliseconds of each method, and how many times as long the others take."""
    # The memory that large arrays need is asked of the system once, before anything is timed.
    np.ones(4_000_000).sum()
    found: dict[str, dict[str, float | None]] = {}
    for method in methods(np.random.default_rng(SEED)):
        ours = _cpu_ms(method.ours, REPEATS)
        found[method.name] = {
            "cpu_ms": round(ours, 3),
            "slow": _times(method.slow, ours * method.slow_part, 1),
            "pandas": _times(method.pandas, ours, 3),
        }
    return found


def _times(work: Work | None, ours: float, repeats: int) -> float | None:
    return None if work is None else round(_cpu_ms(work, repeats) / ours, 1)


def _cpu_ms(work: Work, repeats: int) -> float:
    work()
    best = float("inf")
    for _ in range(repeats):
        start = time.thread_time()
        work()
        best = min(best, time.thread_time() - start)
    return max(best * 1000, 1e-3)


def methods(rng: np.random.Generator) -> list[Method]:
    """Every method with its numbers: 215 trusts, unless the name says otherwise."""
    return [*_intervals(rng), *_funnels(rng), *_groups(rng), *_ordinal(rng), _spc(rng)]


def _intervals(rng: np.random.Generator) -> list[Method]:
    out_of = rng.integers(10, 900, 215)
    events = rng.binomial(out_of, 0.62)
    table = pd.DataFrame({"events": events, "out_of": out_of})
    pairs = list(zip(events.tolist(), out_of.tolist(), strict=True))
    by_search = test_intervals.binomial_centre_by_search
    return [
        Method(
            "Wilson intervals, 215",
            lambda: intervals.wilson(events, out_of),
            lambda: [by_search(x, n, upper=up) for x, n in pairs for up in (False, True)],
            lambda: _wilson_in_pandas(table),
        ),
        Method(
            "rate intervals (exact, Byar), 215",
            lambda: intervals.rate_limits(events, out_of, 1000),
            lambda: [test_intervals.byar_by_hand(x, 0.95) for x in events.tolist()],
        ),
    ]


def _wilson_in_pandas(table: Any) -> pd.DataFrame:
    share = table["events"] / table["out_of"]
    centre = share + Z**2 / (2 * table["out_of"])
    variance = share * (1 - share) / table["out_of"] + Z**2 / (4 * table["out_of"] ** 2)
    spread = Z * variance**0.5
    shrink = 1 + Z**2 / table["out_of"]
    return pd.DataFrame({"low": (centre - spread) / shrink, "high": (centre + spread) / shrink})


def _funnels(rng: np.random.Generator) -> list[Method]:
    one, many, all_funnels = _counts(rng, 215), _counts(rng, 100_000), _counts(rng, (840, 215))
    made = funnel.ratio_funnel(*one)
    out_of = rng.integers(10, 900, 215)
    shares = (rng.binomial(out_of, 0.62), out_of)
    pairs, share_pairs = _pairs(*one), _pairs(*shares)
    long = _table((all_funnels[0].ravel(), all_funnels[1].ravel()))
    long["funnel"] = np.repeat(np.arange(840), 215)
    some = _pairs(many[0][:2000], many[1][:2000])
    return [
        Method(
            "funnel of 215: z, phi, tau², bands, limits",
            lambda: _whole(funnel.ratio_funnel(*one)),
            lambda: slow.ratio(pairs, 1.96),
            lambda: _funnel_in_pandas(_table(one)),
        ),
        Method(
            "funnel of 215 shares: z, phi, tau², bands, limits",
            lambda: _whole(funnel.share_funnel(*shares)),
            lambda: slow.share(share_pairs, 1.96),
        ),
        Method(
            "funnel of 100,000: z, phi, tau², bands, limits",
            lambda: _whole(funnel.ratio_funnel(*many)),
            lambda: slow.ratio(some, 1.96),
            lambda: _funnel_in_pandas(_table(many)),
            slow_part=0.02,
        ),
        Method(
            "z of 840 funnels of 215",
            lambda: funnel.ratio_funnel(*all_funnels).z_adjusted,
            lambda: [slow.ratio(pairs, 1.96) for _ in range(8)],
            lambda: _funnel_in_pandas(long),
            slow_part=8 / 840,
        ),
        Method(
            "limits of chance alone, 200 sizes, four curves",
            lambda: [made.chance_limits(made.grid(200), cut) for cut in funnel.CUTS],
        ),
    ]


def _pairs(first: np.ndarray, second: np.ndarray) -> list[tuple[float, float]]:
    return list(zip(first.tolist(), second.tolist(), strict=True))


def _counts(
    rng: np.random.Generator, shape: int | tuple[int, int]
) -> tuple[np.ndarray, np.ndarray]:
    expected = rng.gamma(3, 40, shape) + 1
    return rng.poisson(expected * rng.gamma(11, 1 / 11, shape)).astype(float), expected


def _table(counts: tuple[np.ndarray, np.ndarray]) -> pd.DataFrame:
    return pd.DataFrame({"o": counts[0], "e": counts[1], "funnel": 0})


def _whole(made: funnel.Funnel) -> object:
    limits = [made.limits(made.units.size, cut) for cut in funnel.CUTS]
    return made.z_adjusted, made.codes, limits


# The types of pandas do not follow its own grouping.
def _funnel_in_pandas(table: Any) -> Any:
    s = 1 / (2 * table["e"] ** 0.5)
    y = (table["o"] / table["e"]) ** 0.5
    z = (y - 1) / s
    group = z.groupby(table["funnel"])
    low, high = (table["funnel"].map(group.quantile(q)) for q in (0.1, 0.9))
    trimmed = z.clip(low, high)
    weights = 1 / s**2
    sums = pd.DataFrame({"f": table["funnel"], "z2": trimmed**2, "w": weights, "w2": weights**2})
    by: Any = sums.groupby("f").sum()
    units = table.groupby("funnel").size()
    tau2 = ((by["z2"] - (units - 1)) / (by["w"] - by["w2"] / by["w"])).clip(lower=0)
    return (y - 1) / (s**2 + table["funnel"].map(tau2)) ** 0.5


def _groups(rng: np.random.Generator) -> list[Method]:
    events, exposure = _counts(rng, 215)
    values = events / exposure
    series = pd.Series(values)
    by_hand = test_shrinkage.by_hand
    return [
        Method(
            "ranks of 215",
            lambda: ranks(values),
            lambda: [sum(other < one for other in values) for one in values],
            lambda: (series.rank(method="min"), series.rank(), series.rank(method="max", pct=True)),
        ),
        Method("rank intervals of 215, 10,000 draws", lambda: places_of_rates(events, exposure)),
        Method(
            "shrunken rates of 215",
            lambda: shrunken_rates(events, exposure),
            lambda: by_hand(events.tolist(), exposure.tolist(), share=False),
        ),
    ]


def _ordinal(rng: np.random.Generator) -> list[Method]:
    first = rng.integers(1, 5, 215)
    second = np.clip(first + rng.integers(-1, 2, 215), 1, 4)
    answers = np.clip(first[:, None] + rng.integers(-1, 2, (215, 8)), 0, 3).astype(float)
    table = pd.DataFrame(answers)
    pair = (first.tolist(), second.tolist())
    return [
        Method(
            "agreement of 215 pairs: kappas, intervals of 2,000 repeats",
            lambda: agreement(first, second, 4),
            lambda: [test_agreement.kappa_by_hand(*pair, 4, power) for power in (None, 1, 2)],
        ),
        Method(
            "Cronbach's alpha, 215 by 8",
            lambda: alpha(answers),
            lambda: test_reliability.alpha_by_hand(answers.tolist()),
            lambda: (table.cov(), table.corr()),
        ),
    ]


def _spc(rng: np.random.Generator) -> Method:
    values = np.round(rng.normal(80, 5, (215, 24)), 1)
    table = pd.DataFrame(values.T)
    higher = Polarity.HIGHER_IS_BETTER

    def slowly() -> object:
        every = [Slow(row, MAKING_DATA_COUNT, 1, 85.0) for row in values.tolist()]
        return [(one.signals(), one.variation(), one.assurance()) for one in every]

    return Method(
        "XmR with rules and icons, 215 series of 24",
        lambda: xmr(values, polarity=higher, targets=85.0),
        slowly,
        lambda: _limits_in_pandas(table),
    )


def _limits_in_pandas(table: Any) -> tuple[Any, Any]:
    """The limits alone, one series a column; rules have no natural form in pandas."""
    ranges = table.diff().abs()
    kept = ranges[ranges < 3.267 * ranges.mean()]
    reach = 2.66 * kept.mean()
    return table.mean() - reach, table.mean() + reach


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2, ensure_ascii=False))
