"""A year small enough to work out in the head: fictional trusts, figures in a drawn table."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from benchmarking import indicators
from benchmarking.complaints import Year
from benchmarking.organisations import Organisations, Trust
from benchmarking.settings import ROOT

CATALOGUE = indicators.load(ROOT / "data")
PERIOD = "2024-25"
SHORT = {
    "open": "complaints_total_brought_forward",
    "new": "complaints_total_new",
    "resolved": "complaints_total_resolved",
    "upheld": "complaints_number_upheld",
    "partly": "complaints_number_partially_upheld",
    "not": "complaints_number_not_upheld",
    "left": "complaints_total_carried_forward",
    "staff": "mean_fte",
    "months": "fte_months",
    "bed-days": "kh03_occupied_bed_days",
    "quarters": "kh03_quarters",
}
TEACHING, AMBULANCE = "ACUTE - TEACHING", "AMBULANCE"


def trust(code: str, eric_type: str | None = TEACHING, **told: Any) -> Trust:
    """A fictional trust; ``told`` changes one thing about it."""
    plain = Trust(
        code=code,
        name=f"Demonstration Trust {code}",
        period=PERIOD,
        ko41a_type="Acute",
        eric_type=eric_type,
        region_code="Y00",
        region_name="North",
        ics_code="Q00",
        ics_name="North System",
        opened=None,
        closed=None,
        months_reported=12,
    )
    return replace(plain, **told)


def year(
    table: str, trusts: Mapping[str, Trust] | None = None, silent: tuple[str, ...] = ()
) -> Year:
    """A year from a table whose head has short names of measures; "-" is not published.

    Args:
        table: one row a trust: its code, then its figures.
        trusts: those that differ from a plain acute teaching trust.
        silent: codes of trusts that published no return.
    """
    head, *rows = [line.split() for line in table.strip().splitlines()]
    columns = [SHORT.get(name, name) for name in head]
    figures = pd.DataFrame(
        [[float("nan") if cell == "-" else float(cell) for cell in row[1:]] for row in rows],
        index=[row[0] for row in rows],
        columns=columns,
        dtype="float64",
    )
    every = [m.id for collection in CATALOGUE.collections for m in collection.measures]
    known = trusts or {}
    listed = [known.get(code, trust(code)) for code in figures.index]
    listed += [replace(known.get(code, trust(code)), published_return=False) for code in silent]
    return Year(
        period=PERIOD,
        revision=1,
        catalogue=CATALOGUE,
        organisations=Organisations(PERIOD, tuple(listed), ()),
        figures=figures.reindex(columns=every),
        releases={},
        periods=(PERIOD,),
    )
