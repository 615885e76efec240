"""Replies to the complainant survey from a trust's own file, row by row, every cell checked.

What is kept of a reply while a file is read is a digest and one byte for each item, so that a
file of two million replies stays within half a gigabyte. Its id never leaves this module.
"""

import re
from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np

from benchmarking.imports.refusal import Fault, shown
from benchmarking.imports.survey_layout import RESPONSE_ID, TRUST, Layout, normal
from benchmarking.imports.survey_tables import Table, Told
from benchmarking.replies import SKIPPED

# Faults that are kept in full; of more a report gives the number.
MOST_FAULTS = 20_000
LONGEST_ID = 200
_KEPT_SPELLINGS = 1_000

_LIKE_MARKUP = re.compile(r"<[A-Za-z!/]")
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)

# Given the code of a trust and what tells one reply from another: the digest of both.
Digest = Callable[[str, str], bytes]


@dataclass(frozen=True)
class RowFault:
    """One thing wrong in one row: in which column, what stands there, what to do about it."""

    row: int
    column: str
    value: str
    problem: str
    remedy: str

    @property
    def as_fault(self) -> Fault:
        """The same with its place in words: "row 12, column cs-1.1"."""
        where = f"row {self.row:,}" + (f", column {self.column}" if self.column else "")
        return Fault(where, self.problem, self.remedy)


@dataclass(frozen=True, eq=False)
class Replies:
    """Replies of one trust: a digest each, and a row each of (replies x items) numbers."""

    keys: tuple[bytes, ...]
    answers: np.ndarray

    def __len__(self) -> int:
        return len(self.keys)


def no_replies(items: int) -> Replies:
    """Not one reply."""
    return Replies((), np.zeros((0, items), dtype=np.uint8))


@dataclass(frozen=True, eq=False)
class SurveyFile:
    """What a file says.

    ``by_trust`` has the replies that can be read, by the trust's code. ``blank`` counts rows
    without any answer, ``repeated`` those that stand there twice with the same answers,
    ``refused`` those with a fault. ``recognised`` counts the answers of each item.
    """

    name: str
    sha256: str
    rows: int
    blank: int
    repeated: int
    refused: int
    faults: tuple[RowFault, ...]
    more_faults: int
    by_trust: Mapping[str, Replies]
    recognised: tuple[int, ...]
    set_aside: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Whose:
    """Whose rows may stand in a file: of these trusts; of ``own`` alone where it is set."""

    trusts: Collection[str]
    own: str | None = None


def read(
    table: Table, layout: Layout, items: int, whose: Whose, digest: Digest, told: Told
) -> SurveyFile:
    """Every reply in a file, and everything that is wrong with it.

    Args:
        table: the file.
        layout: what its columns hold.
        items: how many items the survey has.
        whose: whose rows may stand in it.
        digest: makes the key of a reply.
        told: told how far the reading has come.

    Raises:
        ImportRefused: the file itself breaks off, or passes a limit.
    """
    gathered = _Gathering(layout, whose, digest)
    for number, cells in table.rows(told):
        gathered.take(number, cells)
    by_trust = gathered.by_trust(items)
    counts = [np.count_nonzero(found.answers, axis=0) for found in by_trust.values()]
    recognised = np.sum(counts, axis=0) if counts else np.zeros(items, dtype=int)
    return SurveyFile(
        name=table.name,
        sha256=table.sha256,
        rows=gathered.rows,
        blank=gathered.blank,
        repeated=gathered.repeated,
        refused=gathered.refused,
        faults=tuple(gathered.faults),
        more_faults=gathered.more_faults,
        by_trust=by_trust,
        recognised=tuple(int(count) for count in recognised),
        set_aside=tuple(shown(column) for column in layout.set_aside),
        remarks=table.remarks,
    )


class _Values(dict[str, int]):
    """The number of each value; a spelling that means the same is learnt when it is first met."""

    def __init__(self, values: Mapping[str, int]):
        super().__init__(values)
        self._values = {**values, "": SKIPPED}

    def __missing__(self, said: str) -> int:
        number = self._values[normal(said)]
        if len(self) < _KEPT_SPELLINGS:
            self[said] = number
        return number


