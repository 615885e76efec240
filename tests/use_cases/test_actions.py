"""What a trust promised: who reads what of it, and what stands first."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from benchmarking import home, personal_details
from benchmarking.access import Refused
from benchmarking.action_plan import action_entries, actions
from benchmarking.action_plan.action_entries import Ending
from benchmarking.action_plan.actions import ListedAction
from benchmarking.answers import ScopeKind
from benchmarking.assessing import assessments
from benchmarking.assessing.sheets import NotThere
from benchmarking.assessing.submissions import check_list
from benchmarking.free_text import NeedsConfirmation
from benchmarking.store import scopes
from benchmarking.trust_actions import Due, Owner, Promised, Status
from tests.use_cases.conftest import ME_1_1, ME_1_4, NOW, World

TODAY = NOW.date()
RING = Promised("Ring them", Owner("Matron"), TODAY + timedelta(days=5), (ME_1_4,))


def add(world: World, new: Promised = RING, subject: str = "lead-07", scope: str = "trust") -> int:
    return action_entries.add(world.visit(subject), "DEMO-07", new, scope)


def listed(world: World, subject: str = "lead-07") -> tuple[ListedAction, ...]:
    return actions.of_trust(world.visit(subject), "DEMO-07").listed


def test_what_is_late_stands_first_and_what_is_over_last(world: World) -> None:
    for days in (5, 90, None, 1):
        due_on = None if days is None else TODAY + timedelta(days=days)
        add(world, replace(RING, text=str(days), due_on=due_on))
    closed = add(world, replace(RING, text="closed"))
    ending = Ending(Status.DONE, "In place.", TODAY, shown_by="Minutes")
    action_entries.close(world.visit("lead-07"), "DEMO-07", closed, ending, 1)
    later = world.later(days=2)
    found = actions.of_trust(later.visit("lead-07"), "DEMO-07")
    assert [(one.text, one.due) for one in found.listed] == [
        ("1", Due.LATE),
        ("5", Due.SOON),
        ("90", Due.ON_TIME),
        ("None", Due.NO_DAY),
        ("closed", Due.OVER),
    ]
    assert found.sentence == (
        "5 actions: 1 late, 1 due within 30 days, 1 on time, 1 without a day, 1 done."
    )


def test_a_trust_without_actions_says_so(world: World) -> None:
    found = actions.of_trust(world.visit("lead-07"), "DEMO-07")
    assert (found.listed, found.sentence) == ((), "No action has been promised yet.")


def test_who_works_on_the_assessment_reads_everything(world: World) -> None:
    new = replace(RING, target_level="good", target_cycle="2027/27")
    number = add(world, new)
    action_entries.tell(
        world.visit("lead-07"), "DEMO-07", number, "Begun well.", begins=True, read_revision=1
    )
    for subject in ("lead-07", "colleague-07", "approver-07"):
        (one,) = listed(world, subject)
        assert (one.target, one.made_in) == ("3 Good in 2027/27", "2026/27")
        assert [note.text for note in one.notes] == ["Begun well."]
        assert one.stands == "◆ Due soon, in progress"
        assert [name.name for name in one.statements] == ["statement 1.4"]


def test_a_board_reads_what_was_promised_and_nothing_of_how_colleagues_work_on_it(
    world: World,
) -> None:
    number = add(world, replace(RING, target_level="good"))
    lead = world.visit("lead-07")
    action_entries.tell(lead, "DEMO-07", number, "SECRET note", begins=True, read_revision=1)
    ending = Ending(Status.DONE, "SECRET outcome", TODAY, shown_by="SECRET proof")
    action_entries.close(lead, "DEMO-07", number, ending, 2)
    found = actions.of_trust(world.visit("board-07"), "DEMO-07")
    (one,) = found.listed
    assert found.for_board
    assert (one.text, one.action.promised.owner.title) == ("Ring them", "Matron")
    assert (one.action.promised.due_on, one.stands) == (RING.due_on, "● Done")
    assert one.action.promised.target_level is None and one.target == ""
    assert "SECRET" not in repr(found) and "trust lead 7" not in repr(found)


@pytest.mark.parametrize("where", ["text", "owner"])
def test_a_text_that_may_tell_who_somebody_is_is_withheld_from_the_board(
    world: World, where: str
) -> None:
    words = "Ring Mrs Example on 07700 900123"
    new = replace(RING, text=words) if where == "text" else replace(RING, owner=Owner(words))
    lead = world.visit("lead-07")
    with pytest.raises(NeedsConfirmation) as asked:
        action_entries.add(lead, "DEMO-07", new)
    action_entries.add(lead.confirming(asked.value.mark), "DEMO-07", new)
    found = repr(actions.of_trust(world.visit("board-07"), "DEMO-07"))
    assert personal_details.WITHHELD in found and "900123" not in found
    assert "900123" in repr(actions.of_trust(world.visit("approver-07"), "DEMO-07"))
    read_by_lead = actions.as_the_board_reads(world.visit("lead-07"), "DEMO-07")
    assert "900123" not in repr(read_by_lead), "the board's page is the same for all its readers"


@pytest.mark.parametrize("subject", ["lead-08", "inspector", "administrator"])
def test_nobody_else_sees_that_there_are_any(world: World, subject: str) -> None:
    number = add(world)
    visit = world.visit(subject)
    for ask in (
        lambda: actions.of_trust(visit, "DEMO-07"),
        lambda: actions.as_the_board_reads(visit, "DEMO-07"),
        lambda: actions.colleagues(visit, "DEMO-07"),
        lambda: action_entries.add(visit, "DEMO-07", RING),
        lambda: action_entries.change(visit, "DEMO-07", number, RING, 1),
    ):
        with pytest.raises(Refused, match="There is nothing here that you can see"):
            ask()
    with pytest.raises(Refused, match="Sign in to see this page"):
        actions.of_trust(world.stranger(), "DEMO-07")


@pytest.mark.parametrize("subject", ["approver-07", "board-07"])
def test_who_only_reads_changes_nothing(world: World, subject: str) -> None:
    number, visit = add(world), world.visit(subject)
    ending = Ending(Status.DONE, "Done", TODAY, shown_by="x")
    for change in (
        lambda: action_entries.add(visit, "DEMO-07", RING),
        lambda: action_entries.change(visit, "DEMO-07", number, RING, 1),
        lambda: action_entries.tell(visit, "DEMO-07", number, "x", begins=False, read_revision=1),
        lambda: action_entries.close(visit, "DEMO-07", number, ending, 1),
        lambda: action_entries.reopen(visit, "DEMO-07", number, "x", 1),
    ):
        with pytest.raises(Refused):
            change()
    assert [one.action.action_revision for one in listed(world)] == [1]


def test_an_action_of_another_trust_is_as_absent_as_one_that_never_was(world: World) -> None:
    number = add(world)
    lead = world.visit("lead-08")
    for wanted in (number, 999):
        with pytest.raises(NotThere, match="This trust has no such action"):
            action_entries.change(lead, "DEMO-08", wanted, RING, 1)
        with pytest.raises(NotThere, match="This trust has no such action"):
            actions.of_trust(lead, "DEMO-08").one(wanted)


def test_a_part_of_the_trust_has_actions_of_its_own(world: World) -> None:
    lead = world.visit("lead-07")
    with world.database.writing(lead.audit("add scope", "DEMO-07")) as writing:
        site = scopes.add(writing, 7, ScopeKind.SITE, "Fennel Street")
    add(world, replace(RING, text="of the site"), scope=site)
    add(world, replace(RING, text="of the whole"))
    parts = {one.text: one.part for one in listed(world)}
    assert parts == {"of the site": "Fennel Street (site)", "of the whole": ""}
    for scope, text in ((site, "of the site"), ("trust", "of the whole")):
        sheet = assessments.open_sheet(lead, "DEMO-07", scope=scope)
        assert [a.promised.text for a in sheet.line(ME_1_4).actions] == [text]
        within = actions.of_trust(lead, "DEMO-07").within(scope)
        assert [one.text for one in within.listed] == [text]


def test_an_action_stands_under_every_statement_it_serves_in_every_cycle(world: World) -> None:
    add(world, replace(RING, statements=(ME_1_1, ME_1_4)))
    add(world)
    lead = world.visit("lead-07")
    sheet = assessments.open_sheet(lead, "DEMO-07")
    assert [len(sheet.line(key).actions) for key in (ME_1_1, ME_1_4)] == [1, 2]
    assert sheet.assessment is None, "promising something opens no assessment"
    before = next(c for c in home.cycles_of(lead) if c != sheet.cycle)
    earlier = assessments.open_sheet(lead, "DEMO-07", before)
    assert len(earlier.line(ME_1_4).actions) == 2


def test_home_says_what_is_late_and_what_is_due_soon(world: World) -> None:
    add(world)
    add(world, replace(RING, text="Far off", due_on=date(2027, 6, 1)))
    found = home.trust_home(world.visit("lead-07"), "DEMO-07")
    assert ([o.text for o in found.late], [o.text for o in found.soon]) == ([], ["Ring them"])
    later = world.later(days=6)
    found = home.trust_home(later.visit("lead-07"), "DEMO-07")
    assert ([o.text for o in found.late], found.soon) == (["Ring them"], ())
    assert [o.text for o in home.board_home(later.visit("board-07"), "DEMO-07").late] == [
        "Ring them"
    ]
    assert home.trust_home(later.visit("lead-08"), "DEMO-08").late == ()


@pytest.mark.parametrize(
    "new, is_met",
    [
        (RING, True),
        (replace(RING, owner=Owner()), False),
        (replace(RING, due_on=None), False),
    ],
)
def test_before_submission_open_actions_want_an_owner_and_a_day(
    world: World, new: Promised, is_met: bool
) -> None:
    number = add(world, new)
    assert vague(world) == ([] if is_met else ["1.4"])
    ending = Ending(Status.DROPPED, "No need any more.", TODAY)
    action_entries.close(world.visit("lead-07"), "DEMO-07", number, ending, 1)
    assert vague(world) == [], "what is over wants nothing"


def vague(world: World) -> list[str]:
    sheet = assessments.open_sheet(world.visit("lead-07"), "DEMO-07")
    (check,) = [c for c in check_list(sheet) if "owner and a date" in c.text]
    return [line.statement.number for line in check.open_lines]
