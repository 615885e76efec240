"""Two replicas over one database, behind nginx as shipped, set up together on an empty database.

The tests stand in the order in which they do harm. Each can be run alone.
"""

import re
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarking.assessing import ledgers
from benchmarking.settings import ROOT
from benchmarking.standard import load_library
from benchmarking.store.database import Database
from benchmarking.store.migrate import migrations
from tests.deploy.browsing import browsing
from tests.deploy.handing_in import Office
from tests.deploy.serving import Deployment
from tests.deploy.visiting import PLACE, Visitor, places, replicas_of
from tests.web.tabs import Tab

pytestmark = pytest.mark.postgres

CYCLE = "2026-27"
PAPER = b"We answer within the time that we agreed."
# A trust whose current assessment nobody has begun.
TRUST = "DEMO-08"
ANSWERED = re.compile(r"\b\d of 4 answered")
STAGE = "standard=my-expectations&stage=me-5"
FAULT = re.compile(r"Something went wrong on our side.*?the number ([0-9A-Z-]+)\.", re.DOTALL)


def at(site: Deployment, subject: str) -> tuple[Visitor, Visitor]:
    """The same person in two browsers, each on a replica of its own."""
    there = places(site.proxy)
    return tuple(Visitor(site.proxy, {PLACE: one}).sign_in(subject) for one in there)  # type: ignore[return-value]


def answer(tab: Tab, question: str, level: str) -> str:
    """What the page shows after a level was chosen."""
    drawn = tab.run("assessment", address=STAGE)
    field = re.search(rf'"(\$\$ID-[0-9a-f]+-answer\.{TRUST}\.[^"]*{question})"', drawn)
    assert field is not None, "the page asks this"
    option = re.search(rf'options: "(\*\*{level}[^"]*)"', drawn[field.end() :])
    assert option is not None, "and offers this"
    return tab.run("assessment", WidgetState(id=field[1], string_value=option[1]), address=STAGE)


def test_two_that_begin_together_on_an_empty_database_set_it_up_once(
    site: Deployment, database: Database
) -> None:
    with database.reading() as reading:
        steps = [row["number"] for row in reading.rows("SELECT number FROM schema_migration")]
        made = reading.value("SELECT count(*) FROM audit WHERE action = 'create demonstration'")
        trusts = reading.value("SELECT count(*) FROM organisation")
        releases = reading.rows("SELECT dataset, period, sha256 FROM reference_release")
    assert sorted(steps) == [step.number for step in migrations()]
    assert (made, trusts) == (1, 60)
    assert len({tuple(row.values()) for row in releases}) == len(releases) > 0
    assert ledgers.verify(database).is_whole


def test_a_change_made_at_one_replica_shows_at_the_other_with_the_next_click(
    site: Deployment,
) -> None:
    first, second = at(site, f"trust-lead.{TRUST}")
    with ExitStack() as opened:
        here, there = (opened.enter_context(one.tab()) for one in (first, second))
        assert "0 of 4 answered" in there.run("assessment", address=STAGE)
        assert "Saved" in answer(here, "sa-5.1", "3 Good")
        assert "1 of 4 answered" in there.run("assessment", address=STAGE)
        assert "Saved" in answer(there, "sa-5.2", "3 Good")
        assert "2 of 4 answered" in here.run("assessment", address=STAGE)


def test_whoever_signs_out_at_one_replica_is_out_at_the_other(site: Deployment) -> None:
    first, second = at(site, "inspector")
    second.cookies |= {name: value for name, value in first.cookies.items() if name != PLACE}
    with second.tab() as opened:
        assert "Nobody is signed in" not in opened.run("")
        assert Visitor(site.proxy, dict(first.cookies)).post("/sign-out").status == 303
        assert "You signed out" in opened.run("")


def test_a_page_carries_each_security_header_once(site: Deployment) -> None:
    for path in ("/", "/sign-in", "/standards"):
        page = Visitor(site.proxy).get(path)
        assert page.status == 200
        for name in ("content-security-policy", "x-frame-options", "x-content-type-options"):
            assert page.one(name), f"{path} carries {name}"
        assert page.one("strict-transport-security") == "max-age=31536000"


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_a_page_opens_for_our_own_address_alone(site: Deployment, origin: str) -> None:
    somebody = Visitor(site.proxy)
    assert somebody.shake_hands().status == 101
    assert somebody.shake_hands(Origin=origin).status == 403


