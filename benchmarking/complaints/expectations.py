"""Whether a trust's figure is as expected among trusts like it, and where that ranks it.

What is expected is the rate or share of the whole group together, the trust among them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from benchmarking.complaints.rates import Rate, RateAmongPeers
from benchmarking.indicators import Kind
from benchmarking.statistics import funnel, ranking, sensitivity, shrinkage
from benchmarking.statistics.funnel import Band, Funnel, NoBand
from benchmarking.statistics.ordinal import TooFewPeers
from benchmarking.statistics.ranking import Place, Places
from benchmarking.statistics.sensitivity import Sensitivity
from benchmarking.statistics.shrinkage import Shrinkage


@dataclass(frozen=True, eq=False)
class Expectation:
    """One trust's figure against what is expected in its group.

    ``wider`` are the same figure among other groups that could have been chosen, by their
    name; the chosen one is among them.
    """

    found: RateAmongPeers
    wider: Mapping[str, RateAmongPeers]

    @property
    def rates(self) -> tuple[Rate, ...]:
        """Everybody with a figure, the lowest first."""
        return self.found.in_order

    @cached_property
    def funnel(self) -> Funnel:
        """The group's funnel; its units are those of ``rates``, in their order."""
        return _funnel(self.found)

    @cached_property
    def verdicts(self) -> tuple[Band | NoBand, ...]:
        """The band of each trust, or why it has none."""
        return tuple(self.funnel.verdict(at) for at in range(len(self.rates)))

    @cached_property
    def place(self) -> int | None:
        """Where the trust stands in ``rates``; None where it has no figure."""
        codes = [rate.code for rate in self.rates]
        return codes.index(self.found.trust.code) if self.found.trust.code in codes else None

    @property
    def own(self) -> Band | NoBand:
        """The trust's band, or why it has none."""
        return NoBand.NO_FIGURE if self.place is None else self.funnel.verdict(self.place)

    @property
    def has_bands(self) -> bool:
        """Whether the group is large enough to say what is expected."""
        return any(isinstance(one, Band) for one in self.verdicts)

    @cached_property
    def ranks(self) -> Places:
        """Everybody's rank with its interval, in the order of ``rates``; slow to work out."""
        events, sizes = _counts(self.rates)
        if self.found.indicator.kind is Kind.SHARE:
            return ranking.places_of_shares(events, sizes)
        return ranking.places_of_rates(events, sizes)

    @property
    def own_rank(self) -> Place | None:
        """The trust's rank; None where it has no figure or its group is too small."""
        if self.place is None or isinstance(self.ranks, TooFewPeers):
            return None
        found = self.ranks[self.place]
        return found if isinstance(found, Place) else None

    @cached_property
    def shrunken(self) -> Shrinkage | TooFewPeers:
        """Everybody's figure drawn towards the group's, in the order of ``rates``."""
        events, sizes = _counts(self.rates)
        per = self.found.indicator.per
        if self.found.indicator.kind is Kind.SHARE:
            return shrinkage.shrunken_shares(events, sizes, per)
        return shrinkage.shrunken_rates(events, sizes, per)

    @cached_property
    def across(self) -> Sensitivity:
        """Whether the trust's place depends on which group is chosen."""
        own = self.found.own
        return sensitivity.across_groups(
            own.value if isinstance(own, Rate) else None,
            {name: [rate.value for rate in among.peers] for name, among in self.wider.items()},
        )

    @cached_property
    def across_bands(self) -> Mapping[str, Band | NoBand]:
        """The trust's band in each group that could have been chosen, by the group's name."""
        return {name: Expectation(among, {}).own for name, among in self.wider.items()}


def _funnel(found: RateAmongPeers) -> Funnel:
    events, sizes = _counts(found.in_order)
    if found.indicator.kind is Kind.SHARE:
        return funnel.share_funnel(events, sizes)
    return funnel.ratio_funnel(events, funnel.expected_counts(events, sizes))


def _counts(rates: tuple[Rate, ...]) -> tuple[list[int], list[float]]:
    return [rate.events for rate in rates], [rate.exposure for rate in rates]
