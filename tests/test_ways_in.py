"""Who may come in, and where a server refuses to begin: the table of the module, row by row."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarking import server
from benchmarking.access import Grant, Role
from benchmarking.moments import utc_now
from benchmarking.people import enrolment, ways_in
from benchmarking.people.accounts import arrive
from benchmarking.people.enrolment import Newcomer
from benchmarking.server import Server
from benchmarking.settings import read
from benchmarking.store.opening import open_database
from tests.test_provider import COMPLETE

DEMONSTRATION = {"BENCHMARK_MODE": "demonstration"}
PRODUCTION = {"BENCHMARK_MODE": "production"}
OTHERS = {"BENCHMARK_ADDRESS": "10.0.0.7"}
ASKED_FOR = {"BENCHMARK_LAPTOP_PERSON": "Complaints manager@RJ1"}
SECRET = {"BENCHMARK_SECRET": "a secret of at least 32 characters"}

REACHED = "Others can reach the address 10.0.0.7, and no sign-in service is set that could tell who"
NOBODY = "Nobody holds a role here yet, and no sign-in service is set. For a laptop copy, say who"
SEVERAL = "2 people hold a role here, and without a sign-in service nobody can tell them apart. Set"

# Settings, people who hold a role, and how the refusal begins; "" where it is served.
TABLE = [
    (COMPLETE | DEMONSTRATION, 0, ""),
    (COMPLETE | PRODUCTION, 0, ""),
    (COMPLETE | PRODUCTION | OTHERS, 2, ""),
    (COMPLETE | DEMONSTRATION | OTHERS, 2, ""),
    (DEMONSTRATION, 0, ""),
    (DEMONSTRATION, 2, ""),
    (PRODUCTION, 1, ""),
    (PRODUCTION | ASKED_FOR, 0, ""),
    (PRODUCTION | ASKED_FOR, 1, ""),
    (PRODUCTION, 0, NOBODY),
    (PRODUCTION, 2, SEVERAL),
    (PRODUCTION | ASKED_FOR, 2, SEVERAL),
    (PRODUCTION | OTHERS, 0, REACHED),
    (PRODUCTION | OTHERS, 1, REACHED),
    (PRODUCTION | OTHERS | ASKED_FOR, 0, REACHED),
    (DEMONSTRATION | OTHERS, 2, REACHED),
]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A live copy that began once, with nobody in it; closed again."""
    path = tmp_path_factory.mktemp("ways") / "live.duckdb"
    chosen = read(SECRET | PRODUCTION | {"BENCHMARK_DATABASE": str(path)})
    open_database(chosen, utc_now()).close()
    running = server.start(chosen)
    running.database.close()
    return running


@pytest.fixture
def live(prepared: Server, tmp_path: Path) -> Iterator[Server]:
    """The same on a database of the test's own."""
    copy = shutil.copy(prepared.settings.database, tmp_path / "live.duckdb")
    chosen = replace(prepared.settings, database=str(copy))
    opened = open_database(chosen, utc_now())
    yield replace(prepared, settings=chosen, database=opened)
    opened.close()


def set_up(live: Server, told: dict[str, str]) -> Server:
    database = {"BENCHMARK_DATABASE": live.settings.database}
    return replace(live, settings=read(SECRET | database | told))


def enrol(live: Server, number: int) -> None:
    newcomer = Newcomer("laptop", f"p{number}", f"Person {number}", Grant(Role.INSPECTOR, None))
    enrolment.enrol(live.database, live.settings.reference, newcomer, utc_now())


@pytest.mark.parametrize("told, people, refusal", TABLE)
def test_a_copy_is_served_or_refused_as_the_table_says(
    live: Server, told: dict[str, str], people: int, refusal: str
) -> None:
    for number in range(people):
        enrol(live, number)
    if not refusal:
        ways_in.check(set_up(live, told))
        return
    with pytest.raises(ways_in.ServingRefused, match=f"^{re.escape(refusal)}"):
        ways_in.check(set_up(live, told))


def test_the_person_of_a_laptop_copy_is_signed_in_without_a_password(live: Server) -> None:
    copy = set_up(live, PRODUCTION | ASKED_FOR)
    for _ in range(2):
        ways_in.check(copy)
    found = arrive(copy, None)
    assert found.visit.person.title == "Complaints manager"
    assert found.visit.person.grants == (Grant(Role.TRUST_LEAD, "RJ1"),)
    assert arrive(copy, "whatever a browser brings").visit.person == found.visit.person


def test_on_a_laptop_copy_nobody_is_anybody_once_there_are_two(live: Server) -> None:
    enrol(live, 1)
    assert arrive(live, None).visit.person.title == "Person 1"
    enrol(live, 2)
    assert arrive(live, None).visit.person.is_stranger


def test_a_laptop_person_that_cannot_be_keeps_the_server_from_beginning(live: Server) -> None:
    asked = {"BENCHMARK_LAPTOP_PERSON": "Complaints manager@XX9"}
    with pytest.raises(ways_in.ServingRefused, match="^No NHS trust has the code XX9."):
        ways_in.check(set_up(live, PRODUCTION | asked))


@pytest.mark.parametrize("told", [DEMONSTRATION, PRODUCTION | ASKED_FOR])
def test_listening_elsewhere_than_the_settings_say_is_refused(
    live: Server, told: dict[str, str]
) -> None:
    copy = set_up(live, told)
    ways_in.check(copy, listens_on="localhost")
    with pytest.raises(ways_in.ServingRefused, match="^Others can reach the address 0.0.0.0, and"):
        ways_in.check(copy, listens_on="0.0.0.0")
    ways_in.check(set_up(live, told | COMPLETE), listens_on="0.0.0.0")


@pytest.mark.parametrize(
    "told", [PRODUCTION | OTHERS, DEMONSTRATION | OTHERS, DEMONSTRATION | COMPLETE]
)
def test_nobody_is_signed_in_without_a_password_but_on_a_laptop_copy(
    live: Server, told: dict[str, str]
) -> None:
    enrol(live, 1)
    assert arrive(set_up(live, told), None).visit.person.is_stranger


def test_the_table_is_the_one_that_people_read() -> None:
    said = " ".join((ways_in.__doc__ or "").split())
    assert "no production this machine none, or several refuses to begin" in said
    assert "no either any other any refuses to begin" in said
