"""A write is one transaction with one audit entry, and writers take turns."""

import inspect
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date
from types import ModuleType

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from benchmarking.access import Role
from benchmarking.answers import Answer, Assessment, Move, Organisation, State
from benchmarking.evidence import Evidence
from benchmarking.store import (
    actions,
    answer_history,
    answers,
    assessments,
    assignments,
    bulk,
    carried_answers,
    changes,
    cycles,
    evidence,
    installation,
    ledger,
    organisations,
    people,
    published,
    sessions,
)
from benchmarking.store.answer_history import Kind, Past, Said
from benchmarking.store.bulk import WholeAction, WholeAssessment
from benchmarking.store.database import Database, StoreError, Writing, connect
from benchmarking.trust_actions import Closure, Owner, Promised, Status, TrustAction
from tests.store.scene import (
    CYCLE,
    ITEM,
    KEY,
    LATER,
    MANAGER,
    NOW,
    audit,
    audit_entries,
    contents,
    publish,
    say,
)

MODULES = [actions, answers, assessments, bulk, cycles, evidence, installation, ledger]
MODULES += [organisations, people, published, sessions]
MODULES += [answer_history, assignments, carried_answers]
OPENED = Assessment(KEY, State.IN_PROGRESS, NOW)
TAKEN = Answer(ITEM, "2014.1", "a" * 64, "good", "", 1, "Somebody", NOW)
PIECE = Evidence("e1", ITEM, "policy", "Complaints policy")
WHOLE = WholeAssessment(Assessment(replace(KEY, organisation_id=2), State.IN_PROGRESS, NOW), NOW)
PROMISED = Promised("Train", Owner("Head"), date(2027, 3, 31), (ITEM,))
CLOSURE = Closure(1, date(2026, 11, 20), "It is in place.", "Minutes", "")
AUTHORS = {"Complaints manager": MANAGER}
MOVE = Move(KEY, State.IN_PROGRESS, State.SUBMITTED, MANAGER, NOW, "DEMO-01/1", "c" * 64)


def add_release(writing: Writing) -> published.Release:
    release = published.add_release(
        writing, dataset="ko41a", period="2024-25", sha256="d" * 64, file_name="ko41a.csv"
    )
    assert release is not None
    return release


