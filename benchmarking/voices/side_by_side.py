"""Three voices on every statement: the trust, the people who complained, and complaint files.

What ``hearing`` works out, as every rendering is given it: all of it has been through disclosure
control.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from benchmarking.replies import Asked
from benchmarking.standard import Stage
from benchmarking.statistics.quantiles import Spread
from benchmarking.voices import heard
from benchmarking.voices.heard import Heard


@dataclass(frozen=True)
class AllVoices:
    """What the three voices say about one statement, or one stage's headline.

    ``about`` is its id. ``claimed`` and ``evidenced`` are levels from 1, None where there is
    none; a stage's are its summary levels. ``peers`` are the shares of others' complainants who
    agree; None where there is nobody to compare with.
    """

    about: str
    claimed: int | None
    evidenced: int | None
    complainants: Heard
    files: Heard
    peers: Spread | None

    @property
    def others(self) -> tuple[Heard, Heard]:
        """The two voices beside the trust's own."""
        return (self.complainants, self.files)

    @property
    def is_said(self) -> bool:
        """Whether anybody but the trust says something."""
        return any(voice.is_said for voice in self.others)

    @property
    def robust_size(self) -> int:
        return heard.largest_gap(self.others)[0]


@dataclass(frozen=True)
class StageVoices:
    """One stage: its headline, which files cannot measure, and its statements."""

    stage: Stage
    headline: AllVoices | None
    statements: tuple[AllVoices, ...]


@dataclass(frozen=True)
class FilesRead:
    """How many files two readers read, drawn from how many, closed from one day to another."""

    base: str
    frame: int
    closed_from: date
    closed_to: date


@dataclass(frozen=True)
class Voices:
    """The three voices of one trust in one cycle.

    ``replied`` says how many replies stand behind the results, as far as that may be said;
    empty where nobody was asked. ``files`` is None while no review is closed.
    """

    asked: Asked
    replied: str
    files: FilesRead | None
    stages: tuple[StageVoices, ...]

    @property
    def statements(self) -> tuple[AllVoices, ...]:
        return tuple(one for stage in self.stages for one in stage.statements)

    @property
    def by_id(self) -> Mapping[str, AllVoices]:
        return {one.about: one for one in self.statements}

    @property
    def is_said(self) -> bool:
        """Whether anybody but the trust says anything that may be shown."""
        return any(one.is_said for one in self.statements)

    @property
    def by_gap(self) -> tuple[AllVoices, ...]:
        """The statements, the largest robust gap first; equal gaps in the standard's order."""
        largest = {one.about: heard.largest_gap(one.others) for one in self.statements}
        return tuple(
            sorted(self.statements, key=lambda s: (-largest[s.about][0], -largest[s.about][1]))
        )
