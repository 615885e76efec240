"""Looking up what trusts published about complaints: everybody's figures, and one trust's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from benchmarking import peers
from benchmarking.access import Action, check_can
from benchmarking.assessing.sheets import NotThere
from benchmarking.complaints import mixes, rates
from benchmarking.complaints.expectations import Expectation
from benchmarking.complaints.mixes import MixAmongPeers, Share
from benchmarking.complaints.rates import Figure, RateAmongPeers, Rates
from benchmarking.complaints.years import Year, read_year
from benchmarking.indicators import Catalogue, Indicator, Kind, Measure
from benchmarking.keeping import Keep, Key, afresh
from benchmarking.organisations import OrganisationsError, Trust, shown_code
from benchmarking.peers import DEFAULT_BASIS, Basis, PeerGroup
from benchmarking.visit import Visit

NEW = "new-complaints-per-1000-staff"
CLOSED = "caseload-closed"
OUTCOMES = "outcome-mix"
MIXES = ("subject-mix", "service-mix", "profession-mix")
_RECEIVED = "complaints_total_new"


@dataclass(frozen=True, eq=False)
class Nation:
    """All NHS trusts of a year added up."""

    year: Year
    trusts: int
    counts: tuple[tuple[Measure, int], ...]
    new: Figure
    closed: Figure
    outcomes: tuple[tuple[Measure, Share], ...]

    def count(self, measure_id: str) -> int:
        """A count of complaints over all trusts."""
        return next(count for measure, count in self.counts if measure.id == measure_id)

    @property
    def upheld_or_partly(self) -> float:
        """The per cent of resolved complaints that were upheld in full or in part."""
        return sum(share.value for _, share in self.outcomes[:2])


@dataclass(frozen=True, eq=False)
class TrustComplaints:
    """One trust's published figures among its peers'. ``key`` names all that they depend on.

    ``received`` counts its new written complaints; None where it published no return.
    ``expectations`` has every rate and share against what is expected, by indicator.
    """

    year: Year
    trust: Trust
    group: PeerGroup
    received: int | None
    new: RateAmongPeers
    other_rates: tuple[RateAmongPeers, ...]
    closed: RateAmongPeers
    expectations: Mapping[str, Expectation]
    key: Key

    def mix(self, indicator_id: str) -> MixAmongPeers:
        """What its complaints came to (``OUTCOMES``) or are about (``MIXES``), beside its peers'.

        Worked out when it is asked for, because a page shows two of four.
        """
        indicator = self.year.catalogue.indicator(indicator_id)
        return mixes.among_peers(self.year, indicator, self.trust, self.group)


def year_of(
    visit: Visit, catalogue: Catalogue, period: str | None = None, keep: Keep = afresh
) -> Year:
    """What is on file about a year, from the newest release of each file.

    The newest year, where none is named.

    Raises:
        Refused: the person may not see published complaints.
        NotThere: nothing is on file for that year.
    """
    check_can(visit.person, Action.SEE_PUBLISHED_COMPLAINTS)
    key = ("complaints of a year", visit.stand.data_revision, period)
    return keep(key, partial(_read, visit, catalogue, period))


def nationally(visit: Visit, year: Year, keep: Keep = afresh) -> Nation:
    """All NHS trusts of a year added up.

    Raises:
        Refused: the person may not see published complaints.
    """
    check_can(visit.person, Action.SEE_PUBLISHED_COMPLAINTS)
    return keep(("complaints nationally", year.revision, year.period), partial(_nation, year))


def of_trust(
    visit: Visit,
    year: Year,
    code: str,
    *,
    basis: Basis = DEFAULT_BASIS,
    picked: Sequence[str] = (),
    alike: PeerGroup | None = None,
    keep: Keep = afresh,
) -> TrustComplaints:
    """One trust's figures among those of its peers.

    Args:
        visit: who asks.
        year: as ``year_of`` gave it.
        code: whose figures.
        basis: what its peers have in common with it.
        picked: the codes of the peers, where they are picked by hand.
        alike: the trusts most like it: one more group that it could fairly be compared with,
            and the chosen one where ``basis`` is ``Basis.SIMILAR``.
        keep: where results are kept between requests.

    Raises:
        Refused: the person may not see published complaints.
        NotThere: no trust of that year has this code; says what became of it.
        NotAPeer: codes were picked that cannot be compared with.
        ValueError: ``basis`` asks for the trusts most like it, and none were handed in.
    """
    check_can(visit.person, Action.SEE_PUBLISHED_COMPLAINTS)
    # One word for the peers: hashing a tuple of two hundred takes its time.
    peers_named = ".".join(sorted(set(picked))) if basis is Basis.PICKED else ""
    alike_named = ".".join(alike.codes) if alike else ""
    key = ("complaints", year.revision, year.period, code, basis.value, peers_named, alike_named)
    return keep(key, partial(_among_peers, year, code, basis, picked, alike, key, keep))


def own_trust(visit: Visit, year: Year) -> str | None:
    """The code of the real trust that the person works for; None where there is none.

    Raises:
        Refused: the person may not see published complaints.
    """
    check_can(visit.person, Action.SEE_PUBLISHED_COMPLAINTS)
    known = year.organisations.by_code
    return next((code for code in visit.person.trusts if code in known), None)


def _read(visit: Visit, catalogue: Catalogue, period: str | None) -> Year:
    with visit.database.reading() as reading:
        return read_year(reading, catalogue, period)


def _nation(year: Year) -> Nation:
    catalogue = year.catalogue
    summary = catalogue.collection("ko41a").section("summary").measures
    return Nation(
        year=year,
        trusts=len(year.figures),
        counts=tuple((m, int(sum(year.figures[m.id].tolist()))) for m in summary),
        new=rates.together(year, catalogue.indicator(NEW)),
        closed=rates.together(year, catalogue.indicator(CLOSED)),
        outcomes=mixes.national_mix(year, catalogue.indicator(OUTCOMES)),
    )


def _trust(year: Year, code: str) -> Trust:
    try:
        return year.organisations.trust(code)
    except OrganisationsError as told:
        raise NotThere(_gone(year, code) or str(told)) from told


def _gone(year: Year, code: str) -> str | None:
    """What became of a trust that had closed before the year."""
    named = [
        f"{year.organisations.by_code[new].name} ({new})"
        for new in year.organisations.followed_by(code)
        if new in year.organisations.by_code
    ]
    if not named:
        return None
    return (
        f"No trust had the code {shown_code(code)} in {year.period}. It became part of "
        f"{' and '.join(named)}. Look that up."
    )


def _group(
    year: Year, trust: Trust, basis: Basis, picked: Sequence[str], alike: PeerGroup | None
) -> PeerGroup:
    trusts = year.organisations.trusts
    if basis is Basis.PICKED:
        return peers.picked(trust, trusts, picked)
    if basis is Basis.SIMILAR and alike is not None:
        return alike
    return peers.group_of(trust, trusts, basis)


def _reasonable(
    year: Year, trust: Trust, chosen: PeerGroup, alike: PeerGroup | None
) -> list[PeerGroup]:
    """The chosen group first, then every other that the trust could fairly be compared with."""
    trusts = year.organisations.trusts
    others = [peers.group_of(trust, trusts, basis) for basis in peers.SHARED_BASES]
    others += [alike] if alike and alike.codes else []
    return [chosen, *(group for group in others if group.basis is not chosen.basis)]


def _among_peers(
    year: Year,
    code: str,
    basis: Basis,
    picked: Sequence[str],
    alike: PeerGroup | None,
    key: Key,
    keep: Keep,
) -> TrustComplaints:
    catalogue, trust = year.catalogue, _trust(year, code)
    group = _group(year, trust, basis, picked, alike)
    groups = _reasonable(year, trust, group, alike)

    def expectation(indicator: Indicator) -> Expectation:
        found = _rates(year, indicator, keep)
        among = rates.among_peers(year, indicator, found, trust, group)
        return Expectation(
            among, {g.name: rates.among_peers(year, indicator, found, trust, g) for g in groups}
        )

    others = _other_rates(catalogue, trust)
    shown = (catalogue.indicator(NEW), *others, catalogue.indicator(CLOSED))
    expectations = {indicator.id: expectation(indicator) for indicator in shown}
    return TrustComplaints(
        year=year,
        trust=trust,
        group=group,
        received=_received(year, code),
        new=expectations[NEW].found,
        other_rates=tuple(expectations[indicator.id].found for indicator in others),
        closed=expectations[CLOSED].found,
        expectations=expectations,
        key=key,
    )


def _received(year: Year, code: str) -> int | None:
    if code not in year.figures.index:
        return None
    return int(sum(year.figures.loc[[code], _RECEIVED].tolist()))


def _rates(year: Year, indicator: Indicator, keep: Keep) -> Rates:
    key = ("rates", year.revision, year.period, indicator.id)
    return keep(key, partial(rates.rates, year, indicator))


def _other_rates(catalogue: Catalogue, trust: Trust) -> list[Indicator]:
    """The rates that mean something for this type of trust, beside the one for all."""
    return [
        indicator
        for indicator in catalogue.indicators
        if indicator.kind is Kind.RATE and indicator.id != NEW and indicator.applies_to
        if indicator.holds_for(trust.eric_type)
    ]