# Every function of the store that writes, used once, in an order that works.
WRITES: dict[Callable[..., object], Callable[[Writing], object]] = {
    organisations.add: lambda w: organisations.add(
        w, [Organisation(3, "DEMO-03", "Third Demonstration Trust", "Acute", "North")]
    ),
    cycles.add: lambda w: cycles.add(w, replace(CYCLE, cycle_id="2027-28")),
    cycles.correct: lambda w: cycles.correct(w, replace(CYCLE, cycle_id="2027-28", title="Next")),
    cycles.change: lambda w: cycles.change(w, CYCLE, cycles.Kind.CLOSED, "Every trust is done."),
    cycles.set_rule: lambda w: cycles.set_rule(w, "2026-27", cycles.Rule(two_people=False)),
    people.add: lambda w: people.add(w, "demonstration", "board", "Board member"),
    people.grant: lambda w: people.grant(w, MANAGER, Role.TRUST_LEAD, "DEMO-01", NOW),
    people.end_role: lambda w: people.end_role(w, 1, NOW),
    sessions.begin: lambda w: sessions.begin(w, "s1", MANAGER, NOW, NOW),
    sessions.see: lambda w: sessions.see(w, "s1", LATER),
    sessions.end: lambda w: sessions.end(w, "s1", sessions.Ending.IDLE, LATER),
    assessments.add: lambda w: assessments.add(w, replace(KEY, scope="Ward 7"), NOW),
    bulk.add_many: lambda w: bulk.add_many(w, [WHOLE], {}),
    assignments.hand_over: lambda w: assignments.hand_over(w, KEY, [ITEM], MANAGER, None),
    assignments.take_back: lambda w: assignments.take_back(w, KEY, [ITEM]),
    assignments.add_many: lambda w: assignments.add_many(
        w, KEY, [(ITEM, MANAGER, None, MANAGER, NOW)]
    ),
    answer_history.add: lambda w: answer_history.add(
        w, replace(KEY, scope="Ward 9"), ITEM, Kind.ANSWER, Said("good", ""), 0
    ),
    answer_history.add_many: lambda w: answer_history.add_many(
        w, [Past(KEY, ITEM, Kind.ANSWER, 9, None, Said("good", ""), MANAGER, NOW)]
    ),
    carried_answers.mark: lambda w: carried_answers.mark(w, KEY, CYCLE.cycle_id, [TAKEN]),
    answers.save: lambda w: say(w, "level-3", 0),
    answers.save_comment: lambda w: answers.save_comment(w, KEY, ITEM, "Since May.", 0),
    actions.add: lambda w: actions.add(w, 1, "trust", CYCLE.cycle_id, PROMISED),
    actions.change: lambda w: actions.change(w, newest_action(w), replace(PROMISED, text="Again")),
    actions.set_status: lambda w: actions.set_status(w, newest_action(w), Status.IN_PROGRESS),
    actions.tell: lambda w: actions.tell(w, newest_action(w), "Well."),
    actions.close: lambda w: actions.close(w, newest_action(w), Status.DONE, CLOSURE),
    bulk.add_actions: lambda w: bulk.add_actions(w, [WholeAction(newest_action(w))], AUTHORS),
    evidence.add: lambda w: evidence.add(w, KEY, [PIECE]),
    evidence.remove: lambda w: evidence.remove(w, KEY, "e1"),
    assessments.move: lambda w: assessments.move(w, OPENED, State.SUBMITTED, NOW),
    ledger.append: lambda w: ledger.append(w, MOVE),
    installation.raise_data_revision: installation.raise_data_revision,
    published.add_release: add_release,
    published.add_organisations: lambda w: published.add_organisations(
        w, release_1(w), [("R1A", "A real trust", {"region": "North"})]
    ),
    published.add_figures: lambda w: published.add_figures(
        w, release_1(w), [("R1A", "new_complaints", 12.0)]
    ),
    published.add_successions: lambda w: published.add_successions(
        w, release_1(w), [("R1B", "R1A", date(2024, 4, 1), "an order of 2024")]
    ),
}


def newest_action(writing: Writing) -> TrustAction:
    # The newest, whatever its number: a number that a write took and gave up is gone.
    return actions.of_trust(writing, 1)[-1]


def release_1(writing: Writing) -> published.Release:
    release = published.newest(writing, "ko41a", "2024-25")
    assert release is not None
    return release


def writers(module: ModuleType) -> set[str]:
    """The public functions of a module that are given a transaction to write in."""
    functions = inspect.getmembers(module, inspect.isfunction)
    return {
        f"{module.__name__}.{name}"
        for name, function in functions
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and Writing in [p.annotation for p in inspect.signature(function).parameters.values()]
    }


def test_every_function_that_writes_is_tried_here():
    tried = {f"{function.__module__}.{function.__name__}" for function in WRITES}
    # Tried with a database of its own, in test_installation.py.
    tried.add("benchmarking.store.installation.set_up")
    assert set().union(*map(writers, MODULES)) == tried


def test_every_write_leaves_exactly_one_audit_entry(database: Database):
    before = contents(database)
    for function, write in WRITES.items():
        with database.writing(audit(f"{function.__module__}.{function.__name__}")) as writing:
            write(writing)
        after = contents(database)
        assert {t for t in after if after[t] != before[t]} > {"audit"}, function
        before = after
    names = [f"{function.__module__}.{function.__name__}" for function in WRITES]
    assert audit_entries(database) == ["furnish", *names]


def test_a_write_that_fails_leaves_neither_change_nor_audit_entry(database: Database):
    for write in WRITES.values():
        before = contents(database)
        with pytest.raises(ZeroDivisionError):
            write_and_fail(database, write)
        assert contents(database) == before
        with database.writing(audit()) as writing:
            write(writing)


def write_and_fail(database: Database, write: Callable[[Writing], object]) -> None:
    with database.writing(audit()) as writing:
        write(writing)
        raise ZeroDivisionError


