"""What a file is, by what is in it; what is not taken, and why; what it is called here."""

import zipfile

import pytest

from benchmarking.evidence_files import (
    LONGEST_NAME,
    TYPES,
    UnusableFile,
    Upload,
    kept_name,
    name_to_save,
    recognised,
    size_in_words,
    words_in,
)
from tests import evidence_papers as papers
from tests.evidence_papers import CSV, JPEG, OLD_OFFICE, PDF, PNG, TEXT, excel, packed, word

LARGEST = 5 * 1024 * 1024


def brought(content: bytes, name: str = "brought") -> str:
    return recognised(Upload(name, content), LARGEST).id


@pytest.mark.parametrize(
    "content, is_a",
    [
        (PDF, "pdf"),
        (PNG, "png"),
        (JPEG, "jpeg"),
        (word(), "docx"),
        (excel("1"), "xlsx"),
        (TEXT, "text"),
        (CSV, "csv"),
        (b"\xef\xbb\xbfName;Value\n\xc3\xa9;2\n", "csv"),
        (b"a\tb\n1\t2\n", "csv"),
        ("Café, closed – “quoted”".encode("cp1252"), "text"),
        (b"One line, with a comma", "text"),
        (b"One, two\nthree\n", "text"),
        (b"-1,2\n-3,4\n", "csv"),
        (b"3 < 4 and 5 > 4", "text"),
    ],
    ids=["pdf", "png", "jpeg", "word", "excel", "text", "csv", "semicolons", "tabs", "cp1252",
         "a comma", "not a table", "below nought", "a sign"],
)  # fmt: skip
def test_a_file_is_what_is_in_it(content: bytes, is_a: str) -> None:
    assert brought(content) == is_a


@pytest.mark.parametrize("name", ["report.exe", "report.html", "report", "..", ""])
def test_its_name_does_not_matter(name: str) -> None:
    assert brought(PDF, name) == "pdf"


@pytest.mark.parametrize("name", ["report.pdf", "report.docx", "report.png"])
def test_a_page_that_calls_itself_something_else_is_no_such_thing(name: str) -> None:
    with pytest.raises(UnusableFile, match="This is a web page or a program"):
        brought(b"<script>alert(1)</script>", name)


ZERO = "unpacks to far more than it seems"
ACTIVE = "holds macros, controls, embedded objects or links to other workbooks"
ELSEWHERE = "fetches something from elsewhere when it is opened"
NO_KIND = "This kind of file is not taken. Bring a PDF, Word (.docx)"


@pytest.mark.parametrize(
    "why, content, told",
    [
        ("empty", b"", "The file is empty. Choose another one."),
        ("a program", b"MZ\x90\x00\x03\x00\x00\x00", NO_KIND),
        ("a film", b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 40, NO_KIND),
        ("neither UTF-8 nor Windows", b"caf\x81 \x8d", NO_KIND),
        ("commands of a terminal", b"plain \x1b[2J", NO_KIND),
        ("a web page", b"  <!DOCTYPE html><p>Hello", "This is a web page or a program"),
        ("a drawing that runs", b'<svg onload="alert(1)"/>', "This is a web page or a program"),
        ("a page within text", b"Hello <ScRiPt>alert(1)</script>", "a web page or a program"),
        ("rich text", b"{\\rtf1\\ansi}", "text with commands"),
        ("formulas", b"Name,Value\nx,=1+1\n", "a spreadsheet would run as formulas"),
        ("formulas that call", b"a,b\n@SUM(A1),2\n", "a spreadsheet would run as formulas"),
        ("older Office", OLD_OFFICE, "Save it as .docx or .xlsx without a password"),
        ("a packed folder", packed({"a.txt": "a"}), "a packed file, not a Word or Excel one"),
        ("both at once", word(**{"xl/workbook.xml": "<workbook/>"}), "a packed file"),
        ("macros", word(**{"word/vbaProject.bin": b"x"}), ACTIVE),
        ("macros by another name", papers.with_macros(), ACTIVE),
        ("old macros", excel(**{"xl/macrosheets/sheet1.xml": "<x/>"}), ACTIVE),
        ("controls", word(**{"word/activeX/activeX1.xml": "<x/>"}), ACTIVE),
        ("an object", word(**{"word/embeddings/oleObject1.bin": b"x"}), ACTIVE),
        ("other workbooks", excel(**{"xl/externalLinks/externalLink1.xml": "<x/>"}), ACTIVE),
        (
            "a template from elsewhere",
            word(
                **{
                    "word/_rels/settings.xml.rels": papers.relations(
                        "attachedTemplate", "https://example.org/t.dotm"
                    )
                }
            ),
            ELSEWHERE,
        ),
        (
            "the same, hidden in entities",
            word(
                **{
                    "word/_rels/settings.xml.rels": papers.relations(
                        "attachedTemplate", "https://example.org/t", "&#69;xternal"
                    )
                }
            ),
            ELSEWHERE,
        ),
        (
            "entities of its own",
            word(**{"_rels/.rels": '<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>'}),
            "not as Word and Excel write it",
        ),
        ("broken relations", word(**{"_rels/.rels": "<r><unclosed></r>"}), "The file is damaged"),
        ("a torn file", word()[:-40], "The file is damaged and cannot be read"),
        ("only its beginning", b"PK\x03\x04", "The file is damaged and cannot be read"),
        ("too much in one part", word(**{"_rels/.rels": b"0" * 21_000_000}), ZERO),
        ("too much in all", word(**{f"p{n}": b"0" * 15_000_000 for n in range(7)}), ZERO),
        ("too many parts", word(**{f"p{n}": b"" for n in range(2001)}), ZERO),
    ],
)  # fmt: skip
def test_what_is_not_taken_is_told_why(why: str, content: bytes, told: str) -> None:
    with pytest.raises(UnusableFile) as said:
        brought(content)
    assert told in str(said.value), why


