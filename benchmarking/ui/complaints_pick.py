"""Choosing whose published complaints to look at, of which year, and beside which peers."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from benchmarking import complaints, server
from benchmarking.assessing.sheets import NotThere
from benchmarking.complaints import TrustComplaints, Year, words
from benchmarking.peers import BASIS_LABELS, Basis
from benchmarking.results import similar_peers, similar_trusts
from benchmarking.ui import address, caches, peer_sets_view, show, similar_view
from benchmarking.visit import Visit

_IN_ADDRESS = {
    Basis.ERIC_TYPE: "type",
    Basis.KO41A_TYPE: "broad-type",
    Basis.SIMILAR: "similar",
    Basis.REGION: "region",
    Basis.ICS: "system",
    Basis.EVERYONE: "all",
    Basis.PICKED: "picked",
}


def year(visit: Visit) -> Year:
    """The year to look at: the newest, unless the reader chooses another.

    Raises:
        NotThere: no published complaints are on file.
    """
    catalogue = server.current().catalogue
    newest = complaints.year_of(visit, catalogue, keep=caches.kept)
    if len(newest.periods) == 1:
        return newest
    period = address.one_of("Year", newest.periods, key="year")
    return complaints.year_of(visit, catalogue, period, caches.kept)


def trust(visit: Visit, of: Year) -> TrustComplaints | None:
    """The trust and its peers that the reader chooses; None where no trust is chosen yet."""
    left, right = st.columns([3, 2])
    with left:
        code = _trust(visit, of)
    if code is None:
        return None
    with right:
        basis = address.one_of(
            "Compared with",
            tuple(_IN_ADDRESS),
            key="peers",
            shown_as=BASIS_LABELS.__getitem__,
            named=_IN_ADDRESS.__getitem__,
        )
    likeness = server.current().likeness
    similar = similar_trusts.nearest(visit, of, code, likeness, keep=caches.kept)
    picked: tuple[str, ...] = ()
    if basis is Basis.PICKED:
        picked = peer_sets_view.picked(visit, of, code, similar)
    if basis is Basis.SIMILAR:
        similar_view.why(similar)
    alike = similar_peers.group(similar)
    return complaints.of_trust(
        visit, of, code, basis=basis, picked=picked, alike=alike, keep=caches.kept
    )


def _trust(visit: Visit, of: Year) -> str | None:
    names = caches.kept(("names of trusts", of.revision, of.period), partial(_names, of))
    code = address.one_or_none(
        "Trust",
        tuple(names),
        key="trust",
        shown_as=names.__getitem__,
        first=complaints.own_trust(visit, of),
        placeholder="Type a name or a code",
    )
    asked = address.said("trust")
    # A person's fictional trust stands in the addresses of other pages under the same word.
    if asked and asked not in names and asked not in visit.person.trusts:
        _say_what_became_of(visit, of, asked)
    return code


def _names(of: Year) -> Mapping[str, str]:
    """Every trust of a year as it stands in a list, by code, in the order of their names."""
    by_name = sorted(of.organisations.trusts, key=lambda trust: trust.name.lower())
    return {trust.code: words.named(trust) for trust in by_name}


def _say_what_became_of(visit: Visit, of: Year, code: str) -> None:
    try:
        complaints.of_trust(visit, of, code)
    except NotThere as told:
        show.note(str(told), alert=True)
