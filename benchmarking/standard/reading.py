"""One YAML file as plain values that know their lines: what the reader hands to the checks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarking.standard.faults import StandardFault

EACH = "*"

Where = tuple[str | int, ...]
"""The way from the top of a file to a value: keys, and positions in lists from 0."""


@dataclass(frozen=True)
class NotText:
    """A value without quotes that YAML would change, as it was written."""

    written: str


@dataclass(frozen=True)
class Reading:
    """One file as plain values.

    ``content`` is made of dict, tuple, str, int, float, bool, date, None and ``NotText``;
    it is None where the file could not be read to its end. ``lines`` has the line of every
    value (that of its key, where it has one), ``written`` the characters of every single
    value, ``refused`` the places whose value cannot be used and has its fault already.
    """

    file: str
    content: Any
    lines: Mapping[Where, int]
    written: Mapping[Where, str]
    refused: frozenset[Where]
    faults: tuple[StandardFault, ...]

    @property
    def is_complete(self) -> bool:
        return self.content is not None

    def fault(self, where: Where, problem: str, remedy: str) -> StandardFault:
        """A fault at a place, or at the nearest place around it that has a line."""
        while where and where not in self.lines:
            where = where[:-1]
        return StandardFault(self.file, self.lines.get(where), problem, remedy)

    def is_refused(self, where: Where) -> bool:
        """Whether the value here, or one around it, cannot be used."""
        return any(where[:length] in self.refused for length in range(len(where) + 1))

    def each(self, *pattern: str, under: Where = ()) -> Iterator[tuple[Where, Any]]:
        """Every value that a pattern of keys leads to; ``EACH`` stands for any list entry.

        What is not there, or not of that shape, is passed over.
        """
        yield from _each(_at(self.content, under), under, pattern)

    def texts(self, *pattern: str, under: Where = ()) -> Iterator[tuple[Where, str]]:
        """The same, but only what is text."""
        found = self.each(*pattern, under=under)
        return ((where, text) for where, text in found if isinstance(text, str))

    def texts_under(self, key: str) -> Iterator[tuple[Where, str]]:
        """Every text, at any depth, that stands right under a key of this name."""
        for where in self.lines if self.is_complete else ():
            if where[-1:] == (key,) and isinstance(text := _at(self.content, where), str):
                yield where, text


def _each(value: Any, where: Where, pattern: tuple[str, ...]) -> Iterator[tuple[Where, Any]]:
    if not pattern:
        yield where, value
    elif pattern[0] == EACH and isinstance(value, tuple):
        for position, entry in enumerate(value):
            yield from _each(entry, (*where, position), pattern[1:])
    elif isinstance(value, dict) and pattern[0] in value:
        yield from _each(value[pattern[0]], (*where, pattern[0]), pattern[1:])


def _at(value: Any, where: Where) -> Any:
    for step in where:
        value = value[step]
    return value
