"""Small files to bring as evidence, made up here byte by byte."""

import io
import zipfile
from collections.abc import Mapping

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
TEXT = "Minutes: the leaflet was read aloud to three people – and mended.".encode()
CSV = b"File,Contact named\r\n1,yes\r\n2,no\r\n"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600

_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file with these parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return written.getvalue()


def relations(kind: str, target: str, mode: str = "External") -> str:
    """The relations of one part: one of them, of a kind, to somewhere."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_RELS}/{kind}" Target="{target}" TargetMode="{mode}"/>'
        "</Relationships>"
    )


def word(*runs: str, **more: str | bytes) -> bytes:
    """A Word file of one paragraph, with other parts by their names."""
    said = "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs or ("Nothing.",))
    body = f'<w:document xmlns:w="{_W}"><w:body><w:p>{said}</w:p></w:body></w:document>'
    return packed({"[Content_Types].xml": _TYPES.format(""), "word/document.xml": body, **more})


def excel(*values: str, **more: str | bytes) -> bytes:
    """An Excel file with one column of numbers, with other parts by their names."""
    cells = "".join(f'<row><c r="A{n}"><v>{v}</v></c></row>' for n, v in enumerate(values, 1))
    return packed(
        {
            "[Content_Types].xml": _TYPES.format(""),
            "xl/workbook.xml": "<workbook/>",
            "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{cells}</sheetData></worksheet>",
            **more,
        }
    )


def with_macros() -> bytes:
    """A Word file whose table of contents says that it has macros."""
    said = _TYPES.format('<Override ContentType="application/vnd.ms-word.document.macroEnabled"/>')
    return packed({"[Content_Types].xml": said, "word/document.xml": "<w:document/>"})
