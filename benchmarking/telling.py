"""Telling people by e-mail what waits for them: one mail, at most once a day or week each.

Whoever sends claims it first, in a transaction of its own, so that two processes never tell the
same person twice. A mail that could not be handed in gives its claim back and is tried again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from benchmarking import digests, events
from benchmarking.access import STRANGER, Refused
from benchmarking.digests import Waiting
from benchmarking.keeping import Once
from benchmarking.mailing import Mail, NotSent, Post
from benchmarking.moments import local
from benchmarking.standard import Library
from benchmarking.store import notifications as store
from benchmarking.store import people
from benchmarking.store.database import AuditEntry, Database
from benchmarking.store.notifications import Choice, HowOften, Told
from benchmarking.visit import Visit

ACTION = "tell what waits"
SUBJECT = "My expectations benchmark: something waits for you"
# A process that has not finished by then is not going to.
GIVEN_UP = timedelta(hours=1)
MOST_FAILURES = 3
_HOST = 0
_APART = {HowOften.DAILY: 1, HowOften.WEEKLY: 7}


class Outcome(Enum):
    """What became of one mail."""

    SENT = "sent"
    FAILED = "failed"
    WOULD_BE_SENT = "would be sent"


@dataclass(frozen=True)
class Digest:
    """What one person is to be told, and where."""

    choice: Choice
    waiting: tuple[Waiting, ...]

    @property
    def fingerprint(self) -> str:
        return digests.fingerprint(self.waiting)


def due(database: Database, library: Library, now: datetime) -> tuple[Digest, ...]:
    """What is to be sent at a moment: to whom something waits that they were not told yet.

    What waits is worked out with each person's own roles, so that nobody whose role ended is told
    anything.
    """
    asking, keep = Visit(STRANGER, database, library, now), Once()
    with database.reading() as reading:
        choices = store.switched_on(reading)
        everybody = {one.known.person_id: one.known for one in people.every(reading)}
        last = {c.person_id: store.last_told(reading, c.person_id, now - GIVEN_UP) for c in choices}
    found: list[Digest] = []
    for choice in choices:
        person = everybody[choice.person_id].at(now)
        try:
            waiting = digests.waiting_for(asking.by(person), keep)
        except Refused:
            continue
        digest = Digest(choice, waiting)
        if waiting and _is_due(digest, last[choice.person_id], now):
            found.append(digest)
    return tuple(found)


def tell(
    database: Database, digests_due: Sequence[Digest], public_url: str, post: Post, now: datetime
) -> Iterator[Outcome]:
    """Sends what is due, one by one; what became of each. What another process took is left out.

    Gives up after a few failures in a row: the rest would fail as well.
    """
    failures = 0
    for digest in digests_due:
        number = _claim(database, digest, now)
        if number is None:
            continue
        outcome = _send(database, digest, number, public_url, post, now)
        yield outcome
        failures = failures + 1 if outcome is Outcome.FAILED else 0
        if failures == MOST_FAILURES:
            return


def written(digest: Digest, public_url: str) -> Mail:
    """The mail with everything that waits, trust by trust."""
    lines: list[str] = []
    for code in dict.fromkeys(one.trust_code for one in digest.waiting):
        lines.append(code)
        lines += [
            f"- {one.sentence} {public_url}/{one.page}?trust={code}"
            for one in digest.waiting
            if one.trust_code == code
        ]
    return Mail(digest.choice.address, SUBJECT, tuple(lines))


def _is_due(digest: Digest, last: Told | None, now: datetime) -> bool:
    if last is None:
        return True
    if last.sent_at is None:
        # Another process is at it.
        return False
    days = (local(now).date() - local(last.sent_at).date()).days
    return days >= _APART[digest.choice.how_often] and last.fingerprint != digest.fingerprint


def _claim(database: Database, digest: Digest, now: datetime) -> int | None:
    """The number of the claim; None where it is not due any more."""
    person_id = digest.choice.person_id
    with database.writing(_entry(digest, "claimed", now)) as writing:
        still = store.choice_of(writing, person_id) == digest.choice
        if still and _is_due(digest, store.last_told(writing, person_id, now - GIVEN_UP), now):
            return store.claim(writing, person_id, digest.fingerprint)
        writing.give_up()
    return None


def _send(
    database: Database, digest: Digest, number: int, public_url: str, post: Post, now: datetime
) -> Outcome:
    try:
        post(written(digest, public_url))
    except NotSent as problem:
        events.warn("notification not sent", why=problem)
        with database.writing(_entry(digest, "not sent", now)) as writing:
            store.release(writing, number)
        return Outcome.FAILED
    with database.writing(_entry(digest, "sent", now)) as writing:
        store.settle(writing, number, now)
    return Outcome.SENT


def _entry(digest: Digest, detail: str, now: datetime) -> AuditEntry:
    return AuditEntry(_HOST, ACTION, f"person {digest.choice.person_id}", now, detail)
