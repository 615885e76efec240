"""Monthly figures by file: the template to fill in, what a file would do, and the command."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from benchmarking.access import Action, check_can
from benchmarking.assessing.sheets import trust_of
from benchmarking.imports import monthly as monthly_file
from benchmarking.imports.monthly import COLUMNS, Allowed, MonthlyFile, MonthlyRow
from benchmarking.moments import local, utc_now
from benchmarking.monthly_entries import Proposal, add
from benchmarking.series import MonthlyFigure, Record, shipped
from benchmarking.series.months import last_ended, later, month_code, through
from benchmarking.series.recorded import difference
from benchmarking.store import monthly, organisations
from benchmarking.store.database import AuditEntry, Database
from benchmarking.visit import Visit

# A template asks for so many months, and for all since the first that is stored.
MONTHS_IN_TEMPLATE = 24
_HOST = 0  # whoever runs the command on the server's machine


def look_at(visit: Visit, trust_code: str, content: bytes, name: str) -> Proposal:
    """What a trust's file would change. Nothing is stored.

    Raises:
        Refused: the person may not record this trust's figures.
        ImportRefused: with every fault of the file.
    """
    check_can(visit.person, Action.RECORD_FIGURES, trust_code)
    allowed = Allowed((trust_code,), shipped(), visit.today, own=trust_code)
    read = monthly_file.read(content, allowed, name)
    with visit.database.reading() as reading:
        stored = monthly.record_of(reading, trust_of(reading, trust_code).organisation_id)
    found = difference(stored.figures, _figures(read.rows))
    return Proposal(trust_code, found, read.not_filled_in, read.set_aside)


def template(visit: Visit, trust_code: str) -> pd.DataFrame:
    """The file to fill in: one row per series and month, with the figures that are stored.

    Has the columns that are read; their two counts are blank where none is stored.

    Raises:
        Refused: the person may not record this trust's figures.
    """
    check_can(visit.person, Action.RECORD_FIGURES, trust_code)
    with visit.database.reading() as reading:
        stored = monthly.record_of(reading, trust_of(reading, trust_code).organisation_id).figures
    newest = last_ended(visit.today)
    first = min([later(newest, 1 - MONTHS_IN_TEMPLATE), *(figure.month for figure in stored)])
    counts = {figure.key: (figure.in_time, figure.due) for figure in stored}
    rows = [
        (trust_code, series.id, month_code(month), *counts.get((series.id, month), ("", "")))
        for series in shipped()
        for month in through(first, newest)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def import_monthly(database: Database, file: Path) -> str:
    """Stores monthly figures of any of the trusts, from a file on the server; what was done.

    Raises:
        ImportRefused: with every fault of the file; nothing is stored then.
    """
    now = utc_now()
    with database.reading() as reading:
        trusts = {trust.code: trust for trust in organisations.every(reading)}
    allowed = Allowed(trusts.keys(), shipped(), local(now).date())
    read = monthly_file.read(file, allowed)
    entry = AuditEntry(_HOST, "import monthly figures", read.name, now, read.sha256)
    with database.writing(entry) as writing:
        records = monthly.every_record(writing)
        proposals: list[Proposal] = []
        for code in sorted({row.trust for row in read.rows}):
            stored = records.get(trusts[code].organisation_id, Record()).figures
            rows = [row for row in read.rows if row.trust == code]
            proposals.append(Proposal(code, difference(stored, _figures(rows))))
            add(writing, trusts[code], proposals[-1].difference)
        if all(proposal.difference.is_nothing for proposal in proposals):
            writing.give_up()
    return _report(read, proposals)


def _figures(rows: Sequence[MonthlyRow]) -> list[MonthlyFigure]:
    return [MonthlyFigure(row.series_id, row.month, row.in_time, row.due) for row in rows]


def _report(read: MonthlyFile, proposals: Sequence[Proposal]) -> str:
    """A line for each trust, with the months that changed below it, and what was passed over."""
    lines = [
        line
        for proposal in proposals
        for line in (f"{proposal.trust_code}: {_done(proposal)}", *map(_indented, proposal.changes))
    ]
    passed_over = Proposal("", difference((), ()), read.not_filled_in, read.set_aside).remarks
    return "\n".join([*lines, *passed_over])


def _done(proposal: Proposal) -> str:
    return proposal.in_words if proposal.difference.is_nothing else f"Stored. {proposal.in_words}"


def _indented(line: str) -> str:
    return f"  {line}"
