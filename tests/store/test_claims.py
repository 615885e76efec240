"""Work of the server's own is claimed by one replica at a time, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from benchmarking.store import claims
from benchmarking.store.claims import Claim
from benchmarking.store.database import Database
from tests.store.scene import NOW, audit_entries

WORK = "tell what waits"
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def claim(holder: str, at: datetime = NOW, work: str = WORK) -> Claim:
    return Claim(work, holder, at, at + HOUR)


def last(database: Database) -> Claim | None:
    with database.reading() as reading:
        return claims.find(reading, WORK)


def test_nobody_holds_what_was_never_claimed(live: Database):
    assert last(live) is None


def test_the_first_of_two_replicas_does_the_work(live: Database):
    assert claims.take(live, claim("a"))
    assert not claims.take(live, claim("b", NOW + SECOND))
    assert last(live) == claim("a")


def test_each_work_is_claimed_by_itself(live: Database):
    assert claims.take(live, claim("a"))
    assert claims.take(live, claim("b", work="back up"))


@pytest.mark.parametrize(
    "after, is_taken",
    [
        (timedelta(0), False),
        (HOUR - SECOND, False),
        (HOUR, True),
        (timedelta(days=1), True),
        # The other's clock is a little behind, or the first one's was set back since.
        (-SECOND, False),
        (-HOUR + SECOND, False),
        # The first one's clock was far ahead, and has been put right.
        (-HOUR, True),
        (-timedelta(days=400), True),
    ],
)
def test_who_died_at_work_or_had_a_wrong_clock_is_followed_by_another(
    live: Database, after: timedelta, is_taken: bool
):
    assert claims.take(live, claim("a"))
    second = claim("b", NOW + after)
    assert claims.take(live, second) is is_taken
    assert last(live) == (second if is_taken else claim("a"))


def test_the_holder_itself_does_not_begin_twice(live: Database):
    assert claims.take(live, claim("a"))
    assert not claims.take(live, claim("a", NOW + SECOND))


def test_of_many_that_ask_at_one_moment_one_is_given_the_work(live: Database):
    with ThreadPoolExecutor(8) as replicas:
        asked = [claim(str(number)) for number in range(8)]
        taken = list(replicas.map(lambda one: claims.take(live, one), asked))
    assert taken.count(True) == 1
    assert last(live) == asked[taken.index(True)]


def test_a_claim_stands_in_the_audit_and_asking_in_vain_does_not(live: Database):
    claims.take(live, claim("a"))
    claims.take(live, claim("b"))
    assert audit_entries(live).count("claim work") == 1
    with live.reading() as reading:
        row = reading.row("SELECT * FROM audit WHERE action = 'claim work'")
    assert row is not None
    assert (row["person_id"], row["subject"], row["detail"]) == (0, "work tell what waits", "a")


def test_a_claim_that_was_ended_can_be_taken_at_once_and_stands_in_the_audit(live: Database):
    assert claims.take(live, claim("a"))
    claims.end(live, claim("a"), NOW + SECOND)
    assert audit_entries(live)[-1] == "end claim"
    assert claims.take(live, claim("b", NOW + SECOND))


def test_only_ones_own_claim_is_ended(live: Database):
    """A claim that ran out and was followed by another's."""
    assert claims.take(live, claim("a"))
    later = claim("b", NOW + HOUR)
    assert claims.take(live, later)
    claims.end(live, claim("a"), NOW + HOUR)
    assert last(live) == later
    assert "end claim" not in audit_entries(live), "nothing was done"
