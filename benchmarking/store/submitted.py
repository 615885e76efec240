"""What was handed in, as the ledger says and as the tables hold it: to hold one to the other."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from benchmarking.answers import Answer, AssessmentKey, ItemKey, State
from benchmarking.store.database import Reading, Row
from benchmarking.store.migrate import tables


@dataclass(frozen=True)
class Handed:
    """One assessment: the state that is stored, and what the ledger says of it.

    ``stored`` is None where its row is gone. ``last_from`` and ``last_to`` are of the ledger's
    last entry about it, ``receipt`` and ``content_hash`` of its last submission; None where the
    ledger has no such entry. ``is_purged`` says that its answers were removed when their time
    was over.
    """

    key: AssessmentKey
    trust_code: str
    stored: State | None
    last_from: State | None = None
    last_to: State | None = None
    receipt: str | None = None
    content_hash: str | None = None
    is_purged: bool = False


def every(reading: Reading) -> tuple[Handed, ...]:
    """Every assessment that is stored or stands in the ledger, by trust, cycle and revision."""
    codes = _codes(reading)
    stored, purged, moves = _states(reading), _purged(reading), _moves(reading)
    return tuple(
        _handed(key, codes[key.organisation_id], stored.get(key), moves[key], key in purged)
        for key in sorted({*stored, *moves}, key=lambda key: tuple(vars(key).values()))
    )


def answers(reading: Reading) -> Mapping[AssessmentKey, tuple[Answer, ...]]:
    """What is answered in every assessment, in one query; without the authors' titles."""
    rows = reading.rows(
        """
        SELECT organisation_id, cycle_id, scope, revision, standard_id, item_id, edition,
            content_hash, choice, reason, answer_revision, saved_at
        FROM answer
        """
    )
    found: dict[AssessmentKey, list[Answer]] = defaultdict(list)
    for row in rows:
        found[_key(row)].append(_answer(row))
    return {key: tuple(said) for key, said in found.items()}


def _codes(reading: Reading) -> dict[int, str]:
    rows = reading.rows("SELECT organisation_id, code FROM organisation")
    return {row["organisation_id"]: row["code"] for row in rows}


def _states(reading: Reading) -> dict[AssessmentKey, State]:
    rows = reading.rows("SELECT organisation_id, cycle_id, scope, revision, state FROM assessment")
    return {_key(row): State(row["state"]) for row in rows}


def _moves(reading: Reading) -> dict[AssessmentKey, list[Row]]:
    rows = reading.rows(
        """
        SELECT organisation_id, cycle_id, scope, revision, from_state, to_state, receipt,
            content_hash
        FROM ledger
        ORDER BY entry_number
        """
    )
    found: dict[AssessmentKey, list[Row]] = defaultdict(list)
    for row in rows:
        found[_key(row)].append(row)
    return found


def _purged(reading: Reading) -> set[AssessmentKey]:
    # A backup made before there was a purge is verified as it is.
    if "purged_assessment" not in tables(reading):
        return set()
    rows = reading.rows("SELECT organisation_id, cycle_id, scope, revision FROM purged_assessment")
    return {_key(row) for row in rows}


def _handed(
    key: AssessmentKey, code: str, stored: State | None, moves: list[Row], is_purged: bool
) -> Handed:
    if not moves:
        return Handed(key, code, stored, is_purged=is_purged)
    submitted = [move for move in moves if move["to_state"] == State.SUBMITTED.value]
    return Handed(
        key,
        code,
        stored,
        last_from=State(moves[-1]["from_state"]),
        last_to=State(moves[-1]["to_state"]),
        receipt=submitted[-1]["receipt"] if submitted else None,
        content_hash=submitted[-1]["content_hash"] if submitted else None,
        is_purged=is_purged,
    )


def _key(row: Row) -> AssessmentKey:
    return AssessmentKey(row["organisation_id"], row["cycle_id"], row["scope"], row["revision"])


def _answer(row: Row) -> Answer:
    return Answer(
        item=ItemKey(row["standard_id"], row["item_id"]),
        edition=row["edition"],
        content_hash=row["content_hash"],
        choice=row["choice"],
        reason=row["reason"],
        answer_revision=row["answer_revision"],
        author="",
        saved_at=row["saved_at"],
    )
