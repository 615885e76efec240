"""What must hold of a database after any unlucky day."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

from benchmarking.assessing import ledgers
from benchmarking.store import responses
from benchmarking.store.database import Database
from benchmarking.store.migrate import tables
from benchmarking.store.opening import open_database
from tests.faults.deeds import SETTINGS, in_folder
from tests.store.scene import NOW

# What a table holds: how many rows, and a sum of their hashes, whatever their order.
Everything = dict[str, tuple[int, int]]
_HASH = {"duckdb": "CAST(hash(t) AS HUGEINT)", "postgresql": "hashtextextended(CAST(t AS TEXT), 0)"}


def everything(database: Database) -> Everything:
    """The whole database, so that two that are equal hold the same in every row of every table."""
    hashed = _HASH[database.engine.dialect.name]
    with database.reading() as reading:
        asked = (
            f"SELECT '{name}' AS name, count(*) AS many, sum({hashed}) AS hashes FROM {name} t"
            for name in sorted(tables(reading))
        )
        rows = reading.rows(" UNION ALL ".join(asked))
    return {row["name"]: (row["many"], int(row["hashes"] or 0)) for row in rows}


def halves(database: Database) -> list[str]:
    """What is half done, a sentence each; nothing where all is whole."""
    found = list(ledgers.verify(database).faults)
    with database.reading() as reading:
        if responses.rebuilt(reading) != responses.stored(reading):
            found.append("The roll-up of replies is not that of the replies.")
        moved = reading.value("SELECT count(*) FROM ledger")
        audited = reading.rows("SELECT action FROM audit WHERE action LIKE '% assessment'")
        batches = {row["batch"] for row in reading.rows("SELECT batch FROM survey_batch")}
        answered = {row["batch"] for row in reading.rows("SELECT DISTINCT batch FROM response")}
        releases = reading.value(
            """
            SELECT count(*)
            FROM reference_release r
            WHERE NOT EXISTS (SELECT 1 FROM published_figure f WHERE f.release_id = r.release_id)
                AND dataset IN ('ko41a', 'activity')
            """
        )
    if moved != len(audited):
        found.append(f"{moved} moves have {len(audited)} audit entries.")
    if batches != answered:
        found.append(f"Batches without answers, or the other way round: {batches ^ answered}")
    if releases:
        found.append(f"{releases} releases have no figures.")
    return found


@contextmanager
def reopened(address: str) -> Iterator[Database]:
    """The database as the next start finds it: by itself, with nothing to repair by hand."""
    kept = in_folder("here", b"").parent / "kept"
    chosen = replace(SETTINGS, database=address, backups=str(kept))
    with closing(open_database(chosen, NOW)) as database:
        yield database


def receipts(database: Database) -> list[str]:
    """Every receipt that was ever given, in order."""
    with database.reading() as reading:
        rows = reading.rows("SELECT receipt FROM ledger ORDER BY entry_number")
    return [row["receipt"] for row in rows]
