"""What was kept for its time goes, in small steps that can be broken off; proof and holds stay."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from benchmarking import retention
from benchmarking.answers import Assessment, Cycle, Move, State
from benchmarking.assessing import ledgers
from benchmarking.assessing.receipts import content_hash
from benchmarking.indicators import CatalogueError
from benchmarking.retention import Rules
from benchmarking.settings import ROOT
from benchmarking.store import (
    answers,
    assessments,
    assignments,
    carried_answers,
    cycles,
    good_practice,
    ledger,
    legal_holds,
    move_notes,
    notifications,
    submitted,
)
from benchmarking.store import retention as store_retention
from benchmarking.store.database import Database
from benchmarking.store.evidence_files import FileStore
from benchmarking.store.migrate import tables
from tests.store.scene import (
    CYCLE,
    ITEM,
    KEY,
    LEAD,
    MANAGER,
    NORTH,
    NOW,
    SOUTH,
    audit,
    audit_entries,
    contents,
    say,
)

DATA = ROOT / "data"
RULES = retention.load(DATA)
OLD = Cycle(
    cycle_id="2010-11",
    title="2010 to 2011",
    opens_at=datetime(2010, 4, 1),
    deadline_at=datetime(2010, 12, 24),
    release_at=datetime(2011, 2, 4),
    peers_named=True,
    editions=CYCLE.editions,
)
# A published assessment and a draft of the first trust, a draft of the second; and of this year
# a draft of the first, which stands in the scene.
PUBLISHED = replace(KEY, cycle_id=OLD.cycle_id)
REOPENED = replace(PUBLISHED, revision=2)
SOUTHS = replace(PUBLISHED, organisation_id=SOUTH.organisation_id)
KEPT_WHOLE = ("assessment", "ledger", "person", "organisation", "cycle", "role_grant")


@pytest.fixture
def filled(database: Database) -> Database:
    """Old and new assessments, each with everything that can be said in one; figures; sign-ins."""
    with database.writing(audit("fill")) as writing:
        cycles.add(writing, OLD)
        for key in (PUBLISHED, REOPENED, SOUTHS):
            assessments.add(writing, key, NOW)
        for key in (PUBLISHED, REOPENED, SOUTHS, KEY):
            say(writing, "good", 0, key=key, reason="Because.")
            answers.save_comment(writing, key, ITEM, "A word.", 0)
            _add_evidence(writing, key)
        assignments.hand_over(writing, SOUTHS, [ITEM], MANAGER, None)
        carried_answers.mark(writing, SOUTHS, OLD.cycle_id, [submitted.answers(writing)[SOUTHS][0]])
        said = submitted.answers(writing)[PUBLISHED]
        for number, (before, after) in enumerate(
            [(State.IN_PROGRESS, State.SUBMITTED), (State.SUBMITTED, State.PUBLISHED)]
        ):
            assessments.move(writing, Assessment(PUBLISHED, before, NOW), after, NOW)
            move = Move(PUBLISHED, before, after, MANAGER, NOW, f"R{number}", content_hash(said))
            ledger.append(writing, move)
        writing.run(
            "INSERT INTO move_note (entry_number, note_number, note_text) VALUES (2, 1, 'Well.')"
        )
        for month in ("2011-05-01", "2026-05-01"):
            writing.run(
                "INSERT INTO monthly_figure VALUES (1, 's', CAST(:m AS DATE), 1, 1, 2, 1, :now)",
                m=month,
                now=NOW,
            )
        for session, seen in (("old", NOW - timedelta(days=400)), ("new", NOW)):
            writing.run(
                "INSERT INTO session (session_id, person_id, begun_at, seen_at) "
                "VALUES (:session, 1, :seen, :seen)",
                session=session,
                seen=seen,
            )
    return database


def _add_evidence(writing: Any, key: Any) -> None:
    writing.run(
        """
        INSERT INTO evidence (evidence_id, organisation_id, cycle_id, scope, revision,
            standard_id, item_id, kind, title, note, link, replies, author_id, saved_at)
        VALUES (:id, :organisation_id, :cycle_id, :scope, :revision, 'my-expectations',
            'me-1.1', 'survey', 'Survey', 'A note.', 'https://x.example', 40, 1, :now)
        """,
        id=f"{key.organisation_id}-{key.cycle_id}-{key.revision}",
        now=NOW,
        **vars(key),
    )


def purged(database: Database, rules: Rules = RULES, at: datetime = NOW) -> list[str]:
    return [
        f"{portion.rule.id} {portion.about} {portion.rows}"
        for portion in retention.purge(database, rules, at)
    ]


def hold(database: Database, trust: int, until: datetime | None = None) -> int:
    with database.writing(audit("place legal hold")) as writing:
        return legal_holds.add(writing, trust, "A hearing.", until)


def rows(database: Database, table: str) -> int:
    return len(contents(database)[table])


def due(database: Database, at: datetime = NOW) -> list[str]:
    found = retention.report(database, RULES, at)
    return [f"{portion.rule.id} {portion.about} {portion.rows}" for portion in found.due]


EVERYTHING_OLD = [
    "sign-ins sign-ins 1",
    "drafts DEMO-01 2010-11 revision 2 5",
    "drafts DEMO-02 2010-11 revision 1 7",
    "words DEMO-01 2010-11 revision 1 5",
    "answers DEMO-01 2010-11 revision 1 6",
    "months DEMO-01 1",
]


def test_the_report_lists_what_is_old_and_changes_nothing(filled: Database):
    before = contents(filled)
    assert due(filled) == EVERYTHING_OLD
    assert contents(filled) == before


def test_the_purge_removes_what_was_listed_and_nothing_new(filled: Database):
    assert purged(filled) == [
        *EVERYTHING_OLD[:4],
        # The words have gone already when their answers' turn comes.
        "answers DEMO-01 2010-11 revision 1 2",
        EVERYTHING_OLD[5],
    ]
    after = contents(filled)
    for table in ("answer", "answer_comment", "evidence"):
        assert [row["cycle_id"] for row in after[table]] == [KEY.cycle_id], table
    assert {row["cycle_id"] for row in after["answer_history"]} == {KEY.cycle_id}
    assert after["assignment"] == after["carried_answer"] == []
    assert after["move_note"] == []
    assert [str(row["month"]) for row in after["monthly_figure"]] == ["2026-05-01"]
    assert [row["session_id"] for row in after["session"]] == ["new"]


def test_the_proof_stays_as_it_was_and_the_ledger_stays_whole(filled: Database):
    before = contents(filled)
    entries = len(before["audit"])
    purged(filled)
    after = contents(filled)
    for table in KEPT_WHOLE:
        assert after[table] == before[table], table
    assert [row for row in after["audit"] if row in before["audit"]] == before["audit"]
    assert len(after["audit"]) == entries + 6, "one more for each portion"
    found = ledgers.verify(filled)
    assert found.faults == () and found.purged == 1
    assert found.sentence.endswith("The answers of 1 more were purged when their time was over.")


def test_each_portion_has_its_audit_entry_without_content(filled: Database):
    purged(filled)
    entries = [row for row in contents(filled)["audit"] if row["action"] == "purge"]
    said = {(row["person_id"], row["subject"], row["detail"]) for row in entries}
    assert (0, "DEMO-01 2010-11 revision 1", "answers: 6") in said
    assert (0, "DEMO-01", "months: 1") in said
    assert "A word." not in str(entries) and "A hearing." not in str(entries)


def test_a_second_purge_finds_nothing(filled: Database):
    purged(filled)
    before = contents(filled)
    assert purged(filled) == [] and contents(filled) == before


def test_what_others_may_have_kept_is_out_of_date_after_a_purge(filled: Database):
    revision = contents(filled)["installation"][0]["data_revision"]
    purged(filled)
    assert contents(filled)["installation"][0]["data_revision"] == revision + 6


@pytest.mark.parametrize("steps", range(6))
def test_a_purge_broken_off_after_any_step_is_finished_by_the_next(filled: Database, steps: int):
    broken_off = retention.purge(filled, RULES, NOW)
    done = [next(broken_off) for _ in range(steps)]
    broken_off.close()
    assert len(done) == steps
    assert len(purged(filled)) == 6 - steps
    assert due(filled) == []
    assert ledgers.verify(filled).is_whole


@pytest.mark.parametrize("failing", range(1, 12))
def test_a_write_that_fails_leaves_its_portion_as_it_was(
    filled: Database, monkeypatch: pytest.MonkeyPatch, failing: int
):
    """The k-th write fails: what was done before stays, the rest is as before, a rerun ends it."""
    from benchmarking.store.database import Writing

    run, calls = Writing.run, []

    def fails(self: Writing, sql: str, /, **values: object) -> int:
        calls.append(sql)
        if len(calls) == failing:
            raise RuntimeError("The disk is gone.")
        return run(self, sql, **values)

    with monkeypatch.context() as patch:
        patch.setattr(Writing, "run", fails)
        with pytest.raises(RuntimeError, match="The disk is gone."):
            purged(filled)
    assert ledgers.verify(filled).is_whole
    notes = [entry for entry in audit_entries(filled) if entry == "purge"]
    assert len(notes) + len(purged(filled)) >= 6
    assert due(filled) == [] and ledgers.verify(filled).is_whole


def test_a_trust_under_a_legal_hold_keeps_everything(filled: Database):
    hold(filled, NORTH.organisation_id)
    found = retention.report(filled, RULES, NOW)
    assert {portion.about for portion in found.held} == {
        "DEMO-01 2010-11 revision 1",
        "DEMO-01 2010-11 revision 2",
        "DEMO-01",
    }
    assert purged(filled) == [EVERYTHING_OLD[0], EVERYTHING_OLD[2]]
    assert rows(filled, "monthly_figure") == 2
    assert {row["organisation_id"] for row in contents(filled)["answer"]} == {1}


def test_a_hold_placed_while_the_purge_runs_is_kept(filled: Database):
    running = retention.purge(filled, RULES, NOW)
    assert next(running).rule.id == "sign-ins"
    hold(filled, NORTH.organisation_id)
    assert [portion.about for portion in running] == ["DEMO-02 2010-11 revision 1"]
    assert rows(filled, "monthly_figure") == 2
    assert audit_entries(filled).count("purge") == 2, "what was held back is not noted as done"


@pytest.mark.parametrize(
    "until, at, lasts",
    [
        (None, NOW, True),
        (NOW + timedelta(days=1), NOW, True),
        (NOW + timedelta(days=1), NOW + timedelta(days=1), False),
        (None, NOW - timedelta(seconds=1), False),
    ],
)
def test_a_hold_lasts_from_its_beginning_until_its_end(
    database: Database, until: datetime | None, at: datetime, lasts: bool
):
    hold(database, NORTH.organisation_id, until)
    with database.reading() as reading:
        (one,) = legal_holds.every(reading)
        assert legal_holds.held(reading, at) == (
            frozenset({NORTH.organisation_id}) if lasts else frozenset()
        )
    assert one.lasts(at) == lasts
    assert (one.trust_code, one.reason, one.author) == (
        "DEMO-01",
        "A hearing.",
        "Complaints manager",
    )


def test_a_hold_ends_once(database: Database):
    number = hold(database, NORTH.organisation_id)
    for expected in (True, False):
        with database.writing(audit("end legal hold")) as writing:
            assert legal_holds.end(writing, number) is expected
    with database.reading() as reading:
        assert legal_holds.held(reading, NOW) == frozenset()
    assert audit_entries(database).count("end legal hold") == 1


@pytest.mark.parametrize(
    "rule, last_day_kept, first_day_due",
    [
        ("drafts", "2012-12-24", "2012-12-25"),
        ("words", "2017-02-04", "2017-02-05"),
        ("answers", "2021-02-04", "2021-02-05"),
        ("months", "2021-05-01", "2021-05-02"),
    ],
)
def test_each_kind_is_kept_for_its_months_to_the_day(
    filled: Database, rule: str, last_day_kept: str, first_day_due: str
):
    def listed(day: str) -> bool:
        at = datetime.fromisoformat(day)
        return any(line.startswith(rule) for line in due(filled, at))

    assert not listed(last_day_kept) and listed(first_day_due)


def test_the_strength_of_evidence_outlives_its_words(filled: Database):
    """Else an old result would change without anybody doing anything."""
    words = [rule for rule in RULES.kinds if rule.id == "words"]
    purged(filled, Rules(kinds=tuple(words), kept=RULES.kept))
    (piece,) = [
        row
        for row in contents(filled)["evidence"]
        if (row["cycle_id"], row["revision"], row["organisation_id"]) == ("2010-11", 1, 1)
    ]
    assert (piece["kind"], piece["replies"]) == ("survey", 40)
    assert (piece["title"], piece["note"], piece["link"]) == (
        "Removed when its time was over",
        "",
        "",
    )
    assert ledgers.verify(filled).faults == () and ledgers.verify(filled).purged == 0


def test_answers_that_come_back_after_their_purge_are_named(filled: Database):
    purged(filled)
    with filled.writing(audit("tamper")) as writing:
        say(writing, "good", 0, key=PUBLISHED)
    assert ledgers.verify(filled).faults == (
        "DEMO-01 2010-11, revision 1: its answers were purged, but there are some.",
    )


def test_the_file_speaks_of_every_table_that_it_names(bare: Database):
    with bare.reading() as reading:
        assert RULES.named <= tables(reading)


def test_a_table_that_nobody_thought_of_is_listed(bare: Database):
    fewer = Rules(kinds=RULES.kinds, kept=RULES.kept[1:])
    assert "audit" in retention.report(bare, fewer, NOW).unnamed


def test_every_basis_is_a_proposal_until_a_controller_agrees():
    assert {rule.basis.status for rule in RULES.kinds} == {"proposed"}
    assert {"audit", "ledger"} <= set(RULES.kept[0].tables)


@pytest.mark.parametrize(
    "old, new, told",
    [
        ("months: 12", "months: 0", "line 6: months must be more than 0, not 0."),
        ("of: drafts", "of: draughts", "of cannot be draughts."),
        ("status: proposed", "status: agreed", "status cannot be used"),
        ("tables: [session]", "", "the key tables is missing"),
    ],
)
def test_a_fault_in_the_file_is_told_with_its_line(tmp_path: Path, old: str, new: str, told: str):
    text = (DATA / "retention.yaml").read_text("utf-8")
    (tmp_path / "retention.yaml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CatalogueError) as refused:
        retention.load(tmp_path)
    assert told in str(refused.value) and "data/retention.yaml, line" in str(refused.value)
    assert "standards/README.md" not in str(refused.value)


def test_a_table_that_is_not_there_is_refused(bare: Database):
    wrong = RULES.kinds[0].model_copy(update={"tables": ("nowhere",)})
    rules = Rules(kinds=(wrong,), kept=RULES.kept)
    with pytest.raises(CatalogueError, match="there is no table nowhere. Correct its name."):
        retention.report(bare, rules, NOW)


def test_notes_of_moves_are_those_of_the_ledgers_own_module(filled: Database):
    """The words that the purge removes are the ones that a reader sees."""
    with filled.reading() as reading:
        found = move_notes.of_assessment(reading, PUBLISHED)
    assert "Well." in str(found)
    purged(filled)
    with filled.reading() as reading:
        assert "Well." not in str(move_notes.of_assessment(reading, PUBLISHED))


# Good practice, which belongs to no assessment.


def withdrawn_practice(database: Database, used: bool) -> None:
    """An example of the first trust and the second's mark on it, withdrawn long ago."""
    long_ago = NOW - timedelta(days=900)
    account = good_practice.Account("A title", "What we do.")
    with database.writing(audit("offer", at=long_ago)) as writing:
        level = good_practice.Level(CYCLE.cycle_id, "good")
        number = good_practice.offer(writing, NORTH.organisation_id, ITEM, level, account)
        use = good_practice.begin_use(
            writing, number, SOUTH.organisation_id, good_practice.Stage.USING
        )
        good_practice.withdraw(writing, number)
        if not used:
            good_practice.end_use(writing, use)


