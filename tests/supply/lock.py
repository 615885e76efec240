"""The packages of a lock as ``make lock`` writes it."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_ENTRY = re.compile(
    r"^(?P<name>[a-z0-9-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\]+?))? \\$", re.M
)
_WANTED_BY = re.compile(r"^    # (?:via |  )(.+)$", re.M)


@dataclass(frozen=True)
class Locked:
    """One package. ``wanted_by`` names packages, or the file that asks for it as "-r FILE"."""

    name: str
    version: str
    marker: str
    wanted_by: tuple[str, ...]

    @property
    def can_run_here(self) -> bool:
        """False for what only a browser's Python needs, which nobody serves this with."""
        return "sys_platform == 'emscripten'" not in self.marker


def packages(lock: str) -> tuple[Locked, ...]:
    """The packages of a lock, by name; ``lock`` is its text."""
    starts = list(_ENTRY.finditer(lock))
    ends = [one.start() for one in starts[1:]] + [len(lock)]
    return tuple(
        Locked(
            start["name"],
            start["version"],
            start["marker"] or "",
            tuple(_WANTED_BY.findall(lock[start.end() : end])),
        )
        for start, end in zip(starts, ends, strict=True)
    )


def read(name: str) -> tuple[Locked, ...]:
    """The packages of one of our locks, by the name of its file."""
    return packages((ROOT / name).read_text(encoding="utf-8"))
