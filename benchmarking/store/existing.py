"""Opening a database that must be there, as it is: nothing is made or brought up to date."""

from pathlib import Path

from benchmarking.store import postgresql_engine
from benchmarking.store.database import Database, StoreError, connect
from benchmarking.store.migrate import is_empty


def open_existing(address: str, *, read_only: bool = True) -> Database:
    """The database at an address, whatever its schema, only to look at; a backup too.

    Args:
        address: of the database.
        read_only: False where an entry of the audit is to be written.

    Raises:
        StoreError: there is none, it cannot be opened, or nobody has set it up.
    """
    if not postgresql_engine.is_meant(address) and not Path(address).expanduser().is_file():
        raise StoreError(
            f"{address}: there is no database here. Name the one you mean with BENCHMARK_DATABASE."
        )
    database = connect(address, read_only=read_only)
    if is_empty(database):
        database.engine.dispose()
        raise StoreError(
            "This database has not been set up, so there is nothing in it. Start the server once, "
            "or name another with BENCHMARK_DATABASE."
        )
    return database
