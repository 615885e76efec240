"""The clock is put back or forward: nothing is lost, and order is that of numbers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from benchmarking.access import Action, can
from benchmarking.assessing import assessments, moves
from benchmarking.assessing.lifecycle import Step
from benchmarking.assessing.sheets import current_cycle
from benchmarking.moments import local, utc_now
from benchmarking.people import accounts, sessions
from benchmarking.people.vouching import DEMONSTRATION_ISSUER, Vouched
from benchmarking.server import Server
from benchmarking.store import answer_history, claims, ledger, people
from benchmarking.store.database import AuditEntry
from benchmarking.survey.hosted_survey import Asked, Closed, LinkClosed, open_link
from tests import invited
from tests.faults.deeds import LIBRARY, LIFE, REPLY, SETTINGS, SUBMIT, Deed, running
from tests.faults.wholeness import halves
from tests.store.scene import audit_entries
from tests.use_cases.conftest import ME_1_1, NOW, World, proposal, take

Ready = Callable[[Deed], World]

JUMPS = {
    "a day back": timedelta(days=-1),
    "a year back": timedelta(days=-365),
    "an hour back, as when summer ends": timedelta(hours=-1),
    "a day forward": timedelta(days=1),
}
# The jumps after which the cycle is still open: DEMO-07's ran from April to 24 December.
IN_THE_CYCLE = [name for name in JUMPS if "year" not in name]


def at(world: World, now: datetime) -> World:
    return replace(world, now=now)


@pytest.mark.parametrize("jump", IN_THE_CYCLE)
def test_a_life_across_jumps_keeps_its_order_its_receipts_and_its_chain(
    ready_for: Ready, jump: str
) -> None:
    """The clock jumps before every second step, and back again before the next."""
    world = ready_for(SUBMIT)
    given = []
    for number, (step, subject, notes) in enumerate(LIFE):
        here = world.later(minutes=number)
        jumped = at(here, here.now + JUMPS[jump]) if number % 2 else here
        given.append(take(jumped, step, subject, *notes).number)
    with world.database.reading() as reading:
        rows = reading.rows("SELECT receipt, moved_at FROM ledger ORDER BY entry_number")
        assert ledger.first_broken_link(reading) is None
    assert [row["receipt"] for row in rows] == given
    times = [row["moved_at"] for row in rows]
    assert times != sorted(times), "the clock did jump"
    assert len(set(given)) == len(LIFE), "no receipt is given twice"
    taken = [f"{step} assessment" for step, _, _ in LIFE]
    assert audit_entries(world.database)[-len(LIFE) :] == taken
    assert halves(world.database) == []


@pytest.mark.parametrize("jump", IN_THE_CYCLE)
def test_the_same_click_again_after_a_jump_gives_the_same_receipt(
    ready_for: Ready, jump: str
) -> None:
    world = ready_for(SUBMIT)
    seen = proposal(world, Step.SUBMIT)
    receipt = moves.take(world.visit("lead-07"), seen)
    jumped = at(world, world.now + JUMPS[jump])
    assert moves.take(jumped.visit("lead-07"), seen) == receipt
    assert audit_entries(world.database).count("submit assessment") == 1


@pytest.mark.parametrize("jump", IN_THE_CYCLE)
def test_answers_are_in_the_order_in_which_they_were_saved(ready_for: Ready, jump: str) -> None:
    world = ready_for(SUBMIT)
    said = []
    for number, later in enumerate((timedelta(), JUMPS[jump], timedelta(minutes=1))):
        here = at(world, world.now + later)
        sheet = assessments.open_sheet(here.visit("lead-07"), "DEMO-07")
        line = sheet.line(ME_1_1)
        offered = [one.id for one in line.scale.valued]
        said.append(offered[number % len(offered)])
        seen = line.answer.answer_revision if line.answer else 0
        assessments.save_answer(here.visit("lead-07"), sheet, ME_1_1, said[-1], "", seen)
    sheet = assessments.open_sheet(world.visit("lead-07"), "DEMO-07")
    answer = sheet.line(ME_1_1).answer
    assert answer is not None and answer.choice == said[-1]
    with world.database.reading() as reading:
        assert sheet.assessment is not None
        saves = answer_history.of_question(reading, sheet.assessment.key, ME_1_1)
    assert [save.new.choice for save in saves][-3:] == said


def test_a_clock_a_year_ahead_closes_nothing_for_good(ready_for: Ready) -> None:
    """What is late by a wrong clock is in time again by the right one."""
    world = ready_for(SUBMIT)
    cycle = current_cycle(world.visit("lead-07"))
    ahead = at(world, world.now + timedelta(days=365))
    assert cycle.deadline_at < ahead.now
    assert current_cycle(ahead.visit("lead-07")) == cycle
    assert take(world, Step.SUBMIT, "lead-07").moved_at < cycle.deadline_at


# Sessions.

SIGNED_IN = Vouched(DEMONSTRATION_ISSUER, "lead-07", NOW, "a session of the tests", {})


def shown(world: World, now: datetime, vouched: Vouched = SIGNED_IN) -> str:
    """Why somebody has to sign in again at a moment; "" while they are signed in."""
    visit = at(world, now).visit("lead-07")
    return sessions.why_over(
        visit, SETTINGS, vouched, visit.person.person_id, lambda _key, make: make()
    )


def test_a_clock_put_back_signs_nobody_in_for_longer_than_the_limits(ready_for: Ready) -> None:
    world = ready_for(SUBMIT)
    assert shown(world, NOW) == ""
    assert shown(world, NOW + timedelta(minutes=20)) == ""
    assert shown(world, NOW - timedelta(hours=1)) == "", "an hour back at the end of summer"
    limit = NOW + timedelta(hours=SETTINGS.session_hours)
    assert shown(world, limit).startswith("You were signed out 12 hours after you signed in.")
    assert shown(world, NOW) != "", "what is over stays over, though the clock goes back"


@pytest.mark.parametrize("ahead", [timedelta(days=1), timedelta(days=365)])
def test_who_signed_in_while_the_clock_was_ahead_signs_in_again_once_it_is_right(
    ready_for: Ready, ahead: timedelta
) -> None:
    """Else they would be signed in until the clock comes there by itself, and for hours more."""
    world = ready_for(SUBMIT)
    server = _server(world)
    token = accounts.sign_in_as(server, "lead-07")
    assert not accounts.visit_by(server, token, utc_now()).person.is_stranger
    assert accounts.visit_by(server, token, utc_now() - ahead).person.is_stranger
    assert accounts.visit_by(server, token, utc_now() + ahead).person.is_stranger


def _server(world: World) -> Server:
    return replace(running(world), settings=replace(SETTINGS, address="127.0.0.1"))


def test_a_role_that_was_ended_is_ended_at_the_same_click(ready_for: Ready) -> None:
    world = ready_for(SUBMIT)
    number = world.visit("lead-07").person.person_id
    with world.database.writing(AuditEntry(0, "end roles", "lead-07", NOW)) as writing:
        for role in people.every(writing):
            if role.known.person_id == number:
                for held in role.known.roles:
                    people.end_role(writing, held.grant_id, NOW)
    for later in (timedelta(), timedelta(days=1), timedelta(days=365)):
        person = at(world, NOW + later).visit("lead-07").person
        assert not can(person, Action.ANSWER, "DEMO-07")


# Links of the survey, and work that the server claims.


def test_a_link_runs_out_by_its_day_and_is_not_lost_to_a_clock_that_was_ahead(
    ready_for: Ready,
) -> None:
    world = ready_for(REPLY)
    visit = world.visit("lead-07")
    made = invited.invite(visit, current_cycle(visit), 1)
    (link,) = made.links

    def closed(now: datetime) -> Closed | None:
        try:
            open_link(Asked(world.database, LIBRARY, now), link.token)
        except LinkClosed as told:
            return told.why
        return None

    after = datetime.combine(made.expires_on, datetime.min.time()) + timedelta(days=1, hours=1)
    assert local(after).date() > made.expires_on
    times = (NOW, after, NOW, NOW - timedelta(days=365))
    assert [closed(now) for now in times] == [None, Closed.EXPIRED, None, None]


@pytest.mark.parametrize("ahead", [timedelta(days=1), timedelta(days=365)])
def test_a_claim_made_by_a_clock_that_was_ahead_holds_no_work_up(ahead: timedelta) -> None:
    wrong, length = NOW + ahead, timedelta(hours=1)
    claim = claims.Claim("tell", "another", wrong, wrong + length)
    assert claim.holds(wrong)
    assert not claim.holds(NOW)
