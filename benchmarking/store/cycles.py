"""Cycles: the rounds in which trusts assess themselves, their rules, and changes of their dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from benchmarking.answers import WHOLE_TRUST, Cycle, State
from benchmarking.store.database import Reading, Row, Writing


@dataclass(frozen=True)
class Rule:
    """What holds in a cycle beside its dates; the default where none was set.

    ``two_people``: who submitted an assessment may not approve it. ``closed_at`` is None until
    an administrator closes the cycle; from then on nothing in it changes.
    """

    two_people: bool = True
    closed_at: datetime | None = None


class Kind(StrEnum):
    """What was changed about a cycle that had opened."""

    EXTENDED = "extended"
    CLOSED = "closed"


@dataclass(frozen=True)
class Change:
    """One change of a cycle that had opened: the dates from then on, and why. Times are UTC.

    ``author`` is a title.
    """

    kind: Kind
    deadline_at: datetime
    release_at: datetime
    reason: str
    author: str
    changed_at: datetime


def add(writing: Writing, cycle: Cycle) -> None:
    """Adds a cycle with the editions that are asked in it, in their order."""
    writing.run(
        """
        INSERT INTO cycle (cycle_id, title, opens_at, deadline_at, release_at, peers_named)
        VALUES (:cycle_id, :title, :opens_at, :deadline_at, :release_at, :peers_named)
        """,
        cycle_id=cycle.cycle_id,
        title=cycle.title,
        opens_at=cycle.opens_at,
        deadline_at=cycle.deadline_at,
        release_at=cycle.release_at,
        peers_named=cycle.peers_named,
    )
    _add_editions(writing, cycle)


def correct(writing: Writing, cycle: Cycle) -> None:
    """Replaces everything about a cycle but its id. For one that has not opened."""
    writing.run(
        """
        UPDATE cycle
        SET title = :title, opens_at = :opens_at, deadline_at = :deadline_at,
            release_at = :release_at, peers_named = :peers_named
        WHERE cycle_id = :cycle_id
        """,
        cycle_id=cycle.cycle_id,
        title=cycle.title,
        opens_at=cycle.opens_at,
        deadline_at=cycle.deadline_at,
        release_at=cycle.release_at,
        peers_named=cycle.peers_named,
    )
    writing.run("DELETE FROM cycle_edition WHERE cycle_id = :id", id=cycle.cycle_id)
    _add_editions(writing, cycle)


def change(writing: Writing, cycle: Cycle, kind: Kind, reason: str) -> None:
    """Gives a cycle that has opened the dates that it carries here, and keeps why."""
    writing.run(
        """
        UPDATE cycle
        SET deadline_at = :deadline_at, release_at = :release_at
        WHERE cycle_id = :cycle_id
        """,
        cycle_id=cycle.cycle_id,
        deadline_at=cycle.deadline_at,
        release_at=cycle.release_at,
    )
    writing.run(
        """
        INSERT INTO cycle_change (change_id, cycle_id, kind, deadline_at, release_at, reason,
            author_id, changed_at)
        VALUES (nextval('cycle_change_number'), :cycle_id, :kind, :deadline_at, :release_at,
            :reason, :author_id, :changed_at)
        """,
        cycle_id=cycle.cycle_id,
        kind=kind.value,
        deadline_at=cycle.deadline_at,
        release_at=cycle.release_at,
        reason=reason,
        author_id=writing.audit.person_id,
        changed_at=writing.audit.at,
    )


def set_rule(writing: Writing, cycle_id: str, rule: Rule) -> None:
    """Makes this the rule of a cycle, in place of the one that held."""
    writing.run(
        """
        INSERT INTO cycle_rule (cycle_id, two_people, closed_at)
        VALUES (:cycle_id, :two_people, :closed_at)
        ON CONFLICT (cycle_id) DO UPDATE
        SET two_people = excluded.two_people, closed_at = excluded.closed_at
        """,
        cycle_id=cycle_id,
        two_people=rule.two_people,
        closed_at=rule.closed_at,
    )


def _add_editions(writing: Writing, cycle: Cycle) -> None:
    writing.bulk(
        "cycle_edition",
        ("cycle_id", "position", "standard_id", "edition", "content_hash"),
        [(cycle.cycle_id, place, *edition) for place, edition in enumerate(cycle.editions)],
    )


def every(reading: Reading) -> tuple[Cycle, ...]:
    """All cycles, the newest first."""
    rows = reading.rows(
        """
        SELECT c.*, e.standard_id, e.edition, e.content_hash
        FROM cycle c
        JOIN cycle_edition e ON e.cycle_id = c.cycle_id
        ORDER BY c.opens_at DESC, c.cycle_id, e.position
        """
    )
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["cycle_id"], []).append(row)
    return tuple(_cycle(group) for group in grouped.values())


def find(reading: Reading, cycle_id: str) -> Cycle | None:
    """The cycle with this id, or None."""
    return next((cycle for cycle in every(reading) if cycle.cycle_id == cycle_id), None)


def rule_of(reading: Reading, cycle_id: str) -> Rule:
    """The rule of a cycle, the default one where none was set."""
    return rules(reading).get(cycle_id, Rule())


def rules(reading: Reading) -> Mapping[str, Rule]:
    """The rules that were set, by cycle."""
    rows = reading.rows("SELECT cycle_id, two_people, closed_at FROM cycle_rule")
    return {row["cycle_id"]: Rule(row["two_people"], row["closed_at"]) for row in rows}


def changes_of(reading: Reading, cycle_id: str) -> tuple[Change, ...]:
    """What was changed about a cycle since it opened, the newest first."""
    rows = reading.rows(
        """
        SELECT c.kind, c.deadline_at, c.release_at, c.reason, p.title AS author, c.changed_at
        FROM cycle_change c
        JOIN person p ON p.person_id = c.author_id
        WHERE c.cycle_id = :cycle_id
        ORDER BY c.change_id DESC
        """,
        cycle_id=cycle_id,
    )
    return tuple(Change(**{**row, "kind": Kind(row["kind"])}) for row in rows)


def progress(reading: Reading) -> Mapping[str, Mapping[State, int]]:
    """How many trusts' assessments are in which state, by cycle. Not begun is no state."""
    rows = reading.rows(
        """
        SELECT s.cycle_id, s.state, count(*) AS trusts
        FROM assessment s
        WHERE s.scope = :whole_trust AND s.revision = (
            SELECT max(n.revision)
            FROM assessment n
            WHERE n.organisation_id = s.organisation_id AND n.cycle_id = s.cycle_id
                AND n.scope = s.scope
        )
        GROUP BY s.cycle_id, s.state
        """,
        whole_trust=WHOLE_TRUST,
    )
    counted: dict[str, dict[State, int]] = {}
    for row in rows:
        counted.setdefault(row["cycle_id"], {})[State(row["state"])] = row["trusts"]
    return counted


def _cycle(rows: list[Row]) -> Cycle:
    first = rows[0]
    return Cycle(
        cycle_id=first["cycle_id"],
        title=first["title"],
        opens_at=first["opens_at"],
        deadline_at=first["deadline_at"],
        release_at=first["release_at"],
        peers_named=first["peers_named"],
        editions=tuple((r["standard_id"], r["edition"], r["content_hash"]) for r in rows),
    )
