"""Drafts under links that are over are removed by the server itself, at once and every hour."""

import asyncio
from typing import Any, cast

import pytest

from benchmarking.server import Server
from benchmarking.store.database import StoreError
from benchmarking.survey import hosted_survey
from benchmarking.web import survey_tidying


def test_drafts_are_forgotten_at_once_and_again_and_again(
    demonstration: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Any] = []
    monkeypatch.setattr(survey_tidying, "forget_now", calls.append)

    async def wait() -> None:
        task = asyncio.create_task(survey_tidying.forget_every_hour(demonstration, pause=0.01))
        await asyncio.sleep(0.3)
        task.cancel()

    asyncio.run(wait())
    assert len(calls) > 1
    assert set(map(id, calls)) == {id(demonstration)}


def test_a_database_that_fails_is_logged_and_does_not_end_it(
    demonstration: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> int:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(hosted_survey, "forget_expired", fail)
    assert survey_tidying.forget_now(demonstration) == 0
    assert "survey drafts not forgotten" in caplog.text
    assert "The disk is full." in cast("str", caplog.text)
