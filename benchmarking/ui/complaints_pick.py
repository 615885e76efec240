"""Choosing whose published complaints to look at, of which year, and beside which peers."""

import streamlit as st

from benchmarking import complaints, server
from benchmarking.complaints import TrustComplaints, Year, words
from benchmarking.organisations import Trust, shown_code
from benchmarking.peers import BASIS_LABELS, Basis
from benchmarking.sheets import NotThere
from benchmarking.ui import address, caches, show
from benchmarking.visit import Visit

_IN_ADDRESS = {
    Basis.ERIC_TYPE: "type",
    Basis.KO41A_TYPE: "broad-type",
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
    picked = _picked(of, code) if basis is Basis.PICKED else ()
    return complaints.of_trust(visit, of, code, basis=basis, picked=picked, keep=caches.kept)


def _trust(visit: Visit, of: Year) -> str | None:
    trusts = {trust.code: trust for trust in _by_name(of)}
    code = address.one_or_none(
        "Trust",
        tuple(trusts),
        key="trust",
        shown_as=lambda code: words.named(trusts[code]),
        first=complaints.own_trust(visit, of),
        placeholder="Type a name or a code",
    )
    asked = address.said("trust")
    # A person's fictional trust stands in the addresses of other pages under the same word.
    if asked and asked not in trusts and asked not in visit.person.trusts:
        _say_what_became_of(visit, of, asked)
    return code


def _say_what_became_of(visit: Visit, of: Year, code: str) -> None:
    try:
        complaints.of_trust(visit, of, code)
    except NotThere as told:
        show.note(str(told), alert=True)


def _picked(of: Year, own: str) -> tuple[str, ...]:
    """The peers picked by hand; codes in the address that cannot be picked are named."""
    trusts = {t.code: t for t in _by_name(of) if t.published_return and t.code != own}
    wrong = [code for code in address.all_said("with") if code not in trusts and code != own]
    if wrong:
        named = ", ".join(map(shown_code, wrong))
        show.note(f"Cannot be compared with: {named}. Pick other trusts.", alert=True)
    return address.several(
        "Trusts to compare with",
        tuple(trusts),
        key="with",
        shown_as=lambda code: words.named(trusts[code]),
        placeholder="Type names or codes; 5 or more give a middle",
    )


def _by_name(of: Year) -> list[Trust]:
    return sorted(of.organisations.trusts, key=lambda trust: trust.name.lower())
