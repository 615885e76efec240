"""What kind of database this is, and the number that every cache is keyed by."""

from datetime import datetime
from enum import StrEnum

from benchmarking.store.database import Reading, StoreError, Writing


class AlreadySetUp(StoreError):
    """It has been said already what kind of database this is."""


class Kind(StrEnum):
    """A demonstration holds fictional trusts only; a live database real ones only."""

    DEMONSTRATION = "demonstration"
    LIVE = "live"


def set_up(writing: Writing, kind: Kind, now: datetime) -> None:
    """Says once and for all what kind of database this is.

    Raises:
        AlreadySetUp: it has been said already.
    """
    known = find_kind(writing)
    if known is not None:
        raise AlreadySetUp(
            f"This is a {known.value} database already and stays one. "
            f"Set BENCHMARK_DATABASE to a new one."
        )
    writing.run(
        """
        INSERT INTO installation (installation_id, kind, created_at, data_revision)
        VALUES (1, :kind, :now, 1)
        """,
        kind=kind.value,
        now=now,
    )


def find_kind(reading: Reading) -> Kind | None:
    """The kind of this database, or None while nobody has set it up."""
    kind = reading.value("SELECT kind FROM installation")
    return None if kind is None else Kind(kind)


def kind_of(reading: Reading) -> Kind:
    """The kind of this database.

    Raises:
        StoreError: nobody has set it up.
    """
    kind = find_kind(reading)
    if kind is None:
        raise StoreError(
            "This database has not been set up. Run: python -m benchmarking demo create"
        )
    return kind


def set_up_at(reading: Reading) -> datetime:
    """When this database was set up, in UTC: no other is likely to have been at that moment."""
    return reading.value("SELECT created_at FROM installation")


def data_revision(reading: Reading) -> int:
    """Rises whenever something changes that others may see; drafts do not change it.

    0 while nobody has set up the database.
    """
    return int(reading.value("SELECT data_revision FROM installation") or 0)


def raise_data_revision(writing: Writing) -> None:
    """Makes every cached result of what others may see out of date."""
    writing.run("UPDATE installation SET data_revision = data_revision + 1")
