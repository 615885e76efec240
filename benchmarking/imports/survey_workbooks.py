"""The rows of the first sheet of an Excel workbook, read one by one.

A workbook is a packed folder of XML, so what it may unpack to is limited before anything is
read, and a part that declares a document type is refused: no spreadsheet program writes one, and
entities live there. Formulas are not worked out: they come as they are written, "=A1+1".
"""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import NoReturn

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from benchmarking.imports.refusal import Fault, ImportRefused, shown

MOST_UNPACKED = 500 * 1024 * 1024
# The texts that cells share are in memory all at once.
MOST_SHARED = 50 * 1024 * 1024
MOST_PARTS = 500

_SHARED = "xl/sharedStrings.xml"
_ACTIVE = re.compile(r"vbaproject|macrosheets/|activex|externallinks/|oleobject", re.IGNORECASE)
_FIRST_TAG = re.compile(rb"<[A-Za-z]")
_HEAD = 65_536
_SAVE_ANEW = "Save the sheet with the replies as a new .xlsx, or as CSV UTF-8"
_TELL_EVERY = 500
# What a damaged or hostile workbook brings out of zipfile, the XML parser and openpyxl.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, InvalidFileException, SyntaxError, EOFError, OSError),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, NotImplementedError),
    *(OverflowError, RuntimeError),
)


def check(source: Path | bytes, name: str) -> tuple[str, ...]:
    """What is to be said of how the workbook is read.

    Raises:
        ImportRefused: it is no workbook, has a password, macros or links to others, or unpacks
            to far more than it seems.
    """
    try:
        with zipfile.ZipFile(_seekable(source)) as parts:
            _check_parts(parts, name)
        with _Book(source) as book:
            titles = [shown(title) for title in book.sheet_titles]
    except _BROKEN:
        _refuse(name, "this workbook is damaged", _SAVE_ANEW)
    if not titles:
        _refuse(name, "this workbook has no sheet with cells", _SAVE_ANEW)
    if len(titles) == 1:
        return ()
    return (f"It has {len(titles)} sheets. Only the first one was read, “{titles[0]}”.",)


def rows(
    source: Path | bytes, name: str, most_columns: int, told: Callable[[float], None]
) -> Iterator[tuple[int, list[str]]]:
    """(row number, cells) of each row that is not blank, the header first.

    Each row has at least as many cells as the header.
    """
    width = 0
    try:
        with _Book(source) as book:
            for number, values in book.first_sheet():
                if number % _TELL_EVERY == 0:
                    told(min(1.0, number / max(book.height, number)))
                cells = [_text(value) for value in values]
                while cells and not cells[-1].strip():
                    cells.pop()
                if not cells:
                    continue
                width = width or len(cells)
                if len(cells) > most_columns:
                    _refuse(name, f"it has more than {most_columns} columns", _SAVE_ANEW)
                yield number, cells + [""] * (width - len(cells))
    except _BROKEN:
        _refuse(name, "this workbook is damaged", _SAVE_ANEW)
    told(1.0)


class _Book:
    """An open workbook: closed at the end, whatever happens."""

    def __init__(self, source: Path | bytes):
        # Excel notes things that openpyxl does not know; they are not about cells.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._book = openpyxl.load_workbook(
                _seekable(source), read_only=True, data_only=False, keep_links=False
            )
        self.sheet_titles: Sequence[str] = [sheet.title for sheet in self._book.worksheets]
        self.height = 0

    def __enter__(self) -> "_Book":
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    def first_sheet(self) -> Iterator[tuple[int, tuple[object, ...]]]:
        """Its rows, numbered; as wide as they are, whatever the sheet says of its size."""
        sheet = self._book.worksheets[0]
        self.height = sheet.max_row or 0
        sheet.reset_dimensions()  # type: ignore[union-attr]
        yield from enumerate(sheet.iter_rows(values_only=True), start=1)


def _seekable(source: Path | bytes) -> str | io.BytesIO:
    return io.BytesIO(source) if isinstance(source, bytes) else str(source)


def _check_parts(parts: zipfile.ZipFile, name: str) -> None:
    listed = parts.infolist()
    names = [part.filename for part in listed]
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        _refuse(name, "this is a packed file, and no Excel workbook", "Unpack it first")
    # Python unpacks no part further than the size that its directory gives.
    unpacked = sum(part.file_size for part in listed)
    shared = sum(part.file_size for part in listed if part.filename == _SHARED)
    if unpacked > MOST_UNPACKED or shared > MOST_SHARED or len(listed) > MOST_PARTS:
        problem = "this workbook unpacks to more than can be read here"
        _refuse(name, problem, "Save the replies as CSV UTF-8 (comma delimited)")
    if len(set(names)) < len(names) or any(part.flag_bits & 1 for part in listed):
        _refuse(name, "this workbook has a password or is damaged", _SAVE_ANEW)
    if any(_ACTIVE.search(part) for part in names):
        problem = "this workbook holds macros, objects or links to other workbooks"
        _refuse(name, problem, _SAVE_ANEW)
    for part in listed:
        if part.filename.lower().endswith((".xml", ".rels")):
            _check_declares_nothing(parts, part, name)


def _check_declares_nothing(parts: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    with parts.open(part) as opened:
        head = opened.read(_HEAD)
    first = _FIRST_TAG.search(head)
    if b"\0" in head or first is None or b"<!" in head[: first.start()]:
        _refuse(name, "this workbook is not as spreadsheet programs write it", _SAVE_ANEW)


def _text(value: object) -> str:
    """A cell as text: whole numbers without a point, days as in 2026-11-22."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool | int | float):
        return str(value)
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return f"={value}"


def _refuse(where: str, problem: str, remedy: str) -> NoReturn:
    raise ImportRefused([Fault(where, problem, remedy)])
