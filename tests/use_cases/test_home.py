"""What each reader is told first."""

import pytest

from benchmarking import home
from benchmarking.access import Refused
from benchmarking.answers import State
from benchmarking.assessing import assessments, assignments
from tests.use_cases.conftest import ME_1_1, ME_1_4, World


def test_a_trust_is_told_what_is_due_and_what_is_not_evidenced(world: World) -> None:
    visit = world.visit("lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    assessments.save_answer(visit, sheet, ME_1_4, "good", "", 0)
    found = home.trust_home(visit, "DEMO-07")
    assert found.sheet.done == 1
    assert [line.statement.number for line in found.capped] == ["1.4"]
    assert found.sheet.next_open is not None
    assert found.sheet.next_open.key == ME_1_1


def test_a_board_is_told_the_state_and_nothing_of_the_draft(world: World) -> None:
    visit = world.visit("lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    assert home.board_home(world.visit("board-07"), "DEMO-07").state is None
    assessments.save_answer(visit, sheet, ME_1_1, "good", "", 0)
    assert home.board_home(world.visit("board-07"), "DEMO-07").state is State.IN_PROGRESS
    with pytest.raises(Refused):
        home.trust_home(world.visit("board-07"), "DEMO-07")


def test_an_inspector_is_told_of_the_newest_released_cycle(world: World) -> None:
    found = home.inspector_home(world.visit("inspector"))
    assert (found.cycle.cycle_id, found.published, found.trusts) == ("2025-26", 0, 2)
    with pytest.raises(Refused):
        home.inspector_home(world.visit("lead-07"))


def test_an_administrator_sees_cycles_and_releases_but_no_answers(world: World) -> None:
    found = home.administrator_home(world.visit("administrator"))
    assert [c.cycle_id for c in found.cycles] == ["2026-27", "2025-26"]
    assert found.releases == ()
    with pytest.raises(Refused):
        home.administrator_home(world.visit("inspector"))


def test_somebody_is_told_first_what_they_hold_the_overdue_before_the_rest(world: World) -> None:
    lead, sheet = world.visit("lead-07"), assessments.open_sheet(world.visit("lead-07"), "DEMO-07")
    colleague = world.visit("colleague-07").person.person_id
    for key, day in ((ME_1_4, None), (ME_1_1, world.now.date())):
        assignments.hand_over(lead, sheet, [sheet.line(key)], colleague, day)
    later = world.later(days=2)
    (found,) = home.trust_home(later.visit("colleague-07"), "DEMO-07").mine
    assert found[0].trust.code == "DEMO-07"
    assert [line.key for line in found[1]] == [ME_1_1, ME_1_4]
    assert home.trust_home(later.visit("lead-07"), "DEMO-07").mine == ()


def test_what_is_done_or_handed_in_is_nobodys_any_more(world: World) -> None:
    lead = world.visit("lead-07")
    sheet = assessments.open_sheet(lead, "DEMO-07")
    assignments.hand_over(lead, sheet, [sheet.line(ME_1_1)], lead.person.person_id, None)
    assessments.save_answer(lead, sheet, ME_1_1, "good", "", 0)
    assert home.trust_home(world.visit("lead-07"), "DEMO-07").mine == ()
