"""Starting from last cycle's answers: taken over, and marked until somebody reconfirms each.

Choices and their reasons are taken over, evidence and actions are not. Any save of an answer,
of the same choice too, makes it an answer of this cycle.
"""

from benchmarking.access import Action, check_can
from benchmarking.answers import Answer, Cycle
from benchmarking.assessing.drafts import CannotSave, open_draft, subject_of_all
from benchmarking.assessing.sheets import Line, Sheet
from benchmarking.standard import Missing
from benchmarking.store import answers, carried_answers
from benchmarking.visit import Visit


def offered(sheet: Sheet) -> tuple[Answer, ...]:
    """Last cycle's answers to questions that have none yet, where they are still offered."""
    return tuple(line.last for line in sheet.lines if line.last is not None and _can_start(line))


def unconfirmed(sheet: Sheet) -> tuple[Line, ...]:
    """The questions whose answer was taken over and not reconfirmed."""
    return tuple(line for line in sheet.lines if line.carried is not None)


def changed_editions(sheet: Sheet) -> tuple[str, ...]:
    """What has a new edition since last cycle, such as "Example: 2025.1, now 2026.1"."""
    before = _editions(sheet.last_cycle)
    titles = {part.standard.id: part.standard.short_title for part in sheet.parts}
    return tuple(
        f"{titles[name]}: {before[name]}, now {edition}"
        for name, edition in _editions(sheet.cycle).items()
        if before.get(name, edition) != edition
    )


def carry_forward(visit: Visit, sheet: Sheet) -> int:
    """Takes over last cycle's answers where there is none yet; how many were taken over.

    Raises:
        Refused: the person may not submit for this trust.
        CannotSave: there is nothing to take over, or the assessment was submitted.
    """
    check_can(visit.person, Action.SUBMIT, sheet.trust.code)
    before = sheet.last_cycle
    if before is None:
        raise CannotSave("Nothing was published before, so there is nothing to start from.")
    entry = visit.audit("carry answers forward", subject_of_all(sheet), f"from {before.cycle_id}")
    with visit.database.writing(entry) as writing:
        key = open_draft(writing, sheet)
        there = answers.of_assessment(writing, key)
        taken = [answer for answer in offered(sheet) if answer.item not in there]
        for answer in taken:
            edition, content_hash = sheet.cycle.edition_of(answer.item.standard_id)
            answers.save(
                writing,
                key,
                answer.item,
                edition=edition,
                content_hash=content_hash,
                choice=answer.choice,
                reason=answer.reason,
                read_revision=0,
            )
        carried_answers.mark(writing, key, before.cycle_id, taken)
        if not taken:
            writing.give_up()
    return len(taken)


def _can_start(line: Line) -> bool:
    """Whether the last answer may begin this cycle's: nothing is there, and it is still offered."""
    if line.answer is not None or line.last is None:
        return False
    choice = line.scale.by_id.get(line.last.choice)
    if choice is None:
        return False
    return choice.missing is not Missing.NOT_APPLICABLE or line.item.not_applicable.allowed


def _editions(cycle: Cycle | None) -> dict[str, str]:
    return {name: edition for name, edition, _ in cycle.editions} if cycle else {}
