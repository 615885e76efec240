"""Which KO41 form and level a file holds, told from the names of its columns.

Layouts: the publisher's ZIPs of 2024-25 and 2010-11 (data/README.md). Column order changed
between years, so nothing is taken by position.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from benchmarking.imports import opening
from benchmarking.imports.opening import Handed, normalised
from benchmarking.imports.refusal import Fault, ImportRefused, shown, shown_name
from benchmarking.indicators import Collection

_WHICH = (
    'Choose the file "Secondary Care KO41a - Org Level", or the publisher\'s whole ZIP, '
    "of 2022-23 or later"
)
_KO41B_NEW = re.compile(r"1_\d_total_new")


class Form(StrEnum):
    """What a file turned out to be."""

    ORG_LEVEL = "KO41a, organisation level"
    SITE_LEVEL = "KO41a, site level"
    KO41B = "KO41b"
    BEFORE_2015 = "KO41a, before 2015-16"
    UNKNOWN = "not a KO41 file"


@dataclass(frozen=True)
class Recognised:
    """What a file is. ``csv_name`` is the CSV inside it that says so; ``period`` where seen."""

    form: Form
    csv_name: str
    problem: str = ""
    remedy: str = ""
    period: str = ""


def recognise(handed: Handed, collection: Collection) -> Recognised:
    """The organisation-level file where there is one, else the best guess at what this is.

    Raises:
        ImportRefused: the file cannot be opened, or holds two organisation-level files.
    """
    found, refusals = [], []
    for csv_name in opening.csv_names(handed):
        try:
            found.append(_recognise_one(handed, csv_name, collection))
        except ImportRefused as refused:
            refusals += refused.faults
    wanted = [one for one in found if one.form is Form.ORG_LEVEL]
    if len(wanted) > 1:
        names = " and ".join(shown_name(one.csv_name) for one in wanted)
        problem = f"it holds more than one organisation-level file: {names}"
        raise ImportRefused([Fault(handed.name, problem, "Import them one at a time")])
    if not wanted and refusals:
        raise ImportRefused(refusals)
    ranked = sorted(found, key=lambda one: list(Form).index(one.form))
    order = wanted or [one for one in ranked if one.form is Form.BEFORE_2015] or ranked
    return order[0] if order else _unknown(handed.name, ())


def _recognise_one(handed: Handed, csv_name: str, collection: Collection) -> Recognised:
    header, first = opening.head_of(handed, csv_name)
    names = [normalised(column) for column in header]
    form = _form_of(names, collection)
    period = shown(first[names.index("year")], 12) if "year" in names[: len(first)] else ""
    if form is Form.UNKNOWN:
        return _unknown(csv_name, header)
    problem, remedy = _EXPLAINED.get(form, ("", ""))
    return Recognised(form, csv_name, problem.replace("PERIOD", period or "it"), remedy, period)


def _form_of(names: Sequence[str], collection: Collection) -> Form:
    if any(name.startswith("total_complaints_by_service_area") for name in names):
        return Form.BEFORE_2015
    if any(name.startswith("part_1_written_complaints_received") for name in names):
        return Form.KO41B
    if any(_KO41B_NEW.fullmatch(name) for name in names):
        return Form.KO41B
    known = {normalised(measure.column) for measure in collection.measures}
    if len(known.intersection(names)) < len(known) / 2:
        return Form.UNKNOWN
    return Form.SITE_LEVEL if "site_code" in names else Form.ORG_LEVEL


def _unknown(csv_name: str, header: tuple[str, ...]) -> Recognised:
    seen = shown(", ".join(header[:3]))
    starts = f"its columns start with {seen}" if seen else "it holds no CSV file with columns"
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        starts = "its columns are not divided by commas"
    return Recognised(Form.UNKNOWN, csv_name, f"this is not a KO41a file ({starts})", _WHICH)


_EXPLAINED = {
    Form.SITE_LEVEL: (
        "this is the site-level file, with a row for each hospital or other site",
        _WHICH,
    ),
    Form.KO41B: (
        "this is KO41b, which is about general practices and dentists, not about trusts",
        _WHICH,
    ),
    Form.BEFORE_2015: (
        "this is the KO41a form from before its redesign in 2015-16 (PERIOD). It holds no "
        "outcomes and counts services, subjects and professions in other groups. Only national "
        "totals can be compared across the redesign, so it is not imported",
        _WHICH,
    ),
}
