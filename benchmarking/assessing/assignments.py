"""Who does what on an assessment: handing questions over, taking them, and what is waiting.

The trust lead hands questions to anybody who may answer for the trust. Everybody who may answer
can take a question that nobody holds, and hand back their own.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from benchmarking.access import Action, Person, can, check_can
from benchmarking.assessing.drafts import (
    CannotSave,
    first_key,
    newest_open,
    subject,
    subject_of_all,
)
from benchmarking.assessing.sheets import Line, Sheet
from benchmarking.keeping import Keep, afresh
from benchmarking.moments import in_words
from benchmarking.store import assignments as store
from benchmarking.store import people
from benchmarking.store.database import AuditEntry, Reading, Writing
from benchmarking.store.people import Listed
from benchmarking.visit import Visit


class Which(StrEnum):
    """Which questions of an assessment somebody wants to see."""

    ALL = "all"
    MINE = "mine"
    WAITING = "waiting"
    OVERDUE = "overdue"
    CARRIED = "not-reconfirmed"


def is_mine(line: Line, person: Person) -> bool:
    """Whether the person holds the question."""
    return line.assignment is not None and line.assignment.person_id == person.person_id


def is_held(line: Line) -> bool:
    """Whether somebody holds the question who may still answer it."""
    return line.assignment is not None and line.assignment.may_answer


def is_waiting(line: Line) -> bool:
    """Whether it needs somebody: nobody holds it and it has no answer, or it was sent back."""
    return line.sent_back is not None or not (is_held(line) or line.is_done)


def is_overdue(line: Line, today: date) -> bool:
    """Whether the day by which it was wanted is over, and it still needs something."""
    given = line.assignment
    late = given is not None and given.wanted_by is not None and given.wanted_by < today
    return late and not line.is_settled


def chosen(sheet: Sheet, which: Which, person: Person, today: date) -> tuple[Line, ...]:
    """The questions of an assessment that somebody wants to see, in the order they are asked."""
    match which:
        case Which.ALL:
            return sheet.lines
        case Which.MINE:
            return tuple(line for line in sheet.lines if is_mine(line, person))
        case Which.WAITING:
            return tuple(line for line in sheet.lines if is_waiting(line))
        case Which.OVERDUE:
            return tuple(line for line in sheet.lines if is_overdue(line, today))
        case Which.CARRIED:
            return tuple(line for line in sheet.lines if line.carried is not None)


def still_mine(sheet: Sheet, person: Person, today: date) -> tuple[Line, ...]:
    """What the person holds and is not done with: the overdue first, then by the day wanted."""
    mine = [line for line in sheet.lines if is_mine(line, person) and not line.is_settled]
    return tuple(sorted(mine, key=lambda line: (not is_overdue(line, today), _wanted(line))))


def _wanted(line: Line) -> date:
    given = line.assignment
    return (given.wanted_by if given else None) or date.max


@dataclass(frozen=True)
class Colleague:
    """Somebody who may answer for a trust. Titles that several share are numbered."""

    person_id: int
    title: str


def colleagues(visit: Visit, trust_code: str, keep: Keep = afresh) -> tuple[Colleague, ...]:
    """Everybody to whom a question of this trust's assessment can be handed now, by title.

    Raises:
        Refused: the person may not hand out this trust's questions.
    """
    check_can(visit.person, Action.ASSIGN, trust_code)
    known = keep(("everybody", visit.stand.of_all), partial(_everybody, visit))
    able = [one.known for one in known if _may_answer(visit, one, trust_code)]
    shared, seen = Counter(one.title for one in able), Counter[str]()
    found: list[Colleague] = []
    for one in able:
        seen[one.title] += 1
        number = f" ({seen[one.title]})" if shared[one.title] > 1 else ""
        found.append(Colleague(one.person_id, f"{one.title}{number}"))
    return tuple(found)


def hand_over(
    visit: Visit, sheet: Sheet, lines: Sequence[Line], person_id: int, wanted_by: date | None
) -> None:
    """Hands questions to somebody, whoever held them: one question, or all of a stage.

    Args:
        visit: who hands them over, and when.
        sheet: the assessment.
        lines: the questions as they were seen, with whoever held them then.
        person_id: who is to hold them.
        wanted_by: the day by which they are wanted, None for no day.

    Raises:
        Refused: the person may not hand out this trust's questions.
        CannotSave: that colleague may not answer for the trust, the day is past, somebody else
            handed one of them over since, or the assessment was submitted.
    """
    check_can(visit.person, Action.ASSIGN, sheet.trust.code)
    _check_day(wanted_by, visit.today)
    by = f", wanted by {wanted_by.isoformat()}" if wanted_by else ""
    entry = _entry(visit, "hand over", sheet, lines, f" to person {person_id}{by}")
    with visit.database.writing(entry) as writing:
        _check_able(visit, writing, person_id, sheet.trust.code)
        _check_unchanged(writing, sheet, lines)
        items = [line.key for line in lines]
        store.hand_over(writing, first_key(sheet), items, person_id, wanted_by)


def take_back(visit: Visit, sheet: Sheet, lines: Sequence[Line]) -> None:
    """Leaves questions with nobody, whoever held them; raises as ``hand_over``."""
    check_can(visit.person, Action.ASSIGN, sheet.trust.code)
    with visit.database.writing(_entry(visit, "take back", sheet, lines)) as writing:
        _check_unchanged(writing, sheet, lines)
        store.take_back(writing, first_key(sheet), [line.key for line in lines])


def take(visit: Visit, sheet: Sheet, line: Line) -> None:
    """Takes a question that nobody holds who could answer it.

    Raises:
        Refused: the person may not answer for this trust.
        CannotSave: somebody holds it, or the assessment was submitted.
    """
    check_can(visit.person, Action.ANSWER, sheet.trust.code)
    if is_held(line):
        raise CannotSave("A colleague holds this. Ask the trust lead to hand it over.")
    with visit.database.writing(_entry(visit, "take", sheet, [line])) as writing:
        _check_unchanged(writing, sheet, [line])
        store.hand_over(writing, first_key(sheet), [line.key], visit.person.person_id, None)


def hand_back(visit: Visit, sheet: Sheet, line: Line) -> None:
    """Gives up a question that the person holds.

    Raises:
        Refused: the person may not answer for this trust.
        CannotSave: they do not hold it, or the assessment was submitted.
    """
    check_can(visit.person, Action.ANSWER, sheet.trust.code)
    if not is_mine(line, visit.person):
        raise CannotSave("You do not hold this, so you cannot hand it back.")
    with visit.database.writing(_entry(visit, "hand back", sheet, [line])) as writing:
        _check_unchanged(writing, sheet, [line])
        store.take_back(writing, first_key(sheet), [line.key])


def _everybody(visit: Visit) -> tuple[Listed, ...]:
    with visit.database.reading() as reading:
        return people.every(reading)


def _may_answer(visit: Visit, listed: Listed, trust_code: str) -> bool:
    return can(listed.known.at(visit.now), Action.ANSWER, trust_code)


def _check_able(visit: Visit, reading: Reading, person_id: int, trust_code: str) -> None:
    able = (one for one in people.every(reading) if _may_answer(visit, one, trust_code))
    if person_id not in {one.known.person_id for one in able}:
        raise CannotSave(
            "This colleague may not answer for this trust. Choose somebody from the list."
        )


def _check_day(wanted_by: date | None, today: date) -> None:
    if wanted_by is not None and wanted_by < today:
        raise CannotSave(
            f"{in_words(wanted_by)} is past. Choose today, a later day, or leave the day empty."
        )


def _check_unchanged(writing: Writing, sheet: Sheet, lines: Sequence[Line]) -> None:
    """Passes while the assessment is open and everybody holds what they were seen to hold."""
    newest_open(writing, sheet)
    held = store.holders(writing, first_key(sheet))
    for line in lines:
        sheet.line(line.key)
        seen = line.assignment.person_id if line.assignment else None
        if held.get(line.key) != seen:
            raise CannotSave(
                f"Somebody changed who does {line.statement.number} in the meantime. Nothing of "
                f"yours was saved. Look at it again."
            )


def _entry(
    visit: Visit, action: str, sheet: Sheet, lines: Sequence[Line], detail: str = ""
) -> AuditEntry:
    """One audit entry, about the question, or about how many of the assessment's there are."""
    if len(lines) == 1:
        return visit.audit(f"{action} question", subject(sheet, lines[0].key), detail.strip())
    named = " ".join(line.key.item_id for line in lines)
    return visit.audit(f"{action} questions", subject_of_all(sheet), f"{named}{detail}")