def test_a_file_that_a_browser_brings_to_one_replica_is_had_from_the_other(
    site: Deployment, chromium: str
) -> None:
    first, second = at(site, "trust-lead.DEMO-20")
    with browsing(chromium, first) as reader:
        reader.open("/assessment?standard=my-expectations&stage=me-3")
        question = reader.question("3.2")
        question.get_by_role("radio", name="Evidence", exact=True).click()
        reader.wait()
        reader.choose("Add evidence", "Policy, procedure or plan")
        question.get_by_role("textbox", name="Title").fill("Our policy")
        file = {"name": "Our policy.txt", "mimeType": "text/plain", "buffer": PAPER}
        question.locator("input[type=file]").set_input_files(files=[file])  # type: ignore[list-item]
        question.get_by_role("button", name="Add this evidence").click()
        link = question.get_by_role("link", name="Our policy.txt")
        address = str(link.get_attribute("href"))
        assert reader.asked_elsewhere == []
    had = second.get(urlsplit(address).path)
    assert (had.status, had.body) == (200, PAPER)
    assert had.one("content-disposition").startswith("attachment;")
    assert Visitor(site.proxy).get(urlsplit(address).path).status == 404


def test_while_the_database_is_away_pages_say_so_and_go_on_afterwards(site: Deployment) -> None:
    with ExitStack() as opened:
        tabs = [opened.enter_context(one.tab()) for one in at(site, f"trust-lead.{TRUST}")]
        for tab in tabs:
            assert ANSWERED.search(tab.run("assessment", address=STAGE))
        site.postgresql.stop()
        try:
            numbers = [FAULT.search(tab.run("assessment", address=STAGE)) for tab in tabs]
        finally:
            site.postgresql.ensure_postgres_running()
        assert all(numbers), "each page names a number to tell an administrator"
        for tab in tabs:
            assert ANSWERED.search(tab.run("assessment", address=STAGE))
    logs = "".join(one.log.read_text("utf-8") for one in site.replicas)
    for number in numbers:
        assert number and number[1] in logs, "the log has the number that the page named"


def test_killing_either_replica_in_the_middle_of_100_submissions_loses_none(
    site: Deployment, database: Database
) -> None:
    office = Office(site.proxy, database, load_library(ROOT / "standards"), CYCLE)
    before = (len(_submitted(database)), _audited(database))
    first, second = site.replicas
    with ThreadPoolExecutor(4) as pool:
        office.allow(45)
        at_work = office.begin(pool, 10)
        office.until_done(25)
        first.kill()
        first.start()
        office.until_done(41)
        first.wait()
        office.allow(100)
        office.until_done(65)
        second.kill()
        wait(at_work)
        assert [one.result() for one in at_work] == [None] * 10
    kept = _submitted(database)[before[0] :]
    acknowledged = [receipt for lead in office.leads for receipt in lead.acknowledged]
    seen = [receipt for lead in office.leads for receipt in (*lead.acknowledged, *lead.seen_later)]
    assert len(kept) == 100
    assert sorted(kept) == sorted(seen), "each is kept once, and each receipt is true"
    assert len(acknowledged) >= 90
    assert _audited(database) - before[1] == 100, "each with its entry in the audit"
    assert ledgers.verify(database).is_whole
    assert sum(lead.reloads for lead in office.leads) > 0, "somebody was on the replica that died"


def test_the_replica_that_is_left_serves_everybody(site: Deployment) -> None:
    site.replicas[1].kill()
    led = replicas_of(site.proxy, "00", "01", "02", "03", "40", "80", "c0", "ff")
    assert set(led.values()) == {site.replicas[0].port}


def _submitted(database: Database) -> list[str]:
    """The receipts of everything that was handed in, in the ledger's order."""
    with database.reading() as reading:
        rows = reading.rows(
            "SELECT receipt FROM ledger WHERE to_state = 'submitted' ORDER BY entry_number"
        )
    return [row["receipt"] for row in rows]


def _audited(database: Database) -> int:
    with database.reading() as reading:
        return int(reading.value("SELECT count(*) FROM audit WHERE action = 'submit assessment'"))
