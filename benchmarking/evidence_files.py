"""Files that people bring as evidence: what they are, by what is in them and never by their name.

Taken are PDF, Word, Excel, PNG, JPEG, text and CSV. Office files are looked into: no macros, no
controls, nothing fetched from elsewhere when they are opened. Nothing here looks for viruses; that
is for whoever runs the server.
"""

import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from xml.etree import ElementTree

from benchmarking.texts import cleaned

LONGEST_NAME = 120
# What is looked through for personal details, in characters.
LONGEST_READ = 2_000_000
_TAKEN = "Bring a PDF, Word (.docx), Excel (.xlsx), PNG, JPEG, text or CSV file."

# Where a file is had, with the number of its piece of evidence behind it.
ADDRESS = "/evidence-files/"


class UnusableFile(ValueError):
    """A file is not taken as evidence. Says why and what to do."""


@dataclass(frozen=True)
class FileType:
    """A kind of file that is taken, and how it is served again."""

    id: str
    label: str
    endings: tuple[str, ...]
    media_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES: Mapping[str, FileType] = {
    one.id: one
    for one in (
        FileType("pdf", "PDF", (".pdf",), "application/pdf"),
        FileType("docx", "Word", (".docx",), f"{_OFFICE}.wordprocessingml.document"),
        FileType("xlsx", "Excel", (".xlsx",), f"{_OFFICE}.spreadsheetml.sheet"),
        FileType("png", "PNG picture", (".png",), "image/png"),
        FileType("jpeg", "JPEG picture", (".jpg", ".jpeg"), "image/jpeg"),
        FileType("text", "text", (".txt",), "text/plain"),
        FileType("csv", "CSV", (".csv",), "text/csv"),
    )
}
ENDINGS = tuple(ending for one in TYPES.values() for ending in one.endings)


@dataclass(frozen=True)
class Upload:
    """A file as somebody brought it."""

    name: str
    content: bytes


def recognised(upload: Upload, largest: int) -> FileType:
    """What a file is.

    Raises:
        UnusableFile: it is empty, larger than ``largest`` bytes, of no kind that is taken, or
            does more than hold what it shows.
    """
    content = upload.content
    if not content:
        raise UnusableFile("The file is empty. Choose another one.")
    if len(content) > largest:
        raise UnusableFile(
            f"The file has {size_in_words(len(content))}, and {size_in_words(largest)} is the "
            f"most. Make it smaller, or give a link to it."
        )
    return TYPES[_type_of(content)]


def kept_name(name: str) -> str:
    """What a file was called, without folders and without what cannot be seen; never empty."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(c for c in last if unicodedata.category(c) not in ("Cf", "Zl", "Zp"))
    kept = " ".join(cleaned(seen, len(name) + 1, "The name").split())
    if len(kept) > LONGEST_NAME:
        stem, dot, ending = kept.rpartition(".")
        ending = ending if dot and len(ending) < 8 else ""
        kept = f"{(stem or kept)[: LONGEST_NAME - 9]}….{ending}".rstrip(".")
    return kept if kept.strip(".") else "File"


def name_to_save(name: str, file_type: FileType) -> str:
    """The name under which a file is handed out: it ends in what the file is."""
    if name.lower().endswith(file_type.endings):
        return name
    return f"{name}{file_type.endings[0]}"


def size_in_words(size: int) -> str:
    """A size as people say it: "340 KB", "1.2 MB"."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024)):,} KB"
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0") + " MB"


def words_in(file_type: str, content: bytes) -> str:
    """What stands in a file as text, its first two million characters; empty for PDF and pictures.

    For a look at personal details, so nothing is told of how it is laid out.
    """
    if file_type in ("text", "csv"):
        return _decoded(content)[:LONGEST_READ]
    if file_type in ("docx", "xlsx"):
        with _opened(content) as parts:
            return "\n".join(_texts(parts))[:LONGEST_READ]
    return ""


def _type_of(content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"PK\x03\x04"):
        with _opened(content) as parts:
            return _checked_parts(parts)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise UnusableFile(
            "This is an older Office file, or one with a password. Save it as .docx or .xlsx "
            "without a password, then bring that."
        )
    return _text_type(_decoded(content))


_MOST_PARTS = 2000
_MOST_UNPACKED = 100 * 1024 * 1024
_MOST_OF_ONE = 20 * 1024 * 1024
_ACTIVE = re.compile(
    r"vbaproject|vbadata|macrosheets/|activex|oleobject[^/]*\.bin|externallinks/|customui/",
    re.IGNORECASE,
)
_BODY = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}


_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ElementTree.ParseError)


@contextmanager
def _opened(content: bytes) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            yield parts
    except _BROKEN as broken:
        raise UnusableFile("The file is damaged and cannot be read. Save it anew.") from broken


