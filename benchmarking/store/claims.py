"""Work that the server does by itself, claimed so that one of several replicas does it.

A claim runs out. So work is done once in the time of a claim, whoever dies while at it is followed
by another, and nobody has to be alive to tidy up. One for a long time can be ended before.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from benchmarking.store.audit_actions import CLAIM_WORK, END_CLAIM
from benchmarking.store.database import AuditEntry, Database, Reading, Writing

# The audit's name for what the server does by itself.
_NOBODY = 0


@dataclass(frozen=True)
class Claim:
    """Who does a work, and for how long nobody else may; times are UTC without a zone."""

    work: str
    holder: str
    claimed_at: datetime
    claimed_until: datetime

    def holds(self, now: datetime) -> bool:
        """Whether nobody else may do the work at a moment.

        A claim from further in the future than it is long comes from a clock that was wrong, and
        holds nobody up. One that begins a little later comes from a clock that is a little ahead.
        """
        length = self.claimed_until - self.claimed_at
        return self.claimed_at - length < now < self.claimed_until


def take(database: Database, claim: Claim) -> bool:
    """Claims a work, in one short transaction; whether nobody else holds it.

    Only a claim that is taken is written, with its audit entry. Who asks in vain writes nothing.

    Raises:
        StoreError: the database failed; nothing is claimed.
    """
    with database.reading() as reading:
        if _is_held(reading, claim):
            return False
    entry = AuditEntry(_NOBODY, CLAIM_WORK, _subject(claim), claim.claimed_at, claim.holder)
    with database.writing(entry) as writing:
        # Asked again while nobody else writes: another replica may have come first.
        is_taken = not _is_held(writing, claim)
        if is_taken:
            _put(writing, claim)
        else:
            writing.give_up()
    return is_taken


def end(database: Database, claim: Claim, now: datetime) -> None:
    """Ends a claim before its time, so that the work can be claimed again at once.

    Does nothing where it has run out and somebody else has claimed the work.

    Raises:
        StoreError: the database failed; the claim runs out by itself.
    """
    entry = AuditEntry(_NOBODY, END_CLAIM, _subject(claim), now, claim.holder)
    with database.writing(entry) as writing:
        if find(writing, claim.work) == claim:
            _put(writing, replace(claim, claimed_until=claim.claimed_at))
        else:
            writing.give_up()


def find(reading: Reading, work: str) -> Claim | None:
    """The last claim of a work, whether it still holds or not; None before the first."""
    row = reading.row(
        "SELECT work, holder, claimed_at, claimed_until FROM claimed_work WHERE work = :work",
        work=work,
    )
    return None if row is None else Claim(**row)


def _subject(claim: Claim) -> str:
    return f"work {claim.work}"


def _is_held(reading: Reading, claim: Claim) -> bool:
    last = find(reading, claim.work)
    return last is not None and last.holds(claim.claimed_at)


def _put(writing: Writing, claim: Claim) -> None:
    writing.run(
        """
        INSERT INTO claimed_work (work, holder, claimed_at, claimed_until)
        VALUES (:work, :holder, :claimed_at, :claimed_until)
        ON CONFLICT (work) DO UPDATE
        SET holder = :holder, claimed_at = :claimed_at, claimed_until = :claimed_until
        """,
        **vars(claim),
    )
