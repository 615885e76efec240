"""The one place where results are kept between runs."""

import threading
from collections.abc import Callable
from typing import TypeVar

from cachetools import LRUCache, cached

from benchmarking.keeping import Key

Kept = TypeVar("Kept")

# Not Streamlit's cache: any visitor's browser can empty that one, and it digests each key anew.
# With two thousand, those of two hundred people threw each other out: 37 ms of processor time for
# a run instead of 26. One takes some 20 kB.
_results: LRUCache[Key, object] = LRUCache(maxsize=10000)


def kept(key: Key, make: Callable[[], Kept]) -> Kept:
    """The result made for this key, made once and shared by everybody who may ask for it.

    Args:
        key: a name for the kind of result, the number that rises with every change of what it
            is made from (one of ``Stand``'s), and everything else that it depends on, above all
            whose it is.
        make: makes it. What it returns is shared and must not be changed.
    """
    return _made(key, make)  # type: ignore[return-value]


def forget() -> None:
    """Keeps nothing any longer: for tests, where one process serves many databases."""
    _results.clear()


def _by_key(key: Key, _make: Callable[[], object]) -> Key:
    return key


# The condition makes who asks for a result that is being made wait for it.
@cached(_results, key=_by_key, condition=threading.Condition())
def _made(_key: Key, make: Callable[[], object]) -> object:
    return make()
