"""DuckDB copies its open file into one folder and nowhere else; nobody is kept from saving."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from benchmarking.store import copying, duckdb_engine
from benchmarking.store.copying import CopyFailed, copy_by_itself
from benchmarking.store.database import Database, connect
from tests.store.scene import Engine, audit, contents, contents_at, say, small_demonstration


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "it's a folder"
    made.mkdir()
    return made


@pytest.fixture
def opened(duckdb_file: Path, folder: Path) -> Iterator[Database]:
    database = connect(str(duckdb_file), backups=folder)
    small_demonstration(database)
    yield database
    database.engine.dispose()


def test_the_copy_is_the_same_and_can_be_made_again(opened: Database, folder: Path):
    for name in ("one.duckdb", "two.duckdb"):
        assert copy_by_itself(opened, folder / name)
        assert contents_at(folder / name) == contents(opened)
        with opened.writing(audit("between")):
            pass


def test_numbers_go_on_in_the_copy_where_they_were(opened: Database, folder: Path):
    with opened.writing(audit()) as writing:
        given = [writing.value("SELECT nextval('person_number')") for _ in range(5)][-1]
    copy_by_itself(opened, folder / "one.duckdb")
    copied = connect(str(folder / "one.duckdb"))
    with copied.writing(audit()) as writing:
        assert writing.value("SELECT nextval('person_number')") == given + 1
    copied.engine.dispose()


def test_elsewhere_it_may_not_and_says_so(opened: Database, tmp_path: Path):
    assert not copy_by_itself(opened, tmp_path / "elsewhere.duckdb")
    assert not (tmp_path / "elsewhere.duckdb").exists()


def test_a_database_without_a_folder_of_backups_may_nowhere(duckdb_file: Path, folder: Path):
    plain = connect(str(duckdb_file))
    small_demonstration(plain)
    assert not copy_by_itself(plain, folder / "one.duckdb")
    plain.engine.dispose()


@pytest.mark.parametrize(
    "sql",
    [
        "ATTACH '{outside}/other.duckdb' AS other",
        "COPY person TO '{outside}/people.csv'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SET allowed_directories = ['/']",
        "ATTACH '{inside}/../other.duckdb' AS other",
    ],
)
def test_sql_still_cannot_leave_for_anywhere_else(
    opened: Database, folder: Path, tmp_path: Path, sql: str
):
    inside = str(folder).replace("'", "''")
    with opened.engine.connect() as connection, pytest.raises(DBAPIError):
        connection.execute(text(sql.format(outside=tmp_path, inside=inside)))
    ours = {"benchmark.duckdb", "benchmark.duckdb.wal", folder.name}
    assert {path.name for path in tmp_path.iterdir()} <= ours


def test_a_copy_that_is_not_the_same_is_refused_and_the_file_let_go(
    opened: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    sums = iter(range(10_000))
    with monkeypatch.context() as patch:
        patch.setattr(duckdb_engine, "_sum_of", lambda *_: next(sums))
        with pytest.raises(CopyFailed, match=r"It said: The copy differs in action_closure, "):
            copy_by_itself(opened, folder / "one.duckdb")
    assert copy_by_itself(opened, folder / "two.duckdb")


def test_saving_goes_on_while_somebody_reads_for_long(opened: Database, duckdb_file: Path):
    """DuckDB refuses to move its log then; what was saved is in the log, and is kept."""
    with opened.reading() as reading:
        assert reading.value("SELECT count(*) FROM answer") == 0
        for revision in range(3):
            with opened.writing(audit()) as writing:
                assert say(writing, f"level-{revision}", revision)
        opened.checkpoint()
        assert Path(f"{duckdb_file}.wal").stat().st_size > 0
        assert reading.value("SELECT count(*) FROM answer") == 0
    opened.checkpoint()
    assert not Path(f"{duckdb_file}.wal").exists() or not Path(f"{duckdb_file}.wal").stat().st_size


def test_the_log_is_moved_as_soon_as_a_page_has_read(
    opened: Database, duckdb_file: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(duckdb_engine, "_PATIENCE_SECONDS", 60.0)
    read, waited = threading.Event(), threading.Event()

    def page() -> None:
        with opened.reading() as reading:
            reading.value("SELECT count(*) FROM answer")
            read.set()
            assert waited.wait(60)

    def pause(_seconds: float) -> None:
        waited.set()
        reader.join(60)

    monkeypatch.setattr(duckdb_engine, "sleep", pause)
    reader = threading.Thread(target=page)
    reader.start()
    assert read.wait(60)
    for revision in range(2):
        with opened.writing(audit()) as writing:
            assert say(writing, f"level-{revision}", revision)
    opened.checkpoint()
    assert waited.is_set(), "it was in the way"
    assert not Path(f"{duckdb_file}.wal").exists() or not Path(f"{duckdb_file}.wal").stat().st_size


@pytest.mark.postgres
def test_postgresql_writes_no_file(postgresql_schemas: Engine, folder: Path):
    database = connect(postgresql_schemas.new(small_demonstration), backups=folder)
    assert not copying.copy_by_itself(database, folder / "one.duckdb")
    database.engine.dispose()