def test_an_audit_entry_says_who_did_what_to_which_thing_and_when(database: Database):
    with database.writing(replace(audit("save answer", at=LATER), detail="revision 1")):
        pass
    with database.reading() as reading:
        entry = reading.row("SELECT * FROM audit ORDER BY audit_id DESC LIMIT 1")
    assert entry is not None
    assert dict(entry) | {"audit_id": 0} == {
        "audit_id": 0,
        "written_at": LATER,
        "person_id": MANAGER,
        "action": "save answer",
        "subject": "DEMO-01 2026-27",
        "detail": "revision 1",
    }


def test_a_fault_at_any_step_leaves_the_old_state_or_the_new(database: Database):
    """Each statement of a submission fails once: never is a part of it kept."""

    def submit() -> None:
        with database.writing(audit("submit")) as writing:
            say(writing, "level-4", 0)
            evidence.add(writing, KEY, [PIECE])
            assessments.move(writing, OPENED, State.SUBMITTED, NOW)
            ledger.append(writing, MOVE)
            installation.raise_data_revision(writing)

    before = contents(database)
    steps = 0
    while failed_at(database, steps, submit):
        assert contents(database) == before
        steps += 1
    assert steps > 6
    assert audit_entries(database) == ["furnish", "submit"]


def failed_at(database: Database, step: int, work: Callable[[], None]) -> bool:
    """Runs some work whose statement of this number fails; whether it has so many."""
    number = -1

    def fail(*_: object) -> None:
        nonlocal number
        number += 1
        if number == step:
            raise ZeroDivisionError

    event.listen(database.engine, "before_cursor_execute", fail)
    try:
        work()
    except ZeroDivisionError:
        return True
    finally:
        event.remove(database.engine, "before_cursor_execute", fail)
    return False


def test_a_refused_change_undoes_its_whole_transaction(database: Database):
    before = contents(database)
    with database.writing(audit()) as writing:
        assert answers.save_comment(writing, KEY, ITEM, "Kept only with the answer", 0)
        assert not say(writing, "level-3", 7)
    assert contents(database) == before


def test_what_is_only_read_from_keeps_nothing(database: Database):
    before = contents(database)
    sql = "UPDATE organisation SET name = 'Another'"
    if database.is_duckdb:
        with database.reading() as reading:
            reading._execute(sql, {})
    else:
        with pytest.raises(StoreError, match="read-only"), database.reading() as reading:
            reading._execute(sql, {})
    assert contents(database) == before


def test_readers_see_one_moment_and_never_wait_for_a_writer(database: Database):
    count = "SELECT count(*) FROM answer"
    with database.reading() as early:
        assert early.value(count) == 0
        with database.writing(audit()) as writing:
            say(writing, "level-2", 0)
            with database.reading() as during:
                assert during.value(count) == 0
        assert early.value(count) == 0
    with database.reading() as late:
        assert late.value(count) == 1


def test_writers_at_once_never_lose_a_change(database: Database):
    """Each of four people raises a count five times, from whatever they read last."""
    refusals = 0
    turn = threading.Barrier(4)

    def raise_count(_: int) -> int:
        saved = stale = 0
        turn.wait(timeout=30)
        while saved < 5:
            with database.reading() as reading:
                known = answers.of_assessment(reading, KEY).get(ITEM)
            revision, said = (known.answer_revision, int(known.choice)) if known else (0, 0)
            with database.writing(audit("count")) as writing:
                is_saved = say(writing, str(said + 1), revision)
            saved, stale = saved + is_saved, stale + (not is_saved)
        return stale

    with ThreadPoolExecutor(4) as people_at_once:
        refusals = sum(people_at_once.map(raise_count, range(4)))
    with database.reading() as reading:
        answer = answers.of_assessment(reading, KEY)[ITEM]
    assert (answer.choice, answer.answer_revision) == ("20", 20)
    assert audit_entries(database).count("count") == 20
    assert refusals > 0, "nobody met anybody: the test has shown nothing"


