"""The server tells people by itself, by day, and not at all where no mail server is set."""

import asyncio
import threading
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from benchmarking import telling
from benchmarking.server import Server
from benchmarking.store.database import StoreError
from benchmarking.telling import Outcome
from benchmarking.web import hourly, notifying
from tests import post_office
from tests.web import copies, endless

WINTER_NOON, NIGHT = datetime(2026, 11, 21, 12), datetime(2026, 11, 21, 2)


MAIL = post_office.PostOffice(25).server()


def until_told_twice(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fault: Exception | None = None
) -> None:
    """Lets the server tell people until it has looked twice for what is due, at noon."""
    looks: list[object] = []
    twice = threading.Event()

    def due(*given: object) -> tuple[Outcome, ...]:
        looks.append(given)
        if len(looks) == 2:
            twice.set()
        if fault is not None:
            raise fault
        return ()

    monkeypatch.setattr(telling, "due", due)
    monkeypatch.setattr(notifying, "utc_now", lambda: WINTER_NOON)
    with copies.opened(tmp_path) as running:
        served = replace(running, settings=replace(running.settings, mail_server=MAIL))
        endless.until(twice, notifying.tell_every_hour(served, pause=0.01))


def test_people_are_told_again_and_again_by_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    until_told_twice(monkeypatch, tmp_path)


def test_nobody_is_told_at_night(demonstration: Server, monkeypatch: pytest.MonkeyPatch):
    looks: list[object] = []
    monkeypatch.setattr(telling, "due", lambda *given: looks.append(given) or ())
    for now in (NIGHT, WINTER_NOON):
        monkeypatch.setattr(notifying, "utc_now", lambda now=now: now)
        assert notifying.tell_by_day(demonstration, MAIL) == ()
    assert [now for *_, now in looks] == [WINTER_NOON]  # type: ignore[misc]


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
    until_told_twice(monkeypatch, tmp_path, StoreError("The database failed."))
    assert "The database failed." in caplog.text
