"""More people at one fictional trust, who does what there, and how the answers came to be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from benchmarking.access import Role
from benchmarking.answers import Answer, AssessmentKey, Cycle, ItemKey
from benchmarking.demonstration import people
from benchmarking.demonstration.assessments import DrawnAssessment
from benchmarking.demonstration.chance import chance
from benchmarking.demonstration.cycles import london
from benchmarking.demonstration.newcomer import NEWCOMER, STANDARD
from benchmarking.demonstration.trusts import demonstration_trusts
from benchmarking.standard import Library
from benchmarking.store import answer_history, assignments
from benchmarking.store import people as stored_people
from benchmarking.store.answer_history import Kind, Past, Said
from benchmarking.store.database import Writing

_LEAD = people.title(Role.TRUST_LEAD, NEWCOMER)
_OFFICER = people.title(Role.CONTRIBUTOR, NEWCOMER)
_MATRON, _CLERK = f"Matron, {NEWCOMER}", f"Complaints officer, {NEWCOMER}"
# By how they sign in; all of them answer for the newcomer's trust.
COLLEAGUES: Mapping[str, str] = {
    f"matron.{NEWCOMER}": _MATRON,
    f"complaints-officer.{NEWCOMER}": _CLERK,
}
HANDED_OVER = timedelta(days=-9)
REVISED_BEFORE = timedelta(days=2)


@dataclass(frozen=True)
class Given:
    """Who holds a question, and in how many days from the day of making it is wanted."""

    title: str
    wanted: int | None = None


# By the publisher's number. What is not named here is held by nobody.
HELD: Mapping[str, Given] = {
    "1.4": Given(_MATRON, 8),
    "3.3": Given(_CLERK),
    "3.4": Given(_OFFICER, -3),
    "4.3": Given(_LEAD, 6),
    "4.4": Given(_LEAD, 12),
    "5.1": Given(_OFFICER, 12),
    "5.2": Given(_MATRON, 12),
}


def add(
    writing: Writing,
    library: Library,
    rounds: Sequence[Cycle],
    drawn: Sequence[DrawnAssessment],
    as_of: date,
    person_ids: Mapping[str, int],
) -> None:
    """Adds all of it: people, who holds what, and the history of the current cycle's answers.

    Args:
        writing: the transaction in which the demonstration is made.
        library: the standards.
        rounds: the cycles, the oldest first.
        drawn: every assessment.
        as_of: the day on which the demonstration is made.
        person_ids: the number of everybody who is there already, by title.
    """
    everybody = {**person_ids, **_colleagues(writing, rounds[0])}
    _hand_over(writing, library, rounds[-1], as_of, everybody)
    current = [one for one in drawn if one.whole.assessment.key.cycle_id == rounds[-1].cycle_id]
    pasts = [past for one in current for past in _history(one, library, everybody)]
    answer_history.add_many(writing, sorted(pasts, key=lambda past: past.saved_at))


def _colleagues(writing: Writing, first: Cycle) -> Mapping[str, int]:
    numbers = {}
    for subject, title in COLLEAGUES.items():
        numbers[title] = stored_people.add(writing, people.ISSUER, subject, title)
        stored_people.grant(writing, numbers[title], Role.CONTRIBUTOR, NEWCOMER, first.opens_at)
    return numbers


def _hand_over(
    writing: Writing, library: Library, cycle: Cycle, as_of: date, person_ids: Mapping[str, int]
) -> None:
    standard = library.standard(STANDARD, cycle.edition_of(STANDARD)[0])
    items = {
        standard.statement_by_id[item.statement].number: ItemKey(STANDARD, item.id)
        for item in standard.self_assessment.items
    }
    trust = next(one for one in demonstration_trusts() if one.code == NEWCOMER)
    key = AssessmentKey(trust.organisation.organisation_id, cycle.cycle_id)
    at = london(as_of + HANDED_OVER, time(10, 20))
    assignments.add_many(
        writing,
        key,
        [
            (items[number], person_ids[given.title], _day(as_of, given), person_ids[_LEAD], at)
            for number, given in HELD.items()
        ],
    )


def _day(as_of: date, given: Given) -> date | None:
    return None if given.wanted is None else as_of + timedelta(days=given.wanted)


def _history(
    one: DrawnAssessment, library: Library, person_ids: Mapping[str, int]
) -> Iterator[Past]:
    """Every save of an assessment's answers and comments, each answer's second over another."""
    key = one.whole.assessment.key
    for answer in one.whole.answers:
        now = Said(answer.choice, answer.reason)
        author = person_ids[answer.author]
        before = _before(one, answer, library) if answer.answer_revision > 1 else None
        if before is not None:
            earlier = max(one.whole.opened_at, answer.saved_at - REVISED_BEFORE)
            yield Past(key, answer.item, Kind.ANSWER, 1, None, before, author, earlier)
        yield Past(
            key,
            answer.item,
            *(Kind.ANSWER, answer.answer_revision, before, now),
            *(author, answer.saved_at),
        )
    for comment in one.whole.comments:
        said = Said(None, comment.text)
        author, at = person_ids[comment.author], comment.saved_at
        yield Past(key, comment.item, Kind.COMMENT, 1, None, said, author, at)


def _before(one: DrawnAssessment, answer: Answer, library: Library) -> Said:
    """Another answer than the one that stands, as it was first given."""
    standard = library.standard(answer.item.standard_id, answer.edition)
    others = [c.id for c in library.scale_of(standard).valued if c.id != answer.choice]
    scope = one.whole.assessment.key.scope
    drawn = chance(one.trust.code, scope, answer.item.standard_id, answer.item.item_id, "before")
    return Said(others[int(drawn.integers(len(others)))], "")
