"""Actions are kept with all that was told about them, and nobody's change is written over."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from benchmarking.answers import ItemKey
from benchmarking.evidence import Evidence
from benchmarking.store import actions, assessments, bulk, evidence
from benchmarking.store.bulk import WholeAction
from benchmarking.store.database import Database, Writing, connect
from benchmarking.store.migrate import MIGRATIONS, migrate
from benchmarking.trust_actions import (
    ActionNote,
    Closure,
    Owner,
    Promised,
    Status,
    TrustAction,
)
from tests.store.scene import (
    CYCLE,
    ITEM,
    KEY,
    LATER,
    LEAD,
    MANAGER,
    NOW,
    OTHER_ITEM,
    audit,
    contents,
    furnish,
)

NORTH, SOUTH = 1, 2
DUE = date(2027, 3, 31)
PROMISED = Promised("Train 😀", Owner("Head of training"), DUE, (ITEM,), "good", "2027/28")


def add(database: Database, new: Promised = PROMISED, trust: int = NORTH) -> int:
    with database.writing(audit("add")) as writing:
        return actions.add(writing, trust, "trust", CYCLE.cycle_id, new)


def stored(database: Database, number: int, trust: int = NORTH) -> TrustAction:
    with database.reading() as reading:
        found = actions.find(reading, trust, number)
    assert found is not None
    return found


def test_an_action_comes_back_as_it_was_added(database: Database):
    number = add(database)
    assert stored(database, number) == TrustAction(
        number, NORTH, "trust", PROMISED, Status.OPEN, CYCLE.cycle_id, 1, "Complaints manager", NOW
    )


@pytest.mark.parametrize(
    "new",
    [
        Promised("Only words", statements=(ITEM,)),
        replace(PROMISED, statements=(ITEM, OTHER_ITEM, ItemKey("another", "x"))),
    ],
    ids=["nothing else said", "several statements of two standards"],
)
def test_what_was_not_said_stays_unsaid_and_every_statement_is_kept(
    database: Database, new: Promised
):
    kept = stored(database, add(database, new)).promised
    assert replace(kept, statements=()) == replace(new, statements=())
    assert set(kept.statements) == set(new.statements)


def test_somebody_who_is_known_is_kept_by_number_and_shown_by_their_title_of_today(
    database: Database,
):
    number = add(database, replace(PROMISED, owner=Owner("", LEAD)))
    assert stored(database, number).promised.owner == Owner("Executive lead", LEAD)
    with database.writing(audit()) as writing:
        writing.run("UPDATE person SET title = 'Chief nurse' WHERE person_id = :n", n=LEAD)
    assert stored(database, number).promised.owner == Owner("Chief nurse", LEAD)


def test_another_trust_has_other_actions(database: Database):
    number = add(database)
    with database.reading() as reading:
        assert actions.of_trust(reading, SOUTH) == ()
        assert actions.find(reading, SOUTH, number) is None
        assert actions.notes_of(reading, SOUTH) == actions.closures_of(reading, SOUTH) == {}


def test_a_change_replaces_what_was_promised_and_counts_up(database: Database):
    number = add(database, replace(PROMISED, statements=(ITEM, OTHER_ITEM)))
    third = ItemKey("my-expectations", "me-1.3")
    new = Promised("Train again", Owner("", LEAD), None, (OTHER_ITEM, third))
    with database.writing(audit(person_id=LEAD, at=LATER)) as writing:
        assert actions.change(writing, stored(database, number), new)
    found = stored(database, number)
    assert (found.promised.text, found.promised.due_on) == ("Train again", None)
    assert set(found.promised.statements) == {OTHER_ITEM, third}
    assert (found.action_revision, found.author, found.saved_at) == (2, "Executive lead", LATER)
    # The same statements once more: on DuckDB a row cannot go and come back in one transaction.
    with database.writing(audit()) as writing:
        assert actions.change(writing, found, replace(new, statements=(third, OTHER_ITEM)))


def test_a_stale_change_is_refused_and_nothing_changes(database: Database):
    seen = stored(database, add(database))
    with database.writing(audit()) as writing:
        actions.set_status(writing, seen, Status.IN_PROGRESS)
    before = contents(database)
    for late in (
        lambda w: actions.change(w, seen, replace(PROMISED, text="Mine", statements=(OTHER_ITEM,))),
        lambda w: actions.set_status(w, seen, Status.OPEN),
        lambda w: actions.close(w, seen, Status.DONE, Closure(0, DUE, "Done", "", "")),
    ):
        with database.writing(audit(at=LATER)) as writing:
            assert not late(writing)
        assert contents(database) == before


def test_notes_stay_in_order_the_newest_first_with_what_they_changed(database: Database):
    number = add(database)
    seen = stored(database, number)
    with database.writing(audit()) as writing:
        actions.tell(writing, seen, "First", to_status=Status.IN_PROGRESS)
    with database.writing(audit(person_id=LEAD, at=LATER)) as writing:
        actions.tell(writing, seen, "Later", due_from=DUE, due_to=DUE + timedelta(days=30))
    with database.reading() as reading:
        assert actions.notes_of(reading, NORTH) == {
            number: (
                ActionNote(
                    number, "Later", "Executive lead", LATER, None, DUE, DUE + timedelta(days=30)
                ),
                ActionNote(number, "First", "Complaints manager", NOW, Status.IN_PROGRESS),
            )
        }


def test_a_closure_holds_until_the_action_is_opened_again(database: Database):
    number = add(database)
    first = Closure(number, date(2026, 11, 20), "In place", "Minutes", "Complaints manager")
    again = replace(first, outcome="In place everywhere", shown_by="", evidence_id="e1")
    with database.writing(audit()) as writing:
        evidence.add(writing, KEY, [Evidence("e1", ITEM, "policy", "The new leaflet")])
        assert actions.close(writing, stored(database, number), Status.DONE, first)
    assert closures(database) == {number: first}
    with database.writing(audit()) as writing:
        assert actions.set_status(writing, stored(database, number), Status.OPEN)
    assert closures(database) == {}
    with database.writing(audit()) as writing:
        assert actions.close(writing, stored(database, number), Status.DONE, again)
    assert closures(database) == {number: replace(again, evidence_title="The new leaflet")}
    with database.writing(audit()) as writing:
        evidence.remove(writing, KEY, "e1")
    assert closures(database) == {number: again}
    assert len(contents(database)["action_closure"]) == 2


def closures(database: Database) -> dict[int, Closure]:
    with database.reading() as reading:
        return dict(actions.closures_of(reading, NORTH))


def test_evidence_is_offered_for_the_statements_asked_about_and_once_only(database: Database):
    again = replace(KEY, revision=2)
    with database.writing(audit()) as writing:
        evidence.add(writing, KEY, [Evidence("e1", ITEM, "policy", "Leaflet")])
        evidence.add(writing, KEY, [Evidence("e2", OTHER_ITEM, "policy", "Other")])
    assert offered(database) == (("e1", "Leaflet"),)
    with database.writing(audit()) as writing:
        assessments.add(writing, again, NOW)
        evidence.add(writing, again, [Evidence("e1.2", ITEM, "policy", "Leaflet")])
    assert offered(database) == (("e1.2", "Leaflet"),), "not the copy and its original"


def offered(database: Database) -> tuple[tuple[str, str], ...]:
    with database.reading() as reading:
        return actions.evidence_for(reading, NORTH, (ITEM,))


def test_colleagues_are_those_with_a_role_in_the_trust_at_that_moment(database: Database):
    with database.reading() as reading:
        assert actions.colleagues(reading, "DEMO-01", NOW) == (
            Owner("Complaints manager", MANAGER),
            Owner("Executive lead", LEAD),
        )
        assert actions.colleagues(reading, "DEMO-01", NOW - timedelta(days=1)) == ()
        assert actions.colleagues(reading, "DEMO-02", NOW) == ()


def test_whole_actions_come_back_as_if_people_had_saved_them(database: Database):
    done = replace(PROMISED, owner=Owner("", LEAD), statements=(ITEM, OTHER_ITEM))
    told = ActionNote(0, "Well", "Executive lead", NOW, Status.IN_PROGRESS)
    moved = ActionNote(0, "Late", "Executive lead", LATER, None, DUE, None)
    end = Closure(0, DUE, "In place", "Minutes", "Executive lead")
    author = "Complaints manager"
    made = [
        TrustAction(0, NORTH, "trust", PROMISED, Status.OPEN, CYCLE.cycle_id, 1, author, NOW),
        TrustAction(0, SOUTH, "site-1", done, Status.DONE, CYCLE.cycle_id, 4, author, LATER),
    ]
    ids = {author: MANAGER, "Executive lead": LEAD}
    with database.writing(audit("many")) as writing:
        bulk.add_actions(
            writing, [WholeAction(made[0]), WholeAction(made[1], (told, moved), end)], ids
        )
        bulk.add_actions(writing, [], ids)
    with database.reading() as reading:
        (one,), (other,) = actions.of_trust(reading, NORTH), actions.of_trust(reading, SOUTH)
        notes = actions.notes_of(reading, SOUTH)[other.action_id]
        ended = actions.closures_of(reading, SOUTH)[other.action_id]
    assert replace(one, action_id=0) == made[0]
    assert replace(other, action_id=0, promised=done) == made[1]
    assert [replace(note, action_id=0) for note in notes] == [moved, told]
    assert replace(ended, action_id=0) == end
    assert add(database) > max(one.action_id, other.action_id), "numbers go on from there"


# Before step 10 an action was one row for one question of one revision of an assessment.
OLD_ROW = (
    "INSERT INTO improvement_action VALUES (1, '2026-27', :scope, :revision, 'my-expectations', "
    ":item, :words, :owner, CAST(:due AS DATE), :status, 2, 1, :now)"
)


def promise_as_before(writing: Writing, item: str, words: str, **other: object) -> None:
    row = {"scope": "trust", "revision": 1, "owner": "Head", "due": None, "status": "open"}
    writing.run(OLD_ROW, item=item, words=words, now=NOW, **{**row, **other})


def test_what_was_promised_before_is_carried_over_once_with_all_that_was_said(
    address: str, tmp_path: Path
):
    for step in sorted(MIGRATIONS.glob("*.sql")):
        if int(step.name[:4]) < 10:
            shutil.copy(step, tmp_path)
    database = connect(address)
    migrate(database, NOW, tmp_path)
    furnish(database)
    with database.writing(audit()) as writing:
        for key in (replace(KEY, revision=2), replace(KEY, scope="site-1")):
            assessments.add(writing, key, NOW)
        promise_as_before(writing, "me-1.1", "Old words")
        promise_as_before(
            writing, "me-1.1", "New words", revision=2, status="done", due="2027-01-31"
        )
        promise_as_before(writing, "me-1.2", "Taken back since")
        promise_as_before(writing, "me-1.2", "  ", revision=2)
        promise_as_before(writing, "me-1.1", "The site's", scope="site-1", owner="")
    migrate(database, NOW)
    database.close()
    database = connect(address)
    with database.reading() as reading:
        found = {a.promised.text: a for a in actions.of_trust(reading, NORTH)}
        assert actions.closures_of(reading, NORTH) == {}, "how it ended was never asked"
    assert set(found) == {"New words", "The site's"}
    newest = found["New words"]
    assert newest.promised == Promised("New words", Owner("Head"), date(2027, 1, 31), (ITEM,))
    assert (newest.status, newest.made_in, newest.scope) == (Status.DONE, "2026-27", "trust")
    assert (newest.action_revision, newest.author, newest.saved_at) == (
        2,
        "Complaints manager",
        NOW,
    )
    assert found["The site's"].scope == "site-1"
    assert add(database) not in {action.action_id for action in found.values()}
    assert "improvement_action" not in contents(database)
    database.close()
