"""How people share an assessment: who holds what, what was taken over, what was said before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from benchmarking.answers import (
    Answer,
    AssessmentKey,
    Assignment,
    Carried,
    Cycle,
    ItemKey,
    State,
)
from benchmarking.store import (
    answer_history,
    answers,
    assessments,
    assignments,
    carried_answers,
    cycles,
)
from benchmarking.store.database import Reading


@dataclass(frozen=True)
class Work:
    """What lies behind the answers of one assessment, by question.

    ``saves`` counts what is kept of a question's history. ``last`` are the answers of
    ``last_cycle``, the newest earlier cycle in which the assessment was published.
    """

    assignments: Mapping[ItemKey, Assignment]
    carried: Mapping[ItemKey, Carried]
    saves: Mapping[ItemKey, int]
    last_cycle: Cycle | None
    last: Mapping[ItemKey, Answer]


def read_work(reading: Reading, key: AssessmentKey, cycle: Cycle, now: datetime) -> Work:
    """What lies behind an assessment at a moment; the caller has checked who may see it."""
    last_cycle, last = _last(reading, key, cycle)
    return Work(
        assignments.of_assessment(reading, key, now),
        carried_answers.of_assessment(reading, key),
        answer_history.counts(reading, key),
        last_cycle,
        last,
    )


def _last(
    reading: Reading, key: AssessmentKey, cycle: Cycle
) -> tuple[Cycle | None, Mapping[ItemKey, Answer]]:
    for earlier in cycles.every(reading):
        if earlier.opens_at >= cycle.opens_at:
            continue
        found = assessments.revisions(reading, key.organisation_id, earlier.cycle_id, key.scope)
        published = next((one for one in found if one.state is State.PUBLISHED), None)
        if published is not None:
            return earlier, answers.of_assessment(reading, published.key)
    return None, {}
