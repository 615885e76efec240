"""The cycles so far, one trust's part in them, and how long anything is kept."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from benchmarking.answers import State
from benchmarking.assessing.sheets import NotThere
from benchmarking.keeping import afresh
from benchmarking.peers import Basis
from benchmarking.results import results
from benchmarking.results.history import Cycles, History, levels_of
from benchmarking.results.results import OwnResults
from benchmarking.statistics.ordinal import AmongPeers
from tests.results.scene import CURRENT, LAST, NOW, OLDEST, Row, Scene

MIDDLE = "3333 33333 3333 3333 3333"


def so_far(scene: Scene) -> Cycles:
    return Cycles(scene.visit("lead-01"), afresh)


def own(scene: Scene, year: int = LAST, **chosen: Any) -> OwnResults:
    return results.of_trust(scene.visit("lead-01"), "DEMO-01", scene.cycles[year], **chosen)


# Cycles.


@pytest.mark.parametrize(
    "moment, opened, released",
    [
        ("2024-09-25T08:00", ["2024/25"], []),
        ("2025-02-05T08:59", ["2024/25"], []),
        ("2025-02-05T09:00", ["2024/25"], ["2024/25"]),
        ("2025-09-25T08:00", ["2025/26", "2024/25"], ["2024/25"]),
        ("2026-11-21T14:02", ["2026/27", "2025/26", "2024/25"], ["2025/26", "2024/25"]),
    ],
)
def test_cycles_open_and_are_released_to_the_minute(
    scene: Scene, moment: str, opened: list[str], released: list[str]
):
    found = so_far(scene.at(datetime.fromisoformat(moment)))
    assert [cycle.title for cycle in found.opened] == opened
    assert [cycle.title for cycle in found.released] == released


def test_before_the_first_cycle_there_is_nothing(scene: Scene):
    early = scene.at(scene.cycles[OLDEST].opens_at - timedelta(seconds=1))
    with pytest.raises(NotThere, match="No cycle has been opened yet"):
        _ = so_far(early).opened


def test_cycles_up_to_one_leave_out_the_later_ones(scene: Scene):
    found = so_far(scene).up_to(scene.cycles[LAST])
    assert [cycle.title for cycle in found] == ["2025/26", "2024/25"]


def test_nothing_is_published_in_a_cycle_before_its_release(scene: Scene):
    scene.tell(Row(2, CURRENT, MIDDLE))
    with pytest.raises(NotThere, match="appear on 5 February 2027"):
        so_far(scene).published(scene.cycles[CURRENT])


# One trust.


def history(scene: Scene) -> History:
    return History(so_far(scene), "DEMO-01")


@pytest.mark.parametrize(
    "oldest, last, found",
    [
        (State.PUBLISHED, State.PUBLISHED, "2025/26"),
        (State.PUBLISHED, State.SIGNED_OFF, "2024/25"),
        (State.PUBLISHED, None, "2024/25"),
        (State.IN_PROGRESS, State.SUBMITTED, None),
        (None, None, None),
    ],
)
def test_the_last_cycle_is_the_newest_that_was_published(
    scene: Scene, oldest: State | None, last: State | None, found: str | None
):
    for year, state in ((OLDEST, oldest), (LAST, last)):
        if state is not None:
            scene.tell(Row(1, year, MIDDLE, state=state))
    before = history(scene).published_before(scene.cycles[CURRENT])
    assert (before and before.cycle.title) == found


def test_levels_of_a_sheet_leave_out_what_nobody_answered(scene: Scene):
    scene.tell(Row(1, LAST, "3?-. ..... .... .... ....", duties="y" * 22))
    found = levels_of(history(scene).sheet(scene.cycles[LAST]))
    assert len(found) == 3 + 22


def test_a_trust_that_is_not_here_is_told_so(scene: Scene):
    with pytest.raises(NotThere, match="There is no such trust here"):
        History(so_far(scene), "DEMO-99").sheet(scene.cycles[LAST])


# What is kept.


class Shelf:
    """Keeps what is made, and counts how often something was."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self._kept: dict[Any, Any] = {}

    def __call__(self, key: Any, make: Any, /) -> Any:
        if key not in self._kept:
            self.made.append(key[0])
            self._kept[key] = make()
        return self._kept[key]


def test_a_page_drawn_again_works_nothing_out_again(scene: Scene):
    scene.tell(*[Row(number, LAST, MIDDLE) for number in range(1, 11)])
    shelf = Shelf()
    first = own(scene, keep=shelf)
    made = len(shelf.made)
    assert own(scene, keep=shelf) is first
    assert len(shelf.made) == made


def test_what_is_kept_is_forgotten_when_anything_changes(scene: Scene):
    scene.tell(*[Row(number, LAST, MIDDLE) for number in range(1, 10)])
    shelf = Shelf()
    own(scene, basis=Basis.EVERYONE, keep=shelf)
    scene.tell(Row(10, LAST, "1" * 21))
    position = own(scene, basis=Basis.EVERYONE, keep=shelf).statements[0].peers
    assert isinstance(position, AmongPeers)
    assert position.counts == (1, 0, 8, 0)


def test_what_is_kept_is_forgotten_on_the_day_of_release(scene: Scene):
    scene.tell(*[Row(number, year, MIDDLE) for number in range(1, 11) for year in (LAST, CURRENT)])
    shelf = Shelf()
    release = scene.cycles[CURRENT].release_at
    before, after = scene.at(release - timedelta(seconds=1)), scene.at(release)
    assert own(before, CURRENT, keep=shelf).peer_cycle == scene.cycles[LAST]
    assert own(after, CURRENT, keep=shelf).peer_cycle == scene.cycles[CURRENT]


def test_two_trusts_never_share_what_is_kept(scene: Scene):
    scene.tell(*[Row(number, LAST, MIDDLE) for number in range(1, 11)])
    shelf = Shelf()
    own(scene, keep=shelf)
    other = results.of_trust(scene.visit("lead-08"), "DEMO-08", scene.cycles[LAST], keep=shelf)
    assert other.trust.code == "DEMO-08"
    assert own(scene, keep=shelf).trust.code == "DEMO-01"
    assert scene.now == NOW
