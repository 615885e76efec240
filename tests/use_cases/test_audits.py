"""The administrator reads the audit and takes it away; nobody else does; no text plays tricks."""

import csv
import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from benchmarking import audits
from benchmarking.access import Refused
from benchmarking.store.database import AuditEntry
from tests.use_cases.conftest import NOW, World

EVIL = "=HYPERLINK(1)\n2026-11-21,forged\x1b[31m\u202e"
SHOWN = "=HYPERLINK(1)\\n2026-11-21,forged\\x1b[31m\\u202e"


WANTED = audits.wanted()


def note(world: World, action: str, subject: str = "DEMO-07", at: datetime = NOW, detail: str = ""):
    with world.database.writing(AuditEntry(1, action, subject, at, detail)):
        pass


def rows(exported: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(exported.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("subject", ["lead-07", "colleague-07", "board-07", "inspector", None])
def test_nobody_but_the_administrator_sees_the_audit(world: World, subject: str | None):
    visit = world.visit(subject) if subject else world.stranger()
    before = world.count("SELECT count(*) FROM audit")
    for ask in (
        lambda: audits.page(visit, audits.wanted()),
        lambda: audits.choices(visit),
        lambda: audits.export(visit, audits.wanted()),
    ):
        with pytest.raises(Refused):
            ask()
    assert world.count("SELECT count(*) FROM audit") == before


def test_a_hundred_entries_make_a_page(world: World):
    for number in range(230):
        note(world, "save answer", detail=str(number))
    visit = world.visit("administrator")
    asked = audits.wanted(action="save answer")
    seen = [audits.page(visit, asked, number) for number in (1, 2, 3)]
    assert [len(page.entries) for page in seen] == [100, 100, 30]
    assert [page.entries[0].detail for page in seen] == ["229", "129", "29"]
    assert (seen[0].total, seen[0].pages) == (230, 3)
    assert seen[2].sentence == "230 entries, the newest first; here are 201 to 230."


@pytest.mark.parametrize("number, shown", [(0, 1), (-7, 1), (2, 1), (10**9, 1)])
def test_a_page_that_is_not_there_is_the_nearest_one(world: World, number: int, shown: int):
    assert audits.page(world.visit("administrator"), audits.wanted(), number).number == shown


def test_nothing_found_says_so(world: World):
    page = audits.page(world.visit("administrator"), audits.wanted(action="fly"))
    assert (page.entries, page.pages) == ((), 1)
    assert page.sentence == "No entry fits what you chose. Choose less."


def test_days_are_those_of_london_and_both_ends_count(world: World):
    """In summer a day in London begins at 23:00 UTC of the day before."""
    for hour in ("2026-06-09T22:59", "2026-06-09T23:00", "2026-06-10T22:59", "2026-06-10T23:00"):
        note(world, "save answer", at=datetime.fromisoformat(hour), detail=hour)
    day = date(2026, 6, 10)
    page = audits.page(world.visit("administrator"), audits.wanted(day, day, action="save answer"))
    assert [entry.detail for entry in page.entries] == ["2026-06-10T22:59", "2026-06-09T23:00"]


def test_people_with_one_title_are_told_apart_by_their_number(world: World):
    note(world, "save answer")
    found = audits.choices(world.visit("administrator"))
    assert found.people[0] == "The server or its host"
    assert found.people[1] == "trust lead 7"
    titles = audits._told_apart({1: "Nurse", 2: "Nurse", 3: "Lead"})
    assert titles == {1: "Nurse (person 1)", 2: "Nurse (person 2)", 3: "Lead"}


def test_an_export_holds_the_entries_and_is_one_itself(world: World):
    note(world, "save answer", "DEMO-07 2026-27")
    exported = rows(audits.export(world.visit("administrator"), audits.wanted(about="DEMO-07")))
    assert exported[0] == list(audits.COLUMNS)
    assert exported[1][1:] == [
        *("2026-11-21 14:02:00", "trust lead 7", "1", "save answer", "DEMO-07 2026-27", "")
    ]
    assert exported[3] == [
        "Exported 2026-11-21 14:02 (London) by administrator . Asked for: about DEMO-07."
    ]
    newest = audits.page(world.visit("administrator"), audits.wanted()).entries[0]
    assert (newest.action, newest.subject, newest.detail) == (
        *("export audit", "audit", "about DEMO-07"),
    )


@pytest.mark.parametrize(
    "action, subject", [("still here", "session ab12"), ("claim work", "work back up")]
)
def test_what_the_clock_writes_is_listed_when_it_is_chosen_and_always_in_the_file(
    world: World, action: str, subject: str
):
    note(world, action, subject)
    visit = world.visit("administrator")
    assert action not in {entry.action for entry in audits.page(visit, WANTED).entries}
    (one,) = audits.page(visit, audits.wanted(action=action)).entries
    assert one.subject == subject
    assert action in {row[4] for row in rows(audits.export(visit, WANTED)) if len(row) > 4}


def test_an_export_of_everything_holds_its_own_entry(world: World):
    exported = rows(audits.export(world.visit("administrator"), audits.wanted()))
    assert exported[1][4:] == ["export audit", "audit", "all"]


def test_what_somebody_put_into_a_name_is_neither_formula_nor_line_nor_escape(world: World):
    note(world, "import", EVIL, detail="\t@cmd\r\n" + "x" * 2000)
    visit = world.visit("administrator")
    raw = audits.export(visit, audits.wanted(action="import"))
    assert not set(raw.decode("utf-8-sig")) & {"\x1b", "\u202e", "\t"}
    (line,) = [row for row in rows(raw) if "import" in row]
    assert line[5] == "'" + SHOWN
    assert line[6].startswith("\\t@cmd\\r\\nxxx")
    shown = audits.table(audits.page(visit, audits.wanted(action="import")).entries)
    assert list(shown["About"]) == [SHOWN]


def test_a_title_with_a_line_end_stays_on_its_line(world: World):
    with world.database.writing(AuditEntry(0, "test", "test", NOW)) as writing:
        writing.run("UPDATE person SET title = :evil WHERE person_id = 1", evil="A\nB")
    note(world, "save answer")
    page = audits.page(world.visit("administrator"), audits.wanted(action="save answer"))
    assert list(audits.table(page.entries)["Who"]) == ["A\\nB"]


def test_more_than_a_file_should_hold_is_cut_and_the_file_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(audits, "MOST_EXPORTED", 2)
    for _ in range(3):
        note(world, "save answer")
    exported = rows(
        audits.export(world.visit("administrator"), audits.wanted(action="save answer"))
    )
    assert [row[4] for row in exported[1:3]] == ["save answer"] * 2
    assert exported[-1] == ["These are the newest 2 of 3 entries. Choose days to get the others."]


def test_what_can_be_chosen_is_new_once_something_was_written(world: World):
    kept: dict[Any, Any] = {}

    def keep(key: Any, make: Any) -> Any:
        return kept.setdefault(key, make())

    assert "fly" not in audits.choices(world.visit("administrator"), keep).actions
    note(world, "fly", at=NOW + timedelta(minutes=1))
    assert "fly" in audits.choices(world.visit("administrator"), keep).actions
