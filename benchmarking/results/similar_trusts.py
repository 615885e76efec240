"""Which trusts are most like one trust, and in what: a proposal of peers, with its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from math import isnan

from benchmarking.access import Action, check_can
from benchmarking.assessing.sheets import NotThere
from benchmarking.complaints import Year
from benchmarking.indicators.likeness import Likeness, LikenessFeature
from benchmarking.keeping import Keep, afresh
from benchmarking.organisations import OrganisationsError, Trust
from benchmarking.statistics import similarity
from benchmarking.statistics.similarity import (
    Comparable,
    Feature,
    Lacking,
    Neighbour,
    Scale,
    Traits,
    Weights,
)
from benchmarking.visit import Visit

# Enough for quarters, and few enough to look at one by one.
PROPOSED = 10


class How(StrEnum):
    """How another trust compares in one feature, in the order in which a sentence says it."""

    SAME = "same"
    SIMILAR = "similar in"
    ANOTHER = "another"
    MORE = "more"
    FEWER = "fewer"


@dataclass(frozen=True)
class Compared:
    """One feature of two trusts: its value for each, how they compare, from 0 to 1 how far they
    are ``apart`` in it, and what that ``adds`` to their distance.
    """

    feature: LikenessFeature
    own: float | str
    other: float | str
    how: How
    apart: float
    adds: float


@dataclass(frozen=True)
class SimilarTrust:
    """A trust proposed as a peer.

    ``distance`` lies between 0, the same in everything known, and 1. ``share_compared`` of the
    weight is known of both trusts, ``left_out`` is not, and of which of the two. ``why`` says
    in a sentence in what they are alike and in what not.
    """

    trust: Trust
    distance: float
    share_compared: float
    compared: tuple[Compared, ...]
    left_out: tuple[tuple[LikenessFeature, Lacking], ...]
    why: str


@dataclass(frozen=True, eq=False)
class SimilarTrusts:
    """The trusts most like one, the most alike first.

    ``not_compared`` counts the trusts that have too little in common with it that is known.
    ``says`` is a sentence about the whole.
    """

    year: Year
    trust: Trust
    likeness: Likeness
    nearest: tuple[SimilarTrust, ...]
    not_compared: int
    says: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the proposed peers, as a group picked by hand takes them."""
        return tuple(sorted(similar.trust.code for similar in self.nearest))


def nearest(
    visit: Visit,
    year: Year,
    code: str,
    likeness: Likeness,
    count: int = PROPOSED,
    keep: Keep = afresh,
) -> SimilarTrusts:
    """The trusts most like one, of those that published a return for the year.

    Args:
        visit: who asks.
        year: as ``complaints.year_of`` gave it.
        code: whose peers.
        likeness: in what trusts are compared, as the server loaded it.
        count: how many are proposed at most.
        keep: where results are kept between requests.

    Raises:
        Refused: the person may not see published complaints.
        NotThere: no trust of that year has this code.
    """
    check_can(visit.person, Action.SEE_PUBLISHED_COMPLAINTS)
    try:
        trust = year.organisations.trust(code)
    except OrganisationsError as told:
        raise NotThere(str(told)) from told
    key = ("similar trusts", year.revision, year.period, likeness.id, code, count)
    return keep(key, partial(_found, year, trust, likeness, count, keep))


def _found(year: Year, trust: Trust, likeness: Likeness, count: int, keep: Keep) -> SimilarTrusts:
    known, units = _all(year, trust, likeness, keep)
    found = similarity.nearest(trust.code, units, count)
    proposed = tuple(
        _similar(year, neighbour, likeness, known[trust.code], known[neighbour.name])
        for neighbour in found.neighbours
    )
    return SimilarTrusts(
        year=year,
        trust=trust,
        likeness=likeness,
        nearest=proposed,
        not_compared=len(found.not_compared),
        says=_about_all(trust, proposed, len(found.not_compared)),
    )


