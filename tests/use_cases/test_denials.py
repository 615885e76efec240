"""Whoever is signed in and refused stands in the audit: once a minute, without any content."""

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest

from benchmarking.access import Action, Refused, check_can
from benchmarking.assessing.sheets import NotThere
from benchmarking.people import denials
from benchmarking.store import audit
from benchmarking.store.audit import Wanted
from benchmarking.store.database import Database, StoreError
from benchmarking.visit import Visit
from tests.use_cases.conftest import World


def refusal(visit: Visit, action: Action, trust: str | None = None) -> Refused:
    with pytest.raises(Refused) as refused:
        check_can(visit.person, action, trust)
    return refused.value


def noted(world: World) -> list[tuple[int, str, str]]:
    """Who, where and what, the oldest first."""
    with world.database.reading() as reading:
        found = audit.entries(reading, Wanted(action="denied access"), 100)
    return [(entry.person_id, entry.subject, entry.detail) for entry in reversed(found)]


def test_a_refusal_is_noted_with_the_action_and_the_trust(world: World):
    visit = world.visit("lead-07")
    assert denials.note(visit, refusal(visit, Action.SUBMIT, "DEMO-08"))
    assert denials.note(visit, refusal(visit, Action.COMPARE))
    assert noted(world) == [
        (1, "DEMO-08", "submit an assessment"),
        (1, "no trust in particular", "compare trusts"),
    ]


def test_a_refusal_that_names_no_action_is_noted_as_such(world: World):
    assert denials.note(world.visit("lead-07"), Refused("Your sets belong to your trust."))
    assert noted(world) == [
        (1, "no trust in particular", "something that has no name in the table of roles")
    ]


@pytest.mark.parametrize(
    "again, entries, why",
    [
        (lambda world: world.later(seconds=59), 1, "within the minute"),
        (lambda world: world.later(seconds=60), 2, "a minute later"),
    ],
)
def test_the_same_refusal_is_noted_once_a_minute(
    world: World, again: Callable[[World], World], entries: int, why: str
):
    for asked in (world, world, again(world), again(world)):
        visit = asked.visit("lead-07")
        denials.note(visit, refusal(visit, Action.COMPARE))
    assert len(noted(world)) == entries, why


def test_another_person_and_another_action_are_noted_by_themselves(world: World):
    for subject in ("lead-07", "lead-08", "lead-07"):
        for action in (Action.COMPARE, Action.SEE_AUDIT, Action.COMPARE):
            visit = world.visit(subject)
            denials.note(visit, refusal(visit, action))
    assert len(noted(world)) == 4


def test_a_stranger_writes_nothing(world: World):
    visit = world.stranger()
    before = world.count("SELECT count(*) FROM audit")
    assert not denials.note(visit, refusal(visit, Action.COMPARE))
    assert world.count("SELECT count(*) FROM audit") == before


@pytest.mark.parametrize("told", [NotThere("There is no such trust here."), ValueError("x")])
def test_what_is_no_refusal_is_not_noted(world: World, told: Exception):
    assert not denials.note(world.visit("lead-07"), told)
    assert noted(world) == []


def test_the_log_has_one_line_for_it(world: World, caplog: pytest.LogCaptureFixture):
    visit = world.visit("lead-07")
    evil = Refused("No.", Action.SEE_DRAFT, "DEMO-08\n\x1b[31mforged " + "x" * 5000)
    with caplog.at_level(logging.WARNING, "benchmarking"):
        denials.note(visit, evil)
        denials.note(visit, evil)
    (record,) = caplog.records
    line = record.getMessage()
    assert line.isprintable() and len(line) < 600
    said = json.loads(line)
    assert said["event"] == "denied access" and said["person"] == 1
    assert said["trust"].startswith("DEMO-08\n\x1b[31mforged x") and len(said["trust"]) == 300


def test_a_database_that_fails_does_not_turn_a_refusal_into_a_fault(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    visit = world.visit("lead-07")
    told = refusal(visit, Action.COMPARE)

    def full(*_: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(Database, "writing", full)
    assert not denials.note(visit, told)
    assert "denied access not noted" in caplog.text and "The disk is full." in caplog.text


def test_two_at_once_leave_one_entry(world: World, monkeypatch: pytest.MonkeyPatch):
    """The second one looked before the first had written."""
    visit = world.visit("lead-07")
    told = refusal(visit, Action.COMPARE)
    how_often, asked = audit.how_often, []

    def too_early(*question: Any) -> int:
        asked.append(question)
        return 0 if len(asked) == 1 else how_often(*question)

    denials.note(visit, told)
    monkeypatch.setattr(audit, "how_often", too_early)
    assert not denials.note(visit, told)
    assert len(asked) == 2 and len(noted(world)) == 1
