"""Ten fictional trusts and three cycles, drawn as rows of levels.

A row has one sign per statement of My expectations, in its order: a level from 1 to 4, ? for
"don't know", - for "not applicable", and a full stop where nobody answered. A level is claimed
with evidence that carries it, unless another row says what the evidence carries.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from benchmarking.access import Role
from benchmarking.answers import (
    Answer,
    Assessment,
    AssessmentKey,
    Cycle,
    ItemKey,
    Organisation,
    State,
)
from benchmarking.evidence import Evidence
from benchmarking.standard import Item, Library, Standard
from benchmarking.store import bulk, cycles, installation, organisations, people
from benchmarking.store.bulk import WholeAction, WholeAssessment
from benchmarking.store.database import AuditEntry, Database, Writing
from benchmarking.store.installation import Kind
from benchmarking.trust_actions import Owner, Promised, Status, TrustAction
from benchmarking.visit import Visit

NOW = datetime(2026, 11, 21, 14, 2)
OLDEST, LAST, CURRENT = 2024, 2025, 2026
EDITION = "2014.2"
ME, LAW = "my-expectations", "complaints-law-england"
SIGNS = {
    "1": "significant-shortfalls",
    "2": "some-shortfalls",
    "3": "good",
    "4": "exceptional",
    "?": "dont-know",
    "-": "not-applicable",
}
DUTIES = {"y": "yes", "p": "partly", "n": "no", "?": "dont-know", "-": "not-applicable"}
OWN, ALIKE, OTHERS = 1, range(2, 8), range(8, 11)
PEOPLE = (
    ("lead-01", Role.TRUST_LEAD, 1),
    ("board-01", Role.BOARD_MEMBER, 1),
    ("lead-08", Role.TRUST_LEAD, 8),
    ("inspector", Role.INSPECTOR, None),
)


@dataclass(frozen=True)
class Row:
    """What one trust said in one cycle: claims, what evidence carries, duties, promises."""

    trust: int
    year: int
    claims: str
    shown: str = ""
    duties: str = ""
    promises: Sequence[tuple[str, str, date | None, bool]] = ()
    state: State = State.PUBLISHED
    published_at: datetime | None = None
    revision: int = 1


@dataclass(frozen=True)
class Scene:
    """A database with its people, and how to ask in their names."""

    database: Database
    library: Library
    now: datetime = NOW
    cycles: dict[int, Cycle] = field(default_factory=dict)

    def visit(self, subject: str) -> Visit:
        with self.database.reading() as reading:
            person = people.find(reading, "demonstration", subject, self.now)
        assert person is not None, subject
        return Visit(person, self.database, self.library, self.now)

    def at(self, now: datetime) -> "Scene":
        return replace(self, now=now)

    def tell(self, *rows: Row) -> None:
        """Adds what trusts said, all in one write that others may see."""
        entry = AuditEntry(1, "tell", "tests", self.now)
        with self.database.writing(entry) as writing:
            wholes = [_whole(self.library, self.cycles[row.year], row) for row in rows]
            bulk.add_many(writing, wholes, {"A colleague": 1})
            actions = [
                action
                for row in rows
                for action in _actions(self.library, self.cycles[row.year], row)
            ]
            bulk.add_actions(writing, actions, {"A colleague": 1})
            installation.raise_data_revision(writing)


def furnish(database: Database, library: Library) -> dict[int, Cycle]:
    """Trusts, people and cycles; nobody has said anything yet."""
    rounds = {year: cycle(library, year) for year in (OLDEST, LAST, CURRENT)}
    with database.writing(AuditEntry(0, "furnish", "tests", NOW)) as writing:
        installation.set_up(writing, Kind.DEMONSTRATION, NOW)
        organisations.add(writing, [trust(number) for number in range(1, 11)])
        for one in rounds.values():
            cycles.add(writing, one)
        people.add(writing, "demonstration", "colleague", "A colleague")
        for subject, role, number in PEOPLE:
            _add_person(writing, subject, role, number)
    return rounds


def trust(number: int) -> Organisation:
    """Trusts 1 to 7 are acute, 8 and 9 community and 10 ambulance; 1 to 6 lie in the North."""
    kind = "Acute" if number <= 7 else "Community" if number <= 9 else "Ambulance"
    region = "Demonstration North" if number <= 6 else "Demonstration South"
    code = f"DEMO-{number:02}"
    return Organisation(number, code, f"Demonstration Trust {number}", kind, region)


def cycle(library: Library, year: int) -> Cycle:
    """A cycle that opens in September and is released in the February after."""
    newest = [library.standard(ME, EDITION), library.standard(LAW, "2026.1")]
    return Cycle(
        f"{year}-{year - 1999}",
        f"{year}/{year - 1999}",
        datetime(year, 9, 25, 8),
        datetime(year, 12, 24, 23, 59),
        datetime(year + 1, 2, 5, 9),
        True,
        tuple((s.id, s.edition, library.content_hash(s)) for s in newest),
    )


def peers(rows: Sequence[str], year: int = LAST, first: int = 2) -> list[Row]:
    """One row for each trust from ``first`` on."""
    return [Row(number, year, claims) for number, claims in enumerate(rows, start=first)]


def _add_person(writing: Writing, subject: str, role: Role, number: int | None) -> None:
    person = people.add(writing, "demonstration", subject, f"{role.value} {number or ''}".strip())
    people.grant(
        writing, person, role, f"DEMO-{number:02}" if number else None, NOW - timedelta(days=900)
    )


def _whole(library: Library, cycle: Cycle, row: Row) -> WholeAssessment:
    since = row.published_at or min(cycle.deadline_at, NOW) - timedelta(days=20)
    key = AssessmentKey(row.trust, cycle.cycle_id, revision=row.revision)
    standard = library.standard(ME, EDITION)
    pieces = list(_evidence(standard, row, since))
    answers = [*_answers(library, standard, row.claims, SIGNS, since)]
    law = library.standard(LAW, "2026.1")
    answers += _answers(library, law, row.duties, DUTIES, since)
    return WholeAssessment(
        Assessment(key, row.state, since),
        cycle.opens_at,
        answers=tuple(answers),
        evidence=tuple(pieces),
    )


def _asked(standard: Standard, signs: str) -> Iterator[tuple[Item, str]]:
    drawn = signs.replace(" ", "")
    items = [item for stage in standard.stages for item in standard.items_of(stage)]
    assert len(drawn) in (0, len(items)), f"{len(drawn)} signs for {len(items)} statements"
    return ((item, sign) for item, sign in zip(items, drawn, strict=False) if sign != ".")


def _answers(
    library: Library, standard: Standard, signs: str, words: dict[str, str], at: datetime
) -> Iterator[Answer]:
    for item, sign in _asked(standard, signs):
        yield Answer(
            ItemKey(standard.id, item.id),
            standard.edition,
            library.content_hash(standard),
            words[sign],
            "",
            1,
            "A colleague",
            at,
        )


def _evidence(standard: Standard, row: Row, at: datetime) -> Iterator[Evidence]:
    for item, sign in _asked(standard, row.shown or row.claims):
        name = f"{row.trust}-{row.year}-{row.revision}-{item.id}"
        key = ItemKey(standard.id, item.id)
        day = at.date() - timedelta(days=30)
        if sign == "3":
            yield Evidence(
                name, key, "records", "SECRET TITLE", "SECRET NOTE", records_available=200,
                records_drawn=25, at_random=True, period_from=day - timedelta(days=90),
                period_to=day, author="A colleague", saved_at=at,
            )  # fmt: skip
        if sign == "4":
            yield Evidence(
                name, key, "independent-check", "SECRET TITLE", "SECRET NOTE",
                checked_by="internal-audit", checked_on=day, complainants_involved=True,
                author="A colleague", saved_at=at,
            )  # fmt: skip


def _actions(library: Library, cycle: Cycle, row: Row) -> Iterator[WholeAction]:
    standard = library.standard(ME, EDITION)
    at = min(cycle.deadline_at, NOW) - timedelta(days=20)
    by_number = {
        standard.statement_by_id[i.statement].number: i for i in standard.item_by_id.values()
    }
    for number, text, due_on, done in row.promises:
        key = ItemKey(standard.id, by_number[number].id)
        promised = Promised(text, Owner("Head of services"), due_on, (key,))
        status = Status.DONE if done else Status.OPEN
        yield WholeAction(
            TrustAction(
                0, row.trust, "trust", promised, status, cycle.cycle_id, 1, "A colleague", at
            )
        )
