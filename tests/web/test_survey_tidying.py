"""Drafts under links that are over are removed by the server itself, at once and every hour."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from benchmarking.store.database import StoreError
from benchmarking.web import survey_tidying
from tests.web import copies


def some_pauses(tmp_path: Path) -> None:
    with copies.opened(tmp_path) as running:

        async def wait() -> None:
            task = asyncio.create_task(survey_tidying.forget_every_hour(running, pause=0.02))
            await asyncio.sleep(0.5)
            task.cancel()

        asyncio.run(wait())


def test_drafts_are_forgotten_at_once_and_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Any] = []
    monkeypatch.setattr(survey_tidying, "forget_now", calls.append)
    some_pauses(tmp_path)
    assert len(calls) > 1
    assert len(set(map(id, calls))) == 1


def test_a_database_that_fails_is_logged_and_does_not_end_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    calls: list[Any] = []

    def fail(*given: object) -> int:
        calls.append(given)
        raise StoreError("The disk is full.")

    monkeypatch.setattr(survey_tidying.hosted_survey, "forget_expired", fail)
    some_pauses(tmp_path)
    assert len(calls) > 1
    assert "forget survey drafts" in caplog.text
    assert "The disk is full." in caplog.text
