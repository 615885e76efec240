"""A site or directorate assesses itself beside the whole trust, and never in its place."""

from datetime import date

import pytest

from benchmarking import home
from benchmarking.access import Refused
from benchmarking.answers import MoveNote, ScopeKind, State
from benchmarking.assessing import assessments, moves, scopes
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.lifecycle import Step
from benchmarking.assessing.moves import Proposal
from benchmarking.assessing.sheets import NotThere, current_cycle
from benchmarking.results import overview, results
from benchmarking.results.levels import of_cycle
from tests.use_cases.conftest import ME_1_1, World, answered

SITE = ScopeKind.SITE
GONE = "This trust has no such site or directorate."


def name_site(world: World, name: str = "North") -> str:
    return scopes.add(world.visit("lead-07"), "DEMO-07", SITE, name)


def titles(world: World) -> list[str]:
    return [part.title for part in scopes.of_trust(world.visit("lead-07"), "DEMO-07")]


def test_a_part_that_was_named_is_on_the_list_of_everybody_in_the_trust(world: World) -> None:
    name_site(world)
    for subject in ("lead-07", "colleague-07", "approver-07", "board-07"):
        (part,) = scopes.of_trust(world.visit(subject), "DEMO-07")
        assert part.title == "North (site)"


@pytest.mark.parametrize("subject", ["lead-08", "inspector", "administrator"])
def test_nobody_else_sees_which_parts_there_are(world: World, subject: str) -> None:
    with pytest.raises(Refused):
        scopes.of_trust(world.visit(subject), "DEMO-07")


@pytest.mark.parametrize("subject", ["colleague-07", "approver-07", "board-07", "lead-08"])
def test_only_the_trust_lead_names_and_changes_parts(world: World, subject: str) -> None:
    scope = name_site(world)
    with pytest.raises(Refused):
        scopes.add(world.visit(subject), "DEMO-07", SITE, "South")
    with pytest.raises(Refused):
        scopes.change(world.visit(subject), "DEMO-07", scope, "South", False)
    assert titles(world) == ["North (site)"]


@pytest.mark.parametrize(
    "name, told",
    [
        ("  ", "Enter the name of the site or directorate."),
        ("x" * 101, "The name is 101 characters long. Shorten it to 100 or fewer."),
        ("NORTH", "“North” is on the list already. Or enter another name."),
    ],
)
def test_a_name_that_cannot_be_used_is_told_so(world: World, name: str, told: str) -> None:
    name_site(world)
    with pytest.raises(CannotSave, match=told):
        name_site(world, name)
    assert titles(world) == ["North (site)"]


def test_a_part_can_be_renamed_ended_and_taken_up_again(world: World) -> None:
    scope, lead = name_site(world), world.visit("lead-07")
    scopes.change(lead, "DEMO-07", scope, "Far north", False)
    (part,) = scopes.of_trust(lead, "DEMO-07")
    assert (part.name, part.ended_at) == ("Far north", world.now)
    scopes.change(world.later(days=1).visit("lead-07"), "DEMO-07", scope, "Far north", False)
    assert scopes.of_trust(lead, "DEMO-07") == (part,)
    scopes.change(lead, "DEMO-07", scope, "Far north", True)
    assert scopes.of_trust(lead, "DEMO-07")[0].ended_at is None


def test_a_trust_can_name_a_limited_number_of_parts(world: World) -> None:
    for number in range(scopes.MOST):
        name_site(world, f"Site {number}")
    with pytest.raises(CannotSave, match="A trust can name 60 sites and directorates, and has."):
        name_site(world, "One more")


def test_answers_of_a_part_and_of_the_whole_never_mix(world: World) -> None:
    scope, lead = name_site(world), world.visit("lead-07")
    part = assessments.open_sheet(lead, "DEMO-07", scope=scope)
    assessments.save_answer(lead, part, ME_1_1, "good", "", 0)
    part = assessments.open_sheet(lead, "DEMO-07", scope=scope)
    assert (part.done, part.whose) == (1, "Demonstration Trust 7, North (site)")
    assert assessments.open_sheet(lead, "DEMO-07").done == 0