def test_of_many_who_save_the_first_answer_one_succeeds(database: Database):
    turn = threading.Barrier(6)

    def save(number: int) -> str | None:
        turn.wait(timeout=30)
        with database.writing(audit("first")) as writing:
            return f"level-{number}" if say(writing, f"level-{number}", 0) else None

    with ThreadPoolExecutor(6) as people_at_once:
        saved = [choice for choice in people_at_once.map(save, range(6)) if choice]
    with database.reading() as reading:
        assert [a.choice for a in answers.of_assessment(reading, KEY).values()] == saved
    assert audit_entries(database) == ["furnish", "first"]


def test_a_write_inside_a_write_is_a_mistake_and_said_so(database: Database):
    with (
        pytest.raises(RuntimeError, match="A write began inside another. Make the two one"),
        database.writing(audit()),
        database.writing(audit()),
    ):
        pass
    with database.writing(audit("afterwards")):
        pass
    assert audit_entries(database) == ["furnish", "afterwards"]


@pytest.mark.parametrize("text", ["half \ud83d of a pair", "NUL \x00 inside"])
def test_text_that_one_engine_cannot_keep_is_refused_by_both(database: Database, text: str):
    before = contents(database)
    with pytest.raises(ValueError, match="A text holds a character that cannot be kept"):
        with database.writing(audit()) as writing:
            answers.save_comment(writing, KEY, ITEM, text, 0)
    with pytest.raises(ValueError, match="A text holds a character that cannot be kept"):
        with database.writing(audit()) as writing:
            evidence.add(writing, KEY, [replace(PIECE, note=text)])
    assert contents(database) == before


def test_a_time_with_a_zone_is_refused(database: Database):
    zoned = audit(at=NOW.replace(tzinfo=UTC))
    with (
        pytest.raises(ValueError, match="has a time zone. Times are kept in UTC without one"),
        database.writing(zoned),
    ):
        pass


def test_an_unknown_author_is_a_mistake_and_not_a_stale_answer(database: Database):
    with pytest.raises(IntegrityError), database.writing(audit(person_id=999)) as writing:
        say(writing, "level-1", 0)
    assert audit_entries(database) == ["furnish"]


def test_an_error_does_not_repeat_what_people_wrote(database: Database):
    with pytest.raises(IntegrityError) as failed, database.writing(audit()) as writing:
        writing.run(
            "INSERT INTO person VALUES (1, 'i', 's', :title)", title="Something confidential"
        )
    assert "confidential" not in str(failed.value)


def test_many_rows_come_back_as_they_went_in(database: Database):
    texts = ["", "O'Brien", 'a "quote"', "two\nlines", "{a,b}", "NULL", "\\", "Ŵyn 😀", ":x %s ;"]
    pieces = [
        Evidence(
            f"e{n}", ITEM, "policy", said, records_drawn=n or None, at_random=[None, True][n % 2]
        )
        for n, said in enumerate(texts)
    ]
    with database.writing(audit()) as writing:
        evidence.add(writing, KEY, pieces)
        evidence.add(writing, KEY, [])
    with database.reading() as reading:
        back = evidence.of_assessment(reading, KEY)
    assert [replace(piece, author="", saved_at=None) for piece in back] == pieces


def test_the_number_of_the_last_change_rises_with_everything_that_was_kept(
    database: Database, bare: Database
):
    def newest(of: Database) -> int:
        with of.reading() as reading:
            return changes.stand(reading).change

    assert newest(bare) == 0
    before = newest(database)
    with database.writing(audit()) as writing:
        say(writing, "level-1", 0)
    saved = newest(database)
    with database.writing(audit()) as writing:
        say(writing, "level-2", 0)
    assert before < saved == newest(database)


def test_a_closed_database_keeps_everything(database: Database):
    publish(database, KEY, "level-3")
    before = contents(database)
    address = database.engine.url.render_as_string(hide_password=False)
    connections = database.engine.pool
    database.close()
    assert connections.status().startswith("Pool size: 20  Connections in pool: 0")
    again = connect(address.removeprefix("duckdb:///"))
    assert contents(again) == before
    again.close()
