"""Whole assessments written at once, in the name of those who answered and at their times.

Only for assessments that were made elsewhere, such as the demonstration's. What people save on a
page goes through ``store.answers`` and ``store.evidence``, one piece and one audit entry at a
time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from benchmarking.answers import Answer, Assessment, Comment, ImprovementAction
from benchmarking.evidence import Evidence
from benchmarking.store import evidence
from benchmarking.store.assessments import key_values
from benchmarking.store.database import Writing

_KEY = ("organisation_id", "cycle_id", "scope", "revision")
_ITEM = ("standard_id", "item_id")
_SAVED = ("author_id", "saved_at")
ANSWER = (
    *(*_KEY, *_ITEM),
    *("edition", "content_hash", "choice", "reason", "answer_revision"),
    *_SAVED,
)
COMMENT = (*_KEY, *_ITEM, "comment_text", "comment_revision", *_SAVED)
ACTION = (
    *(*_KEY, *_ITEM),
    *("action_text", "owner_role", "due_on", "status", "action_revision"),
    *_SAVED,
)


@dataclass(frozen=True)
class WholeAssessment:
    """One assessment with everything in it. Authors are titles; evidence needs its time."""

    assessment: Assessment
    opened_at: datetime
    answers: tuple[Answer, ...] = ()
    comments: tuple[Comment, ...] = ()
    actions: tuple[ImprovementAction, ...] = ()
    evidence: tuple[Evidence, ...] = ()


Said = TypeVar("Said", Answer, Comment, ImprovementAction, Evidence)


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
    writing.bulk("improvement_action", ACTION, rows(lambda whole: whole.actions, _action))
    writing.bulk("evidence", evidence.COLUMNS, rows(lambda whole: whole.evidence, evidence.details))


def _key(whole: WholeAssessment) -> tuple[object, ...]:
    return tuple(key_values(whole.assessment.key).values())


def _item(said: Answer | Comment | ImprovementAction | Evidence) -> tuple[object, ...]:
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


def _action(action: ImprovementAction) -> tuple[object, ...]:
    status = "done" if action.done else "open"
    return (action.text, action.owner_role, action.due_on, status, action.action_revision)
