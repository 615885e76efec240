"""All reference files of a directory, each with the check that belongs to it."""

from collections.abc import Callable, Iterator
from pathlib import Path

from tests.vectors import (
    check_agreement,
    check_fingertips,
    check_funnels,
    check_intervals,
    check_ranks,
    check_xmr,
)
from tests.vectors.tally import Tally

REFERENCE = Path(__file__).parent / "reference"

CHECKS: dict[str, Callable[[Path], Tally]] = {
    **check_intervals.CHECKS,
    **check_funnels.CHECKS,
    **check_fingertips.CHECKS,
    **check_ranks.CHECKS,
    **check_xmr.CHECKS,
    **check_agreement.CHECKS,
}

# What the others are computed from.
INPUTS = frozenset(
    {
        "alpha_inputs.csv",
        "funnel_inputs.csv",
        "kappa_inputs.csv",
        "means_inputs.csv",
        "xmr_cases.csv",
        "xmr_inputs.csv",
    }
)


def tallies(folder: Path) -> Iterator[Tally]:
    """What came of each file, in the order of their names."""
    for path in sorted(folder.iterdir()):
        if path.name in CHECKS:
            yield CHECKS[path.name](folder)
        elif ".csv" in path.suffixes and path.name not in INPUTS:
            yield Tally(path.name, failures=["No check is known for this file."])
