"""What few people said is in no page and no file, whoever looks: two worlds that look the same.

In one world five of six agree, in the other one of six; in both everything that is sent to each
reader, all tables unfolded and all files taken, is the same to the letter. So no number leaks, by
whatever route. The same holds for a world with 10 replies, with 11 and with 19.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import unified_diff
from pathlib import Path

import pytest

from benchmarking.file_results import FileCount, FileResults
from benchmarking.moments import utc_now
from benchmarking.replies import SKIPPED, Reply, Way
from benchmarking.server import Server
from benchmarking.store import file_reviews, responses
from benchmarking.store.database import AuditEntry, Reading
from benchmarking.ui import caches
from tests.pages import test_walk as walk
from tests.pages.opening import Door
from tests.pages.test_walk import READERS, Walk, everything, unfolded
from tests.web import copies

AGREE, DISAGREE = 4, 2
STATEMENT, ITEM = "cs-4.3", "fr-4.3"
# All but the administrator, who reads in the audit that a reply came in, and nothing of it.
LOOKING = {letter: subject for letter, subject in READERS.items() if letter != "m"}
_CLOCK = re.compile(r"\b\d{1,2}:\d\d(:\d\d)?\b|DTSTAMP:\d+T\d+Z")


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A demonstration in which the walk's trust has nothing but what a test lets be said."""
    with copies.opened(tmp_path) as running:
        number, cycle = _trust_and_cycle(running)
        monkeypatch.setattr(file_reviews, "closed_results", lambda *_: None)
        with running.database.writing(_entry()) as writing:
            period = responses.period_for(writing, cycle)
            for table in ("response", "response_wave", "survey_reply"):
                writing.run(
                    f"DELETE FROM {table} WHERE organisation_id = :n AND period = :p",
                    n=number,
                    p=period,
                )
        yield running


def _entry() -> AuditEntry:
    return AuditEntry(0, "let be said", "tests", utc_now())


def _trust_and_cycle(running: Server) -> tuple[int, str]:
    drawn = walk.sheet(running)
    return drawn.trust.organisation_id, drawn.cycle.cycle_id


def let_say(running: Server, answers: list[int]) -> None:
    """One reply after another, each a batch of its own, as people send them."""
    number, cycle = _trust_and_cycle(running)
    standard = running.library.standard("my-expectations", "2014.2")
    assert standard.complainant_survey is not None
    order = [item.id for item in standard.complainant_survey.items]
    with running.database.writing(_entry()) as writing:
        items = responses.numbers_for(writing, standard, running.library)
        place = responses.Place(number, responses.period_for(writing, cycle))
        for answer in answers:
            batch = responses.begin_batch(writing, Way.HERE, standard)
            said = tuple(answer if item == STATEMENT else SKIPPED for item in order)
            responses.add_answers(writing, place, batch, items, [Reply(str(batch), said)])
            responses.count_in(writing, batch)


def seen(running: Server, patch: pytest.MonkeyPatch) -> Mapping[str, str]:
    """Everything that each reader is sent, without what the clock says."""
    caches.forget()
    given = unfolded(patch, Walk())
    door = Door(running, patch)
    return {
        letter: _CLOCK.sub("time", everything(door, subject, given))
        for letter, subject in LOOKING.items()
    }


def differences(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """Every line that one reader is sent in one world and not in the other."""
    return [
        f"{letter}: {line}"
        for letter in LOOKING
        for line in unified_diff(one[letter].splitlines(), other[letter].splitlines(), n=0)
    ]


def assert_alike(one: Mapping[str, str], other: Mapping[str, str]) -> None:
    found = differences(one, other)
    assert not found, "\n".join(found[:40])


def test_six_replies_look_the_same_whatever_they_say(
    world: Server, monkeypatch: pytest.MonkeyPatch
):
    let_say(world, [AGREE] * 5 + [DISAGREE])
    one = seen(world, monkeypatch)
    assert "not enough responses" in one["l"]
    number, cycle = _trust_and_cycle(world)
    with world.database.writing(_entry()) as writing:
        turned = "UPDATE response SET answer = 6 - answer WHERE item <> 0 AND organisation_id = :n"
        writing.run(turned, n=number)
        waits = """
            UPDATE response_wave SET part = out_of - part
            WHERE item <> 0 AND organisation_id = :n AND period = :p
            """
        writing.run(waits, n=number, p=responses.period_of(writing, cycle))
    assert_alike(one, seen(world, monkeypatch))


def test_9_files_look_the_same_whatever_they_show(world: Server, monkeypatch: pytest.MonkeyPatch):
    def show(yes: int) -> Mapping[str, str]:
        counts = {ITEM: FileCount(yes, 9 - yes, 9, 9, 9)}
        found = FileResults("2014.2", 9, 80, date(2026, 4, 1), date(2026, 6, 30), counts)
        number, _ = _trust_and_cycle(world)

        def of_own_trust(_reading: Reading, organisation: int, _cycle: str) -> FileResults | None:
            return found if organisation == number else None

        monkeypatch.setattr(file_reviews, "closed_results", of_own_trust)
        return seen(world, monkeypatch)

    assert_alike(show(9), show(0))


def test_10_11_and_19_replies_look_the_same_and_20_do_not(
    world: Server, monkeypatch: pytest.MonkeyPatch
):
    let_say(world, [AGREE, DISAGREE] * 5)
    ten = seen(world, monkeypatch)
    let_say(world, [AGREE])
    assert_alike(ten, seen(world, monkeypatch))
    let_say(world, [AGREE, AGREE, DISAGREE, AGREE, AGREE, AGREE, DISAGREE, AGREE])
    assert_alike(ten, seen(world, monkeypatch))
    let_say(world, [AGREE])
    twenty = seen(world, monkeypatch)
    moved = differences(ten, twenty)
    assert moved
    assert {line[0] for line in moved} <= set("lcab"), "others see nothing of a draft"
