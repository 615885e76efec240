"""Actions of a trust, the statements they serve, their notes and how they ended.

A change names the revision it read. Where somebody saved in between, the function says so and
nothing of the transaction is kept.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from benchmarking.answers import ItemKey
from benchmarking.store.database import Reading, Row, Writing
from benchmarking.trust_actions import (
    ActionNote,
    Closure,
    Owner,
    Promised,
    Status,
    TrustAction,
)

_SELECT = """
    SELECT a.*, w.title AS author, coalesce(o.title, a.owner_role) AS owner_title
    FROM trust_action a
    JOIN person w ON w.person_id = a.author_id
    LEFT JOIN person o ON o.person_id = a.owner_id
    WHERE a.organisation_id = :organisation_id
"""
_STATEMENTS = """
    SELECT s.action_id, s.standard_id, s.item_id
    FROM action_statement s
    JOIN trust_action a ON a.action_id = s.action_id AND a.organisation_id = s.organisation_id
    WHERE a.organisation_id = :organisation_id
    ORDER BY s.action_id, s.standard_id DESC, s.item_id
"""
PROMISED = ("action_text", "owner_id", "owner_role", "due_on", "target_level", "target_cycle")


def of_trust(reading: Reading, organisation_id: int) -> tuple[TrustAction, ...]:
    """Every action of a trust and of its parts, in the order in which they were added."""
    served: dict[int, list[ItemKey]] = {}
    for row in reading.rows(_STATEMENTS, organisation_id=organisation_id):
        served.setdefault(row["action_id"], []).append(ItemKey(row["standard_id"], row["item_id"]))
    rows = reading.rows(f"{_SELECT} ORDER BY a.action_id", organisation_id=organisation_id)
    return tuple(_action(row, served.get(row["action_id"], ())) for row in rows)


def find(reading: Reading, organisation_id: int, action_id: int) -> TrustAction | None:
    """One action of a trust, or None where the trust has none of this number."""
    found = of_trust(reading, organisation_id)
    return next((action for action in found if action.action_id == action_id), None)


def notes_of(reading: Reading, organisation_id: int) -> Mapping[int, tuple[ActionNote, ...]]:
    """What was told about each action of a trust, the newest first."""
    rows = reading.rows(
        """
        SELECT n.*, p.title AS author
        FROM action_note n
        JOIN trust_action a ON a.action_id = n.action_id AND a.organisation_id = n.organisation_id
        JOIN person p ON p.person_id = n.author_id
        WHERE a.organisation_id = :organisation_id
        ORDER BY n.note_id DESC
        """,
        organisation_id=organisation_id,
    )
    found: dict[int, list[ActionNote]] = {}
    for row in rows:
        found.setdefault(row["action_id"], []).append(_note(row))
    return {action_id: tuple(notes) for action_id, notes in found.items()}


def closures_of(reading: Reading, organisation_id: int) -> Mapping[int, Closure]:
    """How each action of a trust ended that is over; what is open again is left out."""
    rows = reading.rows(
        """
        SELECT c.*, p.title AS author, coalesce(e.title, '') AS evidence_title
        FROM action_closure c
        JOIN trust_action a
            ON a.action_id = c.action_id AND a.organisation_id = c.organisation_id
            AND a.action_revision = c.action_revision
        JOIN person p ON p.person_id = c.author_id
        LEFT JOIN evidence e
            ON e.evidence_id = c.evidence_id AND e.organisation_id = a.organisation_id
        WHERE a.organisation_id = :organisation_id
        """,
        organisation_id=organisation_id,
    )
    return {row["action_id"]: _closure(row) for row in rows}


def add(writing: Writing, organisation_id: int, scope: str, made_in: str, new: Promised) -> int:
    """Adds an action in the name of the person in the audit entry; its number."""
    number = int(writing.value("SELECT nextval('trust_action_number')"))
    values: dict[str, object] = {
        "action_id": number,
        "organisation_id": organisation_id,
        "scope": scope,
        **values_of(new),
        "status": Status.OPEN.value,
        "made_in": made_in,
        "action_revision": 1,
        "author_id": writing.audit.person_id,
        "saved_at": writing.audit.at,
    }
    columns = ", ".join(values)
    writing.run(
        f"INSERT INTO trust_action ({columns}) VALUES (:{', :'.join(values)})",
        **values,
    )
    _serve(writing, organisation_id, number, new.statements)
    return number


def change(writing: Writing, seen: TrustAction, new: Promised) -> bool:
    """Replaces what was promised, if it is still as it was seen; whether it was."""
    sets = ", ".join(f"{name} = :{name}" for name in PROMISED)
    if not _update(writing, seen, sets, values_of(new)):
        return False
    # A row that is taken away and put back at once would break DuckDB's key.
    for item in set(seen.promised.statements) - set(new.statements):
        writing.run(
            "DELETE FROM action_statement WHERE organisation_id = :organisation_id "
            "AND action_id = :action_id AND standard_id = :standard_id AND item_id = :item_id",
            organisation_id=seen.organisation_id,
            action_id=seen.action_id,
            **vars(item),
        )
    added = [item for item in new.statements if not seen.serves(item)]
    _serve(writing, seen.organisation_id, seen.action_id, added)
    return True


def set_status(writing: Writing, seen: TrustAction, status: Status) -> bool:
    """Changes how far an action has come, if it is still as it was seen; whether it was."""
    return _update(writing, seen, "status = :status", {"status": status.value})


def tell(
    writing: Writing,
    about: TrustAction,
    text: str,
    *,
    to_status: Status | None = None,
    due_from: date | None = None,
    due_to: date | None = None,
) -> None:
    """Adds a note in the name of the person in the audit entry."""
    writing.run(
        """
        INSERT INTO action_note
            (note_id, action_id, organisation_id, note_text, to_status, due_from, due_to,
            author_id, written_at)
        VALUES (nextval('action_note_number'), :action_id, :organisation_id, :text, :to_status,
            :due_from, :due_to, :person_id, :now)
        """,
        action_id=about.action_id,
        organisation_id=about.organisation_id,
        text=text,
        to_status=None if to_status is None else to_status.value,
        due_from=due_from,
        due_to=due_to,
        person_id=writing.audit.person_id,
        now=writing.audit.at,
    )


def close(writing: Writing, seen: TrustAction, status: Status, closure: Closure) -> bool:
    """Ends an action as done or dropped, if it is still as it was seen; whether it was."""
    if not set_status(writing, seen, status):
        return False
    writing.run(
        """
        INSERT INTO action_closure (action_id, organisation_id, action_revision, closed_on,
            outcome, evidence_id, shown_by, author_id, closed_at)
        VALUES (:action_id, :organisation_id, :revision, :closed_on, :outcome, :evidence_id,
            :shown_by, :person_id, :now)
        """,
        action_id=seen.action_id,
        organisation_id=seen.organisation_id,
        revision=seen.action_revision + 1,
        closed_on=closure.closed_on,
        outcome=closure.outcome,
        evidence_id=closure.evidence_id,
        shown_by=closure.shown_by,
        person_id=writing.audit.person_id,
        now=writing.audit.at,
    )
    return True


def evidence_for(
    reading: Reading, organisation_id: int, items: Sequence[ItemKey]
) -> tuple[tuple[str, str], ...]:
    """(number, title) of the evidence a trust holds on some statements, the newest first."""
    rows = reading.rows(
        """
        SELECT e.evidence_id, e.title, e.standard_id, e.item_id
        FROM evidence e
        JOIN assessment s
            ON s.organisation_id = e.organisation_id AND s.cycle_id = e.cycle_id
            AND s.scope = e.scope AND s.revision = e.revision
        WHERE e.organisation_id = :organisation_id AND s.revision = (
            SELECT max(n.revision)
            FROM assessment n
            WHERE n.organisation_id = s.organisation_id AND n.cycle_id = s.cycle_id
                AND n.scope = s.scope
        )
        ORDER BY e.saved_at DESC, e.evidence_id
        """,
        organisation_id=organisation_id,
    )
    wanted = {(item.standard_id, item.item_id) for item in items}
    return tuple(
        (row["evidence_id"], row["title"])
        for row in rows
        if (row["standard_id"], row["item_id"]) in wanted
    )


def colleagues(reading: Reading, trust_code: str, now: datetime) -> tuple[Owner, ...]:
    """Everybody who has a role in a trust at a moment, by title."""
    rows = reading.rows(
        """
        SELECT DISTINCT p.title, p.person_id
        FROM person p
        JOIN role_grant g ON g.person_id = p.person_id
        WHERE g.trust_code = :trust_code AND g.holds_from <= :now
            AND (g.holds_until IS NULL OR g.holds_until > :now)
        ORDER BY p.title, p.person_id
        """,
        trust_code=trust_code,
        now=now,
    )
    return tuple(Owner(row["title"], row["person_id"]) for row in rows)


def _update(writing: Writing, seen: TrustAction, sets: str, values: Mapping[str, object]) -> bool:
    return writing.change_one(
        f"""
        UPDATE trust_action
        SET {sets}, action_revision = action_revision + 1, author_id = :author_id,
            saved_at = :saved_at
        WHERE organisation_id = :organisation_id AND action_id = :action_id
            AND action_revision = :seen
        """,
        organisation_id=seen.organisation_id,
        action_id=seen.action_id,
        seen=seen.action_revision,
        author_id=writing.audit.person_id,
        saved_at=writing.audit.at,
        **values,
    )


def _serve(
    writing: Writing, organisation_id: int, action_id: int, items: Sequence[ItemKey]
) -> None:
    rows = [(action_id, organisation_id, item.standard_id, item.item_id) for item in items]
    columns = ("action_id", "organisation_id", "standard_id", "item_id")
    writing.bulk("action_statement", columns, rows)


def values_of(promised: Promised) -> dict[str, object]:
    """The columns that hold what was promised. Of somebody who is known, the number is kept."""
    owner = promised.owner
    return {
        "action_text": promised.text,
        "owner_id": owner.person_id,
        "owner_role": "" if owner.person_id is not None else owner.title,
        "due_on": promised.due_on,
        "target_level": promised.target_level,
        "target_cycle": promised.target_cycle,
    }


def _action(row: Row, served: Sequence[ItemKey]) -> TrustAction:
    promised = Promised(
        text=row["action_text"],
        owner=Owner(row["owner_title"], row["owner_id"]),
        due_on=row["due_on"],
        statements=tuple(served),
        target_level=row["target_level"],
        target_cycle=row["target_cycle"],
    )
    return TrustAction(
        action_id=row["action_id"],
        organisation_id=row["organisation_id"],
        scope=row["scope"],
        promised=promised,
        status=Status(row["status"]),
        made_in=row["made_in"],
        action_revision=row["action_revision"],
        author=row["author"],
        saved_at=row["saved_at"],
    )


def _note(row: Row) -> ActionNote:
    status = row["to_status"]
    return ActionNote(
        action_id=row["action_id"],
        text=row["note_text"],
        author=row["author"],
        written_at=row["written_at"],
        to_status=None if status is None else Status(status),
        due_from=row["due_from"],
        due_to=row["due_to"],
    )


def _closure(row: Row) -> Closure:
    return Closure(
        action_id=row["action_id"],
        closed_on=row["closed_on"],
        outcome=row["outcome"],
        shown_by=row["shown_by"],
        author=row["author"],
        evidence_id=row["evidence_id"],
        evidence_title=row["evidence_title"],
    )
