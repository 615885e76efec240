"""What is copied from one engine to the other is the same, or nothing is kept."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from benchmarking.answers import Move, State
from benchmarking.store import (
    contents,
    copying,
    duckdb_engine,
    installation,
    ledger,
    postgresql_engine,
)
from benchmarking.store.contents import NOTHING, Content, Tally, contents_of, parents_first
from benchmarking.store.copying import CopyFailed, copy, refuse_other_schema
from benchmarking.store.database import Database, Reading, StoreError, connect
from benchmarking.store.migrate import migrate, migrations, schema_of
from tests.store.scene import (
    ITEM,
    KEY,
    MANAGER,
    NOW,
    Engine,
    audit,
    end_silent_sessions,
    newest_schema,
    say,
    set_up_live,
    small_demonstration,
)
from tests.store.scene import contents as rows_of_all

# A text that is not the same everywhere, a number that is not small, and what is missing.
ODD_TEXTS = [
    "",
    " ",
    "\n\t",
    "\\N",
    "NULL",
    "O'Brien; DROP TABLE answer; --",
    '"quoted", with a comma',
    "{curly,[square]}",
    "ŵyth, naïve, Ωμέγα, 漢字, עברית, 👩‍⚕️",
    "e\u0301 is not é",
    "a\u202eright to left\u202c",
    "x" * 100_000,
]


@pytest.fixture(params=["duckdb", pytest.param("postgresql", marks=pytest.mark.postgres)])
def other(request: pytest.FixtureRequest) -> Engine:
    """The engine that is copied to; each test runs with all four pairs."""
    fixtures = {"duckdb": "duckdb_files", "postgresql": "postgresql_schemas"}
    return request.getfixturevalue(fixtures[request.param])


Opener = Callable[[str], Database]


@pytest.fixture
def opened() -> Iterator[Opener]:
    """Opens databases, and gives them back after the test."""
    databases: list[Database] = []

    def open_it(address: str) -> Database:
        databases.append(connect(address))
        return databases[-1]

    yield open_it
    for database in databases:
        database.engine.dispose()


@pytest.fixture
def target(other: Engine, opened: Opener) -> Database:
    """Where nothing is yet."""
    return opened(other.new(None))


def odd_rows(database: Database) -> None:
    """Rows with values that are easily changed on their way."""
    moment = datetime(2026, 10, 25, 1, 30, 0, 123_456)
    with database.writing(audit()) as writing:
        for number, said in enumerate(ODD_TEXTS, start=1):
            writing.run(
                """
                INSERT INTO cycle_change VALUES (
                    :number, '2026-27', 'extended', :moment, :early, :said || 'x', 1, :late
                )
                """,
                number=number,
                moment=moment,
                early=datetime(1900, 1, 1),
                late=datetime(9999, 12, 31, 23, 59, 59, 999_999),
                said=said,
            )
            writing.run("UPDATE person SET title = :said WHERE person_id = 1", said=said)
        _odd_numbers(writing)


def _odd_numbers(writing: Any) -> None:
    for number, percent in enumerate((None, 0.0, 100.0, 0.1 + 0.2, 1e-300, 33.333333333333336)):
        month = date(2026, 1 + number, 1)
        row = "INSERT INTO monthly_target VALUES (1, 's', :month, 1, :percent, :gone, 0, :at)"
        writing.run(row, month=month, percent=percent, gone=percent is None, at=NOW)
    writing.run(
        """
        INSERT INTO response VALUES (1, 1, 0, 1, 1, 1), (1, 1, 0, 1, 1, 1), (1, 1, 0, 1, -1, 2)
        """
    )
    writing.run("UPDATE installation SET data_revision = :most", most=2**63 - 1)
    writing.run("UPDATE cycle SET opens_at = :first", first=datetime(1, 1, 1))


def test_every_row_is_the_same_afterwards(database: Database, target: Database):
    odd_rows(database)
    copied = copy(database, target, NOW)
    assert rows_of_all(target) == rows_of_all(database)
    assert copied.tables["cycle_change"].rows == len(ODD_TEXTS)
    assert copied.tables["response"].rows == 3
    assert copied.data_revision == 2**63 - 1
    assert set(copied.tables) == set(rows_of_all(database))


def test_there_and_back_again_is_the_same(
    database: Database, target: Database, engine: Engine, opened: Opener
):
    odd_rows(database)
    there = copy(database, target, NOW)
    back = copy(target, opened(engine.new(None)), NOW)
    assert back == there


def test_numbers_go_on_where_they_were(database: Database, target: Database):
    with database.writing(audit()) as writing:
        given = [writing.value("SELECT nextval('person_number')") for _ in range(40)]
    copied = copy(database, target, NOW)
    assert copied.sequences["person_number"] == given[-1]
    assert copied.sequences["legal_hold_number"] == 0
    with target.writing(audit()) as writing:
        assert writing.value("SELECT nextval('person_number')") == given[-1] + 1
        assert writing.value("SELECT nextval('legal_hold_number')") == 1
    with target.reading() as reading:
        newest = reading.value("SELECT max(audit_id) FROM audit")
    assert newest == copied.tables["audit"].rows + 1, "the audit's numbers go on too"


def test_a_ledger_stays_whole(database: Database, target: Database):
    move = Move(KEY, State.IN_PROGRESS, State.SUBMITTED, MANAGER, NOW, "DEMO-01/1", "c" * 64)
    with database.writing(audit()) as writing:
        ledger.append(writing, move, replace(move, receipt="DEMO-01/2"))
    assert copy(database, target, NOW).ledger_entries == 2
    with target.reading() as reading, database.reading() as before:
        assert ledger.head(reading) == ledger.head(before)


def test_a_broken_ledger_is_not_carried_on(database: Database, target: Database):
    move = Move(KEY, State.IN_PROGRESS, State.SUBMITTED, MANAGER, NOW, "DEMO-01/1", "c" * 64)
    with database.writing(audit()) as writing:
        ledger.append(writing, move)
        writing.run("UPDATE ledger SET content_hash = 'another'")
    with pytest.raises(CopyFailed) as refused:
        copy(database, target, NOW)
    assert str(refused.value) == (
        "Entry 1 of the ledger (receipt DEMO-01/1) does not fit the entries before it, in the "
        "database that was read too. Nothing was kept. Run: python -m benchmarking ledger verify"
    )
    assert holds_nothing(target)


def holds_nothing(database: Database) -> bool:
    rows = rows_of_all(database)
    return not any(rows[table] for table in rows.keys() - set(copying.FILLED_BY_STEPS))


def test_steps_leave_rows_in_the_tables_that_are_emptied_and_in_no_other(bare: Database):
    rows = rows_of_all(bare)
    assert {table for table in rows if rows[table]} == set(copying.FILLED_BY_STEPS)


@pytest.mark.parametrize("there", [small_demonstration, set_up_live], ids=["furnished", "live"])
def test_a_target_that_holds_something_is_refused_and_stays(
    database: Database, other: Engine, opened: Opener, there: Callable[[Database], None]
):
    target = opened(other.new(there))
    before = rows_of_all(target)
    with pytest.raises(CopyFailed) as refused:
        copy(database, target, NOW)
    table = "assessment" if there is small_demonstration else "audit"
    assert str(refused.value) == (
        f"There is something in the database to copy into: the table {table} has rows. Name a "
        f"new or an empty one. This one was not changed."
    )
    assert rows_of_all(target) == before


def test_a_target_that_only_has_a_schema_is_taken(
    database: Database, other: Engine, opened: Opener
):
    target = opened(other.new(newest_schema))
    copy(database, target, NOW)
    assert rows_of_all(target) == rows_of_all(database)


def test_another_programs_database_is_refused_as_target(database: Database, target: Database):
    with target.alone() as connection:
        connection.execute(text("CREATE TABLE invoice (invoice_id INTEGER)"))
    with pytest.raises(StoreError, match="This database belongs to another program"):
        copy(database, target, NOW)


def test_a_source_of_another_schema_is_refused_with_what_to_do(address: str, opened: Opener):
    older = opened(address)
    newest = migrations()[-1].number
    migrate(older, NOW, up_to=3)
    with pytest.raises(CopyFailed) as refused:
        refuse_other_schema(older)
    assert str(refused.value) == (
        f"The database to copy from has schema 3, and this program works with {newest}. Start "
        f"the server on it once, which brings it up to date and makes a backup first. Then copy. "
        f"Nothing was written."
    )
    migrate(older, NOW)
    refuse_other_schema(older)


def test_an_older_database_keeps_its_schema_in_a_copy(
    address: str, target: Database, opened: Opener
):
    older = opened(address)
    migrate(older, NOW, up_to=5)
    copy(older, target, NOW)
    with target.reading() as reading:
        assert schema_of(reading) == 5
    migrate(target, NOW)


def test_a_newer_database_is_not_copied(database: Database, target: Database):
    with database.alone() as connection:
        row = "INSERT INTO schema_migration VALUES (9000, 'notes', 'x', :now)"
        connection.execute(text(row), {"now": NOW})
    with pytest.raises(StoreError, match="The database has schema 9000, this program knows up to"):
        copy(database, target, NOW)


def test_what_others_write_meanwhile_is_not_in_the_copy(
    database: Database, duckdb_files: Engine, opened: Opener
):
    target = opened(duckdb_files.new(None))
    before = rows_of_all(database)
    written = []

    def tell(_table: str, _rows: int) -> None:
        if not written:
            with database.writing(audit("meanwhile")) as writing:
                written.append(say(writing, "level-3", 0))
            database.checkpoint()

    copy(database, target, NOW, tell)
    assert written == [True]
    assert rows_of_all(target) == before
    assert rows_of_all(database) != before


def test_a_copy_that_is_not_the_same_is_not_kept(
    database: Database, target: Database, monkeypatch: pytest.MonkeyPatch
):
    """A row that gets lost on the way, as no engine should."""
    engine = duckdb_engine if target.is_duckdb else postgresql_engine

    def lose_one(connection: Any, table: str, columns: Any, rows: Any) -> None:
        return add_rows(connection, table, columns, rows[1:] if table == "audit" else rows)

    add_rows = engine.add_rows
    with database.writing(audit("one more")):
        pass
    monkeypatch.setattr(engine, "add_rows", lose_one)
    with pytest.raises(CopyFailed) as failed:
        copy(database, target, NOW)
    assert str(failed.value) == (
        "What was written is not what was read, in audit. Nothing of it was kept. Check the disks "
        "of both databases, then copy again."
    )
    assert holds_nothing(target)


def test_what_fails_half_way_leaves_nothing(database: Database, target: Database):
    def fail(table: str, _rows: int) -> None:
        if table in ("installation", "audit"):
            raise StoreError("the disk is full")

    with pytest.raises(StoreError, match="the disk is full"):
        copy(database, target, NOW, fail)
    assert holds_nothing(target)
    copy(database, target, NOW)
    assert rows_of_all(target) == rows_of_all(database)


@pytest.mark.postgres
def test_where_a_text_stands_that_postgresql_cannot_keep_is_said(
    duckdb_files: Engine, postgresql_schemas: Engine, opened: Opener
):
    source = opened(duckdb_files.new(small_demonstration))
    with source.alone() as connection:
        connection.execute(text("UPDATE person SET title = chr(0) WHERE person_id = 1"))
    target = opened(postgresql_schemas.new(None))
    with pytest.raises(CopyFailed) as failed:
        copy(source, target, NOW)
    assert str(failed.value) == not_taken("person")
    assert holds_nothing(target)


def not_taken(table: str) -> str:
    return (
        "The copy was broken off, and nothing of it was kept. Check the disk and both databases, "
        f"then copy again. It said: A row of the table {table} does not fit into the other "
        "database."
    )


def test_a_value_that_is_not_taken_is_not_repeated(
    database: Database, target: Database, monkeypatch: pytest.MonkeyPatch
):
    """Engines quote what they refuse, and it may be what somebody said in confidence."""
    engine = duckdb_engine if target.is_duckdb else postgresql_engine
    add_rows = engine.add_rows

    def spoilt(connection: Any, table: str, columns: Any, rows: Any) -> None:
        if table == "person":
            rows = [("in confidence", *rows[0][1:]), *rows[1:]]
        add_rows(connection, table, columns, rows)

    monkeypatch.setattr(engine, "add_rows", spoilt)
    with pytest.raises(CopyFailed) as failed:
        copy(database, target, NOW)
    assert str(failed.value) == not_taken("person")
    assert holds_nothing(target)


@pytest.mark.postgres
def test_a_source_that_ends_silent_sessions_is_not_asked_while_the_copy_is_proven(
    postgresql_schemas: Engine,
    target: Database,
    opened: Opener,
    monkeypatch: pytest.MonkeyPatch,
):
    """To read again what was written takes minutes; a session may be silent for one."""
    address = postgresql_schemas.new(small_demonstration)
    source, beside = opened(address), opened(address)
    ended = []

    def read_again(written: Reading) -> dict[str, Content]:
        ended.append(end_silent_sessions(beside))
        return contents_of(written)

    monkeypatch.setattr(copying, "contents_of", read_again)
    copied = copy(source, target, NOW)
    assert ended == [0], "nobody was left in a transaction"
    assert rows_of_all(target) == rows_of_all(source)
    with source.reading() as reading:
        assert copied.data_revision == installation.data_revision(reading)


def test_rows_come_in_batches_and_each_is_told(
    database: Database, target: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(contents, "AT_ONCE", 3)
    odd_rows(database)
    told: list[tuple[str, int]] = []
    copy(database, target, NOW, lambda table, rows: told.append((table, rows)))
    assert [rows for table, rows in told if table == "cycle_change"] == [3, 6, 9, 12]
    assert rows_of_all(target) == rows_of_all(database)


# The order of tables, and the numbers by which they are compared.


def test_tables_come_after_those_they_refer_to(bare: Database):
    with bare.alone() as connection:
        keys = copying._engine_of(connection).foreign_keys(connection)
    order = parents_first(list(rows_of_all(bare)), keys)
    assert sorted(order) == sorted(rows_of_all(bare))
    assert len(keys) > 40
    assert [pair for pair in keys if order.index(pair[1]) > order.index(pair[0])] == []


def test_both_engines_know_the_same_references(
    duckdb_files: Engine, opened: Opener, bare: Database
):
    plain = opened(duckdb_files.new(newest_schema))
    with plain.alone() as connection:
        expected = sorted(duckdb_engine.foreign_keys(connection))
    with bare.alone() as connection:
        assert sorted(copying._engine_of(connection).foreign_keys(connection)) == expected


def tally(*rows: tuple[object, ...]) -> Content:
    counted = Tally()
    for row in rows:
        counted.add([row])
    return counted.content


def test_the_order_of_rows_does_not_matter_and_all_else_does():
    first, second = (1, "a", None), (2, "", datetime(2026, 1, 1))
    assert tally(first, second) == tally(second, first)
    assert tally() == NOTHING
    different = [
        tally(first),
        tally(first, second, second),
        tally(first, first),
        tally((1, "a", ""), second),
        tally((1, "a", 0), second),
        tally((1, "A", None), second),
        tally((2, "a", None), (1, "", datetime(2026, 1, 1))),
        tally(first, (2, "", date(2026, 1, 1))),
    ]
    assert tally(first, second) not in different
    assert len(set(different)) == len(different)


def test_two_rows_do_not_make_up_for_each_other():
    assert tally((1,), (1,)).digest != tally((2,), (2,)).digest
    assert tally((1,), (1,)).digest != NOTHING.digest


def test_a_change_of_one_value_shows_in_its_table_alone(database: Database):
    with database.reading() as reading:
        before = contents_of(reading)
    with database.alone() as connection:
        connection.execute(text("UPDATE person SET title = title || ' ' WHERE person_id = 1"))
    with database.reading() as reading:
        after = contents_of(reading)
    assert {table for table in before if before[table] != after[table]} == {"person"}


def on_one_clock(moment: datetime) -> datetime:
    """A moment without a word on which of two equal hours it is in; none is kept in UTC."""
    return moment.replace(fold=0)


def test_drawn_rows_survive_the_way_there_and_back(
    duckdb_files: Engine, postgresql_schemas: Engine, opened: Opener
):
    pytest.importorskip("hypothesis")
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    characters = st.characters(exclude_characters="\x00", exclude_categories=["Cs"])
    rows = st.lists(
        st.tuples(
            st.text(characters, max_size=30),
            st.none() | st.text(characters, max_size=30),
            st.datetimes(datetime(1, 1, 1), datetime(9999, 1, 1)).map(on_one_clock),
            st.none() | st.dates(date(1, 1, 1), date(9999, 1, 1)),
            st.none() | st.floats(-1e300, 1e300),
            st.none() | st.integers(-(2**63), 2**63 - 1),
            st.none() | st.booleans(),
        ),
        min_size=1,
        max_size=20,
    )
    duck, elephant = opened(duckdb_files.new(None)), opened(postgresql_schemas.new(None))
    names = ("said", "more", "moment", "day", "share", "number", "holds")
    for database in (duck, elephant):
        with database.alone() as connection:
            connection.execute(
                text(
                    "CREATE TABLE odd (said TEXT, more TEXT, moment TIMESTAMP, day DATE, "
                    "share DOUBLE PRECISION, number BIGINT, holds BOOLEAN)"
                )
            )

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(rows)
    def check(drawn: list[tuple[object, ...]]) -> None:
        expected = tally(*drawn)
        for database in (duck, elephant):
            with database.alone() as connection:
                connection.execute(text("DELETE FROM odd"))
                copying._engine_of(connection).add_rows(connection, "odd", names, drawn)
            with database.reading() as reading:
                assert contents_of(reading)["odd"] == expected

    check()


def test_what_is_said_is_what_is_there(database: Database, target: Database, tmp_path: Path):
    """The item that stands in the answers is found through a use of the store, too."""
    with database.writing(audit()) as writing:
        assert say(writing, "level-3", 0, item=ITEM)
    copy(database, target, NOW)
    with target.reading() as reading:
        choice = reading.value("SELECT choice FROM answer WHERE item_id = :id", id=ITEM.item_id)
    assert choice == "level-3"