class _Gathering:
    """What has been read of a file so far."""

    def __init__(self, layout: Layout, whose: Whose, digest: Digest):
        self.rows = self.blank = self.repeated = self.refused = self.more_faults = 0
        self.faults: list[RowFault] = []
        self._layout, self._whose, self._digest = layout, whose, digest
        self._values = _Values(layout.values)
        self._columns = tuple(layout.item_at.values())
        self._picked = _picking(self._columns)
        self._width = len(layout.header)
        # One entry a reply: what is said, whose it is, where it stands, and under which key.
        self._answers = bytearray()
        self._trusts: dict[str, int] = {}
        self._trust_of = array("H")
        self._row_of = array("I")
        self._place_of: dict[bytes, int] = {}
        self._contradicted: set[bytes] = set()

    def take(self, number: int, cells: list[str]) -> None:
        """Takes in one row, or notes what is wrong with it."""
        self.rows += 1
        faults = self._width_faults(number, cells)
        if faults:
            self._refuse(faults)
            return
        try:
            answers = bytes(map(self._values.__getitem__, self._picked(cells)))
        except KeyError:
            self._refuse(self._faults(number, cells))
            return
        if not any(answers):
            self.blank += 1
            return
        faults = [*self._trust_faults(number, cells), *self._id_faults(number, cells)]
        if faults:
            self._refuse(faults)
        else:
            self._keep(number, cells, answers)

    def by_trust(self, items: int) -> dict[str, Replies]:
        """The replies that stand, by trust; the answers as one byte for each item."""
        keys = list(self._place_of)
        stands = np.array([key not in self._contradicted for key in keys], dtype=bool)
        trust_of = np.array(self._trust_of)
        read = np.frombuffer(bytes(self._answers), dtype=np.uint8)
        read = read.reshape(len(keys), len(self._columns))
        found = {}
        for code, trust in sorted(self._trusts.items()):
            places = np.flatnonzero((trust_of == trust) & stands)
            answers = np.zeros((places.size, items), dtype=np.uint8)
            answers[:, list(self._layout.item_at)] = read[places]
            if places.size:
                found[code] = Replies(tuple(keys[place] for place in places), answers)
        return found

    def _keep(self, number: int, cells: list[str], answers: bytes) -> None:
        code = self._code(cells)
        key = self._digest(code, self._told_apart_by(number, cells, answers))
        place = self._place_of.setdefault(key, len(self._place_of))
        if place == len(self._row_of):
            self._answers += answers
            self._trust_of.append(self._trusts.setdefault(code, len(self._trusts)))
            self._row_of.append(number)
        elif key not in self._contradicted and self._answers_at(place) == answers:
            self.repeated += 1
        else:
            self._contradict(number, cells, key, self._row_of[place])

    def _answers_at(self, place: int) -> bytes:
        width = len(self._columns)
        return bytes(self._answers[place * width : (place + 1) * width])

    def _told_apart_by(self, number: int, cells: list[str], answers: bytes) -> str:
        if self._layout.id_at is None:
            return f"row {number} {answers.hex()}"
        return cells[self._layout.id_at].strip()

    def _contradict(self, number: int, cells: list[str], key: bytes, first: int) -> None:
        """Neither of two rows with one id counts: nobody knows which of them is right."""
        said = cells[self._layout.id_at or 0]
        problem = (
            f"{_quoted(said)} is the id of row {first:,}, too, which says something else, so "
            f"neither counts"
        )
        remedy = "Keep the right one of the two rows, or give one of them its own id"
        if key not in self._contradicted:
            self._contradicted.add(key)
            self.refused += 1
        self._refuse([self._fault(number, self._id_column, said, problem, remedy)])

    def _refuse(self, faults: Sequence[RowFault]) -> None:
        self.refused += 1
        room = MOST_FAULTS - len(self.faults)
        self.faults += faults[:room]
        self.more_faults += len(faults[room:])

    def _faults(self, number: int, cells: list[str]) -> list[RowFault]:
        return [
            *self._id_faults(number, cells),
            *self._trust_faults(number, cells),
            *self._value_faults(number, cells),
        ]

    def _width_faults(self, number: int, cells: list[str]) -> list[RowFault]:
        is_full = len(cells) >= self._width
        if is_full and not any(cell.strip() for cell in cells[self._width :]):
            return []
        problem = f"it has {len(cells)} cells, the header has {self._width}"
        remedy = "Give each row as many cells as the header; put quotation marks around commas"
        return [self._fault(number, "", "", problem, remedy)]

    def _value_faults(self, number: int, cells: list[str]) -> list[RowFault]:
        offered = ", ".join(shown(one, 40) for one in self._layout.offered[:12])
        faults = []
        for at in self._columns:
            said = cells[at]
            if normal(said) not in self._layout.values and said.strip():
                problem, remedy = _unknown(said, f"Write one of: {offered}. Or leave it blank")
                faults.append(self._fault(number, self._layout.header[at], said, problem, remedy))
        return faults

    def _trust_faults(self, number: int, cells: list[str]) -> list[RowFault]:
        at, code = self._layout.trust_at, self._code(cells)
        own = self._whose.own
        if at is None or (code in self._whose.trusts and own in (None, code)):
            return []
        said = _quoted(cells[at]) if cells[at].strip() else "nothing"
        if own is not None:
            problem, remedy = f"{said} is not your trust, {own}", "Take the row out"
        else:
            problem = f"{said} is not the code of a trust here"
            remedy = "Write the code under which the trust is listed here"
        return [self._fault(number, TRUST, cells[at], problem, remedy)]

    def _id_faults(self, number: int, cells: list[str]) -> list[RowFault]:
        if self._layout.id_at is None:
            return []
        said = cells[self._layout.id_at]
        wrong = _wrong_with_id(said.strip())
        return [self._fault(number, self._id_column, said, *wrong)] if wrong else []

    @property
    def _id_column(self) -> str:
        at = self._layout.id_at
        return RESPONSE_ID if at is None else self._layout.header[at]

    def _code(self, cells: list[str]) -> str:
        at = self._layout.trust_at
        return cells[at].strip().upper() if at is not None else self._whose.own or ""

    def _fault(self, row: int, column: str, said: str, problem: str, remedy: str) -> RowFault:
        return RowFault(row, shown(column), shown(said), problem, remedy)


