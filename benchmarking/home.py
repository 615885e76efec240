"""What each reader needs to know first: what is due, what waits, where to go."""

from dataclasses import dataclass

from benchmarking.access import Action, can, check_can
from benchmarking.action_plan import actions
from benchmarking.action_plan.actions import ListedAction
from benchmarking.answers import WHOLE_TRUST, Cycle, State
from benchmarking.assessing import assignments, lives, scopes
from benchmarking.assessing.lives import Offer
from benchmarking.assessing.sheets import Line, NotThere, Sheet, current_cycle, cycles_of, trust_of
from benchmarking.file_review import waits as file_review_waits
from benchmarking.file_review.waits import Waits
from benchmarking.keeping import Keep, afresh
from benchmarking.results.history import Cycles, History
from benchmarking.results.levels import is_released
from benchmarking.store import assessments, organisations, published
from benchmarking.store.published import Release
from benchmarking.trust_actions import Due
from benchmarking.visit import Visit


@dataclass(frozen=True)
class TrustHome:
    """For somebody who works on a trust's assessment.

    ``capped`` are answers whose level is not evidenced yet; ``late`` are actions of whatever
    cycle that are past their day, ``soon`` those that will be within a month. ``sent_back`` is
    what nobody has touched since it was sent back; ``steps`` are those that this person may take
    with the whole.
    ``parts`` are the sheets of the sites and directorates that take part. ``mine`` is what this
    person holds and is not done with, by sheet, the overdue first. ``review`` is what a file
    review waits for them to do.
    """

    sheet: Sheet
    days_left: int
    capped: tuple[Line, ...]
    late: tuple[ListedAction, ...]
    soon: tuple[ListedAction, ...] = ()
    sent_back: tuple[Line, ...] = ()
    steps: tuple[Offer, ...] = ()
    parts: tuple[Sheet, ...] = ()
    mine: tuple[tuple[Sheet, tuple[Line, ...]], ...] = ()
    review: Waits | None = None


@dataclass(frozen=True)
class BoardHome:
    """For a board member: no draft, only what there is to read or to sign off, and what is late."""

    trust_name: str
    cycle: Cycle
    state: State | None
    waits_for_sign_off: bool = False
    late: tuple[ListedAction, ...] = ()


@dataclass(frozen=True)
class InspectorHome:
    """For an inspector: the newest released cycle, and how many trusts published in it."""

    cycle: Cycle
    published: int
    trusts: int


@dataclass(frozen=True)
class AdministratorHome:
    """For an administrator: the cycles, and the published data that is loaded."""

    cycles: tuple[Cycle, ...]
    releases: tuple[Release, ...]


def trust_home(visit: Visit, trust_code: str, keep: Keep = afresh) -> TrustHome:
    """What is due in a trust's assessment of the current cycle.

    Raises:
        Refused: the person has no part in it.
        NotThere: no cycle has been opened.
    """
    check_can(visit.person, Action.SEE_DRAFT, trust_code)
    history = History(Cycles(visit, keep), trust_code)
    sheet = history.sheet(history.cycles.opened[0])
    lines, parts = sheet.lines, _parts(history, sheet.cycle)
    promised = actions.of_trust(visit, trust_code, keep)
    return TrustHome(
        sheet=sheet,
        days_left=(sheet.cycle.deadline_at.date() - visit.now.date()).days,
        capped=tuple(line for line in lines if line.standing and line.standing.is_capped),
        late=promised.of(Due.LATE),
        soon=promised.of(Due.SOON),
        sent_back=tuple(line for line in lines if line.sent_back is not None),
        steps=_steps(visit, sheet, keep),
        parts=parts,
        mine=_mine(visit, (sheet, *parts)),
        review=file_review_waits.waits_for(visit, trust_code, sheet.cycle, keep),
    )


def _mine(visit: Visit, sheets: tuple[Sheet, ...]) -> tuple[tuple[Sheet, tuple[Line, ...]], ...]:
    held = (
        (sheet, assignments.still_mine(sheet, visit.person, visit.today))
        for sheet in sheets
        if sheet.takes_changes
    )
    return tuple((sheet, lines) for sheet, lines in held if lines)


def _parts(history: History, cycle: Cycle) -> tuple[Sheet, ...]:
    named = scopes.of_trust(history.visit, history.trust_code, history.cycles.keep)
    taking_part = (part.scope_id for part in named if part.ended_at is None)
    return tuple(
        History(history.cycles, history.trust_code, scope).sheet(cycle) for scope in taking_part
    )


def _steps(visit: Visit, sheet: Sheet, keep: Keep) -> tuple[Offer, ...]:
    if sheet.assessment is None:
        return ()
    life = lives.for_workers(visit, sheet.trust.code, sheet.cycle, sheet.assessment, keep)
    return tuple(offer for offer in life.offers if not offer.barred)


def board_home(visit: Visit, trust_code: str) -> BoardHome:
    """Whether a trust's board has a new assessment to read."""
    check_can(visit.person, Action.SEE_OVERVIEW, trust_code)
    cycle = current_cycle(visit)
    with visit.database.reading() as reading:
        trust = trust_of(reading, trust_code)
        key = (trust.organisation_id, cycle.cycle_id, WHOLE_TRUST)
        states = [found.state for found in assessments.revisions(reading, *key)]
    # A reopened draft does not take the place of what was published before it.
    handed_in = (state for state in states if not state.is_open)
    state = next(handed_in, states[0] if states else None)
    waits = state is State.APPROVED and can(visit.person, Action.SIGN_OFF, trust_code)
    late = actions.as_the_board_reads(visit, trust_code).of(Due.LATE)
    return BoardHome(trust.name, cycle, state, waits, late)


def inspector_home(visit: Visit) -> InspectorHome:
    """The newest cycle whose results may be compared.

    Raises:
        Refused: the person may not compare trusts.
        NotThere: no cycle has been released yet.
    """
    check_can(visit.person, Action.COMPARE)
    released = [cycle for cycle in cycles_of(visit) if is_released(cycle, visit.now)]
    if not released:
        raise NotThere("No cycle has been released yet, so there is nothing to compare.")
    with visit.database.reading() as reading:
        found = assessments.published(reading, released[0].cycle_id, WHOLE_TRUST)
        trusts = len(organisations.every(reading))
    return InspectorHome(released[0], len(found), trusts)


def administrator_home(visit: Visit) -> AdministratorHome:
    """The cycles, and which published data is loaded."""
    check_can(visit.person, Action.ADMINISTER)
    with visit.database.reading() as reading:
        return AdministratorHome(cycles_of(visit), published.every(reading))


def sees_draft(visit: Visit, trust_code: str) -> bool:
    """Whether the person works on this trust's assessment."""
    return can(visit.person, Action.SEE_DRAFT, trust_code)
