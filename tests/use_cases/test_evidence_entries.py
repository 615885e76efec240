"""Evidence as it is entered: what can be right is kept, what cannot is refused in a sentence."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmarking import evidence_entries
from benchmarking.access import Refused
from benchmarking.answers import AssessmentKey, MoveNote
from benchmarking.assessing import assessments
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.lifecycle import Step
from benchmarking.evidence import Evidence
from benchmarking.evidence_files import Upload
from benchmarking.free_text import NeedsConfirmation
from benchmarking.moments import utc_now
from benchmarking.store import evidence, revisions
from benchmarking.store.database import StoreError
from benchmarking.store.evidence_files import FileStore, StoredFile, sha256_of
from benchmarking.visit import Visit
from tests.evidence_papers import CSV, PDF, TEXT, excel, word
from tests.use_cases.conftest import ME_1_1, ME_1_4, World, submitted, take

SAMPLE = Evidence(
    evidence_id="",
    item=ME_1_4,
    kind="records",
    title="Sample of files",
    records_available=80,
    records_drawn=22,
    at_random=True,
    period_from=date(2026, 4, 1),
    period_to=date(2026, 9, 30),
    checked_by="complaints-team",
    checked_on=date(2026, 10, 5),
)


def add(world: World, piece: Evidence, subject: str = "lead-07") -> None:
    sheet = assessments.open_sheet(world.visit("lead-07"), "DEMO-07")
    evidence_entries.add(world.visit(subject), sheet, ME_1_4, piece)


def evidenced(world: World) -> str | None:
    return assessments.open_sheet(world.visit("lead-07"), "DEMO-07").line(ME_1_4).evidenced


def test_a_random_sample_lets_level_3_count(world: World) -> None:
    visit = world.visit("lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    assessments.save_answer(visit, sheet, ME_1_4, "good", "", 0)
    assert evidenced(world) == "some-shortfalls"
    add(world, SAMPLE)
    assert evidenced(world) == "good"


def test_taking_the_sample_away_takes_the_level_away(world: World) -> None:
    visit = world.visit("lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    assessments.save_answer(visit, sheet, ME_1_4, "good", "", 0)
    add(world, SAMPLE)
    piece = assessments.open_sheet(visit, "DEMO-07").line(ME_1_4).evidence[0]
    evidence_entries.remove(visit, sheet, ME_1_4, piece.evidence_id)
    evidence_entries.remove(visit, sheet, ME_1_4, piece.evidence_id)
    assert evidenced(world) == "some-shortfalls"


def changed(**values: object) -> Evidence:
    return replace(SAMPLE, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "piece, told",
    [
        (changed(title="  "), "Give the evidence a title"),
        (changed(kind="rumour"), "This kind of evidence is not offered"),
        (changed(records_drawn=90), "90 records drawn of 80 available cannot be right"),
        (changed(records_drawn=-1), "must lie between 0 and 1,000,000"),
        (changed(checked_on=date(2026, 12, 1)), "1 December 2026 is in the future"),
        (changed(period_from=date(2026, 10, 1)), "The period ends before it begins"),
        (changed(checked_by="my-cousin"), "This checker is not offered"),
        (changed(link="javascript:alert(1)"), "The link is not a web address"),
        (changed(link="www.example.org"), "with https:// in front"),
        (changed(note="x" * 2001), "The note is 2,001 characters long"),
        (changed(category="rumour"), "This category is not offered here"),
        (changed(dated_on=date(2026, 12, 1)), "1 December 2026 is in the future"),
        (changed(reviewed_on=date(2026, 11, 1)), "Say by role who looked at it"),
        (changed(reviewed_by="x" * 101), "Who looked at it is 101 characters long"),
        (changed(may_be_shared=True), "Only a file can be shared with inspectors"),
    ],
)
def test_what_cannot_be_right_is_refused(world: World, piece: Evidence, told: str) -> None:
    with pytest.raises(CannotSave, match=told):
        add(world, piece)
    assert world.count("SELECT count(*) FROM evidence") == 0


def test_only_people_on_the_assessment_add_evidence(world: World) -> None:
    with pytest.raises(Refused):
        add(world, SAMPLE, subject="lead-08")
    assert world.count("SELECT count(*) FROM evidence") == 0


FOLDER = "evidence"


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(str(tmp_path / FOLDER))


def visit_of(world: World, files: FileStore, subject: str = "lead-07") -> Visit:
    return replace(world.visit(subject), files=files)


def bring(
    visit: Visit, content: bytes, name: str = "Report.pdf", piece: Evidence = SAMPLE
) -> Evidence:
    """Adds a piece of evidence with a file; what is stored of it."""
    sheet = assessments.open_sheet(visit, "DEMO-07")
    before = {one.evidence_id for one in sheet.line(ME_1_4).evidence}
    evidence_entries.add(visit, sheet, ME_1_4, piece, Upload(name, content))
    now = assessments.open_sheet(visit, "DEMO-07").line(ME_1_4).evidence
    return next(one for one in now if one.evidence_id not in before)


def take_away(visit: Visit, piece: Evidence) -> None:
    sheet = assessments.open_sheet(visit, "DEMO-07")
    evidence_entries.remove(visit, sheet, ME_1_4, piece.evidence_id)


def lying(files: FileStore) -> list[StoredFile]:
    return list(files.every(utc_now()))


def test_category_date_and_reviewer_are_kept(world: World) -> None:
    told = {
        "category": "processes",
        "dated_on": date(2026, 3, 1),
        "reviewed_by": "Deputy chief nurse",
        "reviewed_on": date(2026, 4, 1),
    }
    add(world, changed(**told))
    (piece,) = assessments.open_sheet(world.visit("lead-07"), "DEMO-07").line(ME_1_4).evidence
    assert {name: getattr(piece, name) for name in told} == told


def test_a_file_is_kept_under_its_hash_and_called_what_it_was(
    world: World, files: FileStore
) -> None:
    piece = bring(visit_of(world, files), PDF, "C:\\papers\\Report.exe")
    assert (piece.file_name, piece.file_type, piece.file_size) == ("Report.exe", "pdf", len(PDF))
    assert piece.file_sha256 == sha256_of(PDF)
    assert lying(files) == [StoredFile(7, piece.file_sha256)]
    assert files.read(7, piece.file_sha256) == PDF


def test_nobody_says_of_a_file_what_it_is_but_the_file(world: World, files: FileStore) -> None:
    """A forged field of the form changes nothing."""
    forged = changed(file_sha256="0" * 64, file_name="x", file_type="pdf", file_size=1)
    add(world, forged)
    (piece,) = assessments.open_sheet(world.visit("lead-07"), "DEMO-07").line(ME_1_4).evidence
    assert (piece.file_sha256, piece.file_name, piece.file_type) == ("", "", "")
    assert piece.file_size is None
    assert bring(visit_of(world, files), CSV, piece=forged).file_type == "csv"


@pytest.mark.parametrize(
    "content, told",
    [
        (b"", "The file is empty."),
        (b"<html></html>", "This is a web page or a program"),
        (b"MZ\x00", "This kind of file is not taken."),
        (PDF + b"\0" * (5 * 1024 * 1024), "and 5 MB is the most"),
    ],
)
def test_a_file_that_is_not_taken_leaves_nothing(
    world: World, files: FileStore, content: bytes, told: str
) -> None:
    with pytest.raises(CannotSave, match=told):
        bring(visit_of(world, files), content)
    assert lying(files) == []
    assert world.count("SELECT count(*) FROM evidence") == 0


def test_somebody_else_brings_nothing(world: World, files: FileStore) -> None:
    sheet = assessments.open_sheet(world.visit("lead-07"), "DEMO-07")
    visit = visit_of(world, files, "lead-08")
    with pytest.raises(Refused):
        evidence_entries.add(visit, sheet, ME_1_4, SAMPLE, Upload("a.pdf", PDF))
    assert lying(files) == []


NUMBER = "943 476 5919"


@pytest.mark.parametrize(
    "content, name, piece, told",
    [
        (PDF, "Letter.pdf", changed(note=NUMBER), "This looks like an NHS number."),
        (PDF, "Letter.pdf", changed(title="Call 07700 900123"), "This looks like a phone number."),
        (PDF, f"{NUMBER}.pdf", SAMPLE, "This looks like an NHS number."),
        (PDF, "a.pdf", changed(reviewed_by="me@example.org"), "looks like an e-mail address."),
        (TEXT + NUMBER.encode(), "a.txt", SAMPLE, "The file seems to hold an NHS number."),
        (word(NUMBER), "a.docx", SAMPLE, "The file seems to hold an NHS number."),
        (excel("9434765919"), "a.xlsx", SAMPLE, "The file seems to hold an NHS number."),
    ],
)
def test_what_may_tell_who_somebody_is_has_to_be_confirmed(
    world: World, files: FileStore, content: bytes, name: str, piece: Evidence, told: str
) -> None:
    visit = visit_of(world, files)
    with pytest.raises(NeedsConfirmation) as asked:
        bring(visit, content, name, piece)
    assert told in str(asked.value)
    assert lying(files) == []
    bring(visit.confirming(asked.value.mark), content, name, piece)
    detail = "SELECT count(*) FROM audit WHERE action = 'add evidence' AND detail LIKE '%{}%'"
    assert world.count(detail.format("records; confirmed: ")) == 1
    assert world.count(detail.format("943")) == 0


def test_a_file_that_may_tell_who_somebody_is_cannot_be_shared(
    world: World, files: FileStore
) -> None:
    with pytest.raises(CannotSave) as told:
        bring(visit_of(world, files), word(NUMBER), piece=changed(may_be_shared=True))
    assert str(told.value) == (
        "The file seems to hold an NHS number, so it cannot be shared with inspectors. Take that "
        "out, or take the tick away."
    )


def test_the_file_goes_with_the_last_piece_that_names_it(world: World, files: FileStore) -> None:
    visit = visit_of(world, files)
    first, second = bring(visit, PDF), bring(visit, PDF)
    take_away(visit, first)
    assert len(lying(files)) == 1, "the second still names it"
    take_away(visit, second)
    assert lying(files) == []
    assert world.count("SELECT count(*) FROM audit WHERE action = 'remove evidence file'") == 1


def test_a_file_stays_while_an_earlier_revision_names_it(world: World, files: FileStore) -> None:
    piece = bring(visit_of(world, files), PDF)
    submitted_over(world)
    copied = assessments.open_sheet(world.visit("lead-07"), "DEMO-07").line(ME_1_4).evidence[0]
    described = ("file_sha256", "file_name", "file_type", "file_size", "may_be_shared", "category")
    assert copied.evidence_id != piece.evidence_id
    assert [getattr(copied, f) for f in described] == [getattr(piece, f) for f in described]
    take_away(visit_of(world, files), copied)
    assert len(lying(files)) == 1


def submitted_over(world: World) -> None:
    """The assessment submitted, published and reopened, with what stands in it."""
    key = AssessmentKey(7, "2026-27")
    with world.database.writing(world.visit("lead-07").audit("publish", "tests")) as writing:
        writing.run(
            "UPDATE assessment SET state = 'published' WHERE organisation_id = 7 "
            "AND cycle_id = :cycle",
            cycle=key.cycle_id,
        )
        revisions.begin_again(writing, key, world.now)


def test_a_piece_without_a_file_takes_none_away(world: World, files: FileStore) -> None:
    visit = visit_of(world, files)
    bring(visit, PDF)
    sheet = assessments.open_sheet(visit, "DEMO-07")
    evidence_entries.add(visit, sheet, ME_1_4, SAMPLE)
    plain = next(
        piece
        for piece in assessments.open_sheet(visit, "DEMO-07").line(ME_1_4).evidence
        if not piece.file_sha256
    )
    take_away(visit, plain)
    assert len(lying(files)) == 1


def test_where_the_row_is_not_kept_the_file_goes_again(world: World, files: FileStore) -> None:
    visit = visit_of(world, files)
    sheet = assessments.open_sheet(visit, "DEMO-07")
    submitted(world)
    with pytest.raises(CannotSave, match="This assessment has been submitted"):
        evidence_entries.add(visit, sheet, ME_1_4, SAMPLE, Upload("a.pdf", PDF))
    assert lying(files) == []


def test_a_store_that_fails_is_told_and_nothing_is_saved(world: World, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("not a folder", encoding="utf-8")
    with pytest.raises(CannotSave, match="The file could not be kept, so nothing was saved."):
        bring(visit_of(world, FileStore(str(tmp_path / "taken"))), PDF)
    assert world.count("SELECT count(*) FROM evidence") == 0


def test_a_file_that_a_colleague_removes_meanwhile_is_kept_again(
    world: World, files: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the file and its row, the last other piece goes, and takes the same file away."""
    visit = visit_of(world, files)
    theirs = bring(visit, PDF)
    open_draft = evidence_entries.open_draft

    def after_theirs(*given: object) -> AssessmentKey:
        files.remove(StoredFile(7, theirs.file_sha256))
        return open_draft(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(evidence_entries, "open_draft", after_theirs)
    bring(visit, PDF)
    assert lying(files) == [StoredFile(7, sha256_of(PDF))]


def test_a_file_that_could_not_be_removed_waits_for_the_purge(
    world: World, files: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = visit_of(world, files)
    piece = bring(visit, PDF)

    def fail(*_: object) -> None:
        raise StoreError("The disk is gone.")

    monkeypatch.setattr(FileStore, "remove", fail)
    take_away(visit, piece)
    with world.database.reading() as reading:
        assert evidence.unnamed_files(reading, files, utc_now()) == tuple(lying(files))
    assert world.count("SELECT count(*) FROM evidence") == 0


def test_evidence_and_files_change_no_receipt(world: World, files: FileStore) -> None:
    """The ledger's hash covers the answers alone, as before there were files."""
    before = submitted(world)
    take(world, Step.APPROVE, "approver-07")
    hashes = "SELECT count(DISTINCT content_hash) FROM ledger"
    assert world.count(hashes) == 1
    with world.database.writing(world.visit("lead-07").audit("add", "tests")) as writing:
        piece = changed(evidence_id="late", file_sha256=sha256_of(PDF), item=ME_1_1)
        evidence.add(writing, AssessmentKey(7, "2026-27"), [piece])
    note = MoveNote("We agree.", None, "The board", date(2026, 11, 21))
    take(world, Step.SIGN_OFF, "board-07", note)
    assert world.count(hashes) == 1
    assert before.number