def _picking(columns: Sequence[int]) -> Callable[[list[str]], tuple[str, ...]]:
    """Takes the cells with answers out of a row."""
    if len(columns) == 1:
        return lambda cells: (cells[columns[0]],)
    return itemgetter(*columns)


def _quoted(said: str) -> str:
    return f"“{shown(said)}”"


def _unknown(said: str, write: str) -> tuple[str, str]:
    """What is wrong with a value that is no answer, and what to do."""
    if said.lstrip().startswith("="):
        return f"{_quoted(said)} is a formula, not an answer", "Put its value into the cell"
    return f"{_quoted(said)} is not an answer of the survey", write


def _wrong_with_id(said: str) -> tuple[str, str] | None:
    """What is wrong with the id of a reply, and what to do; None where nothing is."""
    if not said:
        return "the id is missing", "Give each reply an id of its own, the same in every file"
    if len(said) > LONGEST_ID:
        return f"it has more than {LONGEST_ID} letters", "Give each reply a short id"
    if said.startswith("="):
        return f"{_quoted(said)} is a formula, not an id", "Put its value into the cell"
    if _LIKE_MARKUP.search(said):
        return f"{_quoted(said)} holds marks of a web page", "Write the id as plain text"
    if _SHORTENED.fullmatch(said):
        problem = f"{_quoted(said)} is a number that a spreadsheet has shortened"
        return problem, "Format the column as text and bring the ids in again"
    return None
