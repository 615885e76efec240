"""Holding the ledger to itself, and what is stored to the ledger.

The chain of hashes shows an entry that was changed or taken out of the middle. Recomputing the
hash of every submitted assessment's answers shows an answer that was changed in the database;
comparing its state with its last entry shows a state that nobody moved, and entries cut off the
end of the ledger.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from benchmarking.access import Action, check_can
from benchmarking.answers import WHOLE_TRUST, Answer, State
from benchmarking.assessing.receipts import content_hash
from benchmarking.keeping import Keep, afresh
from benchmarking.store import ledger, submitted
from benchmarking.store.database import Database
from benchmarking.store.ledger import BrokenLink
from benchmarking.store.submitted import Handed
from benchmarking.texts import visible
from benchmarking.visit import Visit

WHAT_TO_DO = (
    "Keep this database as it is, as a copy for whoever looks into it. Restore the last backup "
    "for which python -m benchmarking ledger verify ends well, and ask the trusts named here to "
    "compare their receipts. Until then do not rely on what is named here."
)


@dataclass(frozen=True)
class Verification:
    """What came of one check. ``differences`` are sentences, each naming an assessment."""

    entries: int
    checked: int
    purged: int
    broken: BrokenLink | None
    differences: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return self.broken is None and not self.differences

    @property
    def faults(self) -> tuple[str, ...]:
        """Every fault in a sentence, that of the chain first; empty while all is whole."""
        return (*_of_chain(self.broken), *self.differences)

    @property
    def sentence(self) -> str:
        """The state of the ledger in words."""
        if not self.is_whole:
            faults = _count(len(self.faults), "fault", "faults")
            return f"The ledger and what is stored do not agree: {faults}."
        kept = _of_purged(self.purged)
        entries = _count(self.entries, "entry", "entries")
        checked = _count(self.checked, "submitted assessment", "submitted assessments")
        return (
            f"The ledger has {entries}, the chain is whole. The answers of {checked} are those "
            f"that were submitted.{kept}"
        )


def verification(visit: Visit, keep: Keep = afresh) -> Verification:
    """The state of the ledger, for somebody who looks after it.

    Raises:
        Refused: the person may not see the audit.
    """
    check_can(visit.person, Action.SEE_AUDIT)
    return keep(("ledger", visit.stand.change), partial(verify, visit.database))


def verify(database: Database) -> Verification:
    """Checks the chain, and every submitted assessment against its last submission.

    0.2 s for the demonstration: 153 assessments and 6,100 answers.
    """
    with database.reading() as reading:
        broken = ledger.first_broken_link(reading)
        handed = submitted.every(reading)
        answers = submitted.answers(reading)
        entries = ledger.count(reading)
    found = [(one, _difference(one, answers.get(one.key, ()))) for one in handed]
    held = [one for one in handed if _is_held(one)]
    return Verification(
        entries=entries,
        checked=sum(not one.is_purged for one in held),
        purged=sum(one.is_purged for one in held),
        broken=broken,
        differences=tuple(visible(f"{_name(one)}: {said}.") for one, said in found if said),
    )


def _is_held(one: Handed) -> bool:
    """Whether an assessment's answers must be those of its last submission."""
    return one.stored is not None and not one.stored.is_open


def _difference(one: Handed, said: Iterable[Answer]) -> str | None:
    """What does not fit; None where all does."""
    if one.stored is None:
        return f"it is no longer stored, but the ledger has its receipt {one.receipt}"
    if not _fits(one):
        there = one.last_to.label.lower() if one.last_to else "nothing about it"
        return f"it is stored as {one.stored.label.lower()}, but the ledger says {there}"
    return _difference_of_answers(one, said) if _is_held(one) else None


def _difference_of_answers(one: Handed, said: Iterable[Answer]) -> str | None:
    if one.is_purged:
        return "its answers were purged, but there are some" if tuple(said) else None
    if one.content_hash is None:
        return "it was handed in, but the ledger has no submission of it"
    if content_hash(said) != one.content_hash:
        return f"its stored answers are not those submitted under receipt {one.receipt}"
    return None


def _fits(one: Handed) -> bool:
    """Whether the stored state is where the ledger's last entry led."""
    if one.last_to is None:
        return one.stored is not None and one.stored.is_open
    # Reopening begins a new revision, and the published one stays as it was.
    was_reopened = one.last_from is State.PUBLISHED and one.last_to.is_open
    return one.stored is one.last_to or (was_reopened and one.stored is State.PUBLISHED)


def _name(one: Handed) -> str:
    scope = "" if one.key.scope == WHOLE_TRUST else f" {one.key.scope}"
    return f"{one.trust_code} {one.key.cycle_id}{scope}, revision {one.key.revision}"


def _of_chain(broken: BrokenLink | None) -> tuple[str, ...]:
    if broken is None:
        return ()
    return (
        f"Entry {broken.entry_number} (receipt {visible(broken.receipt)}) does not fit the entries "
        f"before it.",
    )


def _of_purged(purged: int) -> str:
    if not purged:
        return ""
    return f" The answers of {purged:,} more were purged when their time was over."


def _count(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"
