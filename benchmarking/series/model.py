"""What a monthly series counts: the shape of the files in ``data/series/``.

A series is a share: of what was due in a month, how much was done in time. Trusts count both
themselves, each month.
"""

from typing import Self

from pydantic import Field, model_validator

from benchmarking.frozen import Frozen
from benchmarking.polarity import Polarity


class LegalTarget(Frozen):
    """A target that the law sets, and why; it holds until a trust sets one of its own."""

    percent: int = Field(gt=0, le=100)
    because: str


class Source(Frozen):
    """What a series rests on, and how far its words have been checked against it."""

    document: str
    page: str
    url: str = Field(pattern="^https://")
    checked: str


class Series(Frozen):
    """One monthly series. ``numerator`` and ``denominator`` say what is counted, in words.

    ``target`` is None where no law sets one. ``bears_on`` are the ids of statements to which
    the figures say something.
    """

    id: str = Field(pattern="^[a-z0-9-]+$")
    title: str
    short_title: str
    about: str
    polarity: Polarity
    per: int
    numerator: str
    denominator: str
    target: LegalTarget | None = None
    bears_on: tuple[str, ...] = ()
    source: Source

    @model_validator(mode="after")
    def _is_a_share(self) -> Self:
        if self.per != 100:
            raise ValueError("a series is a share, so it is per 100")
        return self
