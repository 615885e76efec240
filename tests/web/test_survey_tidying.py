"""Drafts under links that are over are removed by the server itself, at once and every hour."""

import threading
from pathlib import Path
from typing import Any

import pytest

from benchmarking.server import Server
from benchmarking.store.database import StoreError
from benchmarking.web import survey_tidying
from tests.web import copies, endless


def until_second(tmp_path: Path, calls: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the server tidy up until it has done so twice."""
    twice, forget = threading.Event(), survey_tidying.forget_now

    def note(running: Server) -> int:
        calls.append(running)
        if len(calls) == 2:
            twice.set()
        return forget(running)

    monkeypatch.setattr(survey_tidying, "forget_now", note)
    with copies.opened(tmp_path) as running:
        endless.until(twice, survey_tidying.forget_every_hour(running, pause=0.01))


def test_drafts_are_forgotten_at_once_and_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Any] = []
    until_second(tmp_path, calls, monkeypatch)
    assert len(set(map(id, calls))) == 1


def test_a_database_that_fails_is_logged_and_does_not_end_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> int:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(survey_tidying.hosted_survey, "forget_expired", fail)
    until_second(tmp_path, [], monkeypatch)
    assert "forget survey drafts" in caplog.text
    assert "The disk is full." in caplog.text
