"""Checks that files of every kind in ``standards/`` share.

They read plain values and pass over what is not of its shape: that has a fault already, and
so one run tells an author everything that is wrong with a file.
"""

import re
from collections.abc import Collection, Iterator

from benchmarking.standard.faults import StandardFault
from benchmarking.standard.reading import Reading, Where

Faults = Iterator[StandardFault]
Pattern = tuple[str, ...]

_ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_ADDRESS = re.compile(r"https://[^\s<>\"]+")


def values(reading: Reading, *pattern: str) -> list[str]:
    """The texts that a pattern leads to."""
    return [text for _, text in reading.texts(*pattern)]


def unknown(reading: Reading, pattern: Pattern, known: Collection[str], what: str) -> Faults:
    """A fault for each text of a pattern that is none of the known ids of ``what``."""
    for where, said in reading.texts(*pattern):
        if said not in known:
            remedy = f"Use one of: {', '.join(known)}" if known else "Define one first"
            yield reading.fault(where, f"{said} is not the id of {what}", remedy)


def ids(reading: Reading, *patterns: Pattern, under: Where = ()) -> Faults:
    """A fault for each id that is badly formed, or given twice within these patterns."""
    taken: dict[str, int | None] = {}
    for pattern in patterns:
        for where, said in reading.texts(*pattern, under=under):
            if not _ID.fullmatch(said):
                remedy = "Use lower case letters and digits, with single . or - between them"
                yield reading.fault(where, f"{said} cannot be an id", remedy)
            elif said in taken:
                problem = f"the id {said} is taken already, on line {taken[said]}"
                yield reading.fault(where, problem, "Give each its own id")
            taken.setdefault(said, reading.lines.get(where))


def addresses(reading: Reading) -> Faults:
    """A fault for each ``url`` that is not a secure web address."""
    for where, said in reading.texts_under("url"):
        if not _ADDRESS.fullmatch(said):
            remedy = "Give an address that begins with https://"
            yield reading.fault(where, f"{said} is not a web address to link to", remedy)


def rising(reading: Reading, pattern: Pattern, what: str, under: Where = ()) -> Faults:
    """A fault for each number of a pattern that is not above the one before it."""
    before: float | None = None
    for where, number in reading.each(*pattern, under=under):
        # To Python true is a number, too.
        if isinstance(number, bool) or not isinstance(number, int | float):
            continue
        if before is not None and number <= before:
            problem = f"{what} do not rise ({number} after {before})"
            yield reading.fault(where, problem, "Put them in order, the lowest first")
        before = number
