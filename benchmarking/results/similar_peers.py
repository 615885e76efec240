"""The trusts most like one as a peer group: its reason, a table of it, and its rules."""

from decimal import Decimal

import pandas as pd

from benchmarking import peers
from benchmarking.complaints import words
from benchmarking.indicators.likeness import FeatureScale
from benchmarking.peers import PeerGroup
from benchmarking.results.similar_trusts import SimilarTrust, SimilarTrusts
from benchmarking.statistics.similarity import Lacking

_WHOSE = {
    Lacking.OWN: "this trust",
    Lacking.OTHER: "the other",
    Lacking.BOTH: "either",
}
_COLUMNS = ("Trust", "Code", "Distance", "Why", "Compared, %", "Not compared")


def group(found: SimilarTrusts) -> PeerGroup:
    """The proposed trusts as peers; none, where too little is published, and the reason."""
    if not found.nearest:
        return peers.most_like((), found.says)
    features = words.listed([feature.label for feature in found.likeness.features])
    return peers.most_like(found.codes, f"{found.says} By Gower's distance over {features}.")


def table(found: SimilarTrusts) -> pd.DataFrame:
    """One row for each proposed trust, the most alike first.

    Distance from 0 (the same) to 1; how much of the weight was compared, in per cent; and what
    was not, with whose figure is not published.
    """
    rows = [_row(similar) for similar in found.nearest]
    return pd.DataFrame(rows, columns=list(_COLUMNS), dtype=object)


def left_out(found: SimilarTrusts) -> str:
    """What was not compared, and with how many of the proposed trusts; empty where all was."""
    missing = [feature for similar in found.nearest for feature, _ in similar.left_out]
    of = len(found.nearest)
    said = [
        f"{feature.label} ({missing.count(feature)} of {of})"
        for feature in found.likeness.features
        if feature in missing
    ]
    return f"Left out where not published for both: {words.listed(said)}." if said else ""


def rules(found: SimilarTrusts) -> tuple[str, ...]:
    """How the distance is worked out, a sentence each; weights and source stand elsewhere."""
    likeness = found.likeness
    by_logarithm = words.listed([f.label for f in likeness.features if f.scale is FeatureScale.LOG])
    return (
        likeness.about.strip(),
        f"What is not published for both trusts is left out, and at least "
        f"{likeness.least_compared}% of the weight must remain.",
        f"By their logarithm, so that twice as much is as far at any size: {by_logarithm}.",
        f"Two figures are called similar where the larger is at most {likeness.similar_within}% "
        "larger.",
    )


def weights(found: SimilarTrusts) -> str:
    """What each feature counts, in a sentence."""
    said = words.listed([f"{f.label} {f.weight:g}" for f in found.likeness.features])
    return f"Weights: {said}."


def _row(similar: SimilarTrust) -> tuple[object, ...]:
    missing = [f"{feature.label} (of {_WHOSE[lack]})" for feature, lack in similar.left_out]
    return (
        similar.trust.name,
        similar.trust.code,
        Decimal(f"{similar.distance:.3f}"),
        similar.why,
        round(100 * similar.share_compared),
        ", ".join(missing) or "nothing left out",
    )
