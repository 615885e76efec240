"""KO41a, written complaints about trusts: recognises, reads and proves the publisher's file.

Reads the ZIP or the organisation-level CSV of 2022-23 and later, by column name. Written for,
and tested on, the file of 2024-25.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from benchmarking.imports import ko41a_forms, ko41a_rules, opening
from benchmarking.imports.ko41a_forms import Form, Recognised
from benchmarking.imports.ko41a_rows import (
    CODE,
    NAME,
    OWN_FILE,
    PLACES,
    TYPE,
    YEAR,
    Columns,
    Row,
    columns_of,
    period_of,
    rows_of,
)
from benchmarking.imports.opening import Table, normalised
from benchmarking.imports.refusal import Fault, ImportRefused, shown_name
from benchmarking.indicators import Catalogue, Collection, FigureRow
from benchmarking.organisations import Organisations

COLLECTION = "ko41a"


@dataclass(frozen=True, eq=False)
class Ko41aReturn:
    """One period's KO41a at organisation level, proven to add up.

    ``rows`` has one row per organisation, in the order of the file, and the publisher's column
    names: texts, then whole numbers of complaints. ``trust_codes`` are those of NHS trusts;
    other organisations keep their Organisation_Type. ``measure_columns`` gives the column of
    each measure id. ``sha256`` is that of the CSV, the same whether it came in a ZIP or alone;
    ``file_sha256`` is that of the file as handed in.
    """

    period: str
    level: str
    rows: pd.DataFrame
    trust_codes: tuple[str, ...]
    measure_columns: Mapping[str, str]
    set_aside: tuple[str, ...]
    csv_name: str
    sha256: str
    file_sha256: str
    warnings: tuple[str, ...]

    @property
    def trusts(self) -> pd.DataFrame:
        """The rows of NHS trusts only."""
        return self.rows.loc[self.rows[CODE].isin(list(self.trust_codes))]

    @property
    def summary(self) -> str:
        """What was read, in a sentence."""
        new = self.measure_columns[ko41a_rules.NEW]
        return (
            f"KO41a {self.period}: {self.rows[new].sum():,} new complaints at "
            f"{len(self.rows):,} organisations; {self.trusts[new].sum():,} of them at "
            f"{len(self.trusts):,} NHS trusts."
        )

    def organisations(self) -> list[tuple[str, str, dict[str, object]]]:
        """(code, name, attributes) of each organisation, as it was in this period."""
        kept = [TYPE, *(column for column in PLACES if column in self.rows)]
        trusts = set(self.trust_codes)
        return [
            (
                str(row[CODE]),
                str(row[NAME]),
                {**{normalised(c): row[c] for c in kept}, "nhs_trust": row[CODE] in trusts},
            )
            for row in self.rows.to_dict("records")
        ]

    def figures(self) -> list[FigureRow]:
        """(organisation code, measure id, figure) of every cell."""
        return [
            (str(row[CODE]), measure, float(row[column]))
            for row in self.rows.to_dict("records")
            for measure, column in self.measure_columns.items()
        ]


def recognise(source: Path | bytes, catalogue: Catalogue) -> Recognised:
    """What a file is; where it cannot be imported, with the reason and the remedy."""
    try:
        return ko41a_forms.recognise(opening.take(source), catalogue.collection(COLLECTION))
    except ImportRefused as refused:
        first = refused.faults[0]
        return Recognised(Form.UNKNOWN, first.where, first.problem, first.remedy)


def read(source: Path | bytes, catalogue: Catalogue, organisations: Organisations) -> Ko41aReturn:
    """The organisation-level return in a ZIP or CSV, every row of it proven.

    Args:
        source: the path of the file, or its bytes.
        catalogue: the KO41a measures and the totals on file.
        organisations: the trusts, which tell NHS trusts from other organisations.

    Raises:
        ImportRefused: with every fault found: what the file is instead, missing or repeated
            columns, cells that are not whole numbers, rows that do not add up, totals that
            differ from those on file. Nothing is read in part.
    """
    handed = opening.take(source)
    collection = catalogue.collection(COLLECTION)
    found = ko41a_forms.recognise(handed, collection)
    if found.form is not Form.ORG_LEVEL:
        raise ImportRefused([Fault(shown_name(found.csv_name), found.problem, found.remedy)])
    table = opening.table_of(handed, found.csv_name)
    columns = columns_of(table, collection)
    rows, faults = rows_of(table, columns, collection)
    _refuse_if([*faults, *_sums(rows, columns, collection)])
    period = period_of(rows[0].texts[YEAR]) or ""
    codes = _trust_codes(rows, period, organisations)
    _refuse_if(_totals(rows, codes, period, catalogue, organisations))
    return Ko41aReturn(
        period=period,
        level="organisation",
        rows=_frame(rows, columns, collection),
        trust_codes=codes,
        measure_columns={measure.id: measure.column for measure in collection.measures},
        set_aside=columns.set_aside,
        csv_name=table.name,
        sha256=table.sha256,
        file_sha256=handed.sha256,
        warnings=tuple(_warnings(table, columns, period, catalogue, organisations)),
    )


def _refuse_if(faults: Sequence[Fault]) -> None:
    if faults:
        raise ImportRefused(faults)


def _sums(rows: Sequence[Row], columns: Columns, collection: Collection) -> Iterator[Fault]:
    """Faults of the rows whose counts could all be read."""
    remedy = OWN_FILE
    if columns.set_aside:
        listed = ", ".join(columns.set_aside[:5])
        remedy = f"{remedy}. If it is unchanged, a column set aside may be part of a sum: {listed}"
    for row in rows:
        if len(row.counts) == len(collection.measures):
            for problem in ko41a_rules.broken(row.counts, collection):
                yield Fault(row.where, problem, remedy)


def _trust_codes(rows: Sequence[Row], period: str, organisations: Organisations) -> tuple[str, ...]:
    """Codes of the rows that are NHS trusts: those listed, and those that closed later on."""
    began = date(int(period[:4]), 4, 1)
    closed = {s.old_code for s in organisations.successions if s.effective >= began}
    return tuple(row.code for row in rows if row.code in closed | set(organisations.by_code))


def _totals(
    rows: Sequence[Row],
    trust_codes: Sequence[str],
    period: str,
    catalogue: Catalogue,
    organisations: Organisations,
) -> list[Fault]:
    faults = []
    if period == organisations.period:
        present = {row.code for row in rows}
        faults = [
            Fault("the whole file", f"there is no row for {trust.name} ({trust.code})", OWN_FILE)
            for trust in organisations.with_return
            if trust.code not in present
        ]
    published = catalogue.national_totals.get(period)
    if published is not None:
        new = sum(row.counts[ko41a_rules.NEW] for row in rows)
        faults += _total_fault(new, published, "new complaints", "the published national total")
    dataset = catalogue.dataset(COLLECTION, period)
    for total in dataset.control_totals if dataset else ():
        added = sum(row.counts[total.measure] for row in rows if row.code in set(trust_codes))
        label = catalogue.measure_by_id[total.measure].label.lower()
        faults += _total_fault(added, total.value, f"{label} of NHS trusts", "the total on file")
    return faults


def _total_fault(added: int, on_file: int, what: str, which: str) -> list[Fault]:
    if added == on_file:
        return []
    problem = f"{what} add up to {added:,}, but {which} is {on_file:,}"
    remedy = (
        f"{OWN_FILE}. If the publisher has revised its figures, correct the total in data/published"
    )
    return [Fault("the whole file", problem, remedy)]


def _frame(rows: Sequence[Row], columns: Columns, collection: Collection) -> pd.DataFrame:
    column_of = {measure.id: measure.column for measure in collection.measures}
    records = [
        {**row.texts, **{column_of[measure]: count for measure, count in row.counts.items()}}
        for row in rows
    ]
    in_order = sorted(columns.positions, key=lambda column: columns.positions[column])
    return pd.DataFrame(records, columns=in_order)


def _warnings(
    table: Table,
    columns: Columns,
    period: str,
    catalogue: Catalogue,
    organisations: Organisations,
) -> Iterator[str]:
    if columns.set_aside:
        listed = ", ".join(columns.set_aside)
        yield f"These columns are not known and were set aside: {listed}."
    lacking = [column for column in PLACES if column not in columns.positions]
    if lacking:
        yield f"The file does not say where organisations are: it lacks {', '.join(lacking)}."
    if table.encoding != "utf-8-sig":
        yield "The file is not in UTF-8. It was read as Windows-1252, so check accents in names."
    if period not in catalogue.national_totals:
        yield f"No published national total is on file for {period}, so the sum was not checked."
    if period != organisations.period:
        yield (
            f"No list of NHS trusts is on file for {period}. Trusts were told by the list of "
            f"{organisations.period} and by later mergers."
        )
