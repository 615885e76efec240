"""The crowd of the load test, against real servers: what it counts as a run and as an error."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarking.store.existing import open_existing
from benchmarks import guests, load
from benchmarks.crowd import START, Guest, Plan
from benchmarks.guests import sign_in
from benchmarks.servers import ROOT, RunningServer, serving
from benchmarks.tab import Tab

TWO_SECONDS = Plan(0, (), (), think=0.1, ramp=0.2, seconds=2)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("crowd")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[RunningServer]:
    with serving("dashboard.py", load.READY, folder) as running:
        yield running


def plan_for(server: RunningServer, *come: Guest) -> Plan:
    return replace(TWO_SECONDS, port=server.port, pids=(server.process.pid,), guests=come)


def test_three_people_come_and_go_without_an_error(server: RunningServer):
    told = load.crowd(plan_for(server, *guests.come(server.port, 3)))
    assert told["failures"] == []
    assert [kind for kind, *_ in told["runs"]].count(START) == 3
    assert len(told["runs"]) > 3, "after the first page they go on"
    assert told["moments"]["last"]["cpu"] > told["moments"]["empty"]["cpu"]
    found = load.summed_up(told)
    assert found["errors"] == 0 and found["start_ms"]["n"] == 3
    assert found["later_ms"]["n"] == len(told["runs"]) - 3


def test_the_second_half_comes_after_the_first(server: RunningServer):
    come = guests.come(server.port, 2, twice=True)
    told = load.crowd(replace(plan_for(server, *come), halves=True, walks=True, seconds=0))
    assert told["failures"] == []
    walked = len(come[0].pages) + 1
    assert told["moments"]["half"]["runs"] == walked
    assert told["moments"]["arrived"]["runs"] == 2 * walked


def test_a_stranger_in_place_of_a_person_is_an_error(server: RunningServer):
    told = load.crowd(plan_for(server, Guest("", ("assessment",))))
    assert told["failures"] == ["assessment: RunFailed('Nobody is signed in')"]


def test_an_exception_on_a_page_is_an_error(tmp_path: Path):
    script = tmp_path / "falling.py"
    script.write_text("import streamlit as st\nst.title('Page')\nraise ValueError('fell')\n")
    with serving(str(script), load.HEALTH, tmp_path) as running:
        told = load.crowd(plan_for(running, Guest("", ("",))))
    assert told["runs"] == []
    assert len(told["failures"]) == 1 and "RunFailed" in told["failures"][0]


def test_an_answer_that_is_chosen_is_stored(folder: Path):
    """What the driver calls an answer saved is in the database afterwards."""

    async def answer(port: int) -> str:
        cookie = sign_in(port, "contributor.DEMO-07")
        async with Tab(port, "assessment", cookie) as tab:
            await tab.run()
            asked = tab.fields("answer.")[0]
            chosen = next(one for one in asked.others() if one in asked.options[:4])
            await tab.choose(asked, chosen)
            assert chosen in tab.fields("answer.")[0].standing
            return asked.key.rsplit(".", 1)[-1]

    own = folder / "own"
    own.mkdir()
    with serving("dashboard.py", load.READY, own) as running:
        asyncio.run(answer(running.port))
    database = open_existing(str(own / "benchmark.duckdb"))
    try:
        with database.reading() as reading:
            saved = reading.rows("SELECT subject FROM audit WHERE action = 'save answer'")
    finally:
        database.close()
    assert [row["subject"].split()[0] for row in saved] == ["DEMO-07"]


@pytest.mark.parametrize("script", [load.BARE, load.BARE_KEPT])
def test_the_bare_pages_run(script: str, tmp_path: Path):
    with serving(script, load.HEALTH, tmp_path) as running:
        told = load.crowd(plan_for(running, *guests.strangers(1)))
    assert told["failures"] == []
    assert all(received > 10_000 for *_, received in told["runs"]), "five charts were sent"


def test_what_people_turn_to_are_pages_of_the_dashboard():
    listed = (ROOT / "dashboard.py").read_text("utf-8")
    for persona in guests.PERSONAS:
        for page in persona.pages:
            assert f'"{page}"' in listed


def test_a_hundred_in_a_hundred_are_somebody():
    assert sum(persona.share for persona in guests.PERSONAS) == 100