@pytest.mark.parametrize("scope", ["site-9", "", "TRUST", "trust'--"])
def test_a_part_that_nobody_named_is_not_there(world: World, scope: str) -> None:
    with pytest.raises(NotThere, match=GONE):
        assessments.open_sheet(world.visit("lead-07"), "DEMO-07", scope=scope)
    assert world.count("SELECT count(*) FROM assessment") == 0


def test_another_trusts_part_is_not_there(world: World) -> None:
    scope = name_site(world)
    with pytest.raises(NotThere, match=GONE):
        assessments.open_sheet(world.visit("lead-08"), "DEMO-08", scope=scope)


def test_a_part_that_has_ended_begins_nothing_and_goes_on_with_what_it_began(world: World) -> None:
    began, not_begun = name_site(world), name_site(world, "South")
    lead = world.visit("lead-07")
    sheets = {
        scope: assessments.open_sheet(lead, "DEMO-07", scope=scope) for scope in (began, not_begun)
    }
    assessments.save_answer(lead, sheets[began], ME_1_1, "good", "", 0)
    for scope in sheets:
        scopes.change(lead, "DEMO-07", scope, scope, False)
    assessments.save_answer(lead, sheets[began], ME_1_1, "exceptional", "", 1)
    with pytest.raises(CannotSave, match="South no longer assesses itself, so nothing was saved."):
        assessments.save_answer(lead, sheets[not_begun], ME_1_1, "good", "", 0)
    assert world.count("SELECT count(*) FROM assessment") == 1


def test_a_part_goes_all_the_way_to_publication_and_the_whole_stays_where_it_is(
    world: World,
) -> None:
    scope = name_site(world)
    lead = world.visit("lead-07")
    answered(world, assessments.open_sheet(lead, "DEMO-07", scope=scope), "good")
    for step, subject, notes in WAY:
        seen = assessments.open_sheet(lead, "DEMO-07", scope=scope)
        proposal = Proposal(step, "DEMO-07", seen.cycle, seen.assessment, notes)
        moves.take(world.visit(subject), proposal)
    sheet = assessments.open_sheet(lead, "DEMO-07", scope=scope)
    assert sheet.state is State.PUBLISHED
    assert assessments.open_sheet(lead, "DEMO-07").assessment is None
    assert home.board_home(world.visit("board-07"), "DEMO-07").state is None


RESPONSE = MoveNote("We accept this.", body="The board", met_on=date(2026, 11, 21))
WAY: tuple[tuple[Step, str, tuple[MoveNote, ...]], ...] = (
    (Step.SUBMIT, "lead-07", ()),
    (Step.APPROVE, "approver-07", ()),
    (Step.SIGN_OFF, "board-07", (RESPONSE,)),
    (Step.PUBLISH, "lead-07", ()),
)


def test_what_a_part_published_is_seen_by_its_trust_and_board_and_by_no_peer(world: World) -> None:
    test_a_part_goes_all_the_way_to_publication_and_the_whole_stays_where_it_is(world)
    lead = world.visit("lead-07")
    cycle, (part,) = current_cycle(lead), scopes.of_trust(lead, "DEMO-07")
    own = results.of_trust(lead, "DEMO-07", cycle, scope=part.scope_id)
    assert own.answered == 21
    assert own.peer_sentence == "A site is not compared with other trusts. The whole trust is."
    assert own.peer_cycle is None
    board = overview.of_trust(world.visit("board-07"), "DEMO-07", scope=part.scope_id)
    assert board.results.whose == "Demonstration Trust 7, North (site)"
    with pytest.raises(NotThere, match="No assessment has been submitted yet."):
        overview.of_trust(world.visit("board-07"), "DEMO-07")
    released = world.later(days=120).visit("inspector")
    assert of_cycle(released, cycle).standings == {}
