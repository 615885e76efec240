"""The numbers that rise with what is written: with everything, and with what others see."""

import ast
from collections.abc import Iterator

import pytest

from benchmarking.settings import ROOT
from benchmarking.store import audit_actions, changes, installation
from benchmarking.store.changes import Stand
from benchmarking.store.database import AuditEntry, Database, Reading, connect
from tests.store.conftest import Engine
from tests.store.scene import MANAGER, NOW, audit, say, small_demonstration


def newest(database: Database) -> int:
    with database.reading() as reading:
        return changes.stand(reading).change


def data_revision(database: Database) -> int:
    with database.reading() as reading:
        return changes.stand(reading).data_revision


def test_nothing_written_is_no_change(bare: Database):
    assert newest(bare) == 0


def test_a_draft_is_a_change_though_others_do_not_see_it(database: Database):
    before, seen_by_others = newest(database), data_revision(database)
    with database.writing(audit()) as writing:
        assert say(writing, "good", 0)
    assert newest(database) > before
    assert data_revision(database) == seen_by_others


def test_what_was_given_up_is_no_change(database: Database):
    before = newest(database)
    with database.writing(audit()) as writing:
        assert not say(writing, "good", 7)
    assert newest(database) == before


def test_what_others_see_is_a_change_too(database: Database):
    before = newest(database)
    with database.writing(audit()) as writing:
        installation.raise_data_revision(writing)
    assert newest(database) > before


def write(database: Database, action: str, subject: str) -> None:
    with database.writing(AuditEntry(MANAGER, action, subject, NOW)):
        pass


def where(database: Database) -> Stand:
    with database.reading() as reading:
        return changes.stand(reading)


ONE = "session 0123456789ab"
CYCLE = "2026-27"


@pytest.mark.parametrize(
    "action, subject, concerned",
    [
        ("save answer", "DEMO-01 2026-27 my-expectations me-1.1", {"draft of DEMO-01"}),
        ("save comment", "DEMO-01 2026-27 sc1 my-expectations me-1.1", {"draft of DEMO-01"}),
        (
            "save reading of a file",
            "DEMO-01 2026-27",
            {"draft of DEMO-01", "draft of the last cycle", "DEMO-01"},
        ),
        ("save answer", "DEMO-01", {"everybody"}),
        ("signed in", ONE, {"session"}),
        ("still here", ONE, {"session"}),
        ("denied access", "DEMO-01", set()),
        ("claim work", "work back up", set()),
        ("end claim", "work back up", set()),
        ("submit assessment", "DEMO-01 2026-27", {"everybody"}),
        ("give role", "person 7", {"everybody"}),
        ("an action that nobody has named", "DEMO-01", {"everybody"}),
    ],
)
def test_a_change_concerns_whom_its_entry_names(
    database: Database, action: str, subject: str, concerned: set[str]
):
    before = where(database)
    write(database, action, subject)
    after = where(database)
    told = {
        "everybody": before.of_all != after.of_all,
        "DEMO-01": before.of_trust("DEMO-01") != after.of_trust("DEMO-01"),
        "draft of the last cycle": before.of_draft("DEMO-01", "2025-26")
        != after.of_draft("DEMO-01", "2025-26"),
        "DEMO-02": before.of_draft("DEMO-02", CYCLE) != after.of_draft("DEMO-02", CYCLE),
        "draft of DEMO-01": before.of_draft("DEMO-01", CYCLE) != after.of_draft("DEMO-01", CYCLE),
        "session": before.of_session(ONE) != after.of_session(ONE),
        "another session": before.of_session("session ff") != after.of_session("session ff"),
    }
    everybody = set(told) if "everybody" in concerned else concerned
    assert {name for name, changed in told.items() if changed} == everybody
    assert after.change > before.change


def test_an_answer_to_a_draft_is_a_change_of_that_draft(database: Database):
    before = where(database)
    write(database, "save answer", "DEMO-01 2026-27")
    first = where(database)
    write(database, "save answer", "DEMO-01 2026-27")
    assert before.of_draft("DEMO-01", CYCLE) < first.of_draft("DEMO-01", CYCLE)
    assert first.of_draft("DEMO-01", CYCLE) < where(database).of_draft("DEMO-01", CYCLE)


def test_what_concerns_everybody_is_newer_than_what_concerned_one(database: Database):
    where(database)
    write(database, "save answer", "DEMO-01 2026-27")
    one = where(database).of_draft("DEMO-01", CYCLE)
    write(database, "submit assessment", "DEMO-02 2026-27")
    after = where(database)
    assert (
        after.of_draft("DEMO-01", CYCLE) == after.of_draft("DEMO-02", CYCLE) == after.of_all > one
    )


