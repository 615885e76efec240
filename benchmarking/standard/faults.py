"""What is wrong with a file in ``standards/``, told to its author."""

from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 500


@dataclass(frozen=True)
class StandardFault:
    """One fault: where it is, what is wrong and what to do about it.

    ``line`` is None where the fault belongs to no line. ``problem`` and ``remedy`` are
    written without the full stop at their end.
    """

    file: str
    line: int | None
    problem: str
    remedy: str

    def __post_init__(self) -> None:
        # They repeat what stands in the file, and that can be long and have lines of its own.
        object.__setattr__(self, "problem", _one_line(self.problem))
        object.__setattr__(self, "remedy", _one_line(self.remedy))

    @property
    def place(self) -> str:
        return self.file if self.line is None else f"{self.file}, line {self.line}"

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}. {self.remedy}."


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}..."


class StandardsError(Exception):
    """The standards cannot be used. Carries every fault of every file, in reading order."""

    def __init__(self, faults: Iterable[StandardFault]):
        once = dict.fromkeys(faults)
        self.faults = tuple(sorted(once, key=lambda fault: (fault.file, fault.line or 0)))
        super().__init__("\n".join(str(fault) for fault in self.faults))