def test_withdrawn_practice_goes_once_no_mark_on_it_is_left(database: Database):
    withdrawn_practice(database, used=False)
    assert purged(database) == ["practice-uses DEMO-02 1"]
    assert purged(database) == ["practice DEMO-01 1"]
    assert rows(database, "practice_example") == rows(database, "practice_use") == 0


def test_withdrawn_practice_stays_while_a_trust_uses_it(database: Database):
    withdrawn_practice(database, used=True)
    assert purged(database) == [] and rows(database, "practice_example") == 1


@pytest.mark.parametrize("held, kept", [(SOUTH, 1), (NORTH, 0)])
def test_a_hold_on_either_trust_keeps_the_practice_that_both_have_part_in(
    database: Database, held: Any, kept: int
):
    withdrawn_practice(database, used=False)
    hold(database, held.organisation_id)
    assert len(purged(database)) + len(purged(database)) == 1 - kept
    assert rows(database, "practice_example") == 1 and rows(database, "practice_use") == kept


# Who is told by e-mail.


def test_addresses_go_after_the_last_role_and_notes_of_telling_after_a_year(database: Database):
    long_ago = NOW - timedelta(days=500)
    with database.writing(audit("choose", at=long_ago)) as writing:
        often = notifications.HowOften.DAILY
        for person in (MANAGER, LEAD):
            address = f"{person}@trust.example"
            chosen = notifications.Choice(person, address, often, long_ago)
            notifications.choose(writing, chosen)
            for _ in range(2):
                notifications.claim(writing, person, "f")
        writing.run(
            "UPDATE role_grant SET holds_from = :at, holds_until = :at WHERE person_id = :lead",
            at=long_ago,
            lead=LEAD,
        )
    hold(database, NORTH.organisation_id)
    assert purged(database) == ["told notifications 2", "addresses addresses 1"]
    left = contents(database)
    assert [row["person_id"] for row in left["notification_choice"]] == [MANAGER]
    assert sorted(row["person_id"] for row in left["notification_sent"]) == [MANAGER, LEAD]


