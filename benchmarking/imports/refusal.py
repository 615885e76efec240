"""Why a file is not imported, told to the person who handed it in."""

from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_SHOWN = 60
# The names of the publisher's files are long and differ only at their end.
LONGEST_NAME = 120
# A file can have a fault in every cell; nobody reads a message of thousands of lines.
MOST_IN_MESSAGE = 200


@dataclass(frozen=True)
class Fault:
    """One thing wrong: where it is, what is wrong and what to do, each without a full stop."""

    where: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}. {self.remedy}."


class ImportRefused(Exception):
    """The file is not imported. ``faults`` holds everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = tuple(faults)
        lines = [str(fault) for fault in self.faults[:MOST_IN_MESSAGE]]
        more = len(self.faults) - len(lines)
        super().__init__("\n".join([*lines, f"And {more:,} more like these."] if more else lines))


def shown(said: str, longest: int = LONGEST_SHOWN) -> str:
    """A value of the file as it may be repeated to a person: one short line, visible letters.

    Control characters, line breaks and marks that turn the direction of writing are taken
    out. It is still not HTML: whoever puts it on a page escapes it like any other text.
    """
    visible = "".join(c if c.isprintable() else " " for c in said[: 4 * longest])
    line = " ".join(visible.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def shown_name(name: str) -> str:
    """The name of a file or of a member of a ZIP, as it may be repeated."""
    return shown(name, LONGEST_NAME)
