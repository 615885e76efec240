"""A small world in which complaint files are reviewed, and words to take it from step to step."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from benchmarking.access import Role
from benchmarking.answers import Cycle
from benchmarking.file_review import file_reading, file_reconciling, reviews
from benchmarking.file_review.file_reading import FileSheet
from benchmarking.file_review.reviews import Frame, Standing
from benchmarking.reviewed_files import ClosedComplaint, Outcome, in_canonical_order
from benchmarking.store import cycles, people
from benchmarking.store.database import AuditEntry
from tests.use_cases.conftest import NOW, World

TRUST = "DEMO-07"
CYCLE_ID = "2027-28"
FIRST, SECOND, LEAD = "colleague-07", "second-07", "lead-07"
FRAME = Frame(
    in_canonical_order(
        ClosedComplaint(f"C-{number:03}", date(2026, 5, 1 + number % 28), outcome)
        for number, outcome in enumerate(list(Outcome) * 20)
    )
)


def with_reviews(world: World) -> World:
    """The world with a cycle whose edition has a file review, and a second contributor."""
    standard = next(s for s in world.library.standards if s.file_review is not None)
    cycle = Cycle(
        CYCLE_ID,
        "2027/28",
        datetime(2026, 11, 1),
        datetime(2027, 12, 24),
        datetime(2028, 2, 4),
        True,
        ((standard.id, standard.edition, world.library.content_hash(standard)),),
    )
    with world.database.writing(AuditEntry(0, "set the scene", "tests", NOW)) as writing:
        cycles.add(writing, cycle)
        person = people.add(writing, "demonstration", SECOND, "second contributor")
        people.grant(writing, person, Role.CONTRIBUTOR, TRUST, datetime(2026, 1, 1))
    return world


def cycle_of(world: World) -> Cycle:
    with world.database.reading() as reading:
        found = cycles.find(reading, CYCLE_ID)
    assert found is not None
    return found


def standing(world: World, subject: str = LEAD) -> Standing:
    found = reviews.standing(world.visit(subject), TRUST, cycle_of(world))
    assert found is not None
    return found


def number_of(world: World, subject: str) -> int:
    return world.visit(subject).person.person_id


def draw(world: World, files: int = 2) -> None:
    reviews.draw(world.visit(LEAD), standing(world), FRAME, files)


def name_readers(world: World, first: str = FIRST, second: str = SECOND) -> None:
    named = [number_of(world, first), number_of(world, second)]
    reviews.name_readers(world.visit(LEAD), standing(world), named)


def sheet(world: World, subject: str, number: int | None = None) -> FileSheet:
    return file_reading.sheet(world.visit(subject), TRUST, cycle_of(world), number)


def save(
    world: World, subject: str, item_id: str, choice: str, *, file: int = 1, note: str = ""
) -> None:
    seen = sheet(world, subject, file)
    line = seen.lines[item_id]
    revision = line.reading.revision if line.reading else 0
    file_reading.save(world.visit(subject), seen, item_id, choice, note, revision)


def read_all(
    world: World, subject: str, choice: str = "yes", other: Mapping[tuple[int, str], str] = {}
) -> None:
    """Every item of every file answered with a choice, but for some by file and item."""
    seen = sheet(world, subject, 1)
    for file in seen.files:
        here = replace(seen, file=file)
        for item_id in seen.lines:
            said = other.get((file.number, item_id), choice)
            file_reading.save(world.visit(subject), here, item_id, said, "", 0)


def finish(world: World, subject: str) -> None:
    file_reading.finish(world.visit(subject), sheet(world, subject))


def reconciling(world: World, other: Mapping[tuple[int, str], str], files: int = 2) -> None:
    """Two files, read twice; the second reader says something else of some items."""
    draw(world, files)
    name_readers(world)
    read_all(world, FIRST)
    read_all(world, SECOND, other=other)
    finish(world, FIRST)
    finish(world, SECOND)


def settle_all(world: World, choice: str, subject: str = FIRST) -> None:
    found = file_reconciling.differences(world.visit(subject), TRUST, cycle_of(world))
    for one in found.found:
        file_reconciling.agree(world.visit(subject), found, one, choice, "", 0)
