"""Opens a table of survey replies, CSV or XLSX, and gives its rows one by one.

What a file is, is told from what is in it. It is looked through once, for its letters and its
digest, before a row is read; no more than one row is in memory at a time, except for the texts
that a workbook keeps apart.
"""

import codecs
import csv
import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn

from benchmarking.imports import survey_workbooks
from benchmarking.imports.refusal import Fault, ImportRefused, shown_name

# What a page takes; a command takes more.
PAGE_BYTES = 50 * 1024 * 1024
MOST_BYTES = 4 * 1024**3
MOST_ROWS = 2_000_000
MOST_COLUMNS = 500
MOST_IN_A_LINE = 1_000_000

_PIECE = 1024 * 1024
_TELL_EVERY = 2_000
_DIVIDERS = (",", ";", "\t")
_NOT_TABLES = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook, or one with a password"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip file"),
    (b"<", "a web page"),
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
)
_SAVE_AS = "Save the replies as CSV UTF-8 (comma delimited) or as .xlsx, and choose that"

Rows = Iterator[tuple[int, list[str]]]
# Told how far the reading has come, from 0 to 1.
Told = Callable[[float], None]


@dataclass(frozen=True)
class Table:
    """A file of replies. ``header`` has the names of its columns as they stand there."""

    name: str
    sha256: str
    header: tuple[str, ...]
    remarks: tuple[str, ...]
    _read: Callable[[Told], Rows]

    def rows(self, told: Told = lambda share: None) -> Rows:
        """(spreadsheet row number, cells) of each row below the header that is not blank.

        Raises:
            ImportRefused: the file breaks off, or passes a limit.
        """
        for place, (number, cells) in enumerate(self._read(told)):
            if place > MOST_ROWS:
                _refuse(self.name, f"it has more than {MOST_ROWS:,} rows", "Import it in parts")
            if place:
                yield number, cells


def open_table(source: Path | bytes, name: str = "", most_bytes: int = MOST_BYTES) -> Table:
    """The table in a file.

    Args:
        source: the path of the file, or its bytes.
        name: what it is called in messages.
        most_bytes: how large it may be.

    Raises:
        ImportRefused: it is empty, too large or no table.
    """
    called = shown_name(name or (source.name if isinstance(source, Path) else "the file"))
    try:
        with _opened(source) as raw:
            size = raw.seek(0, io.SEEK_END)
            _check_size(called, size, most_bytes)
            raw.seek(0)
            start = raw.read(64)
    except OSError:
        _refuse(called, "it cannot be read", "Check that it is there, open to you and not in use")
    read, remarks, digest = _reader(source, called, start, size)
    _, header = next(read(lambda share: None), (0, []))
    if not header:
        _refuse(called, "it has no row at all", "Choose the file with the replies")
    if len(header) > MOST_COLUMNS:
        _refuse(called, f"it has more than {MOST_COLUMNS} columns", "Keep the ones with answers")
    return Table(called, digest, tuple(cell.strip() for cell in header), remarks, read)


def _opened(source: Path | bytes) -> BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def _check_size(name: str, size: int, most: int) -> None:
    if not size:
        _refuse(name, "it is empty", "Choose the file with the replies")
    if size > most:
        remedy = "Divide it into smaller files, or ask whoever runs the server to import it"
        _refuse(name, f"it is larger than {most // 1024**2:,} MB", remedy)


def _reader(
    source: Path | bytes, name: str, start: bytes, size: int
) -> tuple[Callable[[Told], Rows], tuple[str, ...], str]:
    """How its rows are read, what is to be said of that, and the digest of the file."""
    digest, encoding, problem = _looked_through(source)
    if start.startswith(b"PK\x03\x04"):
        remarks = survey_workbooks.check(source, name)
        return lambda told: survey_workbooks.rows(source, name, MOST_COLUMNS, told), remarks, digest
    seen = start.lstrip(b"\xef\xbb\xbf \r\n\t")
    for mark, what in _NOT_TABLES:
        if start.startswith(mark) or seen.startswith(mark):
            _refuse(name, f"this is {what}, not a table of replies", _SAVE_AS)
    if problem:
        _refuse(name, problem, _SAVE_AS)
    divider = _divider(source, name, encoding)
    said = "It is not in UTF-8 and was read as Windows-1252, so check accents in names."
    remarks = () if encoding == "utf-8-sig" else (said,)
    return lambda told: _csv_rows(source, name, encoding, divider, size, told), remarks, digest


def _looked_through(source: Path | bytes) -> tuple[str, str, str]:
    """The digest of a file, how its letters are written, and why they cannot be read."""
    digest, problem = hashlib.sha256(), ""
    decoders = {kind: codecs.getincrementaldecoder(kind)() for kind in ("utf-8-sig", "cp1252")}
    with _opened(source) as raw:
        while piece := raw.read(_PIECE):
            digest.update(piece)
            if b"\0" in piece:
                problem = "this is not a text file"
            decoders = {kind: one for kind, one in decoders.items() if _decodes(one, piece)}
    decoders = {kind: one for kind, one in decoders.items() if _decodes(one, b"", True)}
    if not decoders:
        problem = problem or "its letters are neither UTF-8 nor Windows-1252"
    return digest.hexdigest(), next(iter(decoders), ""), problem


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False
    return True


def _divider(source: Path | bytes, name: str, encoding: str) -> str:
    """The mark between its columns: the one that divides its first line most often."""
    with _opened(source) as raw, io.TextIOWrapper(raw, encoding, newline="") as text:
        line = next(_lines(text, name), "")
    return max(_DIVIDERS, key=line.count)


def _csv_rows(
    source: Path | bytes, name: str, encoding: str, divider: str, size: int, told: Told
) -> Rows:
    number = 0
    with _opened(source) as raw, io.TextIOWrapper(raw, encoding, newline="") as text:
        try:
            for cells in csv.reader(_lines(text, name), delimiter=divider, strict=True):
                number += 1
                if number % _TELL_EVERY == 0:
                    told(raw.tell() / size)
                if any(cells) and any(cell.strip() for cell in cells):
                    yield number, cells
        except csv.Error:
            remedy = "Look for a stray quotation mark, or save it anew"
            _refuse(name, f"it stops being a CSV file after row {number:,}", remedy)
    told(1.0)


def _lines(text: io.TextIOWrapper, name: str) -> Iterator[str]:
    """Its lines; a file without line ends would otherwise come into memory whole."""
    while line := text.readline(MOST_IN_A_LINE):
        if len(line) == MOST_IN_A_LINE:
            _refuse(name, f"it has a line of {MOST_IN_A_LINE:,} letters or more", _SAVE_AS)
        yield line


def _refuse(where: str, problem: str, remedy: str) -> NoReturn:
    raise ImportRefused([Fault(where, problem, remedy)])
