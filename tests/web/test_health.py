"""What /healthz says: to everybody who asks, without a login, a path or a name."""

import asyncio
import errno
import json
import os
import shutil
import threading
from collections import namedtuple
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from benchmarking.server import Server
from benchmarking.store.database import Database, Reading, StoreError
from benchmarking.web import health
from benchmarking.web.health import Health, Room
from benchmarking.web.readiness import Readiness

MEGABYTE = 1024 * 1024
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def ready(demonstration: Server) -> Health:
    return Health(Readiness(1, is_ready=True), demonstration)


def asked(asking: Health, path: str = "/healthz") -> tuple[int, dict[str, Any]]:
    answer = TestClient(Starlette(routes=asking.routes())).get(path)
    return answer.status_code, answer.json()


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How many megabytes are free, to be set."""
    left = {"megabytes": 50_000}
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, left["megabytes"] * MEGABYTE))
    return left


@pytest.mark.usefixtures("free")
def test_a_copy_in_order_says_so_part_by_part(ready: Health) -> None:
    status, said = asked(ready)
    assert status == 200
    assert "my-expectations/2014.1" in said.pop("standards")
    assert said == {"ready": True, "database": "answers", "ledger": "agrees", "disk": "enough"}


def test_nobody_is_let_in_before_the_dashboard_has_run(ready: Health) -> None:
    ready.readiness.is_ready = False
    status, said = asked(ready)
    assert (status, said["ready"], said["database"]) == (503, False, "answers")


def test_nobody_is_let_in_before_the_database_is_open() -> None:
    assert asked(Health(Readiness(1, is_ready=True))) == (503, {"ready": False})


def test_a_process_that_answers_is_alive_whatever_else_fails() -> None:
    assert asked(Health(Readiness(1)), "/healthz/live") == (200, {"live": True})


def test_a_database_that_fails_keeps_people_out(
    ready: Health, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    @contextmanager
    def fail(_: Database) -> Iterator[Reading]:
        raise StoreError("The server of the database is gone.")
        yield

    monkeypatch.setattr(Database, "reading", fail)
    status, said = asked(ready)
    assert (status, said["ready"], said["database"]) == (503, False, "does not answer")
    assert "The server of the database is gone." in caplog.text
    assert "gone" not in json.dumps(said)


def test_a_database_that_hangs_keeps_people_out_and_holds_one_thread(
    ready: Health, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_SECONDS_TO_ANSWER", 0.01)
    may_end, asked_for = threading.Event(), []

    @contextmanager
    def hang(_: Database) -> Iterator[Reading]:
        asked_for.append(1)
        assert may_end.wait(60)
        raise StoreError("At last.")
        yield

    async def ask_five_times() -> list[int]:
        answers = [await ready.answer(None) for _ in range(5)]  # type: ignore[arg-type]
        may_end.set()
        return [answer.status_code for answer in answers]

    monkeypatch.setattr(Database, "reading", hang)
    assert asyncio.run(ask_five_times()) == [503] * 5
    assert len(asked_for) == 1


def test_a_database_that_fails_in_an_unforeseen_way_keeps_people_out_and_is_a_fault(
    ready: Health, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: Database) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Database, "reading", fail)
    status, said = asked(ready)
    assert (status, said["database"]) == (503, "does not answer")
    (line,) = [json.loads(record.getMessage()) for record in caplog.records]
    assert (line["event"], line["where"]) == ("fault", "question to the database")


def test_a_ledger_that_differs_is_told_and_keeps_nobody_out(
    demonstration: Server,
) -> None:
    changed = replace(demonstration, agrees_with_ledger=False)
    status, said = asked(Health(Readiness(1, is_ready=True), changed))
    assert (status, said["ledger"]) == (200, "differs from what is stored")


@pytest.mark.parametrize(
    "megabytes, room",
    [(50_000, "enough"), (1024, "enough"), (1023, "low"), (64, "low"), (63, "full"), (0, "full")],
)
def test_little_room_is_told_and_keeps_nobody_from_reading(
    ready: Health, free: dict[str, int], megabytes: int, room: str
) -> None:
    free["megabytes"] = megabytes
    status, said = asked(ready)
    assert (status, said["disk"]) == (200, room)


def test_each_loss_of_room_is_one_alarm(
    ready: Health, free: dict[str, int], caplog: pytest.LogCaptureFixture
) -> None:
    for free["megabytes"] in (50_000, 900, 800, 30, 20, 50_000, 900):
        ready.look_at_disk()
    said = [json.loads(record.getMessage()) for record in caplog.records]
    assert [(line["event"], line["room"]) for line in said] == [
        ("disk", "low"),
        ("disk", "full"),
        ("disk", "low"),
    ]
    assert said[0]["free_megabytes"] == 900
    assert said[0]["do"].startswith("Make room where the database and the evidence files lie")


@pytest.mark.parametrize("number", [errno.EACCES, errno.ESTALE])
def test_a_disk_that_cannot_be_asked_is_said_to_be_not_known_with_one_alarm(
    ready: Health,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    number: int,
) -> None:
    def fail(_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(shutil, "disk_usage", fail)
    for _ in range(2):
        status, said = asked(ready)
        assert (status, said["disk"]) == (200, "not known")
    (line,) = [json.loads(record.getMessage()) for record in caplog.records]
    assert (line["room"], line["why"]) == ("not known", f"[Errno {number}] {os.strerror(number)}")
    assert line["do"].startswith("See that the disk of the database")


def test_a_disk_that_hangs_keeps_nobody_waiting_and_holds_one_thread(
    ready: Health, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end, looks = threading.Event(), []

    def hang(_: object) -> Usage:
        looks.append(1)
        assert may_end.wait(60)
        return Usage(0, 0, 0)

    async def ask_three_times() -> list[Any]:
        answers = [await ready.answer(None) for _ in range(3)]  # type: ignore[arg-type]
        assert len(looks) == 1, "one look at a time"
        may_end.set()
        return [json.loads(bytes(one.body))["disk"] for one in answers]

    monkeypatch.setattr(health, "_SECONDS_TO_ANSWER", 0.01)
    monkeypatch.setattr(shutil, "disk_usage", hang)
    assert asyncio.run(ask_three_times()) == ["not known"] * 3


def test_the_disk_is_watched_where_nobody_asks(
    ready: Health, free: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_SECONDS_BETWEEN_LOOKS", 0)
    alarmed, alarms = threading.Event(), []

    def alarm(_event: str, **said: object) -> None:
        alarms.append(said["room"])
        free["megabytes"] = 10
        if len(alarms) == 2:
            alarmed.set()

    async def watch() -> None:
        task = asyncio.create_task(ready.watch())
        assert await asyncio.to_thread(alarmed.wait, 60)
        task.cancel()

    free["megabytes"] = 900
    monkeypatch.setattr(health.events, "alarm", alarm)
    asyncio.run(watch())
    assert alarms == ["low", "full"]


def test_room_in_an_object_store_is_its_owners_business(demonstration: Server) -> None:
    far = replace(demonstration.settings, database="postgresql://db/x", evidence="s3://bucket/x")
    elsewhere = Health(Readiness(1), replace(demonstration, settings=far))
    assert elsewhere.free_bytes() == float("inf")
    assert elsewhere.look_at_disk() is Room.ENOUGH


def test_no_path_and_no_secret_is_said_to_strangers(ready: Health, demonstration: Server) -> None:
    _, said = asked(ready)
    text = json.dumps(said)
    assert str(Path(demonstration.settings.database).parent) not in text
    assert demonstration.settings.secret not in text
