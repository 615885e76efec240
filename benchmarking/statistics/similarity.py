"""How alike two units are, by Gower's distance: weighted, and open about what is missing.

The features, their weights and how far a comparison may do without some of them are data that
the caller passes in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite, log1p

# A unit's traits by the id of the feature; a feature that is not known is None, NaN or not there.
Traits = Mapping[str, float | str | None]
Ranges = Mapping[str, float]
# The same in the order of the features, as they are compared.
_Values = tuple[float | str | None, ...]

_LARGEST = 1e300
_ROUNDING = 1e-12


class Scale(StrEnum):
    """How two values of a feature are compared.

    ``LOG``: figures from 0 on, where twice as much is as far from once as four times from
    twice. ``CATEGORY``: the same, or another.
    """

    LINEAR = "linear"
    LOG = "log"
    CATEGORY = "category"


class Lacking(StrEnum):
    """Which of two units a feature is not known of."""

    OWN = "own"
    OTHER = "other"
    BOTH = "both"


@dataclass(frozen=True)
class Feature:
    """Something in which units are alike or not, and how much that counts."""

    id: str
    weight: float
    scale: Scale

    def __post_init__(self) -> None:
        if not 0 < self.weight < _LARGEST:
            raise ValueError(f"{self.id} has a weight of {self.weight}. Give one above 0.")


@dataclass(frozen=True)
class Weights:
    """The features of a comparison, and the least share of their weight that must be known."""

    features: tuple[Feature, ...]
    least_compared: float = 0.5

    def __post_init__(self) -> None:
        ids = [feature.id for feature in self.features]
        if not ids or len(set(ids)) < len(ids):
            raise ValueError("Without features, or with one twice, nothing can be compared.")
        if not 0 < self.least_compared <= 1:
            raise ValueError(f"{self.least_compared} is no share of the weight. Give 0.5 for half.")


@dataclass(frozen=True)
class Contribution:
    """What one feature adds to a distance.

    ``apart`` says from 0 to 1 how far the two are apart in it, ``adds`` how much of the
    distance that is; what all features add is the distance.
    """

    feature: str
    apart: float
    adds: float


@dataclass(frozen=True)
class Distance:
    """How far two units are apart: 0 is the same in everything known, 1 as far as can be.

    ``compared`` is the share of the weight that is known of both, ``left_out`` the features
    that are not, and of whom.
    """

    distance: float
    contributions: tuple[Contribution, ...]
    left_out: tuple[tuple[str, Lacking], ...]
    compared: float


@dataclass(frozen=True)
class CannotBeCompared:
    """Too little is known of both units: ``compared`` is the share of the weight that is."""

    compared: float
    left_out: tuple[tuple[str, Lacking], ...]

    def in_words(self) -> str:
        """That there is no distance, and why."""
        return f"Too little is known of both: {self.compared:.0%} of what would be compared"


@dataclass(frozen=True)
class Neighbour:
    """Another unit and its distance."""

    name: str
    distance: Distance


@dataclass(frozen=True, eq=False)
class Comparable:
    """Units ready to be compared: their values by name, in the order of the alphabet."""

    weights: Weights
    values: Mapping[str, _Values]
    within: Ranges


@dataclass(frozen=True)
class Nearest:
    """The units nearest to one, the nearest first, and those that cannot be compared with it."""

    neighbours: tuple[Neighbour, ...]
    not_compared: tuple[tuple[str, CannotBeCompared], ...]


def ranges(units: Iterable[Traits], weights: Weights) -> Ranges:
    """How far apart the units are at most, by feature; nothing for categories.

    The distances of a whole set use the same ranges, so that they can be compared.
    """
    return _ranges([_values(traits, weights) for traits in units], weights)


def distance(
    own: Traits, other: Traits, weights: Weights, within: Ranges
) -> Distance | CannotBeCompared:
    """How far two units are apart, and what makes it so.

    Args:
        own: the one's traits.
        other: the other's; which is which makes no difference.
        weights: what is compared, and what it counts.
        within: the ranges of the figures, from ``ranges``.

    Raises:
        ValueError: a figure where a category belongs, or the other way round.

    Source:
        Gower (1971), Biometrics 27, 857-871, as a distance (1 less his similarity) with his
        weights: figures by their difference as a share of its range, categories by whether
        they are the same, features that are not known of both left out of the mean.
    """
    return _distance(_values(own, weights), _values(other, weights), weights, within)


def _distance(
    own: _Values, other: _Values, weights: Weights, within: Ranges
) -> Distance | CannotBeCompared:
    pairs = list(zip(weights.features, own, other, strict=True))
    left_out = tuple((f.id, _lacking(a, b)) for f, a, b in pairs if a is None or b is None)
    apart = [
        (feature, _apart(one, two, within.get(feature.id, 0.0)))
        for feature, one, two in pairs
        if one is not None and two is not None
    ]
    whole = sum(feature.weight for feature in weights.features)
    known = sum(feature.weight for feature, _ in apart)
    if known / whole < weights.least_compared - _ROUNDING:
        return CannotBeCompared(known / whole, left_out)
    contributions = tuple(Contribution(f.id, far, f.weight * far / known) for f, far in apart)
    total = min(sum(contribution.adds for contribution in contributions), 1.0)
    return Distance(total, contributions, left_out, known / whole)


def comparable(units: Mapping[str, Traits], weights: Weights) -> Comparable:
    """Units made ready for the neighbours of many of them to be found.

    Args:
        units: the traits of all units by name.
        weights: what is compared, and what it counts.

    Raises:
        ValueError: as ``distance``.
    """
    values = {unit: _values(traits, weights) for unit, traits in sorted(units.items())}
    return Comparable(weights, values, _ranges(list(values.values()), weights))


def nearest(name: str, units: Comparable, count: int) -> Nearest:
    """The units nearest to the one of this name.

    Args:
        name: whose neighbours.
        units: all units, this one among them.
        count: how many neighbours are given at most. Of units equally near, those first in
            the alphabet.

    Raises:
        ValueError: no unit has this name.
    """
    values = units.values
    if name not in values:
        raise ValueError(f"{name} is not among the units. Add its traits.")
    found = {
        other: _distance(values[name], values[other], units.weights, units.within)
        for other in values
        if other != name
    }
    near = [Neighbour(n, far) for n, far in found.items() if isinstance(far, Distance)]
    near.sort(key=lambda neighbour: round(neighbour.distance.distance / _ROUNDING))
    gone = tuple((n, far) for n, far in found.items() if isinstance(far, CannotBeCompared))
    return Nearest(tuple(near[: max(count, 0)]), gone)


def _ranges(units: Sequence[_Values], weights: Weights) -> Ranges:
    found: dict[str, float] = {}
    for place, feature in enumerate(weights.features):
        figures = [unit[place] for unit in units]
        known = [figure for figure in figures if isinstance(figure, float)]
        if known:
            found[feature.id] = max(known) - min(known)
    return found


def _values(traits: Traits, weights: Weights) -> _Values:
    return tuple(_value(traits, feature) for feature in weights.features)


def _value(traits: Traits, feature: Feature) -> float | str | None:
    """A trait as it is compared; None where it is not known."""
    given = traits.get(feature.id)
    if given is None:
        return None
    if isinstance(given, str) != (feature.scale is Scale.CATEGORY):
        raise ValueError(f"{feature.id}: {given!r} is not what {feature.scale} compares.")
    if isinstance(given, str):
        return given or None
    if not isfinite(given) or abs(given) > _LARGEST:
        return None
    if feature.scale is Scale.LINEAR:
        return float(given)
    # Less than nothing has no logarithm. No count or size is less than nothing.
    return log1p(given) if given >= 0 else None


def _apart(one: float | str, two: float | str, span: float) -> float:
    if isinstance(one, str) or isinstance(two, str):
        return 0.0 if one == two else 1.0
    # A unit from outside those that gave the ranges can be further apart than these.
    return min(abs(one - two) / span, 1.0) if span > 0 else float(one != two)


def _lacking(own: float | str | None, other: float | str | None) -> Lacking:
    if own is None and other is None:
        return Lacking.BOTH
    return Lacking.OWN if own is None else Lacking.OTHER
