"""The trusts that assess themselves here."""

from collections.abc import Sequence

from benchmarking.answers import Organisation
from benchmarking.store import installation
from benchmarking.store.database import Reading, Row, StoreError, Writing
from benchmarking.store.installation import Kind

DEMONSTRATION_PREFIX = "DEMO-"
_COLUMNS = "organisation_id, code, name, trust_type, region"


def add(writing: Writing, organisations: Sequence[Organisation]) -> None:
    """Adds trusts under the numbers they carry.

    Raises:
        StoreError: a real trust in a demonstration, or a fictional one in a live database.
    """
    demonstration = installation.kind_of(writing) is Kind.DEMONSTRATION
    for organisation in organisations:
        if organisation.code.upper().startswith(DEMONSTRATION_PREFIX) != demonstration:
            raise StoreError(
                f"{organisation.code}: fictional trusts belong in a demonstration database and "
                f"real ones in a live database. Open the other database for this trust."
            )
    writing.bulk(
        "organisation",
        _COLUMNS.split(", "),
        [(o.organisation_id, o.code, o.name, o.trust_type, o.region) for o in organisations],
    )


def every(reading: Reading) -> tuple[Organisation, ...]:
    """All trusts, by code."""
    rows = reading.rows(f"SELECT {_COLUMNS} FROM organisation ORDER BY code")
    return tuple(_organisation(row) for row in rows)


def find(reading: Reading, code: str) -> Organisation | None:
    """The trust with this code, or None."""
    row = reading.row(f"SELECT {_COLUMNS} FROM organisation WHERE code = :code", code=code)
    return None if row is None else _organisation(row)


def _organisation(row: Row) -> Organisation:
    return Organisation(**row)
