"""Actions in words."""

from datetime import date, datetime

import pytest

from benchmarking.action_plan import action_words
from benchmarking.action_plan.action_words import StatementName
from benchmarking.answers import ItemKey
from benchmarking.standard import Library
from benchmarking.trust_actions import ActionNote, Closure, Due, Status

AT = datetime(2026, 11, 21, 9)
MAY, JUNE = date(2026, 5, 4), date(2026, 6, 3)


def name(said: str) -> StatementName:
    return StatementName(ItemKey("s", said), said, "", "")


@pytest.mark.parametrize(
    "stands, said",
    [
        ([], "No action has been promised yet."),
        ([(Status.OPEN, Due.LATE)], "1 action: 1 late."),
        ([(Status.DONE, Due.OVER), (Status.DROPPED, Due.OVER)], "2 actions: 1 done, 1 dropped."),
        (
            [(Status.OPEN, Due.ON_TIME), (Status.IN_PROGRESS, Due.LATE), (Status.OPEN, Due.SOON)],
            "3 actions: 1 late, 1 due within 30 days, 1 on time.",
        ),
    ],
)
def test_the_answer_comes_first(stands: list[tuple[Status, Due]], said: str) -> None:
    assert action_words.summary(stands) == said


@pytest.mark.parametrize(
    "names, said",
    [
        ([], ""),
        (["statement 3.1"], "statement 3.1"),
        (["statement 3.1", "statement 4.2", "duty L3"], "statements 3.1 and 4.2 and duty L3"),
        (["duty L3", "duty L4", "duty L5"], "duties L3, L4 and L5"),
    ],
)
def test_statements_are_called_by_their_numbers(names: list[str], said: str) -> None:
    assert action_words.called([name(one) for one in names]) == said


@pytest.mark.parametrize(
    "status, due, said",
    [
        (Status.OPEN, Due.LATE, "▲ Late"),
        (Status.IN_PROGRESS, Due.LATE, "▲ Late, in progress"),
        (Status.OPEN, Due.SOON, "◆ Due soon"),
        (Status.OPEN, Due.ON_TIME, "○ On time"),
        (Status.OPEN, Due.NO_DAY, "◌ No day set"),
        (Status.DONE, Due.OVER, "● Done"),
        (Status.DROPPED, Due.OVER, "× Dropped"),
    ],
)
def test_each_state_has_a_word_and_a_shape_of_its_own(status: Status, due: Due, said: str) -> None:
    assert action_words.stands(status, due) == said


@pytest.mark.parametrize(
    "changed, said",
    [
        ({}, ""),
        ({"to_status": Status.OPEN}, "Opened again."),
        ({"to_status": Status.IN_PROGRESS}, "Work has begun."),
        ({"to_status": Status.DONE}, "Closed as done."),
        ({"to_status": Status.DROPPED}, "Dropped."),
        ({"due_from": MAY, "due_to": JUNE}, "Extended from 4 May 2026 to 3 June 2026."),
        ({"due_from": JUNE, "due_to": MAY}, "Brought forward from 3 June 2026 to 4 May 2026."),
        ({"due_from": MAY}, "No day set any more; it was 4 May 2026."),
    ],
)
def test_a_note_says_what_it_changed(changed: dict[str, object], said: str) -> None:
    note = ActionNote(1, "Because.", "Lead", AT, **changed)  # type: ignore[arg-type]
    assert action_words.told(note) == (said, "Because.")


@pytest.mark.parametrize(
    "closure, said",
    [
        (None, ""),
        (Closure(1, MAY, "", "Minutes", ""), "Minutes"),
        (Closure(1, MAY, "", "", "", "e1", "Leaflet"), "Leaflet"),
        (Closure(1, MAY, "", "p. 3", "", "e1", "Leaflet"), "Leaflet; p. 3"),
        (Closure(1, MAY, "", "", "", "e1"), "a piece of evidence that was taken away since"),
    ],
)
def test_what_shows_it_is_named_as_far_as_it_is_there(closure: Closure | None, said: str) -> None:
    assert action_words.what_shows_it(closure) == said


def test_how_it_ended_is_told_and_not_made_up() -> None:
    closure = Closure(1, MAY, "In place", "", "")
    assert action_words.ended(Status.OPEN, None) == ""
    assert action_words.ended(Status.DONE, closure) == "Done on 4 May 2026."
    assert action_words.ended(Status.DONE, None) == "Done. Nothing was kept about how."


def test_every_question_of_every_edition_has_a_name(library: Library) -> None:
    names = action_words.statement_names(library)
    asked = {ItemKey(s.id, i) for s in library.standards for i in s.item_by_id}
    assert set(names) == asked
    one = names[ItemKey("my-expectations", "sa-3.1")]
    assert one.in_full == "statement 3.1 “I always knew what was happening in my case”"
    assert (one.standard, one.stage) == ("My expectations", "me-3")
