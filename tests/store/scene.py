"""The small demonstration that the tests of the store play in, and words to change it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from benchmarking.access import Role
from benchmarking.answers import Assessment, AssessmentKey, Cycle, ItemKey, Organisation, State
from benchmarking.store import answers, assessments, cycles, installation, organisations, people
from benchmarking.store.database import AuditEntry, Database, Reading, Writing, connect
from benchmarking.store.evidence_files import FileStore
from benchmarking.store.installation import Kind
from benchmarking.store.migrate import migrate, tables

NOW = datetime.fromisoformat("2026-11-21T09:00:00")
LATER = NOW + timedelta(minutes=5)

NORTH = Organisation(1, "DEMO-01", "Northbridge Demonstration Trust", "Acute", "North")
SOUTH = Organisation(2, "DEMO-02", "Southwell Demonstration Trust", "Community", "South")
CYCLE = Cycle(
    cycle_id="2026-27",
    title="2026 to 2027",
    opens_at=NOW - timedelta(days=30),
    deadline_at=NOW + timedelta(days=30),
    release_at=NOW + timedelta(days=60),
    peers_named=True,
    editions=(("my-expectations", "2014.1", "a" * 64), ("complaints-law", "2026.1", "b" * 64)),
)
# Numbers of the two people, in the order in which they were added.
MANAGER, LEAD = 1, 2

# The assessment that is open, and the question that the tests answer.
KEY = AssessmentKey(NORTH.organisation_id, CYCLE.cycle_id)
ITEM = ItemKey("my-expectations", "me-1.1")
OTHER_ITEM = ItemKey("my-expectations", "me-1.2")


def audit(action: str = "test", person_id: int = MANAGER, at: datetime = NOW) -> AuditEntry:
    return AuditEntry(person_id, action, "DEMO-01 2026-27", at)


def furnish(database: Database) -> None:
    """Two trusts, one cycle, two people in the first trust, whose assessment is open."""
    with database.writing(audit("furnish")) as writing:
        installation.set_up(writing, Kind.DEMONSTRATION, NOW)
        organisations.add(writing, [NORTH, SOUTH])
        cycles.add(writing, CYCLE)
        for title, role in (
            ("Complaints manager", Role.CONTRIBUTOR),
            ("Executive lead", Role.APPROVER),
        ):
            person_id = people.add(writing, "demonstration", title.lower(), title)
            people.grant(writing, person_id, role, NORTH.code, NOW)
        assessments.add(writing, KEY, NOW)


# What is done to a new database before a test is given its address.
Preparation = Callable[[Database], object]


@dataclass(frozen=True)
class Engine:
    """Where databases of one engine are made: ``new`` gives the address of a prepared one."""

    new: Callable[[Preparation | None], str]


def newest_schema(database: Database) -> None:
    migrate(database, NOW)


def set_up_live(database: Database) -> None:
    migrate(database, NOW)
    with database.writing(audit()) as writing:
        installation.set_up(writing, Kind.LIVE, NOW)


def small_demonstration(database: Database) -> None:
    migrate(database, NOW)
    furnish(database)


def say(
    writing: Writing,
    choice: str,
    read_revision: int,
    *,
    key: AssessmentKey = KEY,
    item: ItemKey = ITEM,
    reason: str = "",
) -> bool:
    """Saves an answer; whether it was saved."""
    return answers.save(
        writing,
        key,
        item,
        edition="2014.1",
        content_hash="a" * 64,
        choice=choice,
        reason=reason,
        read_revision=read_revision,
    )


# What an evidence file holds.
CONTENT = b"Demonstration: fictional text"


def bring(database: Database, files: FileStore, name: str, content: bytes) -> str:
    """A piece of evidence with a file; the file's hash."""
    sha256 = files.put(KEY.organisation_id, content)
    with database.writing(audit()) as writing:
        writing.run(
            """
            INSERT INTO evidence (
                evidence_id, organisation_id, cycle_id, scope, revision, standard_id, item_id,
                kind, title, note, link, author_id, saved_at, file_sha256
            ) VALUES (
                :name, 1, '2026-27', 'trust', 1, 'my-expectations', 'me-1.1',
                'policy', 'A policy', '', '', 1, :at, :sha256
            )
            """,
            name=name,
            at=NOW,
            sha256=sha256,
        )
    return sha256


def publish(database: Database, key: AssessmentKey, choice: str, at: datetime = NOW) -> None:
    """An assessment with one answer, published at once."""
    with database.writing(audit("publish", at=at)) as writing:
        if key != KEY:
            assessments.add(writing, key, at)
        say(writing, choice, 0, key=key)
        opened = Assessment(key, State.IN_PROGRESS, at)
        assessments.move(writing, opened, State.PUBLISHED, at)


def contents(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    with database.reading() as reading:
        return {name: _rows(reading, name) for name in tables(reading)}


def _rows(reading: Reading, table: str) -> list[dict[str, Any]]:
    return sorted((dict(row) for row in reading.rows(f"SELECT * FROM {table}")), key=repr)


def contents_at(address: object) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of a database that nobody has open; not a byte of it changes."""
    database = connect(str(address), read_only=True)
    found = contents(database)
    database.engine.dispose()
    return found


def end_silent_sessions(database: Database) -> int:
    """Ends this user's sessions that are in a transaction, as PostgreSQL does; how many."""
    with database.reading() as reading:
        ended = reading.value(
            """
            SELECT count(pg_terminate_backend(pid))
            FROM pg_stat_activity
            WHERE usename = current_user AND state = 'idle in transaction'
            """
        )
    return int(ended)


def audit_entries(database: Database) -> list[str]:
    """The actions in the audit, in the order in which they were written."""
    with database.reading() as reading:
        rows = reading.rows("SELECT action FROM audit ORDER BY audit_id")
    return [row["action"] for row in rows]
