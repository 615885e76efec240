"""Funnels again, one number at a time, straight from the formulas; for comparison only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import asin, comb, exp, inf, isfinite, isnan, lgamma, log, pi, sin, sqrt

NAN = float("nan")
Pairs = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class SlowFunnel:
    """What a funnel gives; lists have a NaN for each unit that takes no part."""

    y: list[float]
    z: list[float]
    trimmed: list[float]
    phi: float
    tau2: float
    adjusted: list[float]
    limits: list[tuple[float, float]]


def quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def winsorise(z: Sequence[float], share: float) -> list[float]:
    known = [one for one in z if not isnan(one)]
    if not known:
        return list(z)
    low, high = quantile(known, share), quantile(known, 1 - share)
    return [one if isnan(one) else min(max(one, low), high) for one in z]


def truncate(z: Sequence[float], share: float) -> list[float]:
    known = [one for one in z if not isnan(one)]
    kept = []
    for one in z:
        below = sum(other < one for other in known)
        same = sum(other == one for other in known)
        group = int((below + (same + 1) / 2) / share / (len(z) + 1) + 1e-12)
        kept.append(one if not isnan(one) and 0 < group < 1 / share - 1 else NAN)
    return kept


def spread(z: Sequence[float], s: Sequence[float]) -> tuple[float, float]:
    """phi and tau2 of the units that have a finite z."""
    used = [(one, error) for one, error in zip(z, s, strict=True) if isfinite(one)]
    if not used:
        return 0.0, 0.0
    units = len(used)
    phi = sum(one**2 for one, _ in used) / units
    weights = [1 / error**2 for _, error in used]
    room = sum(weights) - sum(w**2 for w in weights) / sum(weights)
    if units < 2 or units * phi < units - 1 or room <= 0:
        return phi, 0.0
    return phi, (units * phi - (units - 1)) / room


def ratio(pairs: Pairs, cut: float) -> SlowFunnel:
    y = [sqrt(o / e) if usable(o, e) else NAN for o, e in pairs]
    s = [1 / (2 * sqrt(e)) if usable(o, e) else NAN for o, e in pairs]
    return finish(y, s, 1.0, winsorise, lambda root: max(root, 0) ** 2, cut)


def mortality(pairs: Pairs, cut: float) -> SlowFunnel:
    def logarithm(observed: float, expected: float) -> float:
        return log(observed / expected) if observed else -inf

    y = [logarithm(o, e) if usable(o, e) else NAN for o, e in pairs]
    s = [1 / sqrt(e) if usable(o, e) else NAN for o, e in pairs]
    return finish(y, s, 0.0, truncate, exp, cut)


def share(pairs: Pairs, cut: float) -> SlowFunnel:
    known = [(x, n) for x, n in pairs if usable(x, n)]
    total = sum(n for _, n in known)
    target = asin(sqrt(sum(x for x, _ in known) / total)) if total else 0.0
    y = [asin(sqrt(x / n)) if usable(x, n) else NAN for x, n in pairs]
    s = [1 / (2 * sqrt(n)) if usable(x, n) else NAN for x, n in pairs]
    return finish(y, s, target, winsorise, lambda a: sin(min(max(a, 0), pi / 2)) ** 2, cut)


def score(pairs: Pairs, cut: float) -> SlowFunnel:
    y = [a if usable(a, b) else NAN for a, b in pairs]
    s = [b if usable(a, b) else NAN for a, b in pairs]
    known = [one for one in y if not isnan(one)]
    target = sum(known) / len(known) if known else 0.0
    return finish(y, s, target, winsorise, lambda one: one, cut)


def usable(events: float, size: float) -> bool:
    return isfinite(events) and isfinite(size) and events >= 0 and size > 0


def finish(
    y: list[float],
    s: list[float],
    target: float,
    trim: Callable[[list[float], float], list[float]],
    back: Callable[[float], float],
    cut: float,
) -> SlowFunnel:
    z = [(one - target) / error for one, error in zip(y, s, strict=True)]
    trimmed = trim(z, 0.1)
    phi, tau2 = spread(trimmed, s)
    wide = [sqrt(error**2 + tau2) for error in s]
    return SlowFunnel(
        y=y,
        z=z,
        trimmed=trimmed,
        phi=phi,
        tau2=tau2,
        adjusted=[(one - target) / w for one, w in zip(y, wide, strict=True)],
        limits=[(back(target - cut * w), back(target + cut * w)) for w in wide if not isnan(w)],
    )


def poisson_at_most(count: int, mean: float) -> float:
    return sum(exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(count + 1))


def binomial_at_most(count: int, out_of: int, chance: float) -> float:
    return sum(comb(out_of, k) * chance**k * (1 - chance) ** (out_of - k) for k in range(count + 1))
