"""Whole assessments and actions written at once, in the name of those who said so, at their times.

Only for what was made elsewhere, such as the demonstration's. What people save on a page goes
through ``store.answers``, ``store.evidence`` and ``store.actions``, one piece and one audit entry
at a time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from benchmarking.answers import Answer, Assessment, Comment
from benchmarking.evidence import Evidence
from benchmarking.store import actions, evidence
from benchmarking.store.assessments import key_values
from benchmarking.store.database import Writing
from benchmarking.trust_actions import ActionNote, Closure, TrustAction

_KEY = ("organisation_id", "cycle_id", "scope", "revision")
_ITEM = ("standard_id", "item_id")
_SAVED = ("author_id", "saved_at")
ANSWER = (
    *(*_KEY, *_ITEM),
    *("edition", "content_hash", "choice", "reason", "answer_revision"),
    *_SAVED,
)
COMMENT = (*_KEY, *_ITEM, "comment_text", "comment_revision", *_SAVED)
_ACTION = (
    *("action_id", "organisation_id", "scope", *actions.PROMISED),
    *("status", "made_in", "action_revision", *_SAVED),
)
_NOTE = (
    *("note_id", "action_id", "organisation_id", "note_text", "to_status", "due_from", "due_to"),
    *("author_id", "written_at"),
)
_CLOSURE = (
    *(
        "action_id",
        "organisation_id",
        "action_revision",
        "closed_on",
        "outcome",
        "evidence_id",
        "shown_by",
    ),
    *("author_id", "closed_at"),
)


@dataclass(frozen=True)
class WholeAssessment:
    """One assessment with everything in it. Authors are titles; evidence needs its time."""

    assessment: Assessment
    opened_at: datetime
    answers: tuple[Answer, ...] = ()
    comments: tuple[Comment, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class WholeAction:
    """An action with all that was told about it, the oldest note first. Authors are titles."""

    action: TrustAction
    notes: tuple[ActionNote, ...] = ()
    closure: Closure | None = None


Said = TypeVar("Said", Answer, Comment, Evidence)


def add_many(
    writing: Writing, wholes: Sequence[WholeAssessment], person_ids: Mapping[str, int]
) -> None:
    """Adds assessments that are not there yet, with all that was said in them.

    Args:
        wholes: the assessments.
        person_ids: the number of everybody who stands as an author, by title.
    """
    columns = (*_KEY, "state", "state_since", "opened_at")
    writing.bulk("assessment", columns, [_assessment(whole) for whole in wholes])

    def rows(
        said: Callable[[WholeAssessment], Iterable[Said]],
        values: Callable[[Said], tuple[object, ...]],
    ) -> list[tuple[object, ...]]:
        return [
            (*_key(w), *_item(one), *values(one), person_ids[one.author], one.saved_at)
            for w in wholes
            for one in said(w)
        ]

    writing.bulk("answer", ANSWER, rows(lambda whole: whole.answers, _answer))
    writing.bulk("answer_comment", COMMENT, rows(lambda whole: whole.comments, _comment))
    writing.bulk("evidence", evidence.COLUMNS, rows(lambda whole: whole.evidence, evidence.details))


def add_actions(
    writing: Writing, wholes: Sequence[WholeAction], person_ids: Mapping[str, int]
) -> None:
    """Adds actions, which are given new numbers here, with their notes and how they ended.

    Args:
        wholes: the actions.
        person_ids: the number of everybody who stands as an author, by title.
    """
    numbered = list(zip(_numbers(writing, "trust_action_number", len(wholes)), wholes, strict=True))
    told = [
        ((number, w.action.organisation_id), note) for number, w in numbered for note in w.notes
    ]
    note_numbers = _numbers(writing, "action_note_number", len(told))
    writing.bulk("trust_action", _ACTION, [_action(n, w.action, person_ids) for n, w in numbered])
    writing.bulk(
        "action_statement",
        ("action_id", "organisation_id", *_ITEM),
        [
            (n, w.action.organisation_id, i.standard_id, i.item_id)
            for n, w in numbered
            for i in w.action.promised.statements
        ],
    )
    writing.bulk(
        "action_note",
        _NOTE,
        [
            (number, *about, *_note(note, person_ids))
            for number, (about, note) in zip(note_numbers, told, strict=True)
        ],
    )
    writing.bulk(
        "action_closure",
        _CLOSURE,
        [_closure(n, w.action, w.closure, person_ids) for n, w in numbered if w.closure],
    )


def _numbers(writing: Writing, sequence: str, many: int) -> list[int]:
    """So many new numbers of a sequence, in order."""
    rows = writing.rows(
        f"SELECT nextval('{sequence}') AS number FROM generate_series(1, :many)", many=many
    )
    return sorted(int(row["number"]) for row in rows)


def _key(whole: WholeAssessment) -> tuple[object, ...]:
    return tuple(key_values(whole.assessment.key).values())


def _item(said: Answer | Comment | Evidence) -> tuple[object, ...]:
    return (said.item.standard_id, said.item.item_id)


def _assessment(whole: WholeAssessment) -> tuple[object, ...]:
    state, since = whole.assessment.state, whole.assessment.state_since
    return (*_key(whole), state.value, since, whole.opened_at)


def _answer(answer: Answer) -> tuple[object, ...]:
    return (
        answer.edition,
        answer.content_hash,
        answer.choice,
        answer.reason,
        answer.answer_revision,
    )


def _comment(comment: Comment) -> tuple[object, ...]:
    return (comment.text, comment.comment_revision)


def _action(number: int, action: TrustAction, person_ids: Mapping[str, int]) -> tuple[object, ...]:
    return (
        *(number, action.organisation_id, action.scope),
        *actions.values_of(action.promised).values(),
        *(action.status.value, action.made_in, action.action_revision),
        *(person_ids[action.author], action.saved_at),
    )


def _note(note: ActionNote, person_ids: Mapping[str, int]) -> tuple[object, ...]:
    status = None if note.to_status is None else note.to_status.value
    told = (note.text, status, note.due_from, note.due_to)
    return (*told, person_ids[note.author], note.written_at)


def _closure(
    number: int, action: TrustAction, closure: Closure, person_ids: Mapping[str, int]
) -> tuple[object, ...]:
    return (
        *(number, action.organisation_id, action.action_revision),
        *(closure.closed_on, closure.outcome),
        *(closure.evidence_id, closure.shown_by),
        *(person_ids[closure.author], action.saved_at),
    )
