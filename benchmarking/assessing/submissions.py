"""What a submission needs: the list of what is missing, and what would be better done."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarking.assessing.sheets import Line, Sheet


@dataclass(frozen=True)
class Check:
    """One line of the list before submission, with the questions that still need it.

    Lines that are ``required`` have to be met before anything can be submitted.
    """

    text: str
    required: bool
    open_lines: tuple[Line, ...]

    @property
    def is_met(self) -> bool:
        return not self.open_lines


def check_list(sheet: Sheet) -> tuple[Check, ...]:
    """What must be done before submission, and what would be better done."""
    lines = sheet.lines
    return (
        Check("Every question has an answer", True, _where(lines, lambda x: x.answer is None)),
        Check("Every “not applicable” has a reason", True, _where(lines, lambda x: x.lacks_reason)),
        Check("Every level that is claimed is evidenced", False, _where(lines, _is_capped)),
        Check("Every action has an owner and a date", False, _where(lines, _is_vague)),
        *_taken_over(lines),
        *_returned(lines),
    )


def _taken_over(lines: tuple[Line, ...]) -> tuple[Check, ...]:
    """One line more while an answer stands that is not one of this cycle."""
    carried = _where(lines, lambda x: x.carried is not None)
    if not carried:
        return ()
    count = "1 is not" if len(carried) == 1 else f"{len(carried)} are not"
    text = f"Every answer carried forward is reconfirmed ({count})"
    return (Check(text, True, carried),)


def _returned(lines: tuple[Line, ...]) -> tuple[Check, ...]:
    """One line more while something that was sent back has not been touched."""
    untouched = _where(lines, lambda x: x.sent_back is not None)
    if not untouched:
        return ()
    return (Check("Everything that was sent back has been dealt with", False, untouched),)


def _where(lines: tuple[Line, ...], needs: Callable[[Line], bool]) -> tuple[Line, ...]:
    return tuple(line for line in lines if needs(line))


def _is_capped(line: Line) -> bool:
    return line.standing is not None and line.standing.is_capped


def _is_vague(line: Line) -> bool:
    open_ones = [action.promised for action in line.actions if not action.status.is_over]
    return any(not (promised.owner.title and promised.due_on) for promised in open_ones)
