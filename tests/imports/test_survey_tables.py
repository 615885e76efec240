"""Opening a table of replies: what it is by what is in it, and limits that hold beforehand."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from benchmarking.imports import survey_tables, survey_workbooks
from benchmarking.imports.refusal import ImportRefused
from benchmarking.imports.survey_tables import Table, open_table
from tests.imports.survey_files import xlsx

HEADER = ("response_id", "answer")


def opened(content: bytes, name: str = "replies.csv") -> Table:
    return open_table(content, name)


def rows(content: bytes) -> list[tuple[int, list[str]]]:
    return list(opened(content).rows())


def refused(content: bytes) -> str:
    with pytest.raises(ImportRefused) as told:
        rows(content)
    return str(told.value)


@pytest.mark.parametrize(
    "content",
    [
        b"response_id,answer\r\nR1,caf\xc3\xa9\r\n",
        b"\xef\xbb\xbfresponse_id,answer\nR1,caf\xc3\xa9\n",
        b"response_id,answer\r\nR1,caf\xe9\r\n",
        b"response_id;answer\nR1;caf\xe9\n",
        b"response_id\tanswer\nR1\tcaf\xc3\xa9",
        b'"response_id","answer"\r\n"R1","caf\xe9"\r\n',
    ],
)
def test_letters_and_dividers_are_recognised(content: bytes):
    table = opened(content)
    assert table.header == HEADER
    assert list(table.rows()) == [(2, ["R1", "café"])]


def test_letters_that_are_not_utf_8_are_said():
    assert opened(b"a,b\nR1,\xe9").remarks == (
        "It is not in UTF-8 and was read as Windows-1252, so check accents in names.",
    )
    assert opened(b"a,b\nR1,\xc3\xa9").remarks == ()


def test_rows_have_the_numbers_that_a_spreadsheet_gives_them():
    assert rows(b"a,b\n1,2\n\n,\n3,4\n") == [(2, ["1", "2"]), (5, ["3", "4"])]


def test_a_file_is_read_from_a_path_as_from_its_bytes(tmp_path: Path):
    file = tmp_path / "replies.csv"
    file.write_bytes(b"a,b\n1,2\n")
    assert open_table(file).name == "replies.csv"
    assert list(open_table(file).rows()) == [(2, ["1", "2"])]
    assert open_table(file).sha256 == opened(b"a,b\n1,2\n").sha256


def test_how_far_the_reading_has_come_is_told():
    told: list[float] = []
    content = b"a,b\n" + b"1,2\n" * 9_000
    assert len(list(opened(content).rows(told.append))) == 9_000
    assert len(told) > 3 and told == sorted(told) and told[-1] == 1.0


@pytest.mark.parametrize(
    "content, problem",
    [
        (b"", "it is empty"),
        (b"\n\n", "it has no row at all"),
        (b"%PDF-1.7", "this is a PDF, not a table of replies"),
        (b"<html><body>", "this is a web page, not a table of replies"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "this is a web page"),
        (b"\xff\xfea\x00", "this is text in UTF-16"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "this is an old Excel workbook, or one with a password"),
        (b"\x1f\x8b\x08", "this is a gzip file"),
        (b"a,b\n1,\x00", "this is not a text file"),
        (b"a,b\n1,\x81\x8d", "its letters are neither UTF-8 nor Windows-1252"),
        (b'a,b\n1,2\n"3,4', "it stops being a CSV file after row 2"),
        (b"a" + b",b" * 600, "it has more than 500 columns"),
        (b"a,b\n" + b"x" * 1_000_001, "it has a line of 1,000,000 letters or more"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(content: bytes, problem: str):
    assert problem in refused(content)


def test_a_file_that_is_too_large_or_too_long_is_refused(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(ImportRefused, match="it is larger than 0 MB"):
        open_table(b"a,b\n1,2\n", "x.csv", most_bytes=5)
    monkeypatch.setattr(survey_tables, "MOST_ROWS", 2)
    assert "it has more than 2 rows" in refused(b"a,b\n1,2\n3,4\n5,6\n")


def test_a_file_that_is_gone_is_told_so(tmp_path: Path):
    with pytest.raises(ImportRefused, match="nowhere.csv: it cannot be read"):
        open_table(tmp_path / "nowhere.csv")


# Workbooks.


def workbook(*sheets: str) -> bytes:
    book = openpyxl.Workbook()
    for title in sheets:
        book.create_sheet(title).append(list(HEADER))
    book.remove(book.worksheets[0])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def changed(content: bytes, **parts: bytes) -> bytes:
    """The packed file with some parts added or put in place of its own ("/" is "__")."""
    wanted = {name.replace("__", "/"): said for name, said in parts.items()}
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            if name not in wanted:
                new.writestr(name, old.read(name))
        for name, said in wanted.items():
            new.writestr(name, said)
    return kept.getvalue()


def test_the_first_of_several_sheets_is_read_and_that_is_said():
    table = opened(workbook("Replies", "Notes"))
    assert table.remarks == ("It has 2 sheets. Only the first one was read, “Replies”.",)
    assert opened(workbook("Replies")).remarks == ()


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
):
    bomb = changed(workbook("Replies"), xl__worksheets__more=b"0" * 3_000_000)
    monkeypatch.setattr(survey_workbooks, "MOST_UNPACKED", 2_000_000)
    assert "this workbook unpacks to more than can be read here" in refused(bomb)


def test_a_workbook_with_macros_or_links_is_refused():
    for part in ("xl__vbaProject.bin", "xl__externalLinks__externalLink1.xml"):
        content = changed(workbook("Replies"), **{part: b"<a/>"})
        assert "this workbook holds macros, objects or links" in refused(content)


def test_a_part_that_declares_entities_is_refused():
    lol = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "x">]><sst>&a;</sst>'
    content = changed(workbook("Replies"), **{"xl__sharedStrings.xml": lol})
    assert "this workbook is not as spreadsheet programs write it" in refused(content)


def test_another_packed_file_is_no_workbook():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        packed.writestr("replies.csv", "a,b\n1,2\n")
    assert "this is a packed file, and no Excel workbook" in refused(kept.getvalue())


@pytest.mark.parametrize("part", ["xl__worksheets__sheet1.xml", "xl__workbook.xml"])
def test_a_damaged_workbook_is_told_so(part: str):
    content = changed(xlsx(["R1", 4, 2]), **{part: b"<worksheet><row>"})
    assert "this workbook is damaged" in refused(content)
    assert "this workbook is damaged" in refused(xlsx(["R1", 4, 2])[:900])


def test_what_a_sheet_says_of_its_size_is_not_believed():
    content = workbook("Replies")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
    huge = sheet.replace(b'<dimension ref="A1:B1"', b'<dimension ref="A1:XFD1048576"')
    assert huge != sheet
    assert rows(changed(content, **{"xl__worksheets__sheet1.xml": huge})) == []
