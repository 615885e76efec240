"""A trust's own file of monthly figures: all of it right, or every fault of it told."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from benchmarking.imports import monthly
from benchmarking.imports.monthly import Allowed, MonthlyFile
from benchmarking.imports.refusal import ImportRefused
from benchmarking.series import shipped

TODAY = date(2026, 11, 21)
HEADER = "trust,series,month,in_time,due"
OWN = Allowed(("DEMO-07",), shipped(), TODAY, own="DEMO-07")
ANY = Allowed(("DEMO-07", "DEMO-08"), shipped(), TODAY)
GOOD = "DEMO-07,answered-in-time,2026-10,18,22"
COUNTS = "Write a whole number, 0 or more; leave both figures blank to say nothing."
AS_CSV = "Save the table as CSV UTF-8 (comma delimited), in parts if it is long, and choose that."


def csv(*rows: str, header: str = HEADER) -> bytes:
    return "\r\n".join([header, *rows]).encode("utf-8")


def read(*rows: str, allowed: Allowed = OWN, header: str = HEADER) -> MonthlyFile:
    return monthly.read(csv(*rows, header=header), allowed, "figures.csv")


def faults(content: bytes, allowed: Allowed = OWN) -> list[str]:
    with pytest.raises(ImportRefused) as refused:
        monthly.read(content, allowed, "figures.csv")
    return [str(fault) for fault in refused.value.faults]


def test_each_row_is_a_month():
    found = read(GOOD, "DEMO-07,acknowledged-in-time,2026-09,0,0")
    assert [(row.number, row.key, row.in_time, row.due) for row in found.rows] == [
        (2, ("DEMO-07", "answered-in-time", date(2026, 10, 1)), 18, 22),
        (3, ("DEMO-07", "acknowledged-in-time", date(2026, 9, 1)), 0, 0),
    ]
    assert (found.name, found.not_filled_in, found.set_aside) == ("figures.csv", 0, ())


@pytest.mark.parametrize(
    "row",
    [
        "demo-07, Answered-In-Time ,Oct-26, 18 ,22",
        "DEMO-07,answered-in-time,October 2026,18,22",
        "DEMO-07,answered-in-time,01/10/2026,18,22",
        '"DEMO-07","answered-in-time","2026-10","18","22"',
    ],
)
def test_what_spreadsheets_change_by_themselves_reads_the_same(row: str):
    assert read(row).rows == read(GOOD).rows


def test_thousands_commas_are_read():
    (row,) = read('DEMO-07,answered-in-time,2026-10,"1,018","1,022"').rows
    assert (row.in_time, row.due) == (1018, 1022)


def test_columns_may_stand_in_any_order_and_bear_capitals():
    (row,) = read(
        "22,18,x,2026-10,answered-in-time,DEMO-07", header="Due,In time,Note,Month,Series,TRUST"
    ).rows
    assert (row.in_time, row.due) == (18, 22)


def test_columns_that_nobody_asked_for_are_named():
    found = read(f"{GOOD},late,", header=f"{HEADER},Why <b>late</b>,")
    assert found.set_aside == ("Why <b>late</b>",)


def test_a_row_that_nobody_filled_in_says_nothing():
    found = read(GOOD, "DEMO-07,answered-in-time,2026-09,,", "DEMO-07,answered-in-time,2026-08, , ")
    assert (len(found.rows), found.not_filled_in) == (1, 2)


def test_the_last_month_that_is_over_may_come_and_the_first_under_the_regulations():
    found = read("DEMO-07,answered-in-time,2026-10,1,1", "DEMO-07,answered-in-time,2009-04,1,1")
    assert len(found.rows) == 2


# One fault each: the row, and what is told.
ONE_FAULT = {
    "DEMO-08,answered-in-time,2026-10,18,22": (
        "row 2, column trust: DEMO-08 is not your trust, DEMO-07. Take the row out, or correct "
        "the code."
    ),
    "NOBODY,answered-in-time,2026-10,18,22": (
        "row 2, column trust: NOBODY is not your trust, DEMO-07. Take the row out, or correct "
        "the code."
    ),
    ",answered-in-time,2026-10,18,22": (
        "row 2, column trust: nothing is not your trust, DEMO-07. Take the row out, or correct "
        "the code."
    ),
    "DEMO-07,answered,2026-10,18,22": (
        "row 2, column series: answered is not a series. Write one of: acknowledged-in-time, "
        "answered-in-time."
    ),
    "DEMO-07,answered-in-time,10/2026,18,22": (
        "row 2, column month: 10/2026 is not a month. Write it like 2026-10."
    ),
    "DEMO-07,answered-in-time,,18,22": (
        "row 2, column month: nothing is not a month. Write it like 2026-10."
    ),
    "DEMO-07,answered-in-time,2026-11,18,22": (
        "row 2, column month: November 2026 is not over yet. Hand in months up to October 2026."
    ),
    "DEMO-07,answered-in-time,2026-12,18,22": (
        "row 2, column month: December 2026 is not over yet. Hand in months up to October 2026."
    ),
    "DEMO-07,answered-in-time,2009-03,18,22": (
        "row 2, column month: March 2009 is before the complaints regulations took effect. "
        "Hand in months from April 2009 on."
    ),
    "DEMO-07,answered-in-time,2026-10,23,22": (
        "row 2: in_time is 23 and due is 22, so more were in time than were due. Correct one of "
        "the two."
    ),
    "DEMO-07,answered-in-time,2026-10,-1,22": (
        f"row 2, column in_time: -1 is negative, and complaints are counted. {COUNTS}"
    ),
    "DEMO-07,answered-in-time,2026-10,18,22.5": (
        f"row 2, column due: 22.5 is not a whole number. {COUNTS}"
    ),
    "DEMO-07,answered-in-time,2026-10,82%,22": (
        f"row 2, column in_time: 82% is not a whole number. {COUNTS}"
    ),
    "DEMO-07,answered-in-time,2026-10,18,": (
        f"row 2, column due: the cell is empty, and empty is not zero. {COUNTS}"
    ),
    "DEMO-07,answered-in-time,2026-10,,22": (
        f"row 2, column in_time: the cell is empty, and empty is not zero. {COUNTS}"
    ),
    "DEMO-07,answered-in-time,2026-10,*,22": (
        f"row 2, column in_time: * is suppressed, and suppressed is not zero. {COUNTS}"
    ),
    "DEMO-07,answered-in-time,2026-10,18,99999999999": (
        f"row 2, column due: 99999999999 is too large to be true. {COUNTS}"
    ),
    "DEMO-07,answered-in-time,2026-10,18": (
        "row 2: it has 4 cells, the header has 5. Give each row as many cells as the header."
    ),
    "DEMO-07,answered-in-time,2026-10,18,22,7": (
        "row 2: it has 6 cells, the header has 5. Give each row as many cells as the header."
    ),
}


@pytest.mark.parametrize("row, told", ONE_FAULT.items())
def test_a_fault_is_told_with_its_row_and_what_to_do(row: str, told: str):
    assert faults(csv(row)) == [told]


def test_the_same_month_twice_is_told_even_if_it_says_the_same():
    assert faults(csv(GOOD, "DEMO-07,answered-in-time,2026-09,1,1", GOOD)) == [
        "row 4: October 2026 of answered-in-time of DEMO-07 is in row 2 already. Keep one of the "
        "two rows."
    ]


def test_every_fault_of_the_file_is_told_at_once_in_the_order_of_rows():
    rows = [row for row in ONE_FAULT if row.count(",") == 4]
    found = faults(csv(*rows, GOOD, GOOD))
    numbers = [int(fault.removeprefix("row ").split(",")[0].split(":")[0]) for fault in found]
    assert numbers == [*range(2, len(rows) + 2), len(rows) + 3]


def test_one_row_may_have_several_faults():
    assert len(faults(csv("DEMO-08,x,2027-01,-1,x"))) == 5


def test_who_may_hand_in_for_all_is_told_only_of_unknown_trusts():
    assert len(read(GOOD, GOOD.replace("07", "08"), allowed=ANY).rows) == 2
    assert faults(csv(GOOD.replace("07", "99")), ANY) == [
        "row 2, column trust: DEMO-99 is not the code of a trust here. Write the code under which "
        "the trust is listed here."
    ]


@pytest.mark.parametrize(
    "header, told",
    [
        (
            "trust,series,month,on_time,due",
            "figures.csv: the column in_time is missing. Name the columns as in the template: "
            "trust, series, month, in_time, due.",
        ),
        (
            "trust,series,month,due,due",
            "figures.csv: the column due stands there twice. Keep one of them.",
        ),
        (
            "trust;series;month;in_time;due",
            "figures.csv: its columns are divided by something else than commas. " + AS_CSV,
        ),
    ],
)
def test_a_header_that_cannot_be_used_is_told(header: str, told: str):
    assert told in faults(csv(GOOD, header=header))


def test_a_file_in_which_nothing_was_filled_in_is_told_so():
    assert faults(csv("DEMO-07,answered-in-time,2026-10,,")) == [
        "figures.csv: no row of it has figures. Fill in in_time and due for at least one month."
    ]


def zipped(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        for name in names:
            opened.writestr(name, "x")
    return packed.getvalue()


@pytest.mark.parametrize(
    "content, problem",
    [
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "this is a workbook, not a CSV file"),
        (zipped("figures.csv"), "this is a ZIP, not a CSV file"),
        (b"\xd0\xcf\x11\xe0old", "this is an old Excel workbook, not a CSV file"),
        (b"%PDF-1.7", "this is a PDF, not a CSV file"),
        (b"<html>", "this is a web page, not a CSV file"),
        (b"", "it is empty"),
        (HEADER.encode(), "it has a header at most, and no rows"),
        (csv('"DEMO-07'), "it stops being a CSV file after row 1"),
        (b"a,b\n\0", "this is not a text file"),
        (b"x" * 5_000_001, "it is larger than 5 MB"),
    ],
)
def test_what_is_no_csv_is_told_what_it_is_and_how_to_save_it(content: bytes, problem: str):
    assert faults(content) == [f"figures.csv: {problem}. {AS_CSV}"]


def test_what_stands_in_the_file_is_repeated_in_one_short_visible_line():
    nasty = '"\u202ex\nDEMO' + "y" * 90 + '"'
    (told,) = faults(csv(f"{nasty},answered-in-time,2026-10,1,1"))
    assert told.startswith("row 2, column trust: x DEMOyyy")
    assert len(told) < 200 and told.isprintable()


def test_a_file_is_read_from_its_path(tmp_path: Path):
    path = tmp_path / "october.csv"
    path.write_bytes(csv(GOOD))
    found = monthly.read(path, OWN)
    assert found.name == "october.csv" and len(found.sha256) == 64
