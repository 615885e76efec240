"""What stands under the figures: how they were made, of how many, from which file and whose."""

from collections.abc import Iterable

from benchmarking.complaints import words
from benchmarking.complaints.lookup import TrustComplaints
from benchmarking.complaints.rates import Gap, RateAmongPeers
from benchmarking.complaints.years import Year
from benchmarking.indicators import Indicator, Kind, Source
from benchmarking.moments import in_words, local
from benchmarking.store.published import Release

# A list of names longer than this says less than a number.
MOST_NAMED = 3
_SHORT_HASH = 12

PEERS_NEED = "A middle needs 5 other trusts with a figure, a middle half 8."
QUANTILES = (
    "The middle is the median of the other trusts' own figures, the middle half lies between "
    "their quartiles (linear interpolation, type 7). " + PEERS_NEED
)
SHARE_INTERVAL = "Intervals are 95% Wilson intervals."
RATE_INTERVAL = "Intervals are 95%: exact below 10 complaints, Byar's from 10."
NAMED_INTERVAL = (
    "Intervals are 95% Wilson intervals. They take each mention for itself; several can come from "
    "one complaint, so true intervals are somewhat wider."
)
HOW_TO_TRACE = (
    "Each table names the published column in brackets or in a column of its own. Open the file "
    "named here, find the row with the trust's code, and the figure stands in that column. Files "
    "downloaded here say the same at their end."
)


def how_made(year: Year, indicator: Indicator) -> tuple[str, ...]:
    """What a figure says, from which published columns it is worked out, and its interval."""
    interval = SHARE_INTERVAL if indicator.kind is not Kind.RATE else RATE_INTERVAL
    if not indicator.counts_once:
        interval = NAMED_INTERVAL
    return (indicator.about.strip(), f"{words.formula(year, indicator)}.", interval, QUANTILES)


def without(found: RateAmongPeers) -> tuple[str, ...]:
    """Peers that have no figure, told by the reason; names where they are few."""
    sentences = []
    for gap in Gap:
        codes = [code for code, why in found.without if why is gap]
        if not codes:
            continue
        named = [f"{found.trust_of(code).name} ({code})" for code in codes]
        who = words.listed(named) if len(codes) <= MOST_NAMED else f"{len(codes)} other trusts"
        sentences.append(f"No figure for {who}: {words.why_not(found, gap)}.")
    return tuple(sentences)


def under_all(found: TrustComplaints) -> tuple[str, ...]:
    """The small print of the page: peers, rules, then as ``of_year``."""
    return (f"Peers: {found.group.why}", QUANTILES, *of_year(found.year))


def of_year(year: Year) -> tuple[str, ...]:
    """The period, the files behind it and what they lack."""
    return (
        f"Period: {year.in_words} ({year.period}), whole year; one figure for each trust.",
        *(_release(release) for release in year.releases.values()),
        f"Data revision {year.revision}.",
        *year.lacking,
    )


def file_notes(year: Year, indicator: Indicator, lines: Iterable[str] = ()) -> tuple[str, ...]:
    """What is written below a table that is taken away as a file."""
    credits = [f"{s.document}, {s.publisher}. {s.attribution}" for s in year.sources(indicator)]
    cautions = [caution.says.strip() for caution in year.catalogue.cautions_of(indicator)]
    return (indicator.title, *lines, *of_year(year), *credits, *cautions, HOW_TO_TRACE)


def sources(year: Year) -> tuple[Source, ...]:
    """Every publication behind the figures of a year, once."""
    every = (year.sources(indicator) for indicator in year.catalogue.indicators)
    return tuple(dict.fromkeys(source for found in every for source in found))


def _release(release: Release) -> str:
    loaded = in_words(local(release.loaded_at).date())
    return (
        f"File: {release.file_name}, SHA-256 {release.sha256[:_SHORT_HASH]}…, loaded on {loaded} "
        f"(release {release.release_id})."
    )