def test_a_file_that_is_too_large_is_told_how_large_and_what_to_do() -> None:
    with pytest.raises(UnusableFile) as said:
        recognised(Upload("a", PDF + b"\0" * 2_000_000), 1024 * 1024)
    assert str(said.value) == (
        "The file has 1.9 MB, and 1 MB is the most. Make it smaller, or give a link to it."
    )


def test_a_password_is_not_taken() -> None:
    content = bytearray(word())
    # In each entry of the list at the end, the first flag says that it has a password.
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 1)
    with pytest.raises(UnusableFile, match="The file has a password."):
        brought(bytes(content))


def test_two_parts_of_one_name_are_not_taken() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = _twice(word())
    with pytest.raises(UnusableFile, match=ZERO):
        brought(content)


def _twice(content: bytes) -> bytes:
    import io

    written = io.BytesIO(content)
    with zipfile.ZipFile(written, "a") as target:
        target.writestr("word/document.xml", "<another/>")
    return written.getvalue()


def test_a_link_that_a_reader_clicks_may_lead_elsewhere() -> None:
    rels = papers.relations("hyperlink", "https://example.org")
    inside = papers.relations("image", "media/image1.png", "Internal")
    more = {"word/_rels/document.xml.rels": rels, "word/_rels/header1.xml.rels": inside}
    assert brought(word(**more)) == "docx"


@pytest.mark.parametrize(
    "file_type, content, said",
    [
        ("text", TEXT, "Minutes: the leaflet was read aloud to three people – and mended."),
        ("csv", CSV, "File,Contact named\r\n1,yes\r\n2,no\r\n"),
        ("docx", word("943 4", "76 ", "5919"), "943 476 5919"),
        ("xlsx", excel("9434765919", "12"), "9434765919\n12"),
        (
            "xlsx",
            excel(**{"xl/sharedStrings.xml": "<sst><si><t>M1</t><t> 1AE</t></si></sst>"}),
            "M1 1AE",
        ),
        ("docx", word(**{"word/comments.xml": "<w:p><w:t>Ask her</w:t></w:p>"}), "Ask her"),
        ("pdf", PDF, ""),
        ("png", PNG, ""),
    ],
)
def test_what_stands_in_a_file_is_read_where_that_can_be_done(
    file_type: str, content: bytes, said: str
) -> None:
    found = words_in(file_type, content)
    assert said in found and bool(found) == bool(said)


def test_cells_beside_each_other_are_not_one_number() -> None:
    assert "943476" not in words_in("xlsx", excel("943", "476", "5919"))


def test_only_the_beginning_of_a_very_long_text_is_read() -> None:
    assert len(words_in("text", b"a" * 3_000_000)) == 2_000_000


@pytest.mark.parametrize(
    "name, kept",
    [
        ("Report 2026.pdf", "Report 2026.pdf"),
        ("C:\\Users\\somebody\\Desktop\\Report.pdf", "Report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a/b/", "File"),
        ("", "File"),
        ("..", "File"),
        ("gnp.\u202efdp.exe", "gnp.fdp.exe"),
        ("two\r\nlines\0.txt", "two lines.txt"),
        ("  many   spaces .pdf", "many spaces .pdf"),
        ("Cafe\u0301.txt", "Café.txt"),
    ],
    ids=ascii,
)
def test_a_name_is_kept_without_folders_and_what_cannot_be_seen(name: str, kept: str) -> None:
    assert kept_name(name) == kept


def test_a_long_name_is_cut_and_keeps_its_ending() -> None:
    kept = kept_name("a" * 300 + ".docx")
    assert len(kept) <= LONGEST_NAME and kept.endswith("….docx")
    assert len(kept_name("a" * 300)) <= LONGEST_NAME


@pytest.mark.parametrize(
    "name, file_type, saved_as",
    [
        ("Report.pdf", "pdf", "Report.pdf"),
        ("Photo.JPEG", "jpeg", "Photo.JPEG"),
        ("Report.pdf.exe", "pdf", "Report.pdf.exe.pdf"),
        ("page.html", "text", "page.html.txt"),
        ("File", "xlsx", "File.xlsx"),
    ],
)
def test_what_is_handed_out_ends_in_what_it_is(name: str, file_type: str, saved_as: str) -> None:
    assert name_to_save(name, TYPES[file_type]) == saved_as


@pytest.mark.parametrize(
    "size, words",
    [(0, "1 KB"), (340_000, "332 KB"), (1_300_000, "1.2 MB"), (5 * 1024 * 1024, "5 MB")],
)
def test_a_size_is_said_as_people_say_it(size: int, words: str) -> None:
    assert size_in_words(size) == words
