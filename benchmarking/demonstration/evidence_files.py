"""Files for some of the demonstration's evidence: small, always the same, and plainly made up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from benchmarking.demonstration.assessments import DrawnAssessment
from benchmarking.evidence import Evidence
from benchmarking.store import evidence
from benchmarking.store.bulk import WholeAssessment
from benchmarking.store.database import Database
from benchmarking.store.evidence_files import FileStore, sha256_of

# Enough to see them everywhere they show, in three trusts and every cycle.
TRUSTS = ("DEMO-03", "DEMO-07", "DEMO-11")
OF_EACH_KIND = 2
_ROLES = ("Head of patient experience", "Deputy chief nurse", "Non-executive director")


@dataclass(frozen=True)
class File:
    """One file of the demonstration, and whether its trusts let inspectors see it."""

    name: str
    file_type: str
    content: bytes
    may_be_shared: bool


_SAMPLE = """Demonstration: fictional figures
File,Drawn,Contact named,Dates agreed,Dates kept
"""
_MINUTE = """Demonstration: fictional text

Patient experience committee, extract of minutes

1. The committee looked at how complaints were answered in the last quarter.
2. It asked for the letters to say in plain words what has changed.
3. The head of patient experience reports back in three months.
"""


def _sample() -> bytes:
    rows = (f"{n},yes,yes,{'yes' if n % 3 else 'partly'},{'no' if n % 7 == 0 else 'yes'}\n"
            for n in range(1, 23))  # fmt: skip
    head, columns = _SAMPLE.splitlines(keepends=True)
    return f"{head.rstrip()},,,,\n{columns}{''.join(rows)}".encode()


def _page() -> bytes:
    """A PDF of one page, written out by hand so that it is the same on every machine."""
    said = "BT /F1 14 Tf 60 760 Td (Demonstration: fictional policy) Tj 0 -28 Td /F1 11 Tf "
    said += "(Complaints are acknowledged within three working days.) Tj ET"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(said)} >>\nstream\n{said}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    written, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(parts) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return f"{written}{end}startxref\n{len(written)}\n%%EOF\n".encode("ascii")


# By the kind of evidence that they go with.
FILES: Mapping[str, File] = {
    "policy": File("Complaints policy.pdf", "pdf", _page(), True),
    "records": File("Sample of closed files.csv", "csv", _sample(), False),
    "independent-check": File("Minutes, extract.txt", "text", _MINUTE.encode(), True),
}


def with_files(drawn: Sequence[DrawnAssessment]) -> tuple[DrawnAssessment, ...]:
    """The assessments, some pieces of whose evidence have a file and somebody who looked at it."""
    return tuple(
        replace(one, whole=_with_files(one.whole)) if one.trust.code in TRUSTS else one
        for one in drawn
    )


def put(database: Database, files: FileStore) -> None:
    """Writes the files that the demonstration's evidence names."""
    content = {sha256_of(file.content): file.content for file in FILES.values()}
    with database.reading() as reading:
        named = evidence.files_named(reading)
    for file in sorted(named):
        if file.sha256 in content:
            files.put(file.organisation_id, content[file.sha256])


def _with_files(whole: WholeAssessment) -> WholeAssessment:
    left = dict.fromkeys(FILES, OF_EACH_KIND)
    pieces: list[Evidence] = []
    for piece in whole.evidence:
        if left.get(piece.kind, 0) > 0:
            left[piece.kind] -= 1
            piece = _with_file(piece, _ROLES[len(pieces) % len(_ROLES)])  # noqa: PLW2901
        pieces.append(piece)
    return replace(whole, evidence=tuple(pieces))


def _with_file(piece: Evidence, role: str) -> Evidence:
    file = FILES[piece.kind]
    return replace(
        piece,
        reviewed_by=role,
        reviewed_on=piece.saved_at.date() if piece.saved_at else None,
        may_be_shared=file.may_be_shared,
        file_sha256=sha256_of(file.content),
        file_name=file.name,
        file_type=file.file_type,
        file_size=len(file.content),
    )
