"""How cycles are opened, corrected, extended and closed. None is ever deleted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from functools import partial

from benchmarking import free_text
from benchmarking.access import Action, check_can
from benchmarking.answers import Cycle, State
from benchmarking.assessing.cycle_plans import Plan, checked, faults_of_dates
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.sheets import NotThere
from benchmarking.entry_faults import refuse, text_or_fault
from benchmarking.keeping import Keep, afresh
from benchmarking.moments import from_clocks, moment_in_words
from benchmarking.store import cycles, installation, organisations
from benchmarking.store.cycles import Change, Kind, Rule
from benchmarking.store.database import Reading, Writing
from benchmarking.visit import Visit

LONGEST_REASON = 500


class Stands(Enum):
    """Where a cycle is in its life."""

    TO_COME = "Not open yet"
    OPEN = "Open"
    LATE = "Past its deadline, still open"
    CLOSED = "Closed"


@dataclass(frozen=True)
class ListedCycle:
    """A cycle as its administrator sees it: its rule, what was changed, and how far trusts are.

    ``states`` counts the trusts that have begun, of ``trusts`` in all.
    """

    cycle: Cycle
    rule: Rule
    changes: tuple[Change, ...]
    states: Mapping[State, int]
    trusts: int

    def stands(self, now: datetime) -> Stands:
        """Where it is in its life at a moment."""
        if self.rule.closed_at is not None:
            return Stands.CLOSED
        if now < self.cycle.opens_at:
            return Stands.TO_COME
        return Stands.OPEN if now <= self.cycle.deadline_at else Stands.LATE

    @property
    def submitted(self) -> int:
        """How many trusts have submitted what they are not changing any more."""
        return sum(count for state, count in self.states.items() if not state.is_open)

    @property
    def published(self) -> int:
        """How many trusts have published."""
        return self.states.get(State.PUBLISHED, 0)


def every_cycle(visit: Visit, keep: Keep = afresh) -> tuple[ListedCycle, ...]:
    """All cycles, those to come among them, the newest first.

    Raises:
        Refused: the person may not manage cycles.
    """
    check_can(visit.person, Action.MANAGE_CYCLES)
    return keep(("cycles of the administrator", visit.stand.change), partial(_read, visit))


def open_cycle(visit: Visit, plan: Plan) -> Cycle:
    """Adds a cycle that opens at once or later; the cycle as it is stored.

    Raises:
        Refused: the person may not manage cycles.
        EntryFaults: something that was entered is missing or cannot be.
    """
    check_can(visit.person, Action.MANAGE_CYCLES)
    with visit.database.writing(visit.audit("open cycle", plan.cycle_id.strip())) as writing:
        cycle = checked(plan, visit.library, _others(writing, None), visit.now)
        cycles.add(writing, cycle)
        cycles.set_rule(writing, cycle.cycle_id, Rule(plan.two_people))
        installation.raise_data_revision(writing)
    return cycle


def correct(visit: Visit, seen: Cycle, plan: Plan) -> Cycle:
    """Corrects a cycle that has not opened; the cycle as it is stored.

    Args:
        visit: who corrects it, and when.
        seen: the cycle as the person saw it.
        plan: what it is to be. Its short name stays.

    Raises:
        Refused: the person may not manage cycles.
        NotThere: there is no such cycle.
        CannotSave: it has opened, or somebody else changed it in between.
        EntryFaults: something that was entered is missing or cannot be.
    """
    check_can(visit.person, Action.MANAGE_CYCLES)
    with visit.database.writing(visit.audit("correct cycle", seen.cycle_id)) as writing:
        _check_unchanged(writing, seen)
        if seen.opens_at <= visit.now:
            raise CannotSave(
                "This cycle has opened, so its editions and rules stay as they are. "
                "You can extend its deadline or close it."
            )
        kept = replace(plan, cycle_id=seen.cycle_id)
        cycle = checked(kept, visit.library, _others(writing, seen), visit.now)
        cycles.correct(writing, cycle)
        cycles.set_rule(writing, cycle.cycle_id, Rule(plan.two_people))
        installation.raise_data_revision(writing)
    return cycle


def extend(
    visit: Visit, seen: Cycle, deadline: datetime | None, release: datetime | None, reason: str
) -> Cycle:
    """Gives trusts more time, and opens the cycle again where it was closed.

    Args:
        visit: who extends it, and when.
        seen: the cycle as the person saw it.
        deadline: the new one, as London's clocks show it: later than the one that holds, or
            the same where the cycle was closed.
        release: when results are shown, as London's clocks show it: no earlier than before.
        reason: kept, and shown to administrators.

    Raises:
        Refused: the person may not manage cycles.
        NotThere: there is no such cycle.
        CannotSave: it has not opened, its results are shown, or somebody else changed it.
        EntryFaults: something that was entered is missing or cannot be.
    """
    check_can(visit.person, Action.MANAGE_CYCLES)
    entry = visit.audit("extend cycle", seen.cycle_id, *free_text.confirmed(visit, reason))
    with visit.database.writing(entry) as writing:
        _check_unchanged(writing, seen)
        _check_can_be_extended(seen, visit.now)
        why, no_reason = _reason(reason)
        due, shown = deadline and from_clocks(deadline), release and from_clocks(release)
        others = _others(writing, seen)
        faults = faults_of_dates(deadline, release, seen.opens_at, others, visit.now)
        closed = cycles.rule_of(writing, seen.cycle_id).closed_at is not None
        earlier = {
            "deadline": _fault_of_extension(seen, due, closed),
            "release": _fault_of_later_release(seen, shown),
        }
        refuse({f: faults[f] or earlier[f] for f in faults} | {"reason": no_reason})
        # What is missing has been refused.
        assert due is not None
        assert shown is not None
        cycle = replace(seen, deadline_at=due, release_at=shown)
        _change(writing, cycle, Kind.EXTENDED, why, closed_at=None)
    return cycle


def close(visit: Visit, seen: Cycle, reason: str) -> None:
    """Closes a cycle: from now on nothing in it is answered, submitted, approved or published.

    Raises:
        Refused: the person may not manage cycles.
        NotThere: there is no such cycle.
        CannotSave: it has not opened or is closed, or somebody else changed it.
        EntryFaults: no reason was given, or too long a one.
        NeedsConfirmation: the reason may tell who somebody is.
    """
    check_can(visit.person, Action.MANAGE_CYCLES)
    entry = visit.audit("close cycle", seen.cycle_id, *free_text.confirmed(visit, reason))
    with visit.database.writing(entry) as writing:
        _check_unchanged(writing, seen)
        if visit.now < seen.opens_at:
            raise CannotSave("This cycle has not opened. Correct its dates instead.")
        if cycles.rule_of(writing, seen.cycle_id).closed_at is not None:
            raise CannotSave("This cycle is closed already. Nothing was changed.")
        why, no_reason = _reason(reason)
        refuse({"reason": no_reason})
        _change(writing, seen, Kind.CLOSED, why, closed_at=visit.now)


def _read(visit: Visit) -> tuple[ListedCycle, ...]:
    with visit.database.reading() as reading:
        states, rules = cycles.progress(reading), cycles.rules(reading)
        trusts = len(organisations.every(reading))
        return tuple(
            ListedCycle(
                cycle,
                rules.get(cycle.cycle_id, Rule()),
                cycles.changes_of(reading, cycle.cycle_id),
                states.get(cycle.cycle_id, {}),
                trusts,
            )
            for cycle in cycles.every(reading)
        )


def _others(reading: Reading, but: Cycle | None) -> tuple[Cycle, ...]:
    """All other cycles; of one that was closed early, the deadline is that moment."""
    rules = cycles.rules(reading)
    found = (one for one in cycles.every(reading) if one != but)
    return tuple(_as_it_ended(one, rules.get(one.cycle_id, Rule())) for one in found)


def _as_it_ended(cycle: Cycle, rule: Rule) -> Cycle:
    if rule.closed_at is None or rule.closed_at >= cycle.deadline_at:
        return cycle
    return replace(cycle, deadline_at=rule.closed_at)


def _check_unchanged(reading: Reading, seen: Cycle) -> None:
    stored = cycles.find(reading, seen.cycle_id)
    if stored is None:
        raise NotThere("There is no such cycle here. Choose one from the list.")
    if stored != seen:
        raise CannotSave(
            "Another administrator changed this cycle in the meantime. Nothing of yours was "
            "saved. Look at it again."
        )


def _check_can_be_extended(seen: Cycle, now: datetime) -> None:
    if now < seen.opens_at:
        raise CannotSave("This cycle has not opened. Correct its dates instead.")
    if seen.release_at <= now:
        raise CannotSave(
            f"Results of {seen.title} have been shown since {moment_in_words(seen.release_at)}, "
            f"so nobody can be given more time to answer unseen."
        )


def _fault_of_extension(seen: Cycle, due: datetime | None, closed: bool) -> str:
    is_later = due is None or due > seen.deadline_at
    if is_later or (closed and due == seen.deadline_at):
        return ""
    was = moment_in_words(seen.deadline_at)
    return f"The deadline is {was}. It can be moved to a later moment only."


def _fault_of_later_release(seen: Cycle, shown: datetime | None) -> str:
    if shown is not None and shown < seen.release_at:
        was = moment_in_words(seen.release_at)
        return f"Trusts were told {was}. Results can be shown later than that, not earlier."
    return ""


def _reason(reason: str) -> tuple[str, str]:
    return text_or_fault(
        reason, LONGEST_REASON, "The reason", "Say why, so that it can be understood later."
    )


def _change(
    writing: Writing, cycle: Cycle, kind: Kind, reason: str, closed_at: datetime | None
) -> None:
    rule = cycles.rule_of(writing, cycle.cycle_id)
    cycles.change(writing, cycle, kind, reason)
    cycles.set_rule(writing, cycle.cycle_id, replace(rule, closed_at=closed_at))
    installation.raise_data_revision(writing)
