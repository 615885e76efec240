"""A list of closed complaints is taken whole or refused with every fault, and names nobody."""

import io
from datetime import date, datetime

import openpyxl
import pytest

from benchmarking.imports.file_frame import Allowed, from_pasted, read
from benchmarking.imports.refusal import ImportRefused
from benchmarking.reviewed_files import ClosedComplaint, Outcome

TODAY = date(2026, 11, 21)
HEADER = "reference,closed_on,outcome\n"


def looks_like(text: str) -> str:
    return "an e-mail address" if "@" in text else ""


ALLOWED = Allowed(TODAY, looks_like)


def found(text: str) -> tuple[ClosedComplaint, ...]:
    return read(text.encode(), ALLOWED, "closed.csv")


def faults(text: str) -> list[str]:
    with pytest.raises(ImportRefused) as refused:
        found(text)
    return [str(fault) for fault in refused.value.faults]


def test_rows_come_in_canonical_order_whatever_order_they_are_in() -> None:
    rows = ["C-2,2026-05-03,other", "C-3,2026-05-01,upheld", "C-1,2026-05-02,Not upheld"]
    one, other = found(HEADER + "\n".join(rows)), found(HEADER + "\n".join(rows[::-1]))
    assert one == other
    assert [row.reference for row in one] == ["C-3", "C-1", "C-2"]


@pytest.mark.parametrize(
    "said",
    ["2026-05-03", "03/05/2026", "3/5/2026", "03/05/26", "03-05-2026", "3 May 2026", "3-May-26"],
)
def test_a_day_is_read_as_british_people_write_it(said: str) -> None:
    assert found(f"{HEADER}C-1,{said},upheld")[0].closed_on == date(2026, 5, 3)


@pytest.mark.parametrize(
    "said, outcome",
    [
        ("Upheld", Outcome.UPHELD),
        ("FULLY UPHELD", Outcome.UPHELD),
        ("partially upheld", Outcome.PARTLY_UPHELD),
        ("Partly-upheld", Outcome.PARTLY_UPHELD),
        ("not_upheld", Outcome.NOT_UPHELD),
        (" other ", Outcome.OTHER),
    ],
)
def test_an_outcome_is_read_however_it_is_spelt(said: str, outcome: Outcome) -> None:
    assert found(f"{HEADER}C-1,2026-05-03,{said}")[0].outcome is outcome


def test_columns_may_stand_in_any_order_and_bear_capitals() -> None:
    text = "Outcome,Closed on,REFERENCE\nupheld,2026-05-03,C-1\n"
    assert found(text) == (ClosedComplaint("C-1", date(2026, 5, 3), Outcome.UPHELD),)


def test_a_column_beyond_the_three_is_refused_by_name() -> None:
    text = "reference,closed_on,outcome,Name of patient,<b>Ward</b>\nC-1,2026-05-03,other,x,y\n"
    remedy = "Take the column out: a frame holds references, days and outcomes, and names nobody."
    assert faults(text) == [
        f"closed.csv: the column Name of patient is not asked. {remedy}",
        f"closed.csv: the column <b>Ward</b> is not asked. {remedy}",
    ]


def test_a_column_that_is_missing_is_named() -> None:
    assert faults("reference,outcome\nC-1,other\n") == [
        "closed.csv: the column closed_on is missing. Name the columns as in the template: "
        "reference, closed_on, outcome."
    ]


