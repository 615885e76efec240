"""Files of actions are read back as a spreadsheet and a calendar would read them."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar, Event

from benchmarking.access import Refused
from benchmarking.action_plan import action_entries, action_files, actions
from benchmarking.action_plan.action_entries import Ending
from benchmarking.trust_actions import Owner, Promised, Status
from tests.use_cases.conftest import ME_1_1, ME_1_4, NOW, World

TODAY = NOW.date()
DUE = date(2027, 3, 28)
PAGE = "https://benchmark.example/app/actions?show=late#top"
RING = Promised("Ring Mrs Secret", Owner("Matron"), DUE, (ME_1_4,))


def add(world: World, new: Promised = RING) -> int:
    return action_entries.add(world.visit("lead-07"), "DEMO-07", new)


def close(world: World, number: int, outcome: str = "In place", revision: int = 1) -> None:
    ending = Ending(Status.DONE, outcome, TODAY, shown_by="Minutes")
    action_entries.close(world.visit("lead-07"), "DEMO-07", number, ending, revision)


def events(world: World, subject: str = "lead-07", **which: bool) -> list[Event]:
    file = action_files.calendar(world.visit(subject), "DEMO-07", PAGE, **which)
    calendar = Calendar.from_ical(file)
    assert isinstance(calendar, Calendar)
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    return [part for part in calendar.walk("VEVENT") if isinstance(part, Event)]


def test_an_open_action_is_one_whole_day_with_a_reminder_a_week_before(world: World) -> None:
    number = add(world, replace(RING, statements=(ME_1_1, ME_1_4)))
    (event,) = events(world)
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (DUE, DUE + timedelta(days=1))
    assert type(event.decoded("DTSTART")) is date, "a day has no hour, so no time zone either"
    assert event["SUMMARY"] == "Complaints action due: statements 1.1 and 1.4 (demonstration)"
    assert event["URL"] == (f"https://benchmark.example/app/actions?trust=DEMO-07&action={number}")
    assert event.decoded("DTSTAMP") == NOW.replace(tzinfo=UTC)
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(days=-7)
    assert alarm["ACTION"] == "DISPLAY" and str(alarm["DESCRIPTION"]).startswith("In a week: ")


def test_nothing_that_anybody_typed_is_in_the_file(world: World) -> None:
    add(world, replace(RING, owner=Owner("SECRET role"), target_level="good"))
    file = action_files.calendar(world.visit("lead-07"), "DEMO-07", PAGE).decode()
    assert "SECRET" not in file.upper() and "Ring" not in file


def test_lines_are_folded_and_end_as_the_standard_says(world: World) -> None:
    add(world)
    lines = action_files.calendar(world.visit("lead-07"), "DEMO-07", PAGE).split(b"\r\n")
    assert lines[-1] == b"" and not any(b"\n" in line for line in lines)
    assert max(map(len, lines)) <= 75 and any(line.startswith(b" ") for line in lines)


def test_an_entry_keeps_its_name_and_counts_up_with_every_change(world: World) -> None:
    number = add(world)
    other = add(world, replace(RING, text="Another"))
    before = {str(event["UID"]): event.decoded("SEQUENCE") for event in events(world)}
    moved = replace(RING, due_on=DUE + timedelta(days=7))
    action_entries.change(world.visit("lead-07"), "DEMO-07", number, moved, 1, "the printer")
    later = world.later(days=1)
    after = {str(event["UID"]): event.decoded("SEQUENCE") for event in events(later)}
    assert before.keys() == after.keys() and len(before) == 2
    assert sorted(before.values()) == [1, 1] and sorted(after.values()) == [1, 2]
    assert number != other


def test_what_is_over_or_has_no_day_has_no_entry(world: World) -> None:
    close(world, add(world))
    add(world, replace(RING, due_on=None))
    assert events(world) == []
    late = world.later(days=400)
    add(world, replace(RING, text="Late"))
    assert len(events(late)) == 1, "what is late is still to be done"


def test_mine_are_those_that_name_me(world: World) -> None:
    me = world.visit("colleague-07").person.person_id
    add(world, replace(RING, owner=Owner("", me), due_on=DUE + timedelta(days=1)))
    add(world)
    assert [e.decoded("DTSTART") for e in events(world, "colleague-07", mine=True)] == [
        DUE + timedelta(days=1)
    ]
    assert events(world, "lead-07", mine=True) == []
    assert len(events(world, "board-07")) == 2


@pytest.mark.parametrize("subject", ["lead-08", "inspector"])
def test_nobody_else_takes_a_file_away(world: World, subject: str) -> None:
    add(world)
    for take in (
        lambda visit: action_files.calendar(visit, "DEMO-07", PAGE),
        lambda visit: action_files.table(visit, "DEMO-07"),
    ):
        with pytest.raises(Refused):
            take(world.visit(subject))


def table(world: World, subject: str) -> list[dict[str, str]]:
    text = action_files.table(world.visit(subject), "DEMO-07").decode("utf-8-sig")
    assert "Demonstration: fictional trusts." in text
    return list(csv.DictReader(io.StringIO(text.split("\r\n\r\n")[0])))


def test_the_table_has_a_row_for_each_action_and_no_formula(world: World) -> None:
    number = add(world, replace(RING, text="=1+1", target_level="good", target_cycle="2027/28"))
    add(world, Promised("Later", statements=(ME_1_1,)))
    close(world, number, outcome="@in place")
    later, done = table(world, "lead-07")
    assert done["What will be done"] == "'=1+1" and done["What came of it"] == "'@in place"
    assert (done["For"], done["Who"], done["By when"], done["Stands"]) == (
        "statement 1.4", "Matron", "2027-03-28", "Done"
    )  # fmt: skip
    assert (done["Aims at"], done["Closed on"]) == ("3 Good in 2027/28", TODAY.isoformat())
    assert done["What shows it"] == "Minutes"
    assert (later["Who"], later["By when"], later["Stands"]) == ("", "", "No day set")


def test_a_boards_table_has_no_column_of_what_colleagues_wrote(world: World) -> None:
    close(world, add(world), outcome="SECRET")
    (row,) = table(world, "board-07")
    assert not {"Aims at", "What came of it", "What shows it"} & set(row)
    assert "SECRET" not in str(row)


def test_actions_of_two_copies_are_not_taken_for_each_other(world: World) -> None:
    add(world)
    (mine,) = events(world)
    with world.database.writing(world.visit("lead-07").audit("tamper", "tests")) as writing:
        writing.run("UPDATE installation SET created_at = :at", at=datetime(2020, 1, 1))
    (other,) = events(world)
    assert mine["UID"] != other["UID"]


def test_the_page_and_the_files_tell_the_same(world: World) -> None:
    add(world)
    (one,) = actions.of_trust(world.visit("lead-07"), "DEMO-07").listed
    (row,) = table(world, "lead-07")
    assert row["Number"] == str(one.action.action_id) and row["Stands"] in one.stands
