"""The restore, rehearsed: backed up while writers write, brought back, every figure compared."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from benchmarking.assessing import ledgers
from benchmarking.moments import utc_now
from benchmarking.operations import backing_up, checking
from benchmarking.server import Server
from benchmarking.store import copying, restoring
from benchmarking.store.contents import contents_of
from benchmarking.store.database import AuditEntry, Database, connect
from benchmarking.store.evidence_files import FileStore
from tests.operations.figures import everything
from tests.store.scene import Engine


@contextmanager
def writers(database: Database, number: int = 3) -> Iterator[list[int]]:
    """People who write all the while; the list grows with everything that was acknowledged.

    It is given once it has ten entries. A writer who failed is told, now or at the end.
    """
    stop, begun, acknowledged = threading.Event(), threading.Event(), list[int]()

    def write(who: int) -> None:
        month = 0
        while not stop.is_set():
            entry = AuditEntry(0, "rehearsal", f"writer {who}", utc_now(), str(month))
            with database.writing(entry) as writing:
                writing.run(
                    """
                    INSERT INTO monthly_figure
                    SELECT organisation_id, 'rehearsal', DATE '2020-01-01', :revision, 1, 1, 0, :at
                    FROM organisation
                    WHERE organisation_id = :who
                    """,
                    revision=month + 1,
                    who=who,
                    at=utc_now(),
                )
                writing.run("UPDATE cycle SET title = title WHERE cycle_id < ''")
            database.checkpoint()
            month += 1
            acknowledged.append(who)
            if len(acknowledged) >= 10:
                begun.set()

    with ThreadPoolExecutor(number) as threads:
        writing = [threads.submit(write, who + 1) for who in range(number)]
        for one in writing:
            one.add_done_callback(lambda _: begun.set())
        try:
            assert begun.wait(120)
            _ = [one.result() for one in writing if one.done()]
            yield acknowledged
        finally:
            stop.set()
        _ = [one.result() for one in writing]


def counted(database: Database) -> tuple[int, int]:
    """How many figures and how many audit entries the writers have left."""
    with database.reading() as reading:
        return (
            reading.value("SELECT count(*) FROM monthly_figure WHERE series_id = 'rehearsal'"),
            reading.value("SELECT count(*) FROM audit WHERE action = 'rehearsal'"),
        )


def test_what_was_backed_up_while_people_wrote_comes_back_figure_by_figure(
    running: Server, engine: Engine, tmp_path: Path
):
    now = utc_now()
    database = running.database
    if engine.new(None).startswith("postgresql"):
        database = connect(engine.new(None))
        copying.copy(running.database, database, now)
    with writers(database) as acknowledged:
        before = len(acknowledged)
        made = backing_up.back_up(database, running.settings, now).backup
        after = len(acknowledged)

    address = engine.new(None)
    files = FileStore(str(tmp_path / "evidence elsewhere"))
    done = restoring.restore(made, address, files, now)
    restored = connect(address)
    try:
        with restored.reading() as reading:
            assert contents_of(reading) == made.manifest.tables
        assert before <= counted(restored)[0] <= after + 3, "what was acknowledged before is there"
        assert counted(restored)[0] == counted(restored)[1], "each with its audit entry"
        assert done.files_put_back == len(made.manifest.evidence) >= 3
        assert done.files_lacking == ()
        assert ledgers.verify(restored) == ledgers.verify(database)
        assert checking.check(restored, files, now).faults == ()
        shown, expected = everything(restored, now), everything(database, now)
        assert len(expected) > 150
        assert [name for name in expected if shown.get(name) != expected[name]] == []
    finally:
        restored.engine.dispose()
        if database is not running.database:
            database.engine.dispose()
