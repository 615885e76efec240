"""The server tells people by itself, by day, and not at all where no mail server is set."""

import asyncio
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from benchmarking import telling
from benchmarking.store.database import StoreError
from benchmarking.telling import Outcome
from benchmarking.web import notifying
from tests import post_office
from tests.web import copies

WINTER_NOON, NIGHT = datetime(2026, 11, 21, 12), datetime(2026, 11, 21, 2)


def hours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, now: datetime) -> int:
    """How often people are told while some pauses go by."""
    calls: list[object] = []
    monkeypatch.setattr(notifying, "utc_now", lambda: now)
    monkeypatch.setattr(notifying, "tell_now", lambda *given: calls.append(given))
    with copies.opened(tmp_path) as running:
        mail = post_office.PostOffice(25).server()
        served = replace(running, settings=replace(running.settings, mail_server=mail))

        async def wait() -> None:
            task = asyncio.create_task(notifying.tell_every_hour(served, pause=0.01))
            await asyncio.sleep(0.3)
            task.cancel()

        asyncio.run(wait())
    return len(calls)


def test_people_are_told_again_and_again_by_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert hours(monkeypatch, tmp_path, WINTER_NOON) > 1


def test_nobody_is_told_at_night(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert hours(monkeypatch, tmp_path, NIGHT) == 0


def test_without_a_mail_server_there_is_nothing_to_wait_for(tmp_path: Path):
    with copies.opened(tmp_path) as running:
        assert running.settings.mail_server is None
        asyncio.run(asyncio.wait_for(notifying.tell_every_hour(running), 5))


def test_one_round_sends_what_is_due(tmp_path: Path):
    with copies.opened(tmp_path) as running, post_office.opened() as office:
        assert notifying.tell_now(running, office.server()) == ()
        assert office.received == []


def test_a_database_that_fails_is_logged_and_does_not_end_the_telling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def fail(*_given: object) -> tuple[Outcome, ...]:
        raise StoreError("The database failed.")

    monkeypatch.setattr(telling, "due", fail)
    with copies.opened(tmp_path) as running:
        assert notifying.tell_now(running, post_office.PostOffice(25).server()) == ()
    assert "notifications not worked out" in caplog.text
