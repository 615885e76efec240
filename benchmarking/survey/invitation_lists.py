"""A list of closed complaints as a trust brings it: references and days, and nobody's name."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from benchmarking import personal_details
from benchmarking.assessing.drafts import CannotSave
from benchmarking.personal_details import Kind
from benchmarking.texts import visible

# A QR code takes some milliseconds, and somebody waits for the file.
MOST_COMPLAINTS = 2_000
LARGEST_BYTES = 1_000_000
LONGEST_REFERENCE = 40
MOST_FAULTS = 20

TEMPLATE = "Reference,Closed\r\nC/2026/0001,30/09/2026\r\nC/2026/0002,02/10/2026\r\n"

_REFERENCE = frozenset({"reference", "complaint reference", "ref", "complaint ref"})
_CLOSED = frozenset({"closed", "closed date", "date closed", "closed on", "closing date"})
_USABLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/_.\- ]*")
_DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d-%m-%Y", "%d.%m.%Y")


@dataclass(frozen=True, order=True)
class Complaint:
    """One closed complaint. The reference is the trust's own, and is never stored."""

    reference: str
    closed_on: date


@dataclass(frozen=True)
class ComplaintList:
    """Closed complaints in the order of their references, each once.

    ``unread`` are the headings of columns that were left alone.
    """

    complaints: tuple[Complaint, ...]
    unread: tuple[str, ...] = ()


class UnusableList(CannotSave):
    """The list cannot be used. ``faults`` says why, one sentence for each line."""

    def __init__(self, faults: Sequence[str]):
        super().__init__(" ".join(faults))
        self.faults = tuple(faults)


def text_of(content: bytes) -> str:
    """The text of an uploaded file.

    Raises:
        UnusableList: it is too large, or no text.
    """
    if len(content) > LARGEST_BYTES:
        most = f"{LARGEST_BYTES // 1000:,} kB"
        raise UnusableList([f"The file is larger than {most}. Leave out all columns but two."])
    if b"\0" in content:
        raise UnusableList(["This is not a CSV file. In your spreadsheet, save the list as CSV."])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def read(text: str, today: date) -> ComplaintList:
    """The list in a text, as pasted from a spreadsheet or read from a CSV file.

    Args:
        text: a line for each complaint, with its reference and the day on which it was closed;
            a line with headings may go before. Columns under other headings are not read.
        today: a complaint closed later than this is refused.

    Raises:
        UnusableList: with a sentence for each line that cannot be used.
    """
    if len(text) > LARGEST_BYTES:
        raise UnusableList(["The list is too long. Leave out all but two columns."])
    lines = [(number, cells) for number, cells in _lines(text) if any(cells)]
    if not lines:
        raise UnusableList(["The list is empty. Paste it, or choose a file."])
    places, unread, rest = _columns(lines)
    if len(rest) > MOST_COMPLAINTS:
        most = f"{MOST_COMPLAINTS:,} or fewer at a time"
        raise UnusableList([f"The list has {len(rest):,} complaints. Bring {most}."])
    return ComplaintList(_complaints(rest, places, today), unread)


_Line = tuple[int, list[str]]


def _lines(text: str) -> Iterator[_Line]:
    first = text.partition("\n")[0]
    separator = next((one for one in ("\t", ";") if one in first), ",")
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        for cells in rows:
            yield rows.line_num, [cell.strip() for cell in cells]
    except csv.Error:
        raise UnusableList(
            [f"Line {rows.line_num}: this is not a line of a table. Look at its quotation marks."]
        ) from None


def _columns(lines: Sequence[_Line]) -> tuple[tuple[int, int], tuple[str, ...], Sequence[_Line]]:
    """The places of the two columns, headings that are not read, and the lines below them."""
    headings = [cell.casefold() for cell in lines[0][1]]
    reference = next((n for n, name in enumerate(headings) if name in _REFERENCE), None)
    closed = next((n for n, name in enumerate(headings) if name in _CLOSED), None)
    if reference is not None and closed is not None:
        named = enumerate(lines[0][1])
        unread = [name for n, name in named if n not in (reference, closed) and name]
        return (reference, closed), tuple(map(visible, unread)), lines[1:]
    if any(len(cells) != 2 for _, cells in lines):
        raise UnusableList(
            [
                "Give two columns: the reference and the day on which the complaint was closed. "
                "If there are more, put headings above them: Reference and Closed. The others "
                "are not read."
            ]
        )
    return (0, 1), (), lines


def _complaints(
    lines: Sequence[_Line], places: tuple[int, int], today: date
) -> tuple[Complaint, ...]:
    found: dict[str, Complaint] = {}
    faults: list[str] = []
    for number, cells in lines:
        padded = [*cells, *[""] * max(places)]
        reference, said = (padded[place] for place in places)
        closed_on = _day(said)
        fault = _fault(reference, closed_on, today) or _twice(reference, found)
        if fault:
            faults.append(f"Line {number}: {fault}")
        elif closed_on is not None:
            found[reference] = Complaint(reference, closed_on)
    if faults:
        more = len(faults) - MOST_FAULTS
        raise UnusableList(faults[:MOST_FAULTS] + [f"And {more:,} more."] * (more > 0))
    if not found:
        raise UnusableList(["There is no complaint below the headings. Add some."])
    return tuple(sorted(found.values()))


def _twice(reference: str, found: dict[str, Complaint]) -> str:
    return f"{visible(reference)} stands there twice." if reference in found else ""


def _fault(reference: str, closed_on: date | None, today: date) -> str:
    """What is wrong with a line; empty where nothing is. What is no reference is not repeated."""
    if closed_on is None:
        return _fault_of(reference) or "the day is missing or not written as 30/09/2026."
    if closed_on > today:
        return "the day lies in the future. Only people whose complaint is closed are asked."
    return _fault_of(reference)


def _fault_of(reference: str) -> str:
    if not reference:
        return "the reference is missing."
    if len(reference) > LONGEST_REFERENCE:
        return f"a reference has at most {LONGEST_REFERENCE} characters."
    if not _USABLE.fullmatch(reference) or not any(c.isdigit() for c in reference):
        return "this is no reference. It has a number in it, and no name. Leave names out."
    if Kind.NHS_NUMBER in personal_details.kinds([reference]):
        return "this looks like an NHS number. Use the complaint's own reference."
    return ""


def _day(said: str) -> date | None:
    for form in _DAYS:
        try:
            # A day has no time zone.
            return datetime.strptime(said, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None
