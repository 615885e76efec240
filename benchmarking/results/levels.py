"""The levels of all trusts that published in a cycle: what peers and inspectors are shown from.

Use cases take what their reader may see out of it; the whole never reaches a page.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from benchmarking.answers import WHOLE_TRUST, Cycle, ItemKey, Organisation
from benchmarking.assessing.sheets import NotThere, standards_of
from benchmarking.evidence import Evidence, Standing, standing
from benchmarking.moments import local
from benchmarking.standard import Library
from benchmarking.store import answers, evidence, ledger, organisations
from benchmarking.store.database import Reading, Row
from benchmarking.visit import Visit

Levels = Mapping[ItemKey, Standing]


@dataclass(frozen=True)
class PublishedLevels:
    """What each trust published in one cycle: claimed and evidenced, by trust code and item.

    A question that a trust did not answer has no entry. ``changed_after_release`` are the
    codes of trusts whose results were published again after the cycle's release.
    """

    cycle: Cycle
    trusts: Mapping[str, Organisation]
    standings: Mapping[str, Levels]
    changed_after_release: frozenset[str]

    def places(self, about: Hashable, place: Callable[[], Mapping[str, int]]) -> Mapping[str, int]:
        """Where each trust lies on what it is about, by its code; the same for whoever compares.

        Args:
            about: a statement or stage, and all else that ``place`` depends on.
            place: works it out, the first time that somebody asks.
        """
        if about not in self._places:
            self._places[about] = place()
        return self._places[about]

    @cached_property
    def _places(self) -> dict[Hashable, Mapping[str, int]]:
        return {}


def is_released(cycle: Cycle, now: datetime) -> bool:
    """Whether other trusts' results of a cycle may be shown at a moment (UTC)."""
    return now >= cycle.release_at


def of_cycle(visit: Visit, cycle: Cycle) -> PublishedLevels:
    """Everything that was published in a cycle.

    Raises:
        NotThere: the cycle has not been released. The one rule for peers: nobody sees others'
            results before.
    """
    if not is_released(cycle, visit.now):
        day = local(cycle.release_at)
        raise NotThere(f"Results of {cycle.title} appear on {day.day} {day:%B %Y}.")
    with visit.database.reading() as reading:
        return _read(reading, visit.library, cycle)


def _read(reading: Reading, library: Library, cycle: Cycle) -> PublishedLevels:
    by_number = {trust.organisation_id: trust for trust in organisations.every(reading)}
    rows = answers.published_choices(reading, cycle.cycle_id, WHOLE_TRUST)
    pieces = _by_item(evidence.of_published(reading, cycle.cycle_id, WHOLE_TRUST))
    submitted = ledger.submissions(reading, cycle.cycle_id, WHOLE_TRUST)
    judge = _Judge(library, cycle, pieces, submitted)
    standings: dict[str, dict[ItemKey, Standing]] = {}
    late: set[str] = set()
    for row in rows:
        code = by_number[row["organisation_id"]].code
        key = ItemKey(row["standard_id"], row["item_id"])
        standings.setdefault(code, {})[key] = judge.standing_of(row, key)
        if row["state_since"] > cycle.release_at:
            late.add(code)
    trusts = {t.code: t for t in by_number.values() if t.code in standings}
    return PublishedLevels(cycle, trusts, standings, frozenset(late))


class _Judge:
    """Works out what one published claim counts for, on the day it was submitted."""

    def __init__(
        self,
        library: Library,
        cycle: Cycle,
        pieces: Mapping[tuple[int, int, ItemKey], list[Evidence]],
        submitted: Mapping[tuple[int, int], datetime],
    ):
        self._standards = {s.id: (s, library.scale_of(s)) for s in standards_of(library, cycle)}
        self._pieces = pieces
        self._submitted = submitted

    def standing_of(self, row: Row, key: ItemKey) -> Standing:
        standard, scale = self._standards[key.standard_id]
        assessment = (row["organisation_id"], row["revision"])
        return standing(
            standard,
            scale,
            standard.item_by_id[key.item_id],
            row["choice"],
            self._pieces.get((*assessment, key), ()),
            self._day(assessment, row["state_since"]),
        )

    def _day(self, assessment: tuple[int, int], published: datetime) -> date:
        return local(self._submitted.get(assessment, published)).date()


def _by_item(
    found: list[tuple[int, int, Evidence]],
) -> Mapping[tuple[int, int, ItemKey], list[Evidence]]:
    grouped: dict[tuple[int, int, ItemKey], list[Evidence]] = {}
    for organisation_id, revision, piece in found:
        grouped.setdefault((organisation_id, revision, piece.item), []).append(piece)
    return grouped
