"""The fictional trusts: who they are, how they claim, and how far each got in each cycle.

All of it stands in ``trusts.csv`` beside this file, one line a trust.
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from benchmarking.answers import Organisation, State

_FILE = Path(__file__).with_name("trusts.csv")
_NO_PART = "-"


class Habit(StrEnum):
    """How a trust claims, next to what it could show."""

    PLAIN = "plain"
    OVER = "over"
    MODEST = "modest"


@dataclass(frozen=True)
class DemonstrationTrust:
    """A fictional trust.

    ``states`` are where its assessment stands in the oldest, the last and the current cycle;
    None where it took no part or has not begun.
    """

    organisation: Organisation
    habit: Habit
    states: tuple[State | None, State | None, State | None]

    @property
    def code(self) -> str:
        return self.organisation.code


@cache
def demonstration_trusts() -> tuple[DemonstrationTrust, ...]:
    """All fictional trusts, by code."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(_trust(n, line) for n, line in enumerate(csv.DictReader(lines), start=1))


def _trust(number: int, line: dict[str, str]) -> DemonstrationTrust:
    return DemonstrationTrust(
        Organisation(number, line["code"], line["name"], line["type"], line["region"]),
        Habit(line["claims"]),
        (_state(line["oldest"]), _state(line["last"]), _state(line["current"])),
    )


def _state(word: str) -> State | None:
    return None if word == _NO_PART else State(word)
