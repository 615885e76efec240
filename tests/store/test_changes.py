"""The numbers that rise with what is written: with everything, and with what others see."""

from benchmarking.store import changes, installation
from benchmarking.store.database import Database
from tests.store.scene import audit, say


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
