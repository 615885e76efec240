"""Twenty people save to one assessment at the same time: none lost, none overwritten unseen.

They write through the use case that the page calls. Each saves over the revision it saw last;
where a colleague was quicker, it is shown what is stored and saves over that. 2,000 answers are
acknowledged, and about as many refused; ``TWENTY_WRITERS=10000`` in the environment gives 10,000,
which takes a few minutes.
"""

import os
import random
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from benchmarking.answers import AssessmentKey, ItemKey
from benchmarking.assessing import assessments
from benchmarking.assessing.drafts import SomebodyElseSaved
from benchmarking.assessing.sheets import Line, Sheet
from benchmarking.store import answer_history, answers
from benchmarking.store.answer_history import Save
from benchmarking.visit import Visit
from tests.use_cases.conftest import World

WRITERS = 20
ANSWERS = int(os.environ.get("TWENTY_WRITERS", "2000"))
KEY = AssessmentKey(7, "2026-27")


@dataclass
class Writer:
    """One person's browser: what it has seen, what was acknowledged, what was refused.

    ``acknowledged`` holds (question, revision that it made, choice); ``refused`` (revision that
    was seen, revision that was stored).
    """

    number: int
    visit: Visit
    sheet: Sheet
    seen: dict[ItemKey, int] = field(default_factory=lambda: defaultdict(int))
    acknowledged: list[tuple[ItemKey, int, str]] = field(default_factory=list)
    refused: list[tuple[int, int]] = field(default_factory=list)

    def work(self, answers_to_give: int) -> None:
        chance = random.Random(self.number)
        for _ in range(answers_to_give):
            line = chance.choice(self.sheet.lines)
            self._save(line, chance.choice(line.scale.valued).id)

    def _save(self, line: Line, choice: str) -> None:
        """Saves until it is acknowledged, each time over what was shown last."""
        while True:
            seen = self.seen[line.key]
            try:
                assessments.save_answer(self.visit, self.sheet, line.key, choice, "", seen)
            except SomebodyElseSaved as stale:
                stored = stale.stored.answer
                assert stored is not None
                self.refused.append((seen, stored.answer_revision))
                self.seen[line.key] = stored.answer_revision
            else:
                self.acknowledged.append((line.key, seen + 1, choice))
                self._look()
                return

    def _look(self) -> None:
        """What the page shows once it has been drawn anew after a save."""
        with self.visit.database.reading() as reading:
            stored = answers.of_assessment(reading, KEY)
        self.seen.update({item: answer.answer_revision for item, answer in stored.items()})


@pytest.fixture
def writers(world: World) -> list[Writer]:
    """Twenty browsers, all drawn before anybody answered; half of them the contributor's."""
    made = []
    for number in range(WRITERS):
        visit = world.visit("lead-07" if number % 2 else "colleague-07")
        made.append(Writer(number, visit, assessments.open_sheet(visit, "DEMO-07")))
    return made


def work_at_once(writers: list[Writer]) -> None:
    """All work at the same time; what goes wrong in one of them fails the test."""
    begin, faults = threading.Barrier(len(writers)), []

    def run(writer: Writer) -> None:
        begin.wait()
        try:
            writer.work(ANSWERS // WRITERS)
        except Exception as fault:  # noqa: BLE001  (a thread would swallow it)
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(writer,)) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_no_answer_is_lost_and_none_overwritten_unseen(world: World, writers: list[Writer]) -> None:
    work_at_once(writers)
    _whoever_was_refused_had_not_seen_what_is_stored(writers)
    acknowledged: dict[ItemKey, list[tuple[int, str]]] = defaultdict(list)
    for writer in writers:
        for item, revision, choice in writer.acknowledged:
            acknowledged[item].append((revision, choice))
    assert sum(map(len, acknowledged.values())) == ANSWERS
    with world.database.reading() as reading:
        stored = answers.of_assessment(reading, KEY)
        history = {item: answer_history.of_question(reading, KEY, item) for item in stored}
        rows = reading.value("SELECT count(*) FROM answer_history")
        audited = reading.value("SELECT count(*) FROM audit WHERE action = 'save answer'")
    assert rows == audited == ANSWERS, "a refused save leaves no trace"
    assert set(stored) == set(acknowledged)
    for item, told in acknowledged.items():
        said = sorted(told)
        assert [revision for revision, _ in said] == list(range(1, len(said) + 1))
        assert stored[item].answer_revision == len(said)
        assert stored[item].choice == said[-1][1]
        assert [(save.saved_revision, save.new.choice) for save in history[item]] == said
        _each_save_was_over_the_one_before(history[item])


def _each_save_was_over_the_one_before(saves: tuple[Save, ...]) -> None:
    assert saves[0].old is None
    for before, after in pairwise(saves):
        assert after.old == before.new


def _whoever_was_refused_had_not_seen_what_is_stored(writers: list[Writer]) -> None:
    refused = [pair for writer in writers for pair in writer.refused]
    assert refused, "they got in each other's way"
    assert [(seen, stored) for seen, stored in refused if stored <= seen] == []
