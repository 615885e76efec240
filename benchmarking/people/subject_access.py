"""Answering somebody who asks what is kept about them.

On the page an administrator finds who it is and how much there is, and takes away what holds no
answers and no free text: sign-ins, roles, what the audit and the ledger say. Everything else is
given by command on the host alone, because an administrator sees no answers in the application.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from benchmarking.access import Action, check_can
from benchmarking.assessing.sheets import NotThere
from benchmarking.store import subject_access as store
from benchmarking.store.database import AuditEntry, Database, Row
from benchmarking.store.subject_access import Named
from benchmarking.texts import visible
from benchmarking.visit import Visit

ACTION = "subject access"
_HOST = 0
# Tables whose rows hold neither answers nor free text; of all others the page gives the number.
OPEN_TABLES = frozenset({"person", "role_grant", "audit", "ledger", "session", "assignment"})
_WORDS = {
    "person": "who they are",
    "role_grant": "roles, held now or ever",
    "audit": "entries of the audit, by them or about them",
    "ledger": "moves of assessments",
    "session": "sign-ins",
    "answer": "answers they saved last",
    "answer_comment": "comments",
    "answer_history": "earlier saves of answers and comments",
    "assignment": "questions they hold or handed over",
    "evidence": "pieces of evidence",
    "trust_action": "actions they saved last or own",
    "action_note": "notes on actions",
    "action_closure": "actions they closed",
    "monthly_figure": "monthly figures",
    "monthly_target": "monthly targets",
    "monthly_rebase": "reasons for new limits",
    "peer_set": "peer sets",
    "move_note": "reasons and responses that went with a move",
    "cycle_change": "changes of a cycle's dates",
    "notification_choice": "where and how often they want to be told",
    "notification_code": "a code sent to confirm an address",
    "notification_sent": "times they were told what waits",
    "practice_example": "examples of good practice",
    "practice_use": "what they said of others' good practice",
    "trust_scope": "sites and directorates they named",
    "file_review": "reviews of complaint files they drew",
    "file_review_reader": "reviews of complaint files they read in",
    "file_reading": "what they found in complaint files",
    "file_agreed": "differences between readers that they settled",
    "survey_batch": "files of survey replies they brought",
    "survey_mapping": "what they said a file of replies holds",
    "survey_setting": "whom people who are asked can turn to, as they filled it in",
    "survey_sending": "times they said how many were asked to reply",
}


class NobodyKnown(Exception):
    """Nobody is known here under this name. Says what to do."""


@dataclass(frozen=True)
class Held:
    """Who somebody is, and how many rows are kept of each kind, in words."""

    named: Named
    counts: Mapping[str, int]

    @property
    def sentence(self) -> str:
        """How much is kept, in one sentence."""
        rows = sum(self.counts.values())
        return (
            f"{rows:,} rows in {len(self.counts)} kinds are kept about {visible(self.named.title)}."
        )


def everybody(visit: Visit) -> tuple[Named, ...]:
    """Everybody who is known here, by title.

    Raises:
        Refused: the person may not see the audit.
    """
    check_can(visit.person, Action.SEE_AUDIT)
    with visit.database.reading() as reading:
        return store.every(reading)


def held_about(visit: Visit, person_id: int) -> Held:
    """How much is kept about somebody.

    Raises:
        Refused: the person may not see the audit.
        NotThere: nobody has this number.
    """
    check_can(visit.person, Action.SEE_AUDIT)
    with visit.database.reading() as reading:
        named = store.numbered(reading, person_id)
        if named is None:
            raise NotThere("There is nobody here with this number. Choose somebody from the list.")
        counts = store.counts_about(reading, person_id)
    return Held(named, {in_words(table): number for table, number in counts.items()})


def without_content(visit: Visit, person_id: int) -> bytes:
    """What is kept about somebody, without answers and free text, as JSON; it is audited.

    Raises:
        Refused: the person may not see the audit.
        NotThere: nobody has this number.
    """
    check_can(visit.person, Action.SEE_AUDIT)
    held = held_about(visit, person_id)
    entry = visit.audit(ACTION, f"person {person_id}", "without answers and free text")
    with visit.database.writing(entry) as writing:
        rows = store.rows_about(writing, person_id)
    counts = {in_words(table): len(found) for table, found in rows.items()}
    given = {table: found for table, found in rows.items() if table in OPEN_TABLES}
    return _written(held.named, given, visit.now, counts)


def everything(database: Database, issuer: str, subject: str, now: datetime) -> bytes:
    """All that is kept about somebody, with every text of theirs, as JSON; it is audited.

    For the person who runs the host, who answers for what becomes of it.

    Raises:
        NobodyKnown: nobody is known under this name. Nothing was noted.
    """
    with database.reading() as reading:
        named = store.named(reading, issuer, subject)
    if named is None:
        raise NobodyKnown(
            "Nobody is known here under this issuer and subject. Both must be as the sign-in "
            "service gives them; the administrator's page Audit lists them."
        )
    entry = AuditEntry(_HOST, ACTION, f"person {named.person_id}", now, "everything")
    with database.writing(entry) as writing:
        rows = store.rows_about(writing, named.person_id)
    counts = {in_words(table): len(found) for table, found in rows.items()}
    return _written(named, rows, now, counts)


def mentions(database: Database, text: str, now: datetime) -> tuple[str, ...]:
    """Where a text stands in anything that is kept, one line for each place; it is audited.

    For somebody who is named in others' words. The audit says that there was a search, never
    for what.
    """
    with database.writing(AuditEntry(_HOST, ACTION, "search in all texts", now)) as writing:
        found = store.mentions(writing, text)
    return tuple(f"{in_words(one.table)} ({one.column}): {one.rows:,}" for one in found)


def in_words(table: str) -> str:
    """What the rows of a table are, as people say it."""
    return _WORDS.get(table, table.replace("_", " "))


def _written(
    named: Named, rows: Mapping[str, tuple[Row, ...]], now: datetime, counts: Mapping[str, int]
) -> bytes:
    said = {
        "about": vars(named),
        "made_at_utc": now.isoformat(timespec="seconds"),
        "rows_kept": counts,
        "kept": {in_words(table): [dict(row) for row in found] for table, found in rows.items()},
    }
    text = json.dumps(said, default=_plain, ensure_ascii=False, indent=2)
    return "".join(_shown(character) for character in text).encode()


def _shown(character: str) -> str:
    """The character, or its code in JSON where it could not be seen."""
    seen = character.isprintable() or character == "\n"
    return character if seen else json.dumps(character)[1:-1]


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"A {type(value).__name__} is kept that this export does not know.")