@pytest.mark.parametrize(
    "row, told",
    [
        ("Mrs Smith,2026-05-03,other", "row 2, column reference: Mrs Smith is not a reference"),
        (",2026-05-03,other", "row 2, column reference: nothing is not a reference"),
        ("a1@b.org,2026-05-03,other", "row 2, column reference: the reference looks like an e-"),
        ("=1+1,2026-05-03,other", "row 2, column reference: =1+1 is not a reference"),
        (f"C{'1' * 40},2026-05-03,other", "row 2, column reference: it is longer than 40"),
        ("C-1,2026-02-30,other", "row 2, column closed_on: 2026-02-30 is not a day"),
        ("C-1,46145,other", "row 2, column closed_on: 46145 is not a day"),
        ("C-1,2026-11-22,other", "row 2, column closed_on: 2026-11-22 has not come yet"),
        ("C-1,1926-05-03,other", "row 2, column closed_on: 1926-05-03 is before the complaints"),
        ("C-1,2026-05-03,yes", "row 2, column outcome: yes is not an outcome. Write one of: "),
        ("C-1,2026-05-03", "row 2: it has 2 cells, the header has 3"),
    ],
)
def test_a_row_that_cannot_be_is_told_where_and_why(row: str, told: str) -> None:
    (fault,) = faults(HEADER + row)
    assert fault.startswith(told)


def test_what_may_tell_who_somebody_is_is_not_repeated() -> None:
    assert "a1@b.org" not in faults(f"{HEADER}a1@b.org,2026-05-03,other")[0]


def test_every_fault_is_told_at_once_in_the_order_of_rows() -> None:
    rows = "C-1,2026-05-03,other\nMr X,2026-05-03,other\nc-1,2026-05-04,upheld\nC-9,soon,maybe\n"
    assert [fault.split(":")[0] for fault in faults(HEADER + rows)] == [
        "row 3, column reference",
        "row 4",
        "row 5, column closed_on",
        "row 5, column outcome",
    ]


def test_a_reference_stands_there_once_whatever_its_capitals() -> None:
    assert faults(f"{HEADER}C-1,2026-05-03,other\nc-1,2026-05-04,upheld\n") == [
        "row 3: c-1 is in row 2 already. Keep one of the two rows."
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_rows_are_pasted_from_a_spreadsheet_or_a_file(mark: str) -> None:
    text = "reference,closed_on,outcome\r\nC-1,2026-05-03,other\r\n".replace(",", mark)
    assert read(from_pasted(text), ALLOWED)[0].reference == "C-1"


def workbook(*rows: tuple[str | int | date, ...]) -> bytes:
    book, written = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    book.save(written)
    return written.getvalue()


def test_the_first_sheet_of_a_workbook_is_read_with_its_days() -> None:
    content = workbook(
        ("Reference", "Closed on", "Outcome"),
        ("C-1", date(2026, 5, 3), "Upheld"),
        (2031, datetime(2026, 5, 4), "other"),
    )
    assert read(content, ALLOWED, "closed.xlsx") == (
        ClosedComplaint("C-1", date(2026, 5, 3), Outcome.UPHELD),
        ClosedComplaint("2031", date(2026, 5, 4), Outcome.OTHER),
    )


def test_a_workbook_with_a_further_column_or_no_rows_is_refused() -> None:
    header = ("reference", "closed_on", "outcome")
    with pytest.raises(ImportRefused, match="the column Patient is not asked"):
        read(workbook((*header, "Patient"), ("C-1", date(2026, 5, 3), "other", "X")), ALLOWED)
    with pytest.raises(ImportRefused, match="it has a header at most, and no rows"):
        read(workbook(header), ALLOWED)


@pytest.mark.parametrize(
    "content, told",
    [
        (b"", "it is empty"),
        (b"PK\x03\x04[Content_Types].xml", "this workbook is damaged"),
        (b"PK\x03\x04", "this is a ZIP, not a CSV file"),
        (b"<html>", "this is a web page, not a CSV file"),
        (b"reference;closed_on;outcome\nC-1;2026-05-03;other\n", "divided by something else"),
        (b"reference,closed_on,outcome\n", "it has a header at most, and no rows"),
    ],
)
def test_what_is_no_list_is_told_what_to_do(content: bytes, told: str) -> None:
    with pytest.raises(ImportRefused, match=told) as refused:
        read(content, ALLOWED, "closed.csv")
    assert "Save the table as CSV UTF-8" in str(refused.value)
