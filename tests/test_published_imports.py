"""Bringing a KO41a file in: once, as a new release, and never in part."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarking import published_imports, reference
from benchmarking.imports.refusal import ImportRefused
from benchmarking.server import Server
from benchmarking.store import installation, published
from tests.imports.ko41a_files import PUBLISHED, changed, csv_of, with_cells, zip_of
from tests.web import copies

LOADED = "Loaded."
UNCHANGED = "This file is loaded already; nothing was changed."
SUMMARY = (
    "KO41a 2024-25: 113,780 new complaints at 279 organisations; 106,703 of them at 207 NHS trusts."
)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Server]:
    with copies.opened(tmp_path) as server:
        yield server


def handed_in(folder: Path, content: bytes, name: str = "handed-in.csv") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def revised(upheld: int) -> bytes:
    """The file with some of one trust's outcomes moved; all sums stay."""
    return csv_of(
        changed("R0A", Complaints_Number_Upheld=-upheld, Complaints_Number_Not_Upheld=upheld)
    )


def releases(running: Server) -> list[str]:
    with running.database.reading() as reading:
        return [r.file_name for r in published.every(reading) if r.dataset == reference.KO41A]


def state(running: Server) -> tuple[int, int, int]:
    with running.database.reading() as reading:
        return (
            installation.data_revision(reading),
            int(reading.value("SELECT count(*) FROM published_figure")),
            int(reading.value("SELECT count(*) FROM audit")),
        )


@pytest.mark.parametrize("name", ["ko41a.csv", "ko41a.zip"])
def test_the_file_that_ships_changes_nothing_packed_or_not(
    running: Server, tmp_path: Path, name: str
):
    content = PUBLISHED.read_bytes()
    if name.endswith("zip"):
        content = zip_of(**{"Secondary__Care__KO41a__-__Org__Level": content})
    before = state(running)
    report = published_imports.import_ko41a(running, handed_in(tmp_path, content, name))
    assert report == f"{SUMMARY} {UNCHANGED}"
    assert state(running) == before


def test_a_revised_file_becomes_a_release_and_the_older_one_stays(running: Server, tmp_path: Path):
    report = published_imports.import_ko41a(running, handed_in(tmp_path, revised(3)))
    assert report == (
        f"{SUMMARY} {LOADED} It takes the place of ko41a_2024-25_org_level.csv, which is kept."
    )
    assert releases(running) == ["ko41a_2024-25_org_level.csv", "handed-in.csv"]


def test_it_is_loaded_once_however_often_it_is_handed_in(running: Server, tmp_path: Path):
    file = handed_in(tmp_path, revised(3))
    published_imports.import_ko41a(running, file)
    before = state(running)
    assert published_imports.import_ko41a(running, file) == f"{SUMMARY} {UNCHANGED}"
    assert state(running) == before


def test_an_older_file_does_not_come_back_and_is_told_so(running: Server, tmp_path: Path):
    published_imports.import_ko41a(running, handed_in(tmp_path, revised(3)))
    before = state(running)
    assert published_imports.import_ko41a(running, PUBLISHED) == (
        f"{SUMMARY} This file was loaded before, and handed-in.csv has taken its place since; "
        "nothing was changed."
    )
    assert state(running) == before


def test_an_import_leaves_its_mark_in_the_audit(running: Server, tmp_path: Path):
    published_imports.import_ko41a(running, handed_in(tmp_path, revised(3)))
    with running.database.reading() as reading:
        rows = reading.rows("SELECT * FROM audit ORDER BY audit_id DESC LIMIT 1")
    assert "import ko41a" in str(rows) and "2024-25" in str(rows)


def test_another_year_says_what_could_not_be_checked(running: Server, tmp_path: Path):
    later = PUBLISHED.read_bytes().replace(b"\n2024-25,", b"\n2025-26,")
    report = published_imports.import_ko41a(running, handed_in(tmp_path, later))
    assert report == (
        f"{SUMMARY.replace('2024-25', '2025-26')} {LOADED} No published national total is on file "
        "for 2025-26, so the sum was not checked. No list of NHS trusts is on file for 2025-26. "
        "Trusts were told by the list of 2024-25 and by later mergers."
    )


def test_a_refused_file_leaves_everything_as_it_was(running: Server, tmp_path: Path):
    before = state(running)
    file = handed_in(tmp_path, with_cells("R0A", Complaints_Total_Resolved=1))
    with pytest.raises(ImportRefused) as refused:
        published_imports.import_ko41a(running, file)
    assert len(refused.value.faults) == 2
    assert state(running) == before