def test_who_is_forgotten_among_very_many_counts_as_changed(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(changes, "_MOST", 2)
    where(database)
    seen = {}
    for number in range(4):
        write(database, "signed in", f"session {number}")
        seen[number] = where(database).of_session(f"session {number}")
    now = where(database)
    assert now.of_session("session 3") == seen[3] and now.of_session("session 2") == seen[2]
    assert now.of_session("session 0") > seen[0]
    assert now.of_all == seen[1], "as new as the newest that was forgotten"


def test_what_was_told_before_does_not_move(database: Database):
    before = where(database)
    known = before.of_draft("DEMO-01", CYCLE)
    write(database, "save answer", "DEMO-01 2026-27")
    where(database)
    assert before.of_draft("DEMO-01", CYCLE) == known


def test_a_file_that_nobody_wrote_to_is_not_asked_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    """On PostgreSQL another replica may have written."""
    asked: list[None] = []
    ask = changes.stand

    def count(reading: Reading) -> Stand:
        asked.append(None)
        return ask(reading)

    monkeypatch.setattr(changes, "stand", count)
    first = changes.now(database)
    assert changes.now(database) == first
    assert len(asked) == (1 if database.is_duckdb else 2)
    write(database, "save answer", "DEMO-01 2026-27")
    assert changes.now(database).change == first.change + 1


def test_what_is_written_while_a_file_is_asked_is_asked_for_the_next_time(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    ask = changes.stand

    def answer_late(reading: Reading) -> Stand:
        found = ask(reading)
        monkeypatch.setattr(changes, "stand", ask)
        write(database, "save answer", "DEMO-01 2026-27")
        return found

    monkeypatch.setattr(changes, "stand", answer_late)
    before = changes.now(database)
    assert changes.now(database).change > before.change


def test_a_change_by_another_process_is_seen_at_once(engine: Engine):
    """Two replicas over one PostgreSQL: each hears of the other's changes when it asks."""
    address = engine.new(small_demonstration)
    if not address.startswith("postgresql"):
        pytest.skip("One process at a time holds a DuckDB file.")
    here, there = connect(address), connect(address)
    try:
        before = where(here)
        write(there, "save answer", "DEMO-01 2026-27")
        assert where(here).of_draft("DEMO-01", CYCLE) > before.of_draft("DEMO-01", CYCLE)
        write(there, "give role", "person 7")
        assert where(here).of_all == where(there).of_all == where(here).change
    finally:
        here.close()
        there.close()


def entry(number: int, action: str, subject: str) -> dict[str, object]:
    return {"audit_id": number, "action": action, "subject": subject}


def test_who_was_answered_first_and_comes_last_is_told_nothing_older():
    """What they read next is as new as what others were told meanwhile."""
    heard = changes._Heard()
    heard.begin(5)
    first = [entry(6, "save answer", "DEMO-01 2026-27")]
    newest = heard.stand(9, [*first, entry(7, "publish assessment", "DEMO-01 2026-27")])
    late = heard.stand(8, first)
    assert (late.change, late.data_revision, late.of_all) == (7, 9, 7)
    assert late == newest


def test_one_stand_is_of_one_moment(database: Database):
    """Somebody's snapshot is from before a publication that others have heard of already."""
    with database.reading() as early:
        assert early.value("SELECT count(*) FROM audit")
        before = where(database)
        with database.writing(audit("publish")) as writing:
            installation.raise_data_revision(writing)
        newest = where(database)
        assert newest.data_revision > before.data_revision
        assert changes.stand(early) == newest


SCOPED = {
    name: action
    for name, action in vars(audit_actions).items()
    if name.isupper() and changes.concerns(action, "DEMO-01 2026-27") is not None
}


def calls() -> Iterator[ast.Call]:
    """Every call in the program."""
    for path in sorted((ROOT / "benchmarking").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def audited() -> list[tuple[str, str]]:
    """(name of the action, subject) of each audit entry that is made with a named action."""
    found = list[tuple[str, str]]()
    for call in calls():
        made_by = ast.unparse(call.func).rsplit(".", 1)[-1]
        words = [ast.unparse(word) for word in call.args]
        if made_by == "audit" and words and words[0] in SCOPED:
            found.append((words[0], words[1]))
        elif made_by in ("AuditEntry", "_entry"):
            found += [(word, made_by) for word in words if word in SCOPED]
    return found


def test_every_action_that_concerns_few_is_named_in_one_place():
    few = changes.OF_ONE_DRAFT | changes.OF_ONE_TRUST | changes.OF_ONE_SESSION | changes.OF_NOBODY
    assert set(SCOPED.values()) == few and len(SCOPED) == len(few)


@pytest.mark.parametrize("name", sorted(SCOPED))
def test_an_action_that_concerns_few_has_one_writer(name: str):
    """Another might name its subject otherwise, and whom it concerns would be missed."""
    assert [writer for writer, _ in audited()].count(name) == 1


def test_no_entry_spells_such_an_action_by_itself():
    said = [word.value for call in calls() for word in call.args if isinstance(word, ast.Constant)]
    spelt = [word for word in said if word in SCOPED.values()]
    # The line in the log beside the entry.
    assert spelt == ["denied access"]


def test_an_entry_of_one_trust_begins_with_its_code():
    subjects = {name: subject for name, subject in audited() if name.startswith("SAVE_")}
    assert subjects == {
        "SAVE_ANSWER": "subject(sheet, key)",
        "SAVE_COMMENT": "subject(sheet, key)",
        "SAVE_READING": "about(seen.standing)",
    }
