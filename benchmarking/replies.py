"""Replies to the complainant survey, as they are counted.

An answer is a small number: 1 for the scale's lowest choice with a value, and so on; then, from
``MISSING_FROM`` on, the choices without a value; ``SKIPPED`` where nothing was answered. A reply
is written as a text with one character for each item of the instrument, in its order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from benchmarking.standard import AnswerScale, ComplainantSurvey

SKIPPED = 0
MISSING_FROM = 10
_CHARACTERS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Way(StrEnum):
    """Where replies came in: a survey of the trust's own, or the pages of this server."""

    ELSEWHERE = "elsewhere"
    HERE = "here"


@dataclass(frozen=True)
class Reply:
    """What one person answered, one number for each item of the instrument, in its order.

    ``key`` is a digest that the same reply always has.
    """

    key: str
    answers: tuple[int, ...]


@dataclass(frozen=True)
class Sending:
    """How many people were asked at one time, whose complaints closed from one day to another."""

    way: Way
    closed_from: date
    closed_to: date
    invited: int
    author: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True)
class Asked:
    """How many people were asked in a cycle, and over which time their complaints were closed.

    Nobody knows how many, where ``invited`` is None.
    """

    invited: int | None = None
    closed_from: date | None = None
    closed_to: date | None = None


def asked(sendings: Sequence[Sending]) -> Asked:
    """All sendings of a cycle together."""
    if not sendings:
        return Asked()
    return Asked(
        sum(sending.invited for sending in sendings),
        min(sending.closed_from for sending in sendings),
        max(sending.closed_to for sending in sendings),
    )


def number_of(scale: AnswerScale, choice_id: str) -> int:
    """The number of a choice."""
    valued = [choice.id for choice in scale.valued]
    if choice_id in valued:
        return 1 + valued.index(choice_id)
    missing = [choice.id for choice in scale.choices if choice.missing is not None]
    return MISSING_FROM + missing.index(choice_id)


def agrees_from(survey: ComplainantSurvey, scale: AnswerScale) -> int:
    """The number of the lowest choice that agrees."""
    return number_of(scale, survey.agrees_from)


def written(answers: Sequence[int]) -> str:
    """A reply's answers as a text."""
    return "".join(_CHARACTERS[answer] for answer in answers)


def read(text: str) -> tuple[int, ...]:
    """The answers that ``written`` wrote down."""
    return tuple(_CHARACTERS.index(character) for character in text)
