"""Results are made once for their key, however many ask at the same moment."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier, Event

import pytest

from benchmarking.ui.caches import forget, kept


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    forget()
    yield
    forget()


def test_a_result_is_made_once_for_its_key():
    made = count()
    assert [kept(("rates", 1), lambda: next(made)) for _ in range(3)] == [0, 0, 0]


def test_another_key_is_another_result():
    made = count()
    assert kept(("rates", 1), lambda: next(made)) == 0
    assert kept(("rates", 2), lambda: next(made)) == 1


def test_who_asks_while_a_result_is_being_made_waits_for_that_one():
    started, made, readers = Event(), count(), Barrier(9)

    def slowly() -> int:
        started.wait(5)
        return next(made)

    def ask(_: int) -> int:
        readers.wait(5)
        return kept(("slow",), slowly)

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(ask, number) for number in range(8)]
        readers.wait(5)
        started.set()
        assert [one.result(5) for one in asked] == [0] * 8
    assert next(made) == 1


def test_a_result_may_be_made_from_another_one():
    assert kept(("outer",), lambda: kept(("inner",), lambda: 1) + 1) == 2


def test_a_failure_is_told_and_not_kept():
    def fail() -> int:
        raise ValueError("no such trust")

    with pytest.raises(ValueError, match="no such trust"):
        kept(("rates", 3), fail)
    assert kept(("rates", 3), lambda: 7) == 7
