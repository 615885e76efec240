"""Agreement of two readings against vcd and psych, and Cronbach's alpha against psych."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from benchmarking.statistics.agreement import (
    Agreement,
    Weighting,
    agreement,
    cross_table,
    error_of,
    kappa_of,
    kendall,
    spearman,
)
from benchmarking.statistics.reliability import Alpha, alpha
from tests.vectors.tally import Tally, table

# The columns that hold a kappa, and those that hold its standard error.
KAPPAS = {
    "kappa_unweighted": Weighting.UNWEIGHTED,
    "kappa_linear": Weighting.LINEAR,
    "kappa_quadratic": Weighting.QUADRATIC,
    "psych_kappa": Weighting.UNWEIGHTED,
    "psych_quadratic": Weighting.QUADRATIC,
}
ERRORS = {
    "ase_unweighted": Weighting.UNWEIGHTED,
    "ase_linear": Weighting.LINEAR,
    "ase_quadratic": Weighting.QUADRATIC,
}


def kappas(folder: Path) -> Tally:
    """Every figure of agreement of each case."""
    tally = Tally("kappa.csv")
    readings = dict(iter(table(folder, "kappa_inputs.csv").groupby("case")))
    for row in table(folder, tally.file).to_dict("records"):
        ours = _figures(readings[row["case"]], int(row["levels"]))
        # The second package's columns may be left out of a folder.
        for column in (column for column in ours if column in row):
            tally.compare(f"{row['case']}, {column}", ours[column], row[column])
    return tally


def _figures(readings: pd.DataFrame, levels: int) -> dict[str, float | None]:
    first, second = readings["rater1"], readings["rater2"]
    counts, _ = cross_table(first, second, levels)
    shown = agreement(first, second, levels, repeats=1)
    some = shown if isinstance(shown, Agreement) else None
    return {
        **{column: float(kappa_of(counts, weighting)) for column, weighting in KAPPAS.items()},
        **{column: float(error_of(counts, weighting)) for column, weighting in ERRORS.items()},
        "spearman": spearman(counts),
        "kendall_tau_b": kendall(counts),
        "exact_agreement": some and some.exact.share,
        "mean_gap": some and some.gap.mean,
    }


def alphas(folder: Path) -> Tally:
    """Alpha of each case, raw and standardised, and the mean correlation."""
    tally = Tally("alpha.csv")
    answers = dict(iter(table(folder, "alpha_inputs.csv").groupby("case")))
    for row in table(folder, tally.file).to_dict("records"):
        case = answers[row["case"]]
        found = alpha(case.pivot(index="respondent", columns="item", values="level"))
        some = found if isinstance(found, Alpha) else None
        for column, ours in (
            ("alpha_raw", some and some.raw),
            ("alpha_std", some and some.standardised),
            ("average_r", some and some.average_r),
        ):
            tally.compare(f"{row['case']}, {column}", ours, row[column])
    return tally


CHECKS: dict[str, Callable[[Path], Tally]] = {"kappa.csv": kappas, "alpha.csv": alphas}
