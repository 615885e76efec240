"""The server tells people by itself, by day, and not at all where no mail server is set."""

import asyncio
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from benchmarking import telling
from benchmarking.store.database import StoreError
from benchmarking.telling import Outcome
from benchmarking.web import hourly, notifying
from tests import post_office
from tests.web import copies

WINTER_NOON, NIGHT = datetime(2026, 11, 21, 12), datetime(2026, 11, 21, 2)


def hours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, now: datetime) -> int:
    """How often people are told while some pauses go by."""
    calls: list[object] = []
    monkeypatch.setattr(telling, "due", lambda *given: calls.append(given) or ())
    rounds(monkeypatch, tmp_path, now)
    return len(calls)


def rounds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, now: datetime) -> None:
    """Lets some pauses go by, on a clock that stands."""
    monkeypatch.setattr(notifying, "utc_now", lambda: now)
    with copies.opened(tmp_path) as running:
        mail = post_office.PostOffice(25).server()
        served = replace(running, settings=replace(running.settings, mail_server=mail))

        async def wait() -> None:
            task = asyncio.create_task(notifying.tell_every_hour(served, pause=0.01))
            await asyncio.sleep(0.3)
            task.cancel()

        asyncio.run(wait())


def test_people_are_told_again_and_again_by_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert hours(monkeypatch, tmp_path, WINTER_NOON) > 1


def test_nobody_is_told_at_night(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert hours(monkeypatch, tmp_path, NIGHT) == 0


def test_without_a_mail_server_there_is_nothing_to_wait_for(tmp_path: Path):
    with copies.opened(tmp_path) as running:
        assert running.settings.mail_server is None
        asyncio.run(asyncio.wait_for(notifying.tell_every_hour(running), 5))


def test_one_round_sends_what_is_due(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(notifying, "utc_now", lambda: WINTER_NOON)
    with copies.opened(tmp_path) as running, post_office.opened() as office:
        assert notifying.tell_by_day(running, office.server()) == ()
        assert office.received == []


def test_another_replica_tells_nobody_in_the_same_hour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    calls: list[object] = []
    monkeypatch.setattr(telling, "due", lambda *given: calls.append(given) or ())
    monkeypatch.setattr(notifying, "utc_now", lambda: WINTER_NOON)
    with copies.opened(tmp_path) as running:
        work = partial(notifying.tell_by_day, running, post_office.PostOffice(25).server())
        for _replica in ("a", "b"):
            hourly.once(hourly.HOUR, work, running.database, claimed_as=telling.ACTION)
    assert len(calls) == 1


def test_a_database_that_fails_is_logged_and_does_not_end_the_telling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    calls: list[object] = []

    def fail(*given: object) -> tuple[Outcome, ...]:
        calls.append(given)
        raise StoreError("The database failed.")

    monkeypatch.setattr(telling, "due", fail)
    rounds(monkeypatch, tmp_path, WINTER_NOON)
    assert len(calls) > 1
    assert "The database failed." in caplog.text
