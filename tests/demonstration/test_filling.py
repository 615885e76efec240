"""The demonstration in a database: all of it arrives, and nothing else is there."""

import dataclasses
from datetime import datetime

import pytest

from benchmarking.access import Grant, Role
from benchmarking.answers import WHOLE_TRUST, State
from benchmarking.demonstration import create
from benchmarking.demonstration.people import ISSUER
from benchmarking.demonstration.trusts import demonstration_trusts
from benchmarking.demonstration.working_together import COLLEAGUES
from benchmarking.store import (
    answers,
    assessments,
    cycles,
    evidence,
    installation,
    ledger,
    move_notes,
    organisations,
    people,
)
from benchmarking.store.database import StoreError, connect
from benchmarking.store.installation import Kind
from benchmarking.store.migrate import migrate

NOW = datetime(2026, 6, 18, 9, 30)


@pytest.fixture(scope="module")
def database(tmp_path_factory, library, as_of):
    opened = connect(str(tmp_path_factory.mktemp("demonstration") / "demonstration.duckdb"))
    migrate(opened, NOW)
    create(opened, library, as_of, NOW)
    yield opened
    opened.close()


@pytest.fixture
def reading(database):
    with database.reading() as one:
        yield one


def test_it_is_a_demonstration_with_the_trusts_of_the_list(reading):
    assert installation.kind_of(reading) is Kind.DEMONSTRATION
    assert organisations.every(reading) == tuple(t.organisation for t in demonstration_trusts())


def test_the_newest_cycle_comes_first(reading, rounds):
    assert cycles.every(reading) == tuple(reversed(rounds))


def test_everything_said_is_read_back_as_it_was_drawn(reading, drawn):
    for one in drawn[::10]:
        key = one.whole.assessment.key
        assert answers.of_assessment(reading, key) == {a.item: a for a in one.whole.answers}
        assert answers.comments_of(reading, key) == {c.item: c for c in one.whole.comments}
        # Files are put to a few pieces once everything has been written.
        stored = [piece for piece in evidence.of_assessment(reading, key) if not piece.file_name]
        drawn_pieces = {piece.evidence_id: piece for piece in one.whole.evidence}
        assert [piece for piece in stored if piece != drawn_pieces[piece.evidence_id]] == []
        assert len(drawn_pieces) - len(stored) < 10


def test_all_assessments_are_there_in_their_states(reading, drawn):
    for one in drawn:
        key = one.whole.assessment.key
        found = assessments.newest(reading, key.organisation_id, key.cycle_id, key.scope)
        assert found == one.whole.assessment


def test_as_many_are_published_as_the_list_says(reading, rounds):
    published = [len(assessments.published(reading, c.cycle_id, WHOLE_TRUST)) for c in rounds]
    assert published == [56, 54, 5]


def test_the_ledger_holds_every_move_in_the_order_of_time(reading, drawn):
    assert ledger.first_broken_link(reading) is None
    times = reading.rows("SELECT moved_at FROM ledger ORDER BY entry_number")
    assert [row["moved_at"] for row in times] == sorted(row["moved_at"] for row in times)
    assert len(times) == sum(len(one.times.moves) for one in drawn)
    for one in drawn[::10]:
        moves = ledger.moves_of(reading, one.whole.assessment.key)
        assert {move.to_state: move.moved_at for move in moves} == one.times.moves


def test_what_was_sent_back_has_reasons_and_what_was_signed_off_a_response(reading, drawn):
    returned = signed_off = 0
    for one in drawn:
        key = one.whole.assessment.key
        moves = {move.receipt: move for move in ledger.moves_of(reading, key)}
        for receipt, notes in move_notes.of_assessment(reading, key).items():
            if moves[receipt].to_state is State.SENT_BACK:
                returned += 1
                answered = {answer.item for answer in one.whole.answers}
                assert len(notes) == 3 and {note.item for note in notes} <= answered
            else:
                signed_off += 1
                (response,) = notes
                assert moves[receipt].to_state is State.SIGNED_OFF and response.body
                submitted = one.times.moves[State.SUBMITTED].date()
                assert response.met_on is not None
                assert submitted <= response.met_on <= moves[receipt].moved_at.date()
    assert (returned, signed_off) == (2, sum(State.SIGNED_OFF in d.times.moves for d in drawn))


