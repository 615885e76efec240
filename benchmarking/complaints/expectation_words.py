"""What is expected of a trust, how it ranks and how sure that is, in words that judge nothing."""

from benchmarking.complaints import words
from benchmarking.complaints.expectations import Expectation
from benchmarking.complaints.lookup import TrustComplaints
from benchmarking.complaints.rates import Rate
from benchmarking.indicators import Kind
from benchmarking.peers import Basis
from benchmarking.statistics.funnel import Band, NoBand
from benchmarking.statistics.ordinal import TooFewPeers
from benchmarking.statistics.shrinkage import Shrunken

BAND_RULES = (
    "Bands: z-scores against the figure of the whole group together, Winsorised 10%, with limits "
    "widened for the differences that are usual between trusts (additive random effects); cut at "
    "1.96 and 3.09; a band only where 5 or more are expected and the exact tail agrees. In a group "
    "without any unusual trust, 11 to 19 of 100 would still get one."
)
RANK_RULES = (
    "Ranks count from the lowest figure; neither end is better. Intervals and probabilities come "
    "from 10,000 draws of what each trust's true figure may be, given its own counts and how the "
    "group is spread (seed 2014). They cover chance alone, not that trusts count differently."
)

# Beyond this a figure drawn towards the group's is the same to any reader.
_NEARLY_ALL = 0.98


def verdict(found: Expectation) -> str:
    """The band after a figure: ": as expected among these trusts"; why not, where that helps."""
    own = found.own
    if isinstance(own, Band):
        return f"{own.in_words()} in this group"
    return "" if own in (NoBand.NO_FIGURE, NoBand.TOO_FEW_UNITS) else own.in_words()


def by_other_sizes(found: TrustComplaints) -> str:
    """The rates by other measures of size, each with its band; empty where there are none."""
    said = []
    for rate in found.other_rates:
        if isinstance(rate.own, Rate):
            band = verdict(found.expectations[rate.indicator.id])
            title = rate.indicator.short_title
            figure = (
                f"{words.number(rate.indicator, rate.own.value)} {title[:1].lower()}{title[1:]}"
            )
            said.append(", ".join(filter(None, [figure, band])))
    return f"By other measures of size: {'; '.join(said)}." if said else ""


def funnel_sentence(found: Expectation) -> str:
    """How many there were and would be expected, and how many trusts stand out."""
    rate, place = found.found.own, found.place
    if not isinstance(rate, Rate) or place is None:
        return f"{words.why_not_in_a_sentence(found.found)} {_how_many(found)}".strip()
    return f"{_against_expected(found, rate, place)} {_how_many(found)}".strip()


def _against_expected(found: Expectation, own: Rate, place: int) -> str:
    indicator = found.found.indicator
    if found.own in (NoBand.TOO_FEW_UNITS, NoBand.NOTHING_AT_RISK):
        why = found.own.in_words()
        return f"{words.number(indicator, own.value)}: {why}."
    band = verdict(found)
    if indicator.kind is Kind.SHARE:
        together = words.number(indicator, indicator.per * float(found.funnel.units.target[0]))
        figure = words.number(indicator, own.value)
        return f"{figure}, where {together} is that of the whole group together: {band}."
    expected, ratio = found.funnel.units.size[place], found.funnel.units.value[place]
    return (
        f"{own.events:,} complaints, where {expected:,.0f} would be expected of it at the rate of "
        f"the whole group ({ratio:.2f} times that): {band}."
    )


def _how_many(found: Expectation) -> str:
    with_band = [one for one in found.verdicts if isinstance(one, Band)]
    if not with_band:
        return ""
    higher, lower = (sum(one * side > 0 for one in with_band) for side in (1, -1))
    if not higher and not lower:
        return f"No trust of {len(with_band)} stands out."
    are = "is" if higher == 1 else "are"
    said = f"{higher or 'none'} {are} higher and {lower or 'none'} lower"
    return f"Of {len(with_band)} trusts {said} than expected."


def rank_sentence(found: Expectation) -> str:
    """The trust's rank with its interval and the probabilities of the outer quarters."""
    own = found.own_rank
    if own is None:
        if isinstance(found.ranks, TooFewPeers):
            return f"{found.ranks.in_words()}."
        return words.why_not_in_a_sentence(found.found)
    said = f"{_ordinal(own.rank)} from the lowest of {own.units} (95% interval {own.low} to "
    said += f"{own.high})."
    if own.lowest_quarter is None or own.highest_quarter is None:
        return said
    return (
        f"{said} The chance that it truly is in the lowest quarter is "
        f"{_chance(own.lowest_quarter)}, in the highest {_chance(own.highest_quarter)}."
    )


def shrunken_sentence(found: Expectation) -> str:
    """The figure drawn towards the group's, beside the raw one; empty where there is none."""
    if isinstance(found.shrunken, TooFewPeers) or found.place is None:
        return ""
    own = found.shrunken.figures[found.place]
    if not isinstance(own, Shrunken) or own.own_weight > _NEARLY_ALL:
        return ""
    indicator = found.found.indicator
    return (
        f"Drawn towards the group's figure as far as its own small numbers suggest, "
        f"{words.number(indicator, own.raw)} becomes {words.number(indicator, own.shrunken)}; "
        f"its own figure weighs {own.own_weight:.0%} in that."
    )


def across_sentence(found: Expectation) -> str:
    """Whether the choice of peers matters; empty where one group alone was asked about."""
    if found.found.group.basis is Basis.PICKED or found.place is None:
        return ""
    return found.across.sentence


def across_bands(found: Expectation) -> str:
    """The band in each group that could have been chosen, the same bands together."""
    named: dict[str, list[str]] = {}
    for group, own in found.across_bands.items():
        if isinstance(own, Band):
            named.setdefault(own.in_words(), []).append(group)
    if found.place is None or sum(map(len, named.values())) < 2:
        return ""
    said = [f"{band} among {words.listed(groups)}" for band, groups in named.items()]
    sentence = "; ".join(said)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _ordinal(rank: float) -> str:
    if rank != int(rank):
        return f"Level with others at {rank:g}"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(int(rank) % 10, "th")
    return f"{int(rank)}{'th' if 10 < rank % 100 < 14 else ending}"


def _chance(share: float) -> str:
    if share < 0.01:
        return "under 1%"
    return "over 99%" if share > 0.99 else f"{share:.0%}"
