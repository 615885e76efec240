"""Published complaints: one trust among its peers, from the newest release in the store."""

from benchmarking.complaints.expectations import Expectation
from benchmarking.complaints.lookup import (
    CLOSED,
    MIXES,
    NEW,
    OUTCOMES,
    Nation,
    TrustComplaints,
    nationally,
    of_trust,
    own_trust,
    year_of,
)
from benchmarking.complaints.mixes import MixAmongPeers, MixPart, Share
from benchmarking.complaints.rates import Gap, Rate, RateAmongPeers
from benchmarking.complaints.years import Year

__all__ = [
    "CLOSED",
    "MIXES",
    "NEW",
    "OUTCOMES",
    "Expectation",
    "Gap",
    "MixAmongPeers",
    "MixPart",
    "Nation",
    "Rate",
    "RateAmongPeers",
    "Share",
    "TrustComplaints",
    "Year",
    "nationally",
    "of_trust",
    "own_trust",
    "year_of",
]
