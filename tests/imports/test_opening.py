"""What is handed in is opened within limits, and what is no table is named."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from benchmarking.imports import opening
from benchmarking.imports.opening import MOST_BYTES, MOST_UNPACKED
from benchmarking.imports.refusal import ImportRefused, shown, shown_name

SMALL = b"Year,Code\r\n2024-25,R0A\r\n"


def packed(content: bytes = SMALL, name: str = "a.csv", how: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", how) as opened:
        opened.writestr(name, content)
    return written.getvalue()


def open_all(source: Path | bytes) -> opening.Table:
    handed = opening.take(source)
    return opening.table_of(handed, opening.csv_names(handed)[0])


def told(source: Path | bytes) -> str:
    with pytest.raises(ImportRefused) as refused:
        open_all(source)
    return str(refused.value)


@pytest.mark.parametrize("content", [SMALL, packed(), packed(how=zipfile.ZIP_STORED)])
def test_a_csv_and_a_zip_of_it_are_the_same_table(content: bytes):
    table = open_all(content)
    assert table.header == ("Year", "Code")
    assert table.rows == ((2, ("2024-25", "R0A")),)
    assert table.sha256 == opening.Handed("", SMALL).sha256


def test_rows_keep_the_number_they_have_in_a_spreadsheet():
    table = open_all(b"\r\nYear,Code\r\n\r\n, \r\n2024-25,R0A\r\n")
    assert table.rows == ((5, ("2024-25", "R0A")),)


def test_a_cell_with_a_comma_or_a_line_break_in_quotes_is_one_cell():
    table = open_all(b'Name,Code\r\n"Rotherham, Doncaster",RXE\r\n"a\nb",R0A\r\n')
    assert [cells for _, cells in table.rows] == [("Rotherham, Doncaster", "RXE"), ("a\nb", "R0A")]


@pytest.mark.parametrize(
    "content, said",
    [
        (b"", "the file: it is empty. Download it again."),
        (b"Year,Code\r\n", "the file: it has a header at most, and no rows. Download it again."),
        (b"\n\n\n", "the file: it has a header at most, and no rows. Download it again."),
        (b"a" * (MOST_BYTES + 1), "the file: it is larger than 5 MB."),
        (b"<!doctype html><table>", "the file: this is a web page, not a CSV file."),
        (b"\r\n <html>", "the file: this is a web page, not a CSV file."),
        (b"%PDF-1.7", "the file: this is a PDF, not a CSV file."),
        (b"\xd0\xcf\x11\xe0rest", "the file: this is an old Excel workbook, not a CSV file."),
        (b"\x1f\x8brest", "the file: this is a gzip file, not a CSV file."),
        ("Year,Code".encode("utf-16"), "the file: this is text in UTF-16, not a CSV file."),
        (b"Year\0Code", "the file: this is not a text file."),
        (b"Year,\x81\r\n1,2", "the file: its letters are neither UTF-8 nor Windows-1252."),
        (b'a,b\r\n1,"2\r\n', "the file: it stops being a CSV file after row 1."),
        (b'a,b\r\n1,"2"3\r\n', "the file: it stops being a CSV file after row 1."),
        (b"a,b\r\n1," + b"x" * 10_001, "the file: row 2 has a cell of more than 10,000 letters."),
        (b"a," * 501, "the file: it has more than 500 columns."),
        (b"a\r\n" * 5_001, "the file: it has 5,000 rows or more."),
    ],
)
def test_what_is_no_table_is_named(content: bytes, said: str):
    assert told(content).startswith(said)


def workbook() -> bytes:
    return packed(b"<Types/>", "[Content_Types].xml")


def of_many() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as opened:
        for number in range(101):
            opened.writestr(f"{number}.csv", SMALL)
    return written.getvalue()


def locked() -> bytes:
    """Marks the member as encrypted, in its own header and in the directory."""
    content = bytearray(packed())
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def lying() -> bytes:
    """A member that says it unpacks to ten bytes and unpacks to more."""
    content = bytearray(packed(SMALL * 100))
    at = content.rindex(b"PK\x01\x02") + 24
    content[at : at + 4] = struct.pack("<I", 10)
    return bytes(content)


@pytest.mark.parametrize(
    "content, said",
    [
        (workbook(), "the file: this is a workbook. Choose the CSV file or the ZIP"),
        (of_many(), "the file: this ZIP holds more than 100 files."),
        (packed()[:-30], "the file: this ZIP is damaged. Download it again."),
        (b"PK\x03\x04 and nothing more", "the file: this ZIP is damaged."),
        (locked(), "the file, a.csv: it is locked with a password."),
        (packed(how=zipfile.ZIP_BZIP2), "the file, a.csv: it is packed in an unusual way."),
        (lying(), "the file, a.csv: it is damaged."),
        (
            packed(SMALL, "a" * 300 + "\u202e\x07.csv", zipfile.ZIP_BZIP2),
            f"the file, {'a' * 119}…: it is packed in an unusual way.",
        ),
    ],
)
def test_a_zip_that_cannot_be_used_is_refused(content: bytes, said: str):
    assert told(content).startswith(said)


def test_a_zip_that_would_fill_the_memory_is_not_unpacked():
    bomb = packed(b"a,b\r\n" + b"0" * (8 * MOST_UNPACKED))
    assert len(bomb) < 200_000
    assert told(bomb) == "a.csv: it unpacks to more than 10 MB. Choose the publisher's own file."


def test_only_csv_files_are_looked_at_and_no_leftovers_of_a_mac():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as opened:
        for name in ("notes.txt", "B.CSV", "__MACOSX/._B.csv", "deep/../../c.csv"):
            opened.writestr(name, SMALL)
    assert opening.csv_names(opening.take(written.getvalue())) == ("B.CSV", "deep/../../c.csv")


def test_only_the_beginning_is_read_to_recognise_a_file():
    long = b"Year,Code\r\n" + b"2024-25,R0A\r\n" * 300_000
    handed = opening.take(packed(long))
    assert opening.head_of(handed, "a.csv") == (("Year", "Code"), ("2024-25", "R0A"))


@pytest.mark.parametrize("name", ["there is none.csv", "."])
def test_a_file_that_is_not_there_is_told(tmp_path: Path, name: str):
    assert told(tmp_path / name).endswith(": there is no such file. Check the name and the folder.")


def test_a_file_that_is_too_large_is_not_read_to_its_end(tmp_path: Path):
    path = tmp_path / "large.csv"
    with path.open("wb") as opened:
        opened.truncate(20 * MOST_BYTES)
    assert told(path).startswith("large.csv: it is larger than 5 MB.")


@pytest.mark.parametrize(
    "said, seen",
    [
        ("plain", "plain"),
        ("  two\r\nlines\t", "two lines"),
        ("\x1b[2J\x07bell", "[2J bell"),
        ("\u202etxt.exe\u2066", "txt.exe"),
        ("<script>", "<script>"),
        ("x" * 61, "x" * 59 + "…"),
        ("x" * 60, "x" * 60),
    ],
)
def test_a_value_of_the_file_is_repeated_on_one_short_visible_line(said: str, seen: str):
    assert shown(said) == seen


def test_names_of_files_keep_their_telling_end():
    name = "Data on Written Complaints in the NHS 2024-25 Secondary Care KO41a - Org Level.csv"
    assert shown_name(name) == name


@pytest.mark.parametrize(
    "column, plain",
    [
        (" Complaints Total  New ", "complaints_total_new"),
        ("Age_0_5", "age_0_5"),
        ("1.4 Total New", "1_4_total_new"),
        ("(no name)", "no_name"),
        ("", ""),
    ],
)
def test_a_column_name_is_compared_without_capitals_and_marks(column: str, plain: str):
    assert opening.normalised(column) == plain
