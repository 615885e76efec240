"""What a file review waits for, moment by moment, and for whom."""

from collections.abc import Callable

import pytest

from benchmarking.file_review import waits as file_review_waits
from benchmarking.file_review.waits import Waits
from tests.use_cases.conftest import World
from tests.use_cases.reviewing import (
    FIRST,
    LEAD,
    SECOND,
    TRUST,
    cycle_of,
    draw,
    finish,
    name_readers,
    read_all,
    with_reviews,
)

PEOPLE = (LEAD, FIRST, SECOND, "approver-07", "lead-08")


def waits(world: World) -> dict[str, Waits]:
    cycle = cycle_of(world)
    found = {p: file_review_waits.waits_for(world.visit(p), TRUST, cycle) for p in PEOPLE}
    return {person: waiting for person, waiting in found.items() if waiting is not None}


def begun(world: World) -> None:
    draw(world)


def named(world: World) -> None:
    begun(world)
    name_readers(world)


def read_once(world: World) -> None:
    named(world)
    read_all(world, FIRST)
    finish(world, FIRST)


def read_twice(world: World) -> None:
    read_once(world)
    read_all(world, SECOND)
    finish(world, SECOND)


@pytest.mark.parametrize(
    "moment, told",
    [
        (lambda world: None, {}),
        (begun, {LEAD: Waits.READERS}),
        (named, {FIRST: Waits.READING, SECOND: Waits.READING}),
        (read_once, {SECOND: Waits.READING}),
        (
            read_twice,
            {LEAD: Waits.RECONCILING, FIRST: Waits.RECONCILING, SECOND: Waits.RECONCILING},
        ),
    ],
    ids=["nothing drawn", "drawn", "readers named", "read once", "read twice"],
)
def test_a_review_waits_for_whoever_is_next_and_nobody_else(
    world: World, moment: Callable[[World], None], told: dict[str, Waits]
) -> None:
    reviewing = with_reviews(world)
    moment(reviewing)
    assert waits(reviewing) == told