def _all(
    year: Year, trust: Trust, likeness: Likeness, keep: Keep
) -> tuple[Mapping[str, Traits], Comparable]:
    """What is known of everybody: the same for each trust that published a return."""
    alone = "" if trust in year.organisations.with_return else trust.code

    def make() -> tuple[Mapping[str, Traits], Comparable]:
        known = _known(year, trust, likeness)
        return known, similarity.comparable(known, _weights(likeness))

    return keep(("traits of trusts", year.revision, year.period, likeness.id, alone), make)


def _weights(likeness: Likeness) -> Weights:
    features = (Feature(f.id, f.weight, Scale(f.scale)) for f in likeness.features)
    return Weights(tuple(features), likeness.least_compared / 100)


def _known(year: Year, trust: Trust, likeness: Likeness) -> dict[str, Traits]:
    """What is known of the trust and of every other that published a return, by code."""
    by_code = year.organisations.by_code
    codes = sorted({trust.code, *(other.code for other in year.organisations.with_return)})
    columns = {f.id: _column(year, f) for f in likeness.features if f.measure}
    return {
        code: {
            f.id: getattr(by_code[code], f.trait) if f.trait else columns[f.id].get(code)
            for f in likeness.features
        }
        for code in codes
    }


def _column(year: Year, feature: LikenessFeature) -> Mapping[str, float]:
    """The figures of whole years, by code; where only a part is covered there is none."""
    figures = _published(year, feature.measure)
    if feature.coverage is None:
        return figures
    full, covered = feature.coverage.full, _published(year, feature.coverage.measure)
    return {code: figure for code, figure in figures.items() if covered.get(code, full) >= full}


def _published(year: Year, measure: str | None) -> Mapping[str, float]:
    if measure not in year.figures.columns:
        return {}
    figures = zip(year.figures.index, year.figures[measure].tolist(), strict=True)
    return {str(code): figure for code, figure in figures if not isnan(figure)}


def _similar(
    year: Year, neighbour: Neighbour, likeness: Likeness, own: Traits, other: Traits
) -> SimilarTrust:
    far, features = neighbour.distance, {f.id: f for f in likeness.features}
    compared = tuple(
        Compared(features[part.feature], one, two, _how(one, two, likeness), part.apart, part.adds)
        for part in far.contributions
        if (one := own[part.feature]) is not None and (two := other[part.feature]) is not None
    )
    return SimilarTrust(
        trust=year.organisations.by_code[neighbour.name],
        distance=far.distance,
        share_compared=far.compared,
        compared=compared,
        left_out=tuple((features[name], lacking) for name, lacking in far.left_out),
        why=_why(compared),
    )


def _how(own: float | str, other: float | str, likeness: Likeness) -> How:
    if isinstance(own, str) or isinstance(other, str):
        return How.SAME if own == other else How.ANOTHER
    if 100 * max(own, other) <= (100 + likeness.similar_within) * min(own, other):
        return How.SIMILAR
    return How.MORE if other > own else How.FEWER


def _why(compared: tuple[Compared, ...]) -> str:
    """A sentence as "Same trust type; similar in staff and bed days; fewer episodes of care."."""
    labels = {how: [c.feature.label for c in compared if c.how is how] for how in How}
    said = "; ".join(f"{how} {_listed(named)}" for how, named in labels.items() if named)
    return f"{said[:1].upper()}{said[1:]}."


def _listed(labels: list[str]) -> str:
    *first, last = labels
    return f"{', '.join(first)} and {last}" if first else last


def _about_all(trust: Trust, proposed: tuple[SimilarTrust, ...], not_compared: int) -> str:
    if not proposed:
        return (
            f"Too little about size, type, beds and activity is published for {trust.name} in "
            f"{trust.period} to find trusts like it. Choose another group, or pick trusts by hand."
        )
    trusts = "trust" if len(proposed) == 1 else f"{len(proposed)} trusts"
    said = f"The {trusts} most like {trust.name} in size, type, beds and activity."
    if not not_compared:
        return said
    of = "1 other has" if not_compared == 1 else f"{not_compared} others have"
    return f"{said} {of} too little published for {trust.period} to be compared."
