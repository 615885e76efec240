"""The demonstration shows several people at work on one assessment, and how answers came to be."""

from datetime import timedelta

import pytest

from benchmarking.access import Action, can
from benchmarking.answers import AssessmentKey
from benchmarking.assessing import assignments
from benchmarking.assessing.assignments import Which
from benchmarking.assessing.sheet_reading import read_sheet
from benchmarking.demonstration.filling import create
from benchmarking.demonstration.newcomer import NEWCOMER
from benchmarking.demonstration.people import ISSUER
from benchmarking.demonstration.working_together import COLLEAGUES, HELD
from benchmarking.moments import local
from benchmarking.store import answer_history, people
from benchmarking.store.answer_history import Kind
from benchmarking.store.database import connect
from benchmarking.store.migrate import migrate
from benchmarking.visit import Visit


@pytest.fixture(scope="module")
def made(tmp_path_factory, library, as_of, rounds):
    """The demonstration as its trust lead sees it on the day on which it was made."""
    now = rounds[-1].opens_at.replace(year=as_of.year, month=as_of.month, day=as_of.day, hour=12)
    database = connect(str(tmp_path_factory.mktemp("made") / "demo.duckdb"))
    migrate(database, now)
    create(database, library, as_of, now)
    with database.reading() as reading:
        person = people.find(reading, ISSUER, f"trust-lead.{NEWCOMER}", now)
    assert person is not None
    yield Visit(person, database, library, now)
    database.close()


@pytest.fixture(scope="module")
def sheet(made, rounds):
    return read_sheet(made, NEWCOMER, rounds[-1])


def test_enough_people_answer_for_the_newcomers_trust(made):
    titles = {one.title for one in assignments.colleagues(made, NEWCOMER)}
    assert len(titles) == 4 and set(COLLEAGUES.values()) < titles
    for subject in COLLEAGUES:
        with made.database.reading() as reading:
            person = people.find(reading, ISSUER, subject, made.now)
        assert person is not None and can(person, Action.ANSWER, NEWCOMER)
        assert not can(person, Action.ASSIGN, NEWCOMER)


def test_questions_are_held_by_several_one_is_overdue_and_some_wait(made, sheet):
    held = {one.statement.number: one.assignment for one in sheet.lines if one.assignment}
    assert set(held) == set(HELD)
    assert len({given.title for given in held.values()}) == 4

    def numbers(which: Which) -> list[str]:
        found = assignments.chosen(sheet, which, made.person, made.today)
        return [one.statement.number for one in found]

    assert numbers(Which.MINE) == ["4.3", "4.4"]
    assert numbers(Which.OVERDUE) == ["3.4"]
    assert numbers(Which.WAITING) == ["5.3", "5.4"]
    assert numbers(Which.CARRIED) == []


def test_nothing_was_handed_over_on_the_day_itself_or_for_a_day_that_was_over(sheet, as_of):
    for given in (one.assignment for one in sheet.lines if one.assignment):
        day = local(given.assigned_at).date()
        assert day == as_of - timedelta(days=9)
        assert given.wanted_by is None or given.wanted_by > day


def test_every_answer_and_comment_of_the_current_cycle_has_its_history(made, drawn, rounds):
    current = [one for one in drawn if one.whole.assessment.key.cycle_id == rounds[-1].cycle_id]
    with made.database.reading() as reading:
        kept = reading.value("SELECT count(*) FROM answer_history")
    saves = sum(a.answer_revision for one in current for a in one.whole.answers)
    assert kept == saves + sum(len(one.whole.comments) for one in current)


def test_the_history_ends_with_what_stands_and_a_second_answer_was_another_one(made, sheet):
    key = AssessmentKey(sheet.trust.organisation_id, sheet.cycle.cycle_id)
    twice = 0
    for line in (one for one in sheet.lines if one.answer):
        with made.database.reading() as reading:
            saves = answer_history.of_question(reading, key, line.key)
        given = [save for save in saves if save.kind is Kind.ANSWER]
        assert (given[-1].new.choice, given[-1].saved_at) == (line.claimed, line.answer.saved_at)
        if len(given) > 1:
            twice += 1
            assert given[1].old == given[0].new != given[1].new
            assert given[0].saved_at <= given[1].saved_at
    assert twice > 0


def test_the_past_cycles_have_no_history_that_was_made_up(made, rounds):
    with made.database.reading() as reading:
        rows = reading.rows("SELECT DISTINCT cycle_id FROM answer_history")
    assert [row["cycle_id"] for row in rows] == [rounds[-1].cycle_id]