def _checked_parts(parts: zipfile.ZipFile) -> str:
    listed = parts.infolist()
    names = [part.filename for part in listed]
    found = [kind for name, kind in _BODY.items() if name in names]
    if "[Content_Types].xml" not in names or len(found) != 1:
        raise UnusableFile(f"This is a packed file, not a Word or Excel one. {_TAKEN}")
    too_much = sum(part.file_size for part in listed) > _MOST_UNPACKED
    if too_much or len(listed) > _MOST_PARTS or len(set(names)) < len(names):
        raise UnusableFile("The file unpacks to far more than it seems. Save it anew, or as a PDF.")
    if any(part.flag_bits & 1 for part in listed):
        raise UnusableFile("The file has a password. Save it without one, then bring it.")
    if any(_ACTIVE.search(name) for name in names) or _has_macros(parts):
        raise UnusableFile(
            "The file holds macros, controls, embedded objects or links to other workbooks. Save "
            "it without them, or as a PDF, then bring that."
        )
    for name in names:
        if name.lower().endswith(".rels"):
            _check_fetches_nothing(_part(parts, name))
    return found[0]


def _has_macros(parts: zipfile.ZipFile) -> bool:
    return b"macroenabled" in _part(parts, "[Content_Types].xml").lower()


def _beginning(parts: zipfile.ZipFile, name: str) -> bytes:
    """A part of an Office file, unpacked no further than it may go whatever it says of itself."""
    with parts.open(name) as opened:
        return opened.read(_MOST_OF_ONE)


def _part(parts: zipfile.ZipFile, name: str) -> bytes:
    content = _beginning(parts, name)
    if len(content) == _MOST_OF_ONE:
        raise UnusableFile("The file unpacks to far more than it seems. Save it anew, or as a PDF.")
    return content


def _check_fetches_nothing(relations: bytes) -> None:
    """A link that a reader clicks may lead elsewhere; a template or a picture may not."""
    # No writer of Office files declares entities, and none writes other than UTF-8 here.
    if b"\0" in relations or b"<!" in relations:
        raise UnusableFile("The file is not as Word and Excel write it. Save it anew, or as a PDF.")
    for relation in ElementTree.fromstring(relations):
        is_link = relation.get("Type", "").endswith("/hyperlink")
        if relation.get("TargetMode") == "External" and not is_link:
            raise UnusableFile(
                "The file fetches something from elsewhere when it is opened, such as a template "
                "or a picture. Put it into the file, or save it as a PDF."
            )


_LINE_ENDS = re.compile(rb"</(?:w:p|w:tc|si|c|a:p)>|<w:(?:br|tab|cr)\b[^>]*>")
_TAG = re.compile(rb"<[^>]*>")
_WITH_WORDS = re.compile(
    r"word/(document|comments|footnotes|endnotes|header\d*|footer\d*)\.xml"
    r"|xl/(sharedStrings|comments\d*|worksheets/[^/]+)\.xml|docProps/core\.xml"
)


def _texts(parts: zipfile.ZipFile) -> Iterator[str]:
    """What stands in the parts of an Office file; a number in several runs is one number."""
    left = LONGEST_READ
    for name in parts.namelist():
        if _WITH_WORDS.fullmatch(name) and left > 0:
            said = _TAG.sub(b"", _LINE_ENDS.sub(b"\n", _beginning(parts, name)))
            text = said.decode("utf-8", "replace")
            left -= len(text)
            yield text


_NOT_TYPED = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_RUNS_IN_BROWSERS = re.compile(
    r"^\s*<[!?a-z/]|<\s*(?:!doctype|html|head|body|script|iframe|object|embed|svg|\?xml)\b", re.I
)
_FORMULA = re.compile(r"\s*(?:=|[+@-][^,;]*[(|!])")


def _decoded(content: bytes) -> str:
    """The text of a file without line of its encoding.

    Raises:
        UnusableFile: it is no text.
    """
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NOT_TYPED.search(text):
            return text
    raise UnusableFile(f"This kind of file is not taken. {_TAKEN}")


def _text_type(text: str) -> str:
    if _RUNS_IN_BROWSERS.search(text) or text.startswith("{\\rtf"):
        raise UnusableFile(f"This is a web page or a program, or text with commands. {_TAKEN}")
    rows = _rows(text)
    if not rows:
        return "text"
    if any(_FORMULA.match(cell) for row in rows for cell in row):
        raise UnusableFile(
            "The file has cells that a spreadsheet would run as formulas. Save their values alone, "
            "then bring it."
        )
    return "csv"


def _rows(text: str) -> list[list[str]]:
    """The rows of a table with two columns or more; none where it is no table."""
    for mark in (",", ";", "\t"):
        try:
            rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark) if row]
        except csv.Error:
            continue
        if len(rows) > 1 and len(rows[0]) > 1 and all(len(row) == len(rows[0]) for row in rows):
            return rows
    return []
