"""Published figures in plain words, without a good or a bad side: higher, lower, more, less."""

from collections.abc import Sequence

from benchmarking.complaints.lookup import Nation, TrustComplaints
from benchmarking.complaints.mixes import MixAmongPeers, MixPart
from benchmarking.complaints.rates import Gap, Rate, RateAmongPeers
from benchmarking.complaints.years import Year
from benchmarking.indicators import Indicator, Kind
from benchmarking.organisations import Trust
from benchmarking.peers import Basis, PeerGroup
from benchmarking.statistics.ordinal import TooFewPeers
from benchmarking.statistics.quantiles import Spread


def number(indicator: Indicator, value: float) -> str:
    """A figure of an indicator: "70.8", or "84.5%" for shares."""
    return f"{value:,.1f}" if indicator.kind is Kind.RATE else f"{value:.1f}%"


def size(value: float) -> str:
    """What something is divided by, as a whole number with commas."""
    return f"{value:,.0f}"


def interval(indicator: Indicator, low: float, high: float) -> str:
    """Limits, as "67.7 to 74.0"."""
    return f"{number(indicator, low)} to {number(indicator, high)}"


def peers(count: int) -> str:
    """A number of peers whose group has been named already: "48 peers"."""
    return "1 peer" if count == 1 else f"{count:,} peers"


def others(count: int, group: PeerGroup) -> str:
    """A number of peers and what they are: "48 other acute teaching trusts"."""
    if count == 0:
        return f"no other {group.name}"
    if count == 1:
        return f"1 other {group.name.replace('trusts', 'trust', 1)}"
    return f"{count:,} other {group.name}"


def too_few(group: PeerGroup) -> str:
    """What to know and to do where a group is too small for a summary."""
    if group.basis is Basis.PICKED and not group.codes:
        return "Pick the trusts to compare with. 5 or more give a middle, 8 or more a middle half."
    return group.why


def why_not(found: RateAmongPeers, gap: Gap) -> str:
    """Why there is no figure, naming what is lacking."""
    if gap is not Gap.NO_DENOMINATOR:
        return gap.value
    lacking = [found.year.measure(m).label.lower() for m in found.indicator.denominator]
    return f"not published: {listed(lacking)}"


def why_not_in_a_sentence(found: RateAmongPeers) -> str:
    """Why there is no figure, as a sentence; empty where there is one."""
    return _sentence(why_not(found, found.own)) if isinstance(found.own, Gap) else ""


def lead(found: TrustComplaints, verdict: str = "") -> str:
    """The answer: how many new complaints, for this many staff, and what is usual.

    ``verdict`` says whether that is as expected, after the figure.
    """
    period, new = found.year.period, found.new
    if found.received is None:
        return f"{found.trust.name} published no return for {period}. That is not zero."
    said = f"{found.received:,} new written complaints in {period}"
    if isinstance(new.own, Gap):
        return f"{said}. There is no rate: {why_not(new, new.own)}."
    rate = f"{said}, {number(new.indicator, new.own.value)} per {new.indicator.per:,} staff"
    rate = f"{rate}: {verdict}." if verdict else f"{rate}."
    return " ".join(filter(None, [rate, middle(new)]))


def middle(found: RateAmongPeers, what: str = "") -> str:
    """The median of the peers; empty where they are too few. ``what`` is as in ``standing``."""
    if not isinstance(found.spread, Spread):
        return ""
    who = others(found.spread.values, found.group)
    usual = " ".join(filter(None, [number(found.indicator, found.spread.median), what]))
    return f"The middle of {who} is {usual}."


def position(own: Rate, spread: Spread) -> str:
    """Where a figure lies among its peers', in words that judge nothing."""
    if spread.quartiles is None:
        if own.value == spread.median:
            return "just at the middle of"
        return "above the middle of" if own.value > spread.median else "below the middle of"
    low, high = spread.quartiles
    if own.value > high:
        return "higher than three quarters of"
    return "lower than three quarters of" if own.value < low else "in the middle half of"


