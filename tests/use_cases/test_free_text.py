"""Nothing that may tell who somebody is, is kept unless somebody confirmed these very words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from benchmarking import free_text, legal_holds, monthly_entries
from benchmarking.action_plan import action_entries
from benchmarking.answers import MoveNote
from benchmarking.assessing import assessments, cycle_entries, moves
from benchmarking.assessing.lifecycle import Step
from benchmarking.free_text import NeedsConfirmation
from benchmarking.series import Rebase
from benchmarking.trust_actions import Promised
from benchmarking.visit import Visit
from tests.use_cases.conftest import ME_1_4, ME_4_1, World, proposal, submitted, take

NUMBER, PLACE = "Her number is 943 476 5919.", "She lives at M1 1AE."


def asked(world: World, *texts: str, **more: object) -> NeedsConfirmation:
    with pytest.raises(NeedsConfirmation) as told:
        free_text.confirmed(world.visit("lead-07"), *texts, **more)  # type: ignore[arg-type]
    return told.value


@pytest.mark.parametrize(
    "texts, file, told",
    [
        (
            [NUMBER],
            "",
            "This looks like an NHS number. Take it out, or save it as it is.",
        ),
        (
            [PLACE, NUMBER],
            "",
            "This looks like an NHS number and a postcode. Take them out, or save it as it is.",
        ),
        (
            ["Minutes"],
            PLACE,
            "The file seems to hold a postcode. Take it out, or save it as it is.",
        ),
        (
            [NUMBER],
            PLACE,
            "This looks like an NHS number. The file seems to hold a postcode. Take them out, or "
            "save it as it is.",
        ),
        (
            [NUMBER],
            NUMBER,
            "This looks like an NHS number. The file seems to hold an NHS number. Take it out, or "
            "save it as it is.",
        ),
    ],
)
def test_the_warning_names_what_seems_to_be_there_and_not_the_text(
    world: World, texts: list[str], file: str, told: str
) -> None:
    warning = asked(world, *texts, file=file)
    assert str(warning) == told
    assert "943" not in str(warning) + warning.mark


def test_nothing_is_asked_about_plain_words(world: World) -> None:
    assert free_text.confirmed(world.visit("lead-07"), "Ask the ward.", "", file="") == ()


def test_what_was_confirmed_is_kept_and_the_audit_says_of_what_kind(world: World) -> None:
    visit = world.visit("lead-07").confirming(asked(world, NUMBER, PLACE).mark)
    said = free_text.confirmed(visit, NUMBER, PLACE)
    assert said == ("confirmed: an NHS number and a postcode",)


@pytest.mark.parametrize("other", ["Her number is 943 476 5870.", NUMBER + " "])
def test_a_confirmation_is_good_for_these_very_words(world: World, other: str) -> None:
    visit = world.visit("lead-07").confirming(asked(world, NUMBER).mark)
    with pytest.raises(NeedsConfirmation):
        free_text.confirmed(visit, other)


def test_a_confirmation_is_good_for_this_very_file(world: World) -> None:
    visit = world.visit("lead-07").confirming(asked(world, "Minutes", file=PLACE).mark)
    with pytest.raises(NeedsConfirmation):
        free_text.confirmed(visit, "Minutes", file=f"{PLACE} {NUMBER}")


def test_what_is_stored_already_is_not_asked_about_again(world: World) -> None:
    assert free_text.confirmed(world.visit("lead-07"), NUMBER, before=(NUMBER,)) == ()
    with pytest.raises(NeedsConfirmation):
        free_text.confirmed(world.visit("lead-07"), PLACE, before=(NUMBER,))


# Every door that text comes in by, as one function each: it saves the text it is given.
Door = Callable[[World, Visit, str], object]


def comment(world: World, visit: Visit, text: str) -> object:
    sheet = assessments.open_sheet(visit, "DEMO-07")
    return assessments.save_comment(visit, sheet, ME_1_4, text, 0)


def reason(world: World, visit: Visit, text: str) -> object:
    sheet = assessments.open_sheet(visit, "DEMO-07")
    return assessments.save_answer(visit, sheet, ME_4_1, "not-applicable", text, 0)


def return_of(world: World, visit: Visit, text: str) -> object:
    step = proposal(world, Step.SEND_BACK, MoveNote(text, ME_1_4))
    return moves.take(visit, step)


def response(world: World, visit: Visit, text: str) -> object:
    note = MoveNote(text, None, "The board", date(2026, 11, 21))
    return moves.take(visit, proposal(world, Step.SIGN_OFF, note))


def closing(world: World, visit: Visit, text: str) -> object:
    (cycle, *_) = cycle_entries.every_cycle(visit)
    return cycle_entries.close(visit, cycle.cycle, text)


def extension(world: World, visit: Visit, text: str) -> object:
    (one, *_) = cycle_entries.every_cycle(visit)
    later = datetime(2027, 1, 20, 12), datetime(2027, 3, 1, 12)
    return cycle_entries.extend(visit, one.cycle, *later, text)


def action(world: World, visit: Visit, text: str) -> object:
    return action_entries.add(visit, "DEMO-07", Promised(text, statements=(ME_1_4,)))


def hold(world: World, visit: Visit, text: str) -> object:
    return legal_holds.place(visit, "DEMO-07", text, None)


DOORS = [
    (comment, "lead-07", "save comment"),
    (reason, "lead-07", "save answer"),
    (action, "lead-07", "add action"),
    (return_of, "approver-07", "send_back assessment"),
    (response, "board-07", "sign_off assessment"),
    (closing, "administrator", "close cycle"),
    (extension, "administrator", "extend cycle"),
    (hold, "administrator", "place legal hold"),
]


def prepare(world: World, door: Door) -> None:
    if door in (return_of, response):
        submitted(world)
    if door is response:
        take(world, Step.APPROVE, "approver-07")


@pytest.mark.parametrize("door, subject, action", DOORS, ids=[d[2] for d in DOORS])
def test_every_door_asks_before_it_keeps(
    world: World, door: Door, subject: str, action: str
) -> None:
    prepare(world, door)
    entries = world.count("SELECT count(*) FROM audit")
    with pytest.raises(NeedsConfirmation) as told:
        door(world, world.visit(subject), NUMBER)
    assert world.count("SELECT count(*) FROM audit") == entries, "nothing was written"
    door(world, world.visit(subject).confirming(told.value.mark), NUMBER)
    with world.database.reading() as reading:
        row = reading.row("SELECT action, detail FROM audit ORDER BY audit_id DESC LIMIT 1")
    assert row is not None
    assert row["action"].replace(" ", "_") == action.replace(" ", "_")
    assert row["detail"] == "confirmed: an NHS number"


@pytest.mark.parametrize("door, subject, action", DOORS, ids=[d[2] for d in DOORS])
def test_no_door_asks_about_plain_words(
    world: World, door: Door, subject: str, action: str
) -> None:
    prepare(world, door)
    door(world, world.visit(subject), "Everybody was asked in May.")


def test_the_reason_for_new_limits_is_asked_about(world: World) -> None:
    rebase = Rebase("answered-in-time", date(2026, 5, 1), NUMBER)
    with pytest.raises(NeedsConfirmation):
        monthly_entries.begin_anew(world.visit("lead-07"), "DEMO-07", rebase)


def test_an_answer_is_changed_without_being_asked_about_the_reason_again(world: World) -> None:
    visit = world.visit("lead-07")
    with pytest.raises(NeedsConfirmation) as told:
        reason(world, visit, NUMBER)
    reason(world, visit.confirming(told.value.mark), NUMBER)
    sheet = assessments.open_sheet(visit, "DEMO-07")
    assessments.save_answer(visit, sheet, ME_4_1, "not-applicable", NUMBER, 1)


def test_a_visit_confirms_nothing_by_itself(world: World) -> None:
    visit = world.visit("lead-07")
    assert visit.confirmed == ""
    assert replace(visit.confirming("mark"), confirmed="") == visit
