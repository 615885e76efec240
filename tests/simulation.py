"""How often each band is given by mistake, and how often where trusts differ as usual.

    python -m tests.simulation

prints a table: of trusts that do not differ at all, or differ by ordinary random variation, the
per cent in each band. tests/statistics/funnel/test_false_alarms.py asserts it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import click
import numpy as np
from numpy.random import Generator

from benchmarking.statistics.arrays import Floats
from benchmarking.statistics.funnel import (
    CQC,
    LOG,
    SHMI,
    Adjustment,
    Band,
    Funnel,
    Method,
    ratio_funnel,
    share_funnel,
)

REPEATS, TRUSTS, SEED = 400, 215, 20261121
CHANCE_ALONE = replace(CQC, adjustment=Adjustment.NONE)

Draw = Callable[[Generator], Funnel]


@dataclass(frozen=True)
class Scenario:
    """One way in which trusts could differ, and one method to tell."""

    title: str
    draw: Draw


def counts(expected: float, spread: float, method: Method, *, logarithm: bool = False) -> Draw:
    """Complaint counts with a median expected count, and a spread of true ratios around 1."""

    def draw(rng: Generator) -> Funnel:
        sizes = expected * np.exp(rng.normal(0, 0.5, (REPEATS, TRUSTS)))
        observed = rng.poisson(sizes * _around_one(rng, spread))
        scale = {"scale": LOG} if logarithm else {}
        return ratio_funnel(observed, sizes, method, **scale)

    return draw


def parts(share: float, out_of: float, spread: float, method: Method) -> Draw:
    """Shares of a median number, around one true share; ``spread`` on the log odds."""

    def draw(rng: Generator) -> Funnel:
        shape = (REPEATS, TRUSTS)
        sizes = np.maximum(np.round(out_of * np.exp(rng.normal(0, 0.5, shape))), 1)
        odds = share / (1 - share) * np.exp(rng.normal(0, spread, shape))
        return share_funnel(rng.binomial(sizes.astype(int), odds / (1 + odds)), sizes, method)

    return draw


def _around_one(rng: Generator, spread: float) -> Floats:
    shape = (REPEATS, TRUSTS)
    return rng.gamma(spread**-2, spread**2, shape) if spread else np.ones(shape)


SCENARIOS = {
    "large, none": Scenario("O/E, median E 2,000, no difference", counts(2000, 0, CQC)),
    "medium, none": Scenario("O/E, median E 110, no difference", counts(110, 0, CQC)),
    "small, none": Scenario("O/E, median E 8, no difference", counts(8, 0, CQC)),
    "shares, none": Scenario("62% of a median 260, no difference", parts(0.62, 260, 0, CQC)),
    "small shares, none": Scenario("90% of a median 30, no difference", parts(0.9, 30, 0, CQC)),
    "some": Scenario("O/E, median E 110, ordinary variation SD 0.1", counts(110, 0.1, CQC)),
    "much": Scenario("O/E, median E 110, ordinary variation SD 0.3", counts(110, 0.3, CQC)),
    "shares, much": Scenario("62% of a median 260, log odds SD 0.3", parts(0.62, 260, 0.3, CQC)),
    "much, truncated": Scenario(
        "O/E, median E 110, SD 0.3, logarithm, truncated", counts(110, 0.3, SHMI, logarithm=True)
    ),
    "much, untrimmed": Scenario(
        "O/E, median E 110, SD 0.3, nothing trimmed", counts(110, 0.3, replace(CQC, trim_share=0))
    ),
    "much, chance alone": Scenario(
        "O/E, median E 110, SD 0.3, chance alone allowed for", counts(110, 0.3, CHANCE_ALONE)
    ),
}


def shares_in_bands(scenario: Scenario) -> dict[Band, float]:
    """The share of trusts in each band, of those that have one."""
    codes = scenario.draw(np.random.default_rng(SEED)).codes
    given = codes[codes <= Band.MUCH_HIGHER]
    return {band: float(np.mean(given == band)) for band in Band}


@click.command(help=__doc__)
def main() -> None:
    """Prints one line for each scenario."""
    click.echo("".join(f"{band.name.lower():>13}" for band in Band) + "   beyond 95%  99.8%")
    for scenario in SCENARIOS.values():
        found = shares_in_bands(scenario)
        far = found[Band.MUCH_LOWER] + found[Band.MUCH_HIGHER]
        out = 1 - found[Band.AS_EXPECTED]
        row = "".join(f"{100 * share:13.2f}" for share in found.values())
        click.echo(f"{row}   {100 * out:10.2f} {100 * far:6.2f}   {scenario.title}")


if __name__ == "__main__":
    main()
