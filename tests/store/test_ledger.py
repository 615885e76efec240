"""The ledger is a chain: whoever changes its past breaks it where they did."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy.exc import IntegrityError

from benchmarking.answers import Move, State
from benchmarking.store import ledger
from benchmarking.store.database import Database, connect
from benchmarking.store.ledger import BrokenLink
from tests.store.scene import (
    KEY,
    LATER,
    LEAD,
    MANAGER,
    NOW,
    SOUTH,
    Engine,
    audit,
    contents,
    small_demonstration,
)

LIFE = [
    Move(KEY, State.IN_PROGRESS, State.SUBMITTED, MANAGER, NOW, "DEMO-01/1", "c" * 64),
    Move(KEY, State.SUBMITTED, State.SENT_BACK, LEAD, LATER, "DEMO-01/2", "c" * 64),
    Move(KEY, State.SENT_BACK, State.SUBMITTED, MANAGER, LATER, "DEMO-01/3", "d" * 64),
]
SOUTHS = replace(
    LIFE[0], key=replace(KEY, organisation_id=SOUTH.organisation_id), receipt="DEMO-02/1"
)


def append(database: Database, *moves: Move) -> None:
    for move in moves:
        with database.writing(audit()) as writing:
            ledger.append(writing, move)


def broken(database: Database) -> BrokenLink | None:
    with database.reading() as reading:
        return ledger.first_broken_link(reading)


def test_the_moves_of_an_assessment_come_back_in_order(database: Database):
    append(database, LIFE[0], SOUTHS, *LIFE[1:])
    with database.reading() as reading:
        assert ledger.moves_of(reading, KEY) == tuple(LIFE)
        assert ledger.moves_of(reading, SOUTHS.key) == (SOUTHS,)


def test_the_last_submission_counts_by_the_order_of_the_entries(database: Database):
    """A clock that was put back between two submissions changes nothing."""
    earlier = NOW.replace(hour=8)
    append(database, *LIFE[:2], replace(LIFE[2], moved_at=earlier))
    with database.reading() as reading:
        assert ledger.submitted_at(reading, KEY) == earlier
        found = ledger.submissions(reading, KEY.cycle_id, KEY.scope)
    assert found == {(KEY.organisation_id, KEY.revision): earlier}


def test_submissions_are_those_of_every_trust_and_revision_of_a_cycle(database: Database):
    append(database, LIFE[0], SOUTHS)
    others = {"scope": "Ward 7", "revision": 2}
    for number, (name, value) in enumerate(others.items()):
        key = replace(KEY, **{name: value})
        append(database, replace(LIFE[2], key=key, receipt=f"other {number}"))
    with database.reading() as reading:
        found = ledger.submissions(reading, KEY.cycle_id, KEY.scope)
        assert ledger.submissions(reading, "2025-26", KEY.scope) == {}
    assert found == {(1, 1): NOW, (2, 1): NOW, (1, 2): LATER}


def test_what_was_never_submitted_has_no_time_of_submission(database: Database):
    append(database, replace(LIFE[1], receipt="sent back only"))
    with database.reading() as reading:
        assert ledger.submitted_at(reading, KEY) is None
        assert ledger.submissions(reading, KEY.cycle_id, KEY.scope) == {}


def test_moves_written_together_are_the_same_chain_as_one_by_one(
    database: Database, engine: Engine
):
    other = connect(engine.new(small_demonstration))
    append(database, *LIFE, SOUTHS)
    append(other, LIFE[0])
    with other.writing(audit()) as writing:
        ledger.append(writing)
        ledger.append(writing, *LIFE[1:], SOUTHS)
    assert contents(other)["ledger"] == contents(database)["ledger"]
    other.close()


def test_an_empty_ledger_and_a_whole_one_hold(database: Database):
    assert broken(database) is None
    append(database, *LIFE, SOUTHS)
    assert broken(database) is None


def test_each_entry_holds_the_hash_of_the_one_before(database: Database):
    append(database, *LIFE)
    with database.reading() as reading:
        rows = reading.rows("SELECT previous_hash, entry_hash FROM ledger ORDER BY entry_number")
    assert [row["previous_hash"] for row in rows] == [
        "0" * 64,
        rows[0]["entry_hash"],
        rows[1]["entry_hash"],
    ]


CHANGES = {
    "organisation_id": SOUTH.organisation_id,
    "scope": "Ward 7",
    "revision": 2,
    "from_state": "approved",
    "to_state": "published",
    "person_id": 7,
    "moved_at": datetime.fromisoformat("2026-11-21T09:05:00.000001"),
    "receipt": "DEMO-01/9",
    "content_hash": "e" * 64,
    "previous_hash": "f" * 64,
    "entry_hash": "f" * 64,
}


def test_an_entry_changed_in_the_file_is_named(database: Database):
    append(database, *LIFE)
    named: dict[str, BrokenLink | None] = {}
    for column, value in CHANGES.items():
        with database.writing(audit()) as writing:
            sql = f"UPDATE ledger SET {column} = :value WHERE entry_number = 2"
            assert writing.run(sql, value=value) == 1
            named[column] = ledger.first_broken_link(writing)
            writing.give_up()
    expected = {column: BrokenLink(2, "DEMO-01/2") for column in CHANGES}
    assert named == expected | {"receipt": BrokenLink(2, "DEMO-01/9")}
    assert broken(database) is None


def test_an_entry_hashed_anew_breaks_the_one_behind_it(database: Database):
    """Whoever changes one entry would have to write all the later ones anew."""
    append(database, *LIFE)
    with database.writing(audit()) as writing:
        row = dict(writing.rows("SELECT * FROM ledger WHERE entry_number = 2")[0])
        row["content_hash"] = "e" * 64
        writing.run(
            "UPDATE ledger SET content_hash = :said, entry_hash = :fitting WHERE entry_number = 2",
            said=row["content_hash"],
            fitting=ledger._hash(row),
        )
    assert broken(database) == BrokenLink(3, "DEMO-01/3")


@pytest.mark.parametrize("taken, named", [(1, "DEMO-01/2"), (2, "DEMO-01/3")])
def test_an_entry_taken_out_is_named_by_the_one_behind_it(
    database: Database, taken: int, named: str
):
    append(database, *LIFE)
    with database.writing(audit()) as writing:
        writing.run("DELETE FROM ledger WHERE entry_number = :taken", taken=taken)
    assert broken(database) == BrokenLink(taken + 1, named)


def test_the_hash_is_the_same_on_both_engines(database: Database):
    """A ledger can be moved from one engine to the other, and holds there."""
    append(database, replace(LIFE[0], moved_at=NOW), replace(LIFE[1], receipt="Ŵ 😀 'x'"))
    with database.reading() as reading:
        rows = reading.rows("SELECT entry_hash FROM ledger ORDER BY entry_number")
    assert [row["entry_hash"][:16] for row in rows] == ["a88942ac3e7ffcc8", "2af3bfaa0fbed853"]


def test_a_receipt_is_given_once(database: Database):
    append(database, LIFE[0])
    with pytest.raises(IntegrityError):
        append(database, replace(LIFE[1], receipt=LIFE[0].receipt))
    assert broken(database) is None


def test_moves_at_once_stand_one_behind_the_other(database: Database):
    turn = threading.Barrier(4)

    def move(trust: int) -> None:
        turn.wait(timeout=30)
        for number in range(4):
            append(database, replace(LIFE[0], receipt=f"DEMO-0{trust}/{number}"))

    with ThreadPoolExecutor(4) as trusts:
        list(trusts.map(move, range(4)))
    with database.reading() as reading:
        assert len(ledger.moves_of(reading, KEY)) == 16
    assert broken(database) is None
