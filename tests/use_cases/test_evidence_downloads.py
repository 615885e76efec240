"""Who may have the file of a piece of evidence, when, and under what name."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from benchmarking import evidence_downloads, evidence_entries
from benchmarking.access import Action, Refused
from benchmarking.answers import AssessmentKey
from benchmarking.assessing import assessments
from benchmarking.assessing.sheets import NotThere
from benchmarking.evidence import Evidence
from benchmarking.evidence_downloads import CannotGive
from benchmarking.evidence_files import Upload
from benchmarking.personal_details import WITHHELD
from benchmarking.store import assessments as stored
from benchmarking.store import evidence
from benchmarking.store.evidence_files import FileStore, StoredFile, sha256_of
from benchmarking.visit import Visit
from tests.evidence_papers import PDF, TEXT
from tests.use_cases.conftest import ME_1_4, World

RELEASED = datetime(2027, 2, 4)
SHARED = Evidence("", ME_1_4, "policy", "Policy", may_be_shared=True)
SAME_FOR_ALL = "There is no such file here, or it is not for you to see."


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(str(tmp_path / "evidence"))


def of(world: World, files: FileStore, subject: str) -> Visit:
    return replace(world.visit(subject), files=files)


def brought(world: World, files: FileStore, piece: Evidence = SHARED, content: bytes = PDF) -> str:
    """A piece of DEMO-07's evidence with a file; its number."""
    visit = of(world, files, "lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    evidence_entries.add(visit, sheet, ME_1_4, piece, Upload("Our policy.pdf", content))
    (kept,) = assessments.open_sheet(visit, "DEMO-07").line(ME_1_4).evidence
    return kept.evidence_id


def publish(world: World, state: str = "published") -> None:
    with world.database.writing(world.visit("lead-07").audit("move", "tests")) as writing:
        writing.run("UPDATE assessment SET state = :state", state=state)


def refused(world: World, files: FileStore, subject: str, evidence_id: str) -> Exception:
    with pytest.raises((Refused, NotThere)) as told:
        evidence_downloads.fetch(of(world, files, subject), evidence_id)
    assert str(told.value) == SAME_FOR_ALL
    return told.value


@pytest.mark.parametrize("subject", ["lead-07", "colleague-07", "approver-07"])
def test_people_who_work_on_it_have_it_as_it_was_brought(
    world: World, files: FileStore, subject: str
) -> None:
    number = brought(world, files, replace(SHARED, may_be_shared=False))
    found = evidence_downloads.fetch(of(world, files, subject), number)
    assert (found.name, found.file_type.id, found.content) == ("Our policy.pdf", "pdf", PDF)


# Whether inspectors have it: its state, whether it is marked, and whether the cycle is released.
@pytest.mark.parametrize(
    "state, is_shared, is_released, has_it",
    [
        ("published", True, True, True),
        ("published", True, False, False),
        ("published", False, True, False),
        ("signed_off", True, True, False),
        ("submitted", True, True, False),
        ("in_progress", True, True, False),
    ],
)
def test_inspectors_have_what_is_shared_published_and_released(
    world: World, files: FileStore, state: str, is_shared: bool, is_released: bool, has_it: bool
) -> None:
    number = brought(world, files, replace(SHARED, may_be_shared=is_shared))
    publish(world, state)
    world = replace(world, now=RELEASED) if is_released else world
    if has_it:
        found = evidence_downloads.fetch(of(world, files, "inspector"), number)
        assert found.content == PDF
        assert found.name == "DEMO-07-2026-27-sa-1.4-evidence.pdf", "a name of ours"
    else:
        told = refused(world, files, "inspector", number)
        assert isinstance(told, Refused) and told.trust == "DEMO-07"


@pytest.mark.parametrize("subject", ["board-07", "lead-08", "administrator"])
def test_nobody_else_has_it_even_then(world: World, files: FileStore, subject: str) -> None:
    number = brought(world, files)
    publish(world)
    refused(replace(world, now=RELEASED), files, subject, number)


def test_a_stranger_has_nothing(world: World, files: FileStore) -> None:
    number = brought(world, files)
    with pytest.raises(Refused, match=SAME_FOR_ALL):
        evidence_downloads.fetch(replace(world.stranger(), files=files), number)


@pytest.mark.parametrize("number", ["none", "", "x" * 5000, "\0", "a\ud800", "' OR '1'='1"])
def test_what_is_not_there_is_told_as_what_is_forbidden(
    world: World, files: FileStore, number: str
) -> None:
    brought(world, files)
    assert isinstance(refused(world, files, "lead-07", number), NotThere)
    assert isinstance(refused(world, files, "inspector", number), NotThere)


def test_a_piece_without_a_file_is_told_in_the_same_way(world: World, files: FileStore) -> None:
    visit = of(world, files, "lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    evidence_entries.add(visit, sheet, ME_1_4, replace(SHARED, may_be_shared=False))
    (piece,) = assessments.open_sheet(visit, "DEMO-07").line(ME_1_4).evidence
    refused(world, files, "lead-07", piece.evidence_id)


def test_who_is_refused_is_told_to_the_audit_with_the_trust(world: World, files: FileStore) -> None:
    told = refused(world, files, "lead-08", brought(world, files))
    assert isinstance(told, Refused)
    assert (told.action, told.trust) == (Action.SEE_DRAFT, "DEMO-07")


def test_inspectors_have_nothing_of_a_site_or_of_an_older_revision(
    world: World, files: FileStore
) -> None:
    number = brought(world, files)
    publish(world)
    later = replace(world, now=RELEASED)
    assert evidence_downloads.fetch(of(later, files, "inspector"), number)
    with world.database.writing(world.visit("lead-07").audit("publish", "tests")) as writing:
        stored.add(writing, AssessmentKey(7, "2026-27", revision=2), world.now)
    assert evidence_downloads.fetch(of(later, files, "inspector"), number), "a draft hides nothing"
    publish(world)
    refused(later, files, "inspector", number)
    with world.database.writing(world.visit("lead-07").audit("add", "tests")) as writing:
        site = AssessmentKey(7, "2026-27", "a-site")
        stored.add(writing, site, world.now)
        piece = replace(SHARED, evidence_id="of the site", file_sha256=sha256_of(PDF))
        evidence.add(writing, site, [replace(piece, file_type="pdf")])
    publish(world)
    refused(later, files, "inspector", "of the site")


def test_a_missing_file_is_told_in_a_sentence(world: World, files: FileStore) -> None:
    number = brought(world, files)
    files.remove(StoredFile(7, sha256_of(PDF)))
    with pytest.raises(CannotGive, match="The file is missing where it was kept."):
        evidence_downloads.fetch(of(world, files, "lead-07"), number)


def test_a_changed_file_is_not_handed_out(world: World, files: FileStore, tmp_path: Path) -> None:
    number = brought(world, files)
    (tmp_path / "evidence" / "7" / sha256_of(PDF)).write_bytes(b"something else")
    with pytest.raises(CannotGive, match="no longer what was brought and is not handed out"):
        evidence_downloads.fetch(of(world, files, "lead-07"), number)


def test_a_place_that_does_not_answer_is_told(world: World, files: FileStore) -> None:
    number = brought(world, files)
    gone = FileStore("nowhere://x")
    with pytest.raises(CannotGive, match="The place where files are kept does not answer."):
        evidence_downloads.fetch(of(world, gone, "lead-07"), number)


def test_a_shared_file_in_which_a_person_is_seen_later_is_withheld(
    world: World, files: FileStore
) -> None:
    """What is looked for may grow after somebody shared a file."""
    words = TEXT + b" Ring 07700 900123."
    with world.database.writing(world.visit("lead-07").audit("add", "tests")) as writing:
        key = AssessmentKey(7, "2026-27")
        stored.add(writing, key, world.now)
        file = {"file_sha256": files.put(7, words), "file_name": "a.txt", "file_type": "text"}
        evidence.add(writing, key, [replace(SHARED, evidence_id="one", **file)])
    publish(world)
    later = replace(world, now=RELEASED)
    with pytest.raises(CannotGive) as told:
        evidence_downloads.fetch(of(later, files, "inspector"), "one")
    assert str(told.value) == WITHHELD
    assert evidence_downloads.fetch(of(later, files, "lead-07"), "one").content == words