def test_the_ledger_says_who_moved_by_their_role(reading):
    rows = reading.rows(
        "SELECT DISTINCT l.to_state, p.title FROM ledger l "
        "JOIN person p ON p.person_id = l.person_id WHERE l.organisation_id = 7"
    )
    assert {(row["to_state"], row["title"]) for row in rows} == {
        (State.SUBMITTED, "Complaints manager, DEMO-07"),
        (State.APPROVED, "Chief nurse, DEMO-07"),
        (State.SIGNED_OFF, "Non-executive director, DEMO-07"),
        (State.PUBLISHED, "Complaints manager, DEMO-07"),
    }


@pytest.mark.parametrize(
    "subject, title, grant",
    [
        (
            "trust-lead.DEMO-07",
            "Complaints manager, DEMO-07",
            Grant(Role.TRUST_LEAD, "DEMO-07"),
        ),
        (
            "contributor.DEMO-60",
            "Patient experience officer, DEMO-60",
            Grant(Role.CONTRIBUTOR, "DEMO-60"),
        ),
        ("inspector", "Inspector", Grant(Role.INSPECTOR, None)),
        ("administrator", "Administrator", Grant(Role.ADMINISTRATOR, None)),
    ],
)
def test_people_hold_one_role_each(reading, subject, title, grant):
    person = people.find(reading, ISSUER, subject, NOW)
    assert person is not None
    assert (person.title, person.grants) == (title, (grant,))


def test_people_held_their_roles_before_the_first_cycle_opened(reading, rounds):
    person = people.find(reading, ISSUER, "trust-lead.DEMO-07", rounds[0].opens_at)
    assert person is not None
    assert person.trusts == ("DEMO-07",)


def test_there_are_four_people_in_each_trust_more_in_one_and_two_beside(reading):
    assert len(people.titles(reading, ISSUER)) == 60 * 4 + 2 + len(COLLEAGUES)


def test_no_published_figure_is_written(reading):
    for table in ("reference_release", "published_organisation", "published_figure"):
        assert reading.value(f"SELECT count(*) FROM {table}") == 0


def test_the_audit_says_that_it_was_made_and_for_which_day(reading):
    entries = reading.rows("SELECT person_id, action, written_at, detail FROM audit")
    assert [dict(entry) for entry in entries] == [
        {
            "person_id": 0,
            "action": "create demonstration",
            "written_at": NOW,
            "detail": "as of 2026-06-18",
        }
    ]


def test_a_database_that_is_set_up_is_not_filled_again(database, library, as_of, drawn):
    with pytest.raises(StoreError, match="This is a demonstration database already and stays one"):
        create(database, library, as_of, NOW)
    with database.reading() as reading:
        count = reading.value("SELECT count(*) FROM assessment")
    assert count == len(drawn)


@pytest.mark.postgres
def test_it_loads_on_postgresql_as_well(new_on_server, library, as_of, drawn):
    opened = connect(new_on_server("filled"))
    migrate(opened, NOW)
    create(opened, library, as_of, NOW)
    with opened.reading() as reading:
        assert ledger.first_broken_link(reading) is None
        one = drawn[0]
        said = answers.of_assessment(reading, one.whole.assessment.key)
        assert said == {a.item: a for a in one.whole.answers}
        expected = sum(len(one.whole.answers) for one in drawn)
        assert reading.value("SELECT count(*) FROM answer") == expected
    opened.close()


def test_evidence_keeps_what_was_not_asked_apart_from_none_found(reading, drawn):
    policy = next(p for one in drawn for p in one.whole.evidence if p.kind == "policy")
    empty = {f.name: getattr(policy, f.name) for f in dataclasses.fields(policy)}
    assert empty["records_drawn"] is None
    assert reading.value("SELECT count(*) FROM evidence WHERE records_drawn = 0") == 0