def test_with_the_words_of_evidence_go_its_reviewer_and_its_file(filled: Database):
    with filled.writing(audit("add a file")) as writing:
        writing.run(
            """
            UPDATE evidence
            SET reviewed_by = 'Deputy chief nurse', category = 'outcomes', file_sha256 = :hash,
                file_name = 'Letter.pdf', file_type = 'pdf', file_size = 12,
                file_may_identify = TRUE
            """,
            hash="a" * 64,
        )
    words = [rule for rule in RULES.kinds if rule.id == "words"]
    told = purged(filled, Rules(kinds=tuple(words), kept=RULES.kept))
    assert any(line.startswith("words ") for line in told)
    with filled.reading() as reading:
        rows = reading.rows("SELECT * FROM evidence WHERE cycle_id = '2010-11' AND revision = 1")
        emptied = [row for row in rows if row["organisation_id"] == NORTH.organisation_id]
    names = ("reviewed_by", "file_sha256", "file_name", "file_type", "file_size")
    assert [tuple(row[name] for name in names) for row in emptied] == [("", "", "", "", None)]
    assert [row["category"] for row in emptied] == ["outcomes"], "it says nothing of anybody"
    assert not emptied[0]["file_may_identify"]


def test_a_piece_of_which_only_the_file_is_left_still_has_to_be_emptied(filled: Database):
    with filled.writing(audit("add a file")) as writing:
        writing.run(
            "UPDATE evidence SET title = :removed, note = '', link = '', file_sha256 = 'a'",
            removed=store_retention.REMOVED,
        )
    words = [rule for rule in RULES.kinds if rule.id == "words"]
    told = purged(filled, Rules(kinds=tuple(words), kept=RULES.kept))
    assert any(line.startswith("words ") for line in told)


def test_files_that_nothing_names_go_but_for_a_hold(filled: Database, tmp_path: Path):
    files = FileStore(str(tmp_path))
    hold(filled, NORTH.organisation_id)
    kept = files.put(NORTH.organisation_id, b"held")
    gone = files.put(SOUTH.organisation_id, b"left over")
    with filled.writing(audit("name a file")) as writing:
        named = files.put(SOUTH.organisation_id, b"named")
        writing.run(
            "UPDATE evidence SET file_sha256 = :named WHERE organisation_id = 2", named=named
        )
    report = retention.report(filled, RULES, NOW, files)
    assert {file.sha256 for file in report.files} == {kept, gone}
    removed = list(retention.purge_files(filled, files, NOW))
    assert [file.sha256 for file in removed] == [gone]
    assert {file.sha256 for file in files.every(NOW)} == {kept, named}
    assert audit_entries(filled)[-1] == "purge"


def test_without_a_store_of_files_nothing_is_said_of_them(filled: Database):
    assert retention.report(filled, RULES, NOW).files == ()
