"""Results worth keeping between requests: a use case says what, whoever calls it says where."""

from collections.abc import Callable, Hashable
from typing import Protocol, TypeVar

Kept = TypeVar("Kept")
Key = tuple[Hashable, ...]


class Keep(Protocol):
    """Gives the result that was made for a key, and makes it only where there is none yet.

    The key starts with a name for the kind of result and holds everything that it depends on,
    above all whose it is. What is kept is shared and never changed.
    """

    def __call__(self, key: Key, make: Callable[[], Kept], /) -> Kept: ...


class Once:
    """Keeps every result as long as it is itself kept: for one piece of work in one thread."""

    def __init__(self) -> None:
        self._made: dict[Key, object] = {}

    def __call__(self, key: Key, make: Callable[[], Kept], /) -> Kept:
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]  # type: ignore[return-value]


def afresh(key: Key, make: Callable[[], Kept], /) -> Kept:
    """Keeps nothing: each result is made anew."""
    return make()
