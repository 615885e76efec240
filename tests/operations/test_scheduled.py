"""The server's own backups: one replica makes them, and one that failed is tried again."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarking.moments import utc_now
from benchmarking.operations import backing_up as operations
from benchmarking.operations.asking import PATIENCE_SECONDS
from benchmarking.server import Server
from benchmarking.store import backups, claims
from benchmarking.store.backups import BackupFailed
from benchmarking.store.claims import Claim
from benchmarking.store.database import StoreError
from benchmarking.web import backing_up
from benchmarking.web.backing_up import CLAIMED_AS, back_up_if_due

Log = pytest.LogCaptureFixture


def made(running: Server) -> int:
    return len(backups.every(Path(running.settings.backups)))


def last(running: Server) -> Claim:
    with running.database.reading() as reading:
        found = claims.find(reading, CLAIMED_AS)
    assert found is not None
    return found


def test_while_one_replica_is_at_it_no_other_begins_however_long_it_takes(
    running: Server, monkeypatch: pytest.MonkeyPatch
):
    make, asked = operations.back_up, list[bool]()

    def takes_long(*given: object, **named: object) -> object:
        claim = last(running)
        longest = timedelta(seconds=PATIENCE_SECONDS)
        asked.append(claim.holds(claim.claimed_at + longest - timedelta(seconds=1)))
        asked.append(back_up_if_due(running))
        return make(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(operations, "back_up", takes_long)
    assert back_up_if_due(running)
    assert asked == [True, False]
    assert made(running) == 1


def test_once_it_is_made_the_claim_has_ended(running: Server):
    """Else the next one, of those who want one every hour, would come late."""
    assert back_up_if_due(running)
    assert not last(running).holds(utc_now())


def test_one_that_failed_is_an_alarm_and_is_tried_again_at_the_next_look(
    running: Server, monkeypatch: pytest.MonkeyPatch, caplog: Log
):
    def fail(*_: object, **__: object) -> None:
        raise BackupFailed("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(operations, "back_up", fail)
        assert not back_up_if_due(running)
    (record,) = [one for one in caplog.records if one.name == "benchmarking"]
    assert record.levelname == "ERROR"
    assert json.loads(record.getMessage()) == {
        "event": "work of the server failed",
        "work": "back up",
        "why": "The disk is full.",
    }
    assert back_up_if_due(running), "the claim has ended with it"


def test_why_it_failed_is_told_though_the_claim_cannot_be_ended_either(
    running: Server, monkeypatch: pytest.MonkeyPatch, caplog: Log
):
    def fail(*_: object, **__: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(operations, "back_up", fail)
    monkeypatch.setattr(claims, "end", fail)
    assert not back_up_if_due(running)
    told = [(one.levelname, json.loads(one.getMessage())["event"]) for one in caplog.records]
    assert told == [("WARNING", "claim not ended"), ("ERROR", "work of the server failed")]


def test_one_that_another_replica_has_just_made_is_not_made_again(
    running: Server, monkeypatch: pytest.MonkeyPatch
):
    """It was due when this one asked, and is not any more when this one has the claim."""
    answers = iter([True, False])
    monkeypatch.setattr(backing_up, "_is_due", lambda _: next(answers))
    assert not back_up_if_due(running)
    assert made(running) == 0


def test_a_server_that_stops_is_no_alarm(running: Server, caplog: Log):
    assert not back_up_if_due(running, lambda: True)
    assert [one.levelname for one in caplog.records] == ["WARNING"]
