"""What a submission needs: the list of what is missing, and what would be better done."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarking.sheets import Line, Sheet


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
        *_returned(lines),
    )


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
    action = line.action
    return bool(action and action.text and not (action.owner_role and action.due_on))