def standing(found: RateAmongPeers, what: str) -> str:
    """A rate with its interval and its place among peers; or why that cannot be said.

    Args:
        found: the rate among its peers.
        what: what is counted, after the figure: "new written complaints per 1,000 staff".
    """
    if isinstance(found.own, Gap):
        return " ".join(filter(None, [why_not_in_a_sentence(found), middle(found, what)]))
    limits = interval(found.indicator, found.own.low, found.own.high)
    own = f"{number(found.indicator, found.own.value)} {what} (95% interval {limits})"
    if not isinstance(found.spread, Spread):
        return f"{own}. {found.spread.in_words()}."
    where = f"{position(found.own, found.spread)} {peers(found.spread.values)}"
    return f"{own}, {where} (middle {number(found.indicator, found.spread.median)})."


def outcome_sentence(mix: MixAmongPeers) -> str:
    """The three outcomes together, of the trust."""
    if mix.total is None:
        return no_mix(mix)
    said = listed([f"{part.own.value:.1f}% were {_lower(part)}" for part in mix.parts if part.own])
    return f"Of {mix.total:,} complaints resolved, {said}."


def invitation(nation: Nation) -> str:
    """What to do while no trust is chosen, and what is shown until then."""
    return (
        f"Choose a trust to see its complaints among trusts like it. Until then: all "
        f"{nation.trusts} NHS trusts that published a return for {nation.year.period}."
    )


def national_outcomes(nation: Nation) -> str:
    """The three outcomes together, of all trusts; and the two kinds of upheld in one."""
    said = [
        f"{share.value:.1f}% were {measure.label.lower()}" for measure, share in nation.outcomes
    ]
    resolved = nation.outcomes[0][1].out_of
    both = f"{nation.upheld_or_partly:.1f}% upheld in full or in part"
    return f"Of {resolved:,} complaints resolved, {listed(said)}: {both}."


def mix_sentence(mix: MixAmongPeers) -> str:
    """The parts furthest above and below the peers' middle, of those that chance cannot explain."""
    if mix.total is None:
        return no_mix(mix)
    spread = mix.parts[0].spread
    if isinstance(spread, TooFewPeers):
        return f"{mix.total:,} were named in all. {spread.in_words()}."
    who = peers(mix.peers)
    apart = sorted((p for p in mix.parts if p.stands_apart), key=lambda p: p.difference or 0)
    if not apart:
        said = f"No share differs from the middle of {who} beyond chance."
        return f"{mix.total:,} were named in all. {said}"
    said = []
    if (apart[-1].difference or 0) > 0:
        said.append(f"More often here than among {who}: {_beside_peers(apart[-1])}.")
    if (apart[0].difference or 0) < 0:
        than = "" if said else f" here than among {who}"
        said.append(f"Less often{than}: {_beside_peers(apart[0])}.")
    return " ".join(said)


def no_mix(mix: MixAmongPeers) -> str:
    """Why a trust has no mix."""
    if mix.gap is Gap.NO_RETURN:
        return _sentence(mix.gap.value)
    return f"None was counted in {mix.year.period}, so there are no shares."


def listed(parts: Sequence[str]) -> str:
    """Several things as "a, b and c"."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def remarks(trust: Trust) -> tuple[str, ...]:
    """What must be known of a trust before its figures are read, a sentence each."""
    partial = trust.part_year_note
    return (*((partial,) if partial else ()), *trust.succession_notes)


def named(trust: Trust) -> str:
    """A trust in a list: its name as published, its code, and what to know at once."""
    marks = [] if trust.published_return else ["no return published"]
    marks += ["part of the year"] if trust.part_year else []
    return ", ".join([f"{trust.name} ({trust.code})", *marks])


def formula(year: Year, indicator: Indicator) -> str:
    """How a figure is made of published columns."""
    columns = {m: year.column(m) for m in indicator.measures}
    below = " + ".join(columns[m] for m in indicator.denominator)
    below = f"({below})" if len(indicator.denominator) > 1 else below
    above = " + ".join(columns[m] for m in indicator.numerator) or "each column"
    return f"{indicator.per:,} × {above} ÷ {below}"


def _beside_peers(part: MixPart) -> str:
    own, middle_of = part.own, part.spread
    peers = f" (middle {middle_of.median:.1f}%)" if isinstance(middle_of, Spread) else ""
    return f"{_lower(part)}, {own.value:.1f}%{peers}" if own else f"{_lower(part)}{peers}"


def _sentence(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}."


def _lower(part: MixPart) -> str:
    return part.measure.label.lower()
