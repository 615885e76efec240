"""What people do to the answers of an assessment, and what they answered the last time."""

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarking.answers import Answer, AssessmentKey, Carried, Comment, Cycle, ItemKey, State
from benchmarking.store import answer_history, answers, assessments, carried_answers, cycles
from benchmarking.store.database import Reading


@dataclass(frozen=True)
class Work:
    """What changes with each answer or comment that is saved, by question.

    ``carried`` are answers that stand as they were taken over. ``saves`` counts what is kept of
    a question's history.
    """

    answers: Mapping[ItemKey, Answer]
    comments: Mapping[ItemKey, Comment]
    carried: Mapping[ItemKey, Carried]
    saves: Mapping[ItemKey, int]


def read_work(reading: Reading, key: AssessmentKey) -> Work:
    """What was saved in an assessment; the caller has checked who may see it."""
    return Work(
        answers.of_assessment(reading, key),
        answers.comments_of(reading, key),
        carried_answers.of_assessment(reading, key),
        answer_history.counts(reading, key),
    )


def last_answers(
    reading: Reading, key: AssessmentKey, cycle: Cycle
) -> tuple[Cycle | None, Mapping[ItemKey, Answer]]:
    """The newest earlier cycle in which the assessment was published, and its answers there."""
    for earlier in cycles.every(reading):
        if earlier.opens_at >= cycle.opens_at:
            continue
        found = assessments.revisions(reading, key.organisation_id, earlier.cycle_id, key.scope)
        published = next((one for one in found if one.state is State.PUBLISHED), None)
        if published is not None:
            return earlier, answers.of_assessment(reading, published.key)
    return None, {}
