"""Sets of peers that people have named. What is saved again replaces what was read, if unchanged.

Each change names the revision it read. Where somebody saved in between, the function says so
and nothing of the transaction is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from benchmarking.store.database import Reading, Row, Writing


@dataclass(frozen=True)
class PeerSet:
    """A named list of trusts, with who saved it last and when.

    ``trust_code`` is the trust whose people share it; None for a set of one person alone.
    """

    peer_set_id: int
    trust_code: str | None
    name: str
    codes: tuple[str, ...]
    set_revision: int
    author: str
    saved_at: datetime


def of_trust(reading: Reading, trust_code: str) -> tuple[PeerSet, ...]:
    """The sets that the people of a trust share, the oldest first."""
    return _sets(reading, "s.trust_code = :trust_code", trust_code=trust_code)


def of_person(reading: Reading, person_id: int) -> tuple[PeerSet, ...]:
    """The sets that one person keeps alone, the oldest first."""
    own = "s.trust_code IS NULL AND s.owner_id = :person_id"
    return _sets(reading, own, person_id=person_id)


def add(writing: Writing, trust_code: str | None, name: str, codes: Sequence[str]) -> int:
    """Adds a set for a trust's people, or (None) for the person in the audit entry; its number."""
    number = int(writing.value("SELECT nextval('peer_set_number')"))
    writing.run(
        """
        INSERT INTO peer_set (
            peer_set_id, trust_code, owner_id, name, set_revision, author_id, saved_at
        )
        VALUES (:number, :trust_code, :person_id, :name, 1, :person_id, :now)
        """,
        number=number,
        trust_code=trust_code,
        person_id=writing.audit.person_id,
        name=name,
        now=writing.audit.at,
    )
    _add_codes(writing, number, 1, codes)
    return number


def change(
    writing: Writing, peer_set_id: int, name: str, codes: Sequence[str], read_revision: int
) -> bool:
    """Gives a set another name and other trusts over the revision that was read; whether it did."""
    changed = writing.change_one(
        """
        UPDATE peer_set
        SET name = :name, set_revision = set_revision + 1, author_id = :person_id, saved_at = :now
        WHERE peer_set_id = :number AND set_revision = :read_revision AND ended_at IS NULL
        """,
        number=peer_set_id,
        name=name,
        person_id=writing.audit.person_id,
        now=writing.audit.at,
        read_revision=read_revision,
    )
    if changed:
        _add_codes(writing, peer_set_id, read_revision + 1, codes)
    return changed


def end(writing: Writing, peer_set_id: int, read_revision: int) -> bool:
    """Ends a set over the revision that was read; whether it did. Its rows stay."""
    return writing.change_one(
        """
        UPDATE peer_set
        SET ended_at = :now, author_id = :person_id
        WHERE peer_set_id = :number AND set_revision = :read_revision AND ended_at IS NULL
        """,
        number=peer_set_id,
        now=writing.audit.at,
        person_id=writing.audit.person_id,
        read_revision=read_revision,
    )


def _add_codes(writing: Writing, number: int, revision: int, codes: Sequence[str]) -> None:
    columns = ("peer_set_id", "set_revision", "code")
    writing.bulk("peer_set_trust", columns, [(number, revision, code) for code in codes])


def _sets(reading: Reading, whose: str, **values: object) -> tuple[PeerSet, ...]:
    rows = reading.rows(
        f"""
        SELECT s.peer_set_id, s.trust_code, s.name, s.set_revision, s.saved_at,
            p.title AS author, t.code
        FROM peer_set s
        JOIN person p ON p.person_id = s.author_id
        JOIN peer_set_trust t
            ON t.peer_set_id = s.peer_set_id AND t.set_revision = s.set_revision
        WHERE {whose} AND s.ended_at IS NULL
        ORDER BY s.peer_set_id, t.code
        """,
        **values,
    )
    found: dict[int, PeerSet] = {}
    for row in rows:
        known = found.get(row["peer_set_id"]) or _without_codes(row)
        found[known.peer_set_id] = replace(known, codes=(*known.codes, row["code"]))
    return tuple(found.values())


def _without_codes(row: Row) -> PeerSet:
    return PeerSet(
        peer_set_id=row["peer_set_id"],
        trust_code=row["trust_code"],
        name=row["name"],
        codes=(),
        set_revision=row["set_revision"],
        author=row["author"],
        saved_at=row["saved_at"],
    )
