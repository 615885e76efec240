"""What is kept about somebody: all of it on the host, none of their words on the page."""

import json
import re
from datetime import date, datetime
from typing import Any

import pytest

from benchmarking.access import Refused
from benchmarking.assessing import assessments
from benchmarking.assessing.sheets import NotThere, Sheet, current_cycle
from benchmarking.people import subject_access
from benchmarking.people.subject_access import NobodyKnown
from benchmarking.store import subject_access as store
from benchmarking.store.audit import Wanted, entries
from benchmarking.store.migrate import migrations
from tests.use_cases.conftest import ME_1_1, NOW, World

WORDS = "We rang them \x1b[31m\u202e every week, Ŵyn"


@pytest.fixture
def commented(world: World) -> World:
    """A trust lead, person 1, has answered and commented."""
    visit = world.visit("lead-07")
    sheet: Sheet = assessments.open_sheet(visit, "DEMO-07", current_cycle(visit))
    assessments.save_answer(visit, sheet, ME_1_1, "good", "", 0)
    with world.database.writing(visit.audit("save comment", "DEMO-07")) as writing:
        writing.run(
            """
            INSERT INTO answer_comment
            SELECT organisation_id, cycle_id, scope, revision, standard_id, item_id, :words, 1,
                author_id, saved_at
            FROM answer
            """,
            words=WORDS,
        )
    return world


def read(exported: bytes) -> dict[str, Any]:
    return json.loads(exported)


def last_entry(world: World) -> tuple[int, str, str, str]:
    with world.database.reading() as reading:
        (one,) = entries(reading, Wanted(), 1)
    return one.person_id, one.action, one.subject, one.detail


def test_the_page_tells_how_much_there_is_and_of_what_kind(commented: World):
    held = subject_access.held_about(commented.visit("administrator"), 1)
    assert (held.named.issuer, held.named.subject) == ("demonstration", "lead-07")
    assert held.counts["answers they saved last"] == 1
    assert held.counts["comments"] == 1
    assert held.counts["roles, held now or ever"] == 1
    assert held.sentence.endswith("kinds are kept about trust lead 7.")


def test_the_file_of_the_page_holds_no_answer_and_no_word_of_theirs(commented: World):
    visit = commented.visit("administrator")
    exported = subject_access.without_content(visit, 1)
    given = read(exported)
    assert "every week" not in exported.decode() and '"good"' not in exported.decode()
    assert given["rows_kept"]["comments"] == 1, "that there is one is told"
    assert set(given["kept"]) == {
        "who they are",
        "roles, held now or ever",
        "entries of the audit, by them or about them",
    }
    assert last_entry(commented) == (
        visit.person.person_id,
        "subject access",
        "person 1",
        "without answers and free text",
    )


def test_the_command_gives_every_row_with_every_word(commented: World):
    exported = subject_access.everything(commented.database, "demonstration", "lead-07", NOW)
    given = read(exported)
    (answer,) = given["kept"]["answers they saved last"]
    (comment,) = given["kept"]["comments"]
    assert (answer["choice"], comment["comment_text"]) == ("good", WORDS)
    assert given["about"]["title"] == "trust lead 7"
    assert last_entry(commented) == (0, "subject access", "person 1", "everything")


def test_no_character_of_the_file_plays_tricks_on_who_reads_it(commented: World):
    exported = subject_access.everything(commented.database, "demonstration", "lead-07", NOW)
    text = exported.decode()
    assert all(character.isprintable() or character == "\n" for character in text)
    assert r"\u001b[31m\u202e every week, Ŵyn" in text


def test_what_is_about_a_person_is_found_as_well_as_what_is_by_them(commented: World):
    visit = commented.visit("administrator")
    with commented.database.writing(visit.audit("give role", "person 1", "approver DEMO-07")):
        pass
    found = read(subject_access.without_content(visit, 1))["kept"]
    actions = [one["action"] for one in found["entries of the audit, by them or about them"]]
    assert actions == ["save answer", "save comment", "give role", "subject access"]


def test_another_persons_rows_stay_out(commented: World):
    given = read(
        subject_access.everything(commented.database, "demonstration", "colleague-07", NOW)
    )
    assert "answers they saved last" not in given["kept"]
    assert "every week" not in json.dumps(given)


@pytest.mark.parametrize("subject", ["lead-07", "board-07", "inspector", None])
def test_nobody_but_the_administrator_asks_on_the_page(world: World, subject: str | None):
    visit = world.visit(subject) if subject else world.stranger()
    for ask in (
        lambda: subject_access.everybody(visit),
        lambda: subject_access.held_about(visit, 1),
        lambda: subject_access.without_content(visit, 1),
    ):
        with pytest.raises(Refused):
            ask()


def test_a_number_that_nobody_has_is_told_so_and_not_noted(world: World):
    before = world.count("SELECT count(*) FROM audit")
    with pytest.raises(NotThere, match="There is nobody here with this number."):
        subject_access.without_content(world.visit("administrator"), 999)
    assert world.count("SELECT count(*) FROM audit") == before


@pytest.mark.parametrize("issuer, subject", [("demonstration", "nobody"), ("x", "lead-07")])
def test_a_name_that_nobody_has_is_told_so_and_not_noted(world: World, issuer: str, subject: str):
    before = world.count("SELECT count(*) FROM audit")
    with pytest.raises(NobodyKnown, match="Nobody is known here under this issuer and subject."):
        subject_access.everything(world.database, issuer, subject, NOW)
    assert world.count("SELECT count(*) FROM audit") == before


def test_everybody_can_be_chosen(world: World):
    titles = [one.title for one in subject_access.everybody(world.visit("administrator"))]
    assert titles == sorted(titles) and "trust lead 7" in titles


@pytest.mark.parametrize(
    "text, places",
    [
        ("EVERY WEEK", ("comments (comment_text): 1",)),
        ("%", ()),
        ("' OR '1'='1", ()),
        ("lead-07", ("who they are (subject): 1",)),
    ],
)
def test_a_text_is_found_wherever_it_stands(commented: World, text: str, places: tuple[str, ...]):
    assert subject_access.mentions(commented.database, text, NOW) == places
    assert last_entry(commented) == (0, "subject access", "search in all texts", "")


def test_every_column_that_names_a_person_is_searched():
    """Whoever adds a table with another such column adds its name to PERSON_COLUMNS."""
    sql = "\n".join(step.sql for step in migrations())
    columns = set(re.findall(r"^\s*(\w+) \w+ .*REFERENCES person \(", sql, re.M))
    assert columns, "there are some"
    assert columns <= set(store.PERSON_COLUMNS)


@pytest.mark.parametrize("value", [date(2026, 1, 2), datetime(2026, 1, 2, 3, 4)])
def test_days_and_moments_are_written_as_such(value: date):
    assert subject_access._plain(value) == value.isoformat()
