"""Where the columns of one of our templates stand in a table that somebody handed in."""

from collections.abc import Mapping, Sequence

from benchmarking.imports.opening import Table, normalised
from benchmarking.imports.refusal import Fault, ImportRefused, shown


def positions(
    table: Table, columns: Sequence[str], as_csv: str, take_out: str = ""
) -> Mapping[str, int]:
    """Where each column stands; capitals and marks in their names do not matter.

    Args:
        table: what was handed in.
        columns: those of the template.
        as_csv: what to do about a file that is divided by something else than commas.
        take_out: what to do about a column that is not asked; empty where others may stand there.

    Raises:
        ImportRefused: with every fault of the header.
    """
    names = [normalised(column) for column in table.header]
    if len(table.header) == 1 and any(mark in table.header[0] for mark in (";", "\t")):
        problem = "its columns are divided by something else than commas"
        raise ImportRefused([Fault(table.name, problem, as_csv)])
    template = f"Name the columns as in the template: {', '.join(columns)}"
    faults = [
        Fault(table.name, f"the column {column} is missing", template)
        for column in columns
        if column not in names
    ]
    faults += [
        Fault(table.name, f"the column {shown(said) or 'without a name'} is not asked", take_out)
        for said, name in zip(table.header, names, strict=True)
        if take_out and name not in columns
    ]
    faults += [
        Fault(table.name, f"the column {name} stands there twice", "Keep one of them")
        for name in columns
        if names.count(name) > 1
    ]
    if faults:
        raise ImportRefused(faults)
    return {column: names.index(column) for column in columns}
