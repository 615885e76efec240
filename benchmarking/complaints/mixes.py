"""Mixes: the shares of outcomes, subjects, services or professions, with peers' beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from benchmarking.complaints.rates import Gap
from benchmarking.complaints.years import Year
from benchmarking.indicators import Indicator, Measure
from benchmarking.organisations import Trust
from benchmarking.peers import PeerGroup, allows_summary
from benchmarking.statistics import intervals, quantiles
from benchmarking.statistics.arrays import Floats, floats
from benchmarking.statistics.ordinal import TooFewPeers
from benchmarking.statistics.quantiles import Spread


@dataclass(frozen=True)
class Share:
    """A part of a whole, in per cent, with its 95% interval."""

    count: int
    out_of: int
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class MixPart:
    """One part of a mix: the trust's share, its peers' and that of all trusts.

    ``pooled`` adds all peers up into one; None where they are too few to show. ``spread`` is
    of the peers' own shares, each counting once.
    """

    measure: Measure
    column: str
    own: Share | None
    pooled: Share | None
    spread: Spread | TooFewPeers
    nation: Share

    @property
    def difference(self) -> float | None:
        """The trust's share less its peers' median, in percentage points."""
        if self.own is None or not isinstance(self.spread, Spread):
            return None
        return self.own.value - self.spread.median

    @property
    def stands_apart(self) -> bool:
        """Whether chance alone would not explain the difference: the interval leaves it out."""
        if self.own is None or not isinstance(self.spread, Spread):
            return False
        return not self.own.low <= self.spread.median <= self.own.high


@dataclass(frozen=True, eq=False)
class MixAmongPeers:
    """One trust's mix beside its peers'.

    ``gap`` says why the trust has none. ``peers`` counts the others that have one.
    """

    year: Year
    indicator: Indicator
    trust: Trust
    group: PeerGroup
    parts: tuple[MixPart, ...]
    gap: Gap | None
    peers: int

    @property
    def total(self) -> int | None:
        """How many outcomes, subjects, ... the trust's shares are of."""
        own = self.parts[0].own
        return None if own is None else own.out_of


def national_mix(year: Year, indicator: Indicator) -> tuple[tuple[Measure, Share], ...]:
    """The shares over all trusts added up."""
    pooled = _shares(_counts(year, indicator).numbers.sum(axis=0), indicator)
    return tuple(
        (year.measure(part), share)
        for part, share in zip(indicator.parts, pooled, strict=True)
        if share is not None
    )


def among_peers(year: Year, indicator: Indicator, trust: Trust, group: PeerGroup) -> MixAmongPeers:
    """One trust's mix beside that of its peers and of all trusts."""
    counts = _counts(year, indicator)
    gap = _gap(trust, counts)
    rows = [counts.row[code] for code in group.codes if code in counts.row]
    peers = counts.numbers[[row for row in rows if counts.numbers[row, -1] > 0]]
    none = [None] * len(indicator.parts)
    own = _shares(counts.of(trust.code), indicator) if gap is None else none
    pooled = _shares(peers.sum(axis=0), indicator) if allows_summary(len(peers)) else none
    spreads = quantiles.spreads_of(peers[:, :-1] / peers[:, -1:] * indicator.per)
    nation = national_mix(year, indicator)
    return MixAmongPeers(
        year=year,
        indicator=indicator,
        trust=trust,
        group=group,
        parts=tuple(
            MixPart(
                measure=measure,
                column=year.column(measure.id),
                own=own[place],
                pooled=pooled[place],
                spread=spreads[place],
                nation=share,
            )
            for place, (measure, share) in enumerate(nation)
        ),
        gap=gap,
        peers=len(peers),
    )


@dataclass(frozen=True, eq=False)
class _Counts:
    """One row per trust: its count of each part, and last the whole that they are parts of."""

    row: Mapping[str, int]
    numbers: Floats

    def of(self, code: str) -> Floats:
        return self.numbers[self.row[code]]


def _counts(year: Year, indicator: Indicator) -> _Counts:
    return _counts_of(year, indicator.parts, indicator.denominator)


# A year's figures stay as they are, and each of two hundred trusts is held against the same ones.
@lru_cache(maxsize=64)
def _counts_of(year: Year, parts: tuple[str, ...], denominator: tuple[str, ...]) -> _Counts:
    frame = year.figures
    whole = frame[list(denominator)].sum(axis=1, skipna=False)
    known = pd.concat([frame[list(parts)], whole], axis=1).dropna()
    row = {str(code): at for at, code in enumerate(known.index)}
    return _Counts(row, floats(known))


def _gap(trust: Trust, counts: _Counts) -> Gap | None:
    if trust.code not in counts.row:
        return Gap.NO_RETURN
    return None if counts.of(trust.code)[-1] else Gap.NOTHING_TO_DIVIDE_BY


def _shares(counts: Floats, indicator: Indicator) -> Sequence[Share | None]:
    """A share for each part, of counts and their whole; None for each of a whole of nothing."""
    *parts, whole = counts.tolist()
    if whole == 0:
        return [None] * len(parts)
    limits = intervals.wilson(parts, whole)
    return [
        Share(
            count=int(count),
            out_of=int(whole),
            value=float(indicator.per * count / whole),
            low=float(indicator.per * low),
            high=float(indicator.per * high),
        )
        for count, low, high in zip(parts, limits.low, limits.high, strict=True)
    ]
