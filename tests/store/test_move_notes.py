"""Words of moves come back with their receipt, and can be taken away without breaking the chain."""

from datetime import date

from benchmarking.answers import Move, MoveNote, State
from benchmarking.store import ledger, move_notes
from benchmarking.store.database import Database
from tests.store.scene import ITEM, KEY, LATER, LEAD, MANAGER, NOW, OTHER_ITEM, audit

SUBMITTED = Move(KEY, State.IN_PROGRESS, State.SUBMITTED, MANAGER, NOW, "DEMO-01/1", "c" * 64)
RETURNED = Move(KEY, State.SUBMITTED, State.SENT_BACK, LEAD, LATER, "DEMO-01/2", "c" * 64)
REASONS = (MoveNote("No sample.", ITEM), MoveNote("Too old; see “May”.", OTHER_ITEM))
RESPONSE = MoveNote("We accept this.\nAll of it.", body="The board", met_on=date(2026, 11, 20))


def tell(database: Database, *told: tuple[Move, tuple[MoveNote, ...]]) -> None:
    for move, notes in told:
        with database.writing(audit()) as writing:
            move_notes.add(writing, {ledger.append(writing, move)[0]: notes})


def test_notes_come_back_by_receipt_in_their_order(database: Database) -> None:
    tell(database, (SUBMITTED, ()), (RETURNED, (*REASONS, RESPONSE)))
    with database.reading() as reading:
        assert move_notes.of_assessment(reading, KEY) == {"DEMO-01/2": (*REASONS, RESPONSE)}


def test_an_assessment_without_notes_has_none(database: Database) -> None:
    tell(database, (SUBMITTED, ()))
    with database.reading() as reading:
        assert move_notes.of_assessment(reading, KEY) == {}


def test_entries_are_numbered_as_they_are_appended(database: Database) -> None:
    with database.writing(audit()) as writing:
        assert ledger.append(writing, SUBMITTED, RETURNED) == (1, 2)
        assert ledger.append(writing) == ()


def test_notes_can_be_taken_away_and_the_chain_stays_whole(database: Database) -> None:
    tell(database, (SUBMITTED, ()), (RETURNED, REASONS))
    with database.writing(audit()) as writing:
        writing.run("DELETE FROM move_note")
    with database.reading() as reading:
        assert ledger.first_broken_link(reading) is None


def test_who_moved_an_assessment_is_known_by_title(database: Database) -> None:
    tell(database, (SUBMITTED, ()), (RETURNED, REASONS))
    with database.reading() as reading:
        assert ledger.movers(reading, KEY) == {
            MANAGER: "Complaints manager",
            LEAD: "Executive lead",
        }
