"""The ledger is a chain: whoever changes its past breaks it where they did."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy.exc import IntegrityError

from benchmarking.answers import Move, State
from benchmarking.store import ledger
from benchmarking.store.database import Database
from benchmarking.store.ledger import BrokenLink
from tests.store.scene import KEY, LATER, LEAD, MANAGER, NOW, SOUTH, audit

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
