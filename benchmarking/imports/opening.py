"""Opens a file somebody hands in, as CSV or ZIP, within limits that hold before unpacking.

The type is told from the content, never from the name. Nothing is written to disk.
"""

import csv
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from benchmarking.imports.refusal import Fault, ImportRefused, shown_name

# The publisher's ZIP is 0.5 MB and its largest member 2.5 MB.
MOST_BYTES = 5_000_000
MOST_UNPACKED = 10_000_000
MOST_MEMBERS = 100
# The longest header seen is 3,200 bytes.
HEAD_BYTES = 65_536
# KO41a has 86 columns and 279 rows.
MOST_COLUMNS = 500
MOST_ROWS = 5_000
# Room for a whole header in one cell: so looks a file that is divided by semicolons.
MOST_IN_A_CELL = 10_000

_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError)
_NOT_TABLES = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip file"),
    (b"<", "a web page"),
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
)


@dataclass(frozen=True)
class Handed:
    """A file as it was handed in."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def is_zip(self) -> bool:
        return self.content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


@dataclass(frozen=True)
class Table:
    """A CSV file as text. ``rows`` are (spreadsheet row number, cells); blank rows are left out."""

    name: str
    sha256: str
    encoding: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def take(source: Path | bytes, name: str = "the file") -> Handed:
    """The file, if it is there and not too large.

    Raises:
        ImportRefused: it is missing, empty, too large or cannot be read.
    """
    if isinstance(source, bytes):
        handed = Handed(shown_name(name), source)
    else:
        handed = Handed(shown_name(source.name), _read(source))
    if len(handed.content) > MOST_BYTES:
        _refuse(handed.name, "it is larger than 5 MB", "Choose the publisher's own file")
    if not handed.content:
        _refuse(handed.name, "it is empty", "Download it again")
    return handed


def csv_names(handed: Handed) -> tuple[str, ...]:
    """Names of the CSV files inside, as stored; the file's own where it is no ZIP.

    Raises:
        ImportRefused: a damaged ZIP, or something that is no table at all.
    """
    if not handed.is_zip:
        _check_text(handed)
        return (handed.name,)
    infos = _infos(handed)
    if any(info.filename == "[Content_Types].xml" for info in infos):
        remedy = "Choose the CSV file or the ZIP of the same publication"
        _refuse(handed.name, "this is a workbook", remedy)
    names = [i.filename for i in infos if i.filename.lower().endswith(".csv")]
    return tuple(name for name in names if not name.startswith("__MACOSX/"))


def head_of(handed: Handed, csv_name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The header and the first row of a CSV file inside, without unpacking the rest."""
    content = _content(handed, csv_name, HEAD_BYTES) if handed.is_zip else handed.content
    if len(content) >= HEAD_BYTES:
        content = content[:HEAD_BYTES].rpartition(b"\n")[0]
    text, _ = _decoded(content, csv_name)
    rows = _parsed(text, csv_name, most_rows=2)
    return (rows[0][1] if rows else ()), (rows[1][1] if len(rows) > 1 else ())


def table_of(handed: Handed, csv_name: str) -> Table:
    """A whole CSV file inside, as text.

    Raises:
        ImportRefused: too large, damaged, not text, or with too many rows or columns.
    """
    content = handed.content
    if handed.is_zip:
        content = _content(handed, csv_name, MOST_UNPACKED + 1)
    if len(content) > MOST_UNPACKED:
        remedy = "Choose the publisher's own file"
        _refuse(shown_name(csv_name), "it unpacks to more than 10 MB", remedy)
    text, encoding = _decoded(content, csv_name)
    rows = _parsed(text, csv_name, most_rows=MOST_ROWS)
    if len(rows) < 2:
        _refuse(shown_name(csv_name), "it has a header at most, and no rows", "Download it again")
    digest = hashlib.sha256(content).hexdigest()
    return Table(shown_name(csv_name), digest, encoding, rows[0][1], tuple(rows[1:]))


def normalised(column: str) -> str:
    """A column name without what publishers vary: capitals, spaces and marks become ``_``."""
    return re.sub(r"[^a-z0-9]+", "_", column.strip().lower()).strip("_")


def _read(path: Path) -> bytes:
    name = shown_name(path.name)
    try:
        if not path.is_file():
            _refuse(name, "there is no such file", "Check the name and the folder")
        with path.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError:
        _refuse(name, "it cannot be read", "Check that it is open to you and not in use")


def _refuse(where: str, problem: str, remedy: str) -> NoReturn:
    raise ImportRefused([Fault(where, problem, remedy)])


def _check_text(handed: Handed) -> None:
    start = handed.content.lstrip(b"\xef\xbb\xbf \r\n\t")[:8]
    for mark, what in _NOT_TABLES:
        if start.startswith(mark) or handed.content.startswith(mark):
            remedy = "Choose the publisher's CSV file or ZIP"
            _refuse(handed.name, f"this is {what}, not a CSV file", remedy)


def _infos(handed: Handed) -> Sequence[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(handed.content)) as opened:
            infos = opened.infolist()
    except _BROKEN:
        _refuse(handed.name, "this ZIP is damaged", "Download it again")
    if len(infos) > MOST_MEMBERS:
        problem = f"this ZIP holds more than {MOST_MEMBERS} files"
        _refuse(handed.name, problem, "Choose the publisher's own ZIP")
    return infos


def _content(handed: Handed, csv_name: str, most: int) -> bytes:
    """At most ``most`` bytes of one member; what its directory claims is not believed."""
    where = f"{handed.name}, {shown_name(csv_name)}"
    info = next(i for i in _infos(handed) if i.filename == csv_name)
    if info.flag_bits & _ENCRYPTED:
        _refuse(where, "it is locked with a password", "Choose the publisher's own ZIP")
    if info.compress_type not in _PACKINGS:
        _refuse(where, "it is packed in an unusual way", "Choose the publisher's own ZIP")
    try:
        with zipfile.ZipFile(io.BytesIO(handed.content)) as opened, opened.open(info) as member:
            return member.read(most)
    except _BROKEN:
        _refuse(where, "it is damaged", "Download the ZIP again")


def _decoded(content: bytes, csv_name: str) -> tuple[str, str]:
    if b"\0" in content:
        _refuse(shown_name(csv_name), "this is not a text file", "Choose the publisher's CSV file")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    problem = "its letters are neither UTF-8 nor Windows-1252"
    _refuse(shown_name(csv_name), problem, "Save it as CSV UTF-8, or download it again")


def _parsed(text: str, csv_name: str, most_rows: int) -> list[tuple[int, tuple[str, ...]]]:
    rows: list[tuple[int, tuple[str, ...]]] = []
    where = shown_name(csv_name)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), 1):
            if len(cells) > MOST_COLUMNS:
                _refuse(where, f"it has more than {MOST_COLUMNS} columns", "Choose another file")
            if any(len(cell) > MOST_IN_A_CELL for cell in cells):
                problem = f"row {number} has a cell of more than {MOST_IN_A_CELL:,} letters"
                _refuse(where, problem, "Choose the publisher's own file")
            if any(cell.strip() for cell in cells):
                rows.append((number, tuple(cells)))
            if len(rows) > most_rows:
                break
    except csv.Error:
        problem = f"it stops being a CSV file after row {rows[-1][0] if rows else 0}"
        _refuse(where, problem, "Look for a stray quotation mark, or download it again")
    if len(rows) > MOST_ROWS:
        _refuse(where, f"it has {MOST_ROWS:,} rows or more", "Choose the publisher's own file")
    return rows
