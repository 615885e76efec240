"""A server does what it is asked for by whoever runs it, on its own machine, and by nobody else."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from benchmarking import settings
from benchmarking.operations.asking import (
    AT_HEADER,
    TOKEN_HEADER,
    NotAnswered,
    Operation,
    ask,
    headers,
    is_ours,
)
from benchmarking.settings import Settings

NOW = datetime(2026, 11, 22, 2, 0)
HERE = ("127.0.0.1", "127.0.0.1")


def of(tmp_path: Path, secret: str = "s" * 40, **told: str) -> Settings:
    environment = {"BENCHMARK_DATABASE": str(tmp_path / "d.duckdb"), "BENCHMARK_SECRET": secret}
    return settings.read(environment | told)


def taken(
    chosen: Settings,
    given: dict[str, str],
    addresses: tuple[str | None, str | None] = HERE,
    now: datetime = NOW,
    operation: Operation = Operation.BACK_UP,
) -> bool:
    return is_ours(chosen, operation, given, *addresses, now)


def test_who_knows_the_secret_is_heard_from_this_machine(tmp_path: Path):
    chosen = of(tmp_path)
    given = headers(chosen, Operation.BACK_UP, NOW)
    assert taken(chosen, given)
    assert taken(chosen, given, ("::1", "::1"))
    assert taken(chosen, given, ("10.0.0.5", "10.0.0.5")), "its own address is this machine, too"


@pytest.mark.parametrize("peer", [("10.0.0.9", "10.0.0.5"), ("10.0.0.9", None), (None, None)])
def test_from_elsewhere_nobody_is_heard(tmp_path: Path, peer: tuple[str | None, str | None]):
    chosen = of(tmp_path)
    assert not taken(chosen, headers(chosen, Operation.BACK_UP, NOW), peer)


@pytest.mark.parametrize("name", ["x-forwarded-for", "forwarded", "x-real-ip", "via"])
def test_what_a_proxy_hands_on_is_not_from_here(tmp_path: Path, name: str):
    chosen = of(tmp_path)
    assert not taken(chosen, headers(chosen, Operation.BACK_UP, NOW) | {name: "127.0.0.1"})


@pytest.mark.parametrize(
    "seconds, heard", [(0, True), (60, True), (-60, True), (61, False), (-61, False)]
)
def test_a_token_holds_for_a_minute(tmp_path: Path, seconds: int, heard: bool):
    chosen = of(tmp_path)
    given = headers(chosen, Operation.BACK_UP, NOW)
    assert taken(chosen, given, now=NOW + timedelta(seconds=seconds)) is heard


def test_a_token_is_of_one_secret_one_time_and_one_operation(tmp_path: Path):
    chosen = of(tmp_path)
    given = headers(chosen, Operation.BACK_UP, NOW)
    later = (NOW + timedelta(seconds=5)).isoformat()
    assert not taken(of(tmp_path, "t" * 40), given)
    assert not taken(chosen, given, operation=Operation.CHECK)
    assert not taken(chosen, given | {AT_HEADER: later})
    assert not taken(chosen, given | {TOKEN_HEADER: ""})
    assert not taken(chosen, {})
    assert not taken(chosen, {AT_HEADER: "yesterday", TOKEN_HEADER: "é"})


@pytest.mark.parametrize("at", ["", "soon", "2026-11-22T02:00:00+00:00", "9" * 5000])
def test_a_time_that_is_none_is_not_now(tmp_path: Path, at: str):
    """Though the token of it is right."""
    chosen = of(tmp_path)
    from benchmarking.operations import asking

    right = asking._token(chosen, Operation.BACK_UP, at)
    assert not taken(chosen, {AT_HEADER: at, TOKEN_HEADER: right})


def test_where_nobody_answers_that_is_said(tmp_path: Path):
    chosen = of(tmp_path, BENCHMARK_PORT="1")
    with pytest.raises(NotAnswered) as told:
        ask(chosen, Operation.BACK_UP, NOW)
    assert str(told.value).startswith(
        "Another process has the database, and no server answers at "
        "http://127.0.0.1:1/operations/backup. If it is a server, give this command its "
        "BENCHMARK_PORT and BENCHMARK_ADDRESS. If it is something else, let it end first."
    )
