"""Results made by hand, for charts and views: no database behind them."""

from collections.abc import Sequence
from dataclasses import replace

from benchmarking.answers import ItemKey
from benchmarking.evidence import Standing
from benchmarking.results.positions import Position, Promise, StageResult, Told, stage_results
from benchmarking.standard import Library
from benchmarking.statistics.ordinal import among_peers
from tests.results.scene import EDITION, ME, SIGNS


def stage_of(
    library: Library,
    shown: str,
    claimed: str = "",
    last: str = "",
    peers: Sequence[int] | None = (0, 1, 1, 2, 2, 2, 3, 3),
    number: int = 1,
    promises: dict[ItemKey, tuple[Promise, ...]] | None = None,
) -> StageResult:
    """One stage with levels drawn as "3322", and the same peers (places from 0) everywhere."""
    standard = library.standard(ME, EDITION)
    scale = library.scale_of(standard)
    items = standard.items_of(standard.stages[number - 1])
    assert len(shown) == len(items)
    keys = [ItemKey(standard.id, item.id) for item in items]
    now = {
        key: Standing(SIGNS[claim], SIGNS[sign], "" if claim == sign else "until it is shown")
        for key, sign, claim in zip(keys, shown, claimed or shown, strict=True)
        if sign != "."
    }
    before = {
        key: Standing(SIGNS[sign], SIGNS[sign])
        for key, sign in zip(keys, last, strict=False)
        if sign != "."
    }
    told = Told(now, before, promises or {})
    found = stage_results(standard, scale, library.schemes["levels"], told, None)[number - 1]
    return _among(found, peers)


def _among(found: StageResult, peers: Sequence[int] | None) -> StageResult:
    if peers is None:
        return found

    def position(place: int | None) -> Position:
        return among_peers(place, peers, 4)

    statements = tuple(replace(s, peers=position(s.place)) for s in found.statements)
    order = [choice.id for choice in statements[0].scale.valued]
    own = order.index(found.rating.choice) if found.rating.choice else None
    return replace(found, statements=statements, peers=position(own))
