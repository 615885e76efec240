"""Actions are added, changed, told about, closed and opened again; never over a colleague."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from benchmarking import evidence_entries
from benchmarking.action_plan import action_entries, actions
from benchmarking.action_plan.action_entries import Ending
from benchmarking.action_plan.actions import ListedAction
from benchmarking.answers import ItemKey
from benchmarking.assessing import assessments
from benchmarking.assessing.drafts import CannotSave, SomebodyElseSaved
from benchmarking.assessing.sheets import NotThere
from benchmarking.entry_faults import EntryFaults
from benchmarking.evidence import Evidence
from benchmarking.free_text import NeedsConfirmation
from benchmarking.trust_actions import Owner, Promised, Status
from tests.use_cases.conftest import ME_1_1, ME_1_4, NOW, World, submitted

TODAY = NOW.date()
DUE = TODAY + timedelta(days=40)
RING = Promised("Ring them", Owner("Matron"), DUE, (ME_1_4,))
DONE = Ending(Status.DONE, "It is in place.", TODAY, shown_by="Minutes of May")


def add(world: World, new: Promised = RING) -> int:
    return action_entries.add(world.visit("lead-07"), "DEMO-07", new)


def one(world: World) -> ListedAction:
    (found,) = actions.of_trust(world.visit("lead-07"), "DEMO-07").listed
    return found


def change(world: World, new: Promised, seen: int, why: str = "", subject: str = "lead-07") -> None:
    number = one(world).action.action_id
    action_entries.change(world.visit(subject), "DEMO-07", number, new, seen, why)


def person(world: World, subject: str) -> int:
    return world.visit(subject).person.person_id


def test_an_action_is_kept_tidied_with_its_cycle(world: World) -> None:
    add(world, replace(RING, text="  Ring\tthem  ", statements=(ME_1_4, ME_1_4)))
    kept = one(world)
    assert (kept.text, kept.action.promised.statements) == ("Ring\tthem", (ME_1_4,))
    assert (kept.action.made_in, kept.action.status) == ("2026-27", Status.OPEN)
    assert world.count("SELECT count(*) FROM audit WHERE action = 'add action'") == 1


def test_a_target_without_a_cycle_is_for_the_next_one(world: World) -> None:
    add(world, replace(RING, target_level="good"))
    assert one(world).target == "3 Good in the cycle after 2026/27"
    change(world, replace(RING, target_level="exceptional", target_cycle=" 2029/30 "), 1)
    assert one(world).target == "4 Exceptional in 2029/30"
    change(world, replace(RING, target_cycle="2029/30"), 2)
    assert one(world).action.promised.target_cycle == "", "no level, so no cycle for it"


@pytest.mark.parametrize(
    "wrong, told",
    [
        ({"text": " "}, {"text": "Say what will be done."}),
        ({"text": "x" * 2001}, {"text": "The action is 2,001 characters long. Shorten it to "
                                       "2,000 or fewer."}),
        ({"statements": ()}, {"statements": "Choose at least one statement that this action "
                                            "serves."}),
        ({"statements": (ItemKey("my-expectations", "sa-9.9"),)},
         {"statements": "A statement is not asked in this cycle. Choose again."}),
        ({"due_on": date(2026, 11, 20)},
         {"due_on": "20 November 2026 has passed. Choose today or a later day."}),
        ({"target_level": "yes"},
         {"target_level": "This level is not on the scale of the statements. Choose another."}),
        ({"target_level": "dont-know"},
         {"target_level": "This level is not on the scale of the statements. Choose another."}),
        ({"owner": Owner("Matron", 1)},
         {"owner": "Choose a colleague or write a role, not both."}),
        ({"owner": Owner("", 999)},
         {"owner": "This person has no role in this trust now. Choose somebody else."}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_beside_its_field(
    world: World, wrong: dict[str, object], told: dict[str, str]
) -> None:
    new = replace(RING, **wrong)  # type: ignore[arg-type]
    with pytest.raises(EntryFaults) as refused:
        add(world, new)
    assert refused.value.by_field == told
    assert world.count("SELECT count(*) FROM trust_action") == 0
    assert world.count("SELECT count(*) FROM audit WHERE action = 'add action'") == 0


def test_a_colleague_can_be_the_owner_and_somebody_of_another_trust_cannot(world: World) -> None:
    add(world, replace(RING, owner=Owner("", person(world, "board-07"))))
    assert one(world).action.promised.owner.title == "board member 7"
    stranger = replace(RING, owner=Owner("", person(world, "lead-08")))
    with pytest.raises(EntryFaults, match="This person has no role in this trust now"):
        change(world, stranger, 1)


def test_moving_the_day_wants_a_reason_that_stays_to_be_read(world: World) -> None:
    add(world)
    later = replace(RING, due_on=DUE + timedelta(days=30))
    with pytest.raises(EntryFaults) as refused:
        change(world, later, 1)
    assert refused.value.by_field == {
        "why_moved": "Say why the day moves, so that everybody can see it."
    }
    assert one(world).action.promised.due_on == DUE and one(world).notes == ()
    change(world, later, 1, "the printer is late")
    change(world, replace(RING, due_on=None), 2, "nobody knows")
    newest, first = one(world).notes
    assert (first.due_from, first.due_to, first.text) == (DUE, later.due_on, "the printer is late")
    assert (newest.due_from, newest.due_to) == (later.due_on, None)
    change(world, RING, 3)
    assert len(one(world).notes) == 2, "the first day that is set wants no reason"


def test_a_day_that_has_passed_can_stay_while_something_else_changes(world: World) -> None:
    add(world)
    late = world.later(days=60)
    change(late, replace(RING, text="Ring them all"), 1)
    assert one(late).text == "Ring them all"
    with pytest.raises(EntryFaults, match="has passed. Choose today or a later day"):
        change(late, replace(RING, due_on=DUE + timedelta(days=1)), 2, "x")


def test_a_colleagues_change_is_not_overwritten_and_both_are_told(world: World) -> None:
    number = add(world)
    change(world, replace(RING, text="Theirs"), 1, subject="colleague-07")
    with pytest.raises(SomebodyElseSaved, match="in the meantime") as stale:
        change(world, replace(RING, text="Mine"), 1)
    stored = stale.value.stored
    assert (stored.action_id, stored.promised.text, stored.author) == (
        number, "Theirs", "contributor 7"
    )  # fmt: skip
    assert stale.value.mine == "Mine" and one(world).text == "Theirs"
    change(world, replace(RING, text="Mine"), stored.action_revision)
    assert one(world).text == "Mine"


def test_a_note_changes_nothing_else_and_may_say_that_work_has_begun(world: World) -> None:
    number, lead = add(world), world.visit("lead-07")
    action_entries.tell(lead, "DEMO-07", number, "All well.", begins=False, read_revision=1)
    assert one(world).action.action_revision == 1
    action_entries.tell(lead, "DEMO-07", number, "", begins=True, read_revision=1)
    assert (one(world).action.status, one(world).action.action_revision) == (
        Status.IN_PROGRESS, 2
    )  # fmt: skip
    with pytest.raises(EntryFaults, match="Say how it goes"):
        action_entries.tell(lead, "DEMO-07", number, " ", begins=True, read_revision=2)
    assert [note.to_status for note in one(world).notes] == [Status.IN_PROGRESS, None]


def test_an_action_is_closed_with_what_shows_it(world: World) -> None:
    number, lead = add(world), world.visit("lead-07")
    action_entries.close(lead, "DEMO-07", number, DONE, 1)
    closure = one(world).closure
    assert closure is not None
    assert (closure.closed_on, closure.outcome, closure.shown_by, closure.author) == (
        TODAY, "It is in place.", "Minutes of May", "trust lead 7"
    )  # fmt: skip
    assert [note.to_status for note in one(world).notes] == [Status.DONE]
    with pytest.raises(CannotSave, match="This action is done, so it cannot be changed"):
        action_entries.close(lead, "DEMO-07", number, DONE, 2)
    with pytest.raises(CannotSave, match="Open it again first"):
        change(world, RING, 2)


def test_a_piece_of_evidence_can_show_it(world: World) -> None:
    number, lead = add(world), world.visit("lead-07")
    piece = evidence_of(world, ME_1_4, "The new leaflet")
    other = evidence_of(world, ME_1_1, "Of another statement")
    assert actions.evidence_for(lead, "DEMO-07", one(world).action) == {piece: "The new leaflet"}
    wrong = replace(DONE, shown_by="", evidence_id=other)
    with pytest.raises(EntryFaults, match="This piece of evidence is not there any more"):
        action_entries.close(lead, "DEMO-07", number, wrong, 1)
    action_entries.close(lead, "DEMO-07", number, replace(wrong, evidence_id=piece), 1)
    closure = one(world).closure
    assert closure is not None and closure.evidence_title == "The new leaflet"


def evidence_of(world: World, key: ItemKey, title: str) -> str:
    visit = world.visit("lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    evidence_entries.add(visit, sheet, key, Evidence("", key, "policy", title))
    (piece,) = assessments.open_sheet(visit, "DEMO-07").line(key).evidence
    return piece.evidence_id


@pytest.mark.parametrize(
    "ending, told",
    [
        (replace(DONE, outcome=" "), {"outcome": "Say what came of it."}),
        (replace(DONE, shown_by=""),
         {"shown_by": "Choose a piece of evidence, or say what shows that it was done."}),
        (replace(DONE, closed_on=TODAY + timedelta(days=1)),
         {"closed_on": "22 November 2026 has not come yet. Choose today or an earlier day."}),
        (Ending(Status.DROPPED, "", TODAY), {"outcome": "Say why it is dropped."}),
    ],
)  # fmt: skip
def test_a_closure_that_says_too_little_is_refused(
    world: World, ending: Ending, told: dict[str, str]
) -> None:
    number = add(world)
    with pytest.raises(EntryFaults) as refused:
        action_entries.close(world.visit("lead-07"), "DEMO-07", number, ending, 1)
    assert refused.value.by_field == told
    assert one(world).action.status is Status.OPEN


def test_what_is_dropped_needs_a_reason_and_nothing_that_shows_it(world: World) -> None:
    number = add(world)
    ending = Ending(Status.DROPPED, "Another action does the same.", None)
    action_entries.close(world.visit("lead-07"), "DEMO-07", number, ending, 1)
    assert one(world).stands == "× Dropped"
    closure = one(world).closure
    assert closure is not None and closure.closed_on == TODAY


def test_what_is_over_is_opened_again_for_a_reason(world: World) -> None:
    number, lead = add(world), world.visit("lead-07")
    with pytest.raises(CannotSave, match="This action is open already"):
        action_entries.reopen(lead, "DEMO-07", number, "x", 1)
    action_entries.close(lead, "DEMO-07", number, DONE, 1)
    with pytest.raises(EntryFaults, match="Say why it is opened again"):
        action_entries.reopen(lead, "DEMO-07", number, " ", 2)
    action_entries.reopen(lead, "DEMO-07", number, "It came back.", 2)
    assert (one(world).action.status, one(world).closure) == (Status.OPEN, None)
    assert [note.text for note in one(world).notes] == ["It came back.", "It is in place."]


@pytest.mark.parametrize("what", ["close", "reopen", "begin"])
def test_a_step_on_an_action_that_changed_since_it_was_seen_is_not_taken(
    world: World, what: str
) -> None:
    number, lead = add(world), world.visit("lead-07")
    if what == "reopen":
        action_entries.close(lead, "DEMO-07", number, DONE, 1)
    else:
        change(world, replace(RING, text="Theirs"), 1, subject="colleague-07")
    before = one(world)
    steps = {
        "close": lambda: action_entries.close(lead, "DEMO-07", number, DONE, 1),
        "reopen": lambda: action_entries.reopen(lead, "DEMO-07", number, "x", 1),
        "begin": lambda: action_entries.tell(
            lead, "DEMO-07", number, "x", begins=True, read_revision=1
        ),
    }
    with pytest.raises(CannotSave, match="after you opened it. Nothing was done."):
        steps[what]()
    assert one(world) == before


def test_words_that_may_tell_who_somebody_is_are_kept_only_once_confirmed(world: World) -> None:
    lead = world.visit("lead-07")
    number = add(world)
    told = "Ring 07700 900123"
    for attempt in (
        lambda visit: action_entries.add(visit, "DEMO-07", replace(RING, text=told)),
        lambda visit: action_entries.change(visit, "DEMO-07", number, replace(RING, text=told), 1),
        lambda visit: action_entries.tell(
            visit, "DEMO-07", number, told, begins=False, read_revision=2
        ),
        lambda visit: action_entries.close(
            visit, "DEMO-07", number, replace(DONE, outcome=told), 2
        ),
        lambda visit: action_entries.reopen(visit, "DEMO-07", number, told, 3),
    ):
        with pytest.raises(NeedsConfirmation, match="This looks like a phone number") as asked:
            attempt(lead)
        attempt(lead.confirming(asked.value.mark))


def test_words_that_stay_are_not_asked_about_again(world: World) -> None:
    lead = world.visit("lead-07")
    new = replace(RING, text="Ring 07700 900123")
    with pytest.raises(NeedsConfirmation) as asked:
        action_entries.add(lead, "DEMO-07", new)
    action_entries.add(lead.confirming(asked.value.mark), "DEMO-07", new)
    change(world, replace(new, owner=Owner("Chief nurse")), 1)
    assert one(world).action.promised.owner.title == "Chief nurse"


def test_an_action_goes_on_whatever_becomes_of_the_assessment(world: World) -> None:
    submitted(world)
    number = add(world)
    action_entries.close(world.visit("lead-07"), "DEMO-07", number, DONE, 1)
    assert one(world).action.status is Status.DONE


def test_a_site_that_the_trust_never_named_has_no_actions(world: World) -> None:
    with pytest.raises(NotThere, match="This trust has no such site or directorate"):
        action_entries.add(world.visit("lead-07"), "DEMO-07", RING, "site-9")
