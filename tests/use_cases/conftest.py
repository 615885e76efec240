"""A small trust world: two fictional trusts, one cycle that is open and one that is released."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from benchmarking.access import Person, Role
from benchmarking.answers import AssessmentKey, Cycle, ItemKey, MoveNote, Organisation
from benchmarking.assessing import assessments, moves
from benchmarking.assessing.lifecycle import Step
from benchmarking.assessing.moves import Proposal, Receipt
from benchmarking.assessing.sheets import Sheet
from benchmarking.demonstration.cycles import asked
from benchmarking.settings import Mode, Settings, read
from benchmarking.standard import Library, load_library
from benchmarking.store import answers, cycles, installation, organisations, people
from benchmarking.store import assessments as stored
from benchmarking.store.database import AuditEntry, Database
from benchmarking.store.installation import Kind
from benchmarking.store.opening import open_database
from benchmarking.visit import Visit

NOW = datetime(2026, 11, 21, 14, 2)
ME_1_1 = ItemKey("my-expectations", "sa-1.1")
ME_1_4 = ItemKey("my-expectations", "sa-1.4")
ME_4_1 = ItemKey("my-expectations", "sa-4.1")


@dataclass(frozen=True)
class World:
    """A database with people, and how to ask in their names."""

    settings: Settings
    database: Database
    library: Library
    now: datetime = NOW

    def visit(self, subject: str) -> Visit:
        with self.database.reading() as reading:
            person = people.find(reading, "demonstration", subject, self.now)
        assert person is not None
        return Visit(person, self.database, self.library, self.now)

    def stranger(self) -> Visit:
        return Visit(Person(0, "nobody"), self.database, self.library, self.now)

    def later(self, **passed: float) -> "World":
        return replace(self, now=self.now + timedelta(**passed))

    def count(self, sql: str) -> int:
        with self.database.reading() as reading:
            return int(reading.value(sql))


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library(read({}).standards)


@pytest.fixture
def world(tmp_path: Path, library: Library) -> Iterator[World]:
    settings = replace(
        read({"BENCHMARK_SECRET": "a secret of the tests"}),
        mode=Mode.DEMONSTRATION,
        database=str(tmp_path / "world.duckdb"),
    )
    database = open_database(settings, NOW)
    set_the_scene(database, library)
    yield World(settings, database, library)
    database.close()


def set_the_scene(database: Database, library: Library) -> None:
    """Two trusts with their people, in a new database."""
    entry = AuditEntry(0, "set the scene", "tests", NOW - timedelta(days=900))
    with database.writing(entry) as writing:
        installation.set_up(writing, Kind.DEMONSTRATION, NOW)
        organisations.add(writing, [trust(7), trust(8)])
        cycles.add(writing, cycle(library, 2025))
        cycles.add(writing, cycle(library, 2026))
        for subject, role, number in _PEOPLE:
            person = people.add(writing, "demonstration", subject, f"{role.value} {number or ''}")
            people.grant(
                writing,
                person,
                role,
                trust(number).code if number else None,
                NOW - timedelta(days=800),
            )


_PEOPLE = (
    ("lead-07", Role.TRUST_LEAD, 7),
    ("colleague-07", Role.CONTRIBUTOR, 7),
    ("approver-07", Role.APPROVER, 7),
    ("board-07", Role.BOARD_MEMBER, 7),
    ("lead-08", Role.TRUST_LEAD, 8),
    ("inspector", Role.INSPECTOR, None),
    ("administrator", Role.ADMINISTRATOR, None),
)


def trust(number: int) -> Organisation:
    code = f"DEMO-{number:02}"
    return Organisation(number, code, f"Demonstration Trust {number}", "Acute", "North")


def cycle(library: Library, year: int) -> Cycle:
    """A cycle that opens in April, is due in December and released in the February after."""
    editions = tuple((s.id, s.edition, library.content_hash(s)) for s in asked(library))
    return Cycle(
        f"{year}-{year - 1999}",
        f"{year}/{year - 1999}",
        datetime(year, 4, 1),
        datetime(year, 12, 24, 23, 59),
        datetime(year + 1, 2, 4),
        True,
        tuple(sorted(editions, reverse=True)),
    )


def answered(world: World, sheet: Sheet, choice: str, subject: str = "lead-07") -> None:
    """Every question of the sheet answered: this level, and "yes" in the law block."""
    visit = world.visit(subject)
    for line in sheet.lines:
        said = choice if choice in line.scale.by_id else "yes"
        seen = line.answer.answer_revision if line.answer else 0
        assessments.save_answer(visit, sheet, line.key, said, "", seen)


def submitted(world: World, choice: str = "some-shortfalls") -> Receipt:
    """DEMO-07's assessment of the current cycle, answered in full and submitted."""
    answered_in_full(world, choice)
    return take(world, Step.SUBMIT, "lead-07")


def answered_in_full(world: World, choice: str = "some-shortfalls") -> None:
    """DEMO-07's assessment of the current cycle, ready to be submitted."""
    visit = world.visit("lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    key = AssessmentKey(sheet.trust.organisation_id, sheet.cycle.cycle_id)
    # In one write: many tests begin here, and 43 of them take most of a second.
    with world.database.writing(visit.audit("answer", "tests")) as writing:
        stored.add(writing, key, world.now)
        for line in sheet.lines:
            edition, words = sheet.cycle.edition_of(line.key.standard_id)
            said = choice if choice in line.scale.by_id else "yes"
            answers.save(
                writing,
                key,
                line.key,
                edition=edition,
                content_hash=words,
                choice=said,
                reason="",
                read_revision=0,
            )


def take(world: World, step: Step, subject: str, *notes: MoveNote) -> Receipt:
    """Takes a step on DEMO-07's current assessment as it is stored now."""
    visit = world.visit(subject)
    return moves.take(visit, proposal(world, step, *notes))


def proposal(world: World, step: Step, *notes: MoveNote) -> Proposal:
    """A step on DEMO-07's current assessment, as its people see it at this moment."""
    sheet = assessments.open_sheet(world.visit("lead-07"), "DEMO-07")
    return Proposal(step, "DEMO-07", sheet.cycle, sheet.assessment, notes)
