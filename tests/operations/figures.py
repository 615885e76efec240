"""Every figure that is shown of a database, worked out by the use cases, as text to compare."""

import sys
from datetime import datetime
from functools import cache

import numpy as np

from benchmarking import complaints, indicators, series
from benchmarking.access import Grant, Person, Role
from benchmarking.assessing.sheets import NotThere
from benchmarking.keeping import Once
from benchmarking.results import comparisons, overview, results, trends
from benchmarking.settings import ROOT
from benchmarking.standard import Library, load_library
from benchmarking.store import organisations
from benchmarking.store.changes import Stand
from benchmarking.store.database import Database
from benchmarking.visit import Visit

# Of the published figures: enough to see each kind of trust and of group.
_REAL_TRUSTS = 3
_ANY_STAND = Stand(1, 1)


def everything(database: Database, now: datetime) -> dict[str, str]:
    """Results and overviews of every trust, comparisons, trends and complaints, each by a name."""
    with database.reading() as reading:
        codes = [trust.code for trust in organisations.every(reading)]
    keep, found = Once(), dict[str, str]()
    with np.printoptions(threshold=sys.maxsize, precision=17):
        for code in codes:
            found |= _of_trust(_visit(database, now, Role.TRUST_LEAD, code), code, keep)
        found |= _of_inspectors(_visit(database, now, Role.INSPECTOR), keep)
        found |= _of_complaints(_visit(database, now, Role.INSPECTOR), keep)
    return found


@cache
def _library() -> Library:
    return load_library(ROOT / "standards")


def _visit(database: Database, now: datetime, role: Role, trust: str | None = None) -> Visit:
    person = Person(1, "somebody", (Grant(role, trust),))
    # How far a database has come is part of every result's key, and is no figure.
    return Visit(person, database, _library(), now, _stand=_ANY_STAND)


def _of_trust(visit: Visit, code: str, keep: Once) -> dict[str, str]:
    offered = results.choices(visit, code, keep)
    found = {
        f"{code} {cycle.cycle_id}": repr(
            results.of_trust(visit, code, cycle, keep=keep, so_far=offered.so_far)
        )
        for cycle in offered.cycles
    }
    try:
        found[f"{code} overview"] = repr(overview.of_trust(visit, code, keep=keep))
    except NotThere as told:
        found[f"{code} overview"] = str(told)
    return found


def _of_inspectors(visit: Visit, keep: Once) -> dict[str, str]:
    offered = comparisons.choices(visit, keep)
    found = {
        f"comparison {cycle.cycle_id} {standard_id}": repr(
            comparisons.compare(visit, cycle, standard_id=standard_id, so_far=offered.so_far)
        )
        for cycle in offered.cycles
        for standard_id, _, _ in cycle.editions
    }
    for one in series.shipped():
        found[f"trends of {one.id}"] = repr(trends.of_all(visit, one.id, keep=keep))
    return found


def _of_complaints(visit: Visit, keep: Once) -> dict[str, str]:
    year = complaints.year_of(visit, indicators.load(ROOT / "data"), keep=keep)
    found = {"complaints nationally": repr(complaints.nationally(visit, year, keep))}
    codes = sorted(trust.code for trust in year.organisations.trusts)
    for code in codes[:_REAL_TRUSTS]:
        found[f"complaints of {code}"] = repr(complaints.of_trust(visit, year, code, keep=keep))
    return found
