"""Who may look up published complaints, whose, and beside whom."""

from collections.abc import Callable
from typing import Any

import pytest

from benchmarking import complaints, peers
from benchmarking.access import Refused, Role
from benchmarking.assessing.sheets import NotThere
from benchmarking.complaints import MIXES, OUTCOMES, Gap, Rate, TrustComplaints
from benchmarking.keeping import Key, afresh
from benchmarking.peers import Basis, NotAPeer, PeerGroup
from benchmarking.statistics.ordinal import TooFewPeers
from benchmarking.visit import Visit
from tests.complaints.conftest import Copy

QUESTIONS: dict[str, Callable[[Copy, Visit], object]] = {
    "a year": lambda copy, visit: complaints.year_of(visit, copy.catalogue),
    "all trusts": lambda copy, visit: complaints.nationally(visit, copy.year()),
    "one trust": lambda copy, visit: complaints.of_trust(visit, copy.year(), "R0A"),
    "the own trust": lambda copy, visit: complaints.own_trust(visit, copy.year()),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_stranger_is_asked_to_sign_in(shipped: Copy, question: str):
    with pytest.raises(Refused, match="Sign in to see this page."):
        QUESTIONS[question](shipped, shipped.visit())


@pytest.mark.parametrize("role", Role)
def test_everybody_who_is_signed_in_may_look(shipped: Copy, role: Role):
    visit = shipped.visit(role, trust="DEMO-07")
    assert complaints.of_trust(visit, shipped.year(), "R0A").received == 1941


# Whose.


@pytest.mark.parametrize("trust, own", [("R0A", "R0A"), ("RJ7", "RJ7"), ("DEMO-07", None)])
def test_the_own_trust_is_a_real_one_or_none(shipped: Copy, trust: str, own: str | None):
    visit = shipped.visit(Role.TRUST_LEAD, trust=trust)
    assert complaints.own_trust(visit, shipped.year()) == own


def test_a_trust_that_became_part_of_others_is_told_with_their_names(shipped: Copy):
    with pytest.raises(NotThere) as told:
        shipped.of("RW6")
    assert str(told.value) == (
        "No trust had the code RW6 in 2024-25. It became part of Manchester University NHS "
        "Foundation Trust (R0A) and Northern Care Alliance NHS Foundation Trust (RM3). Look that "
        "up."
    )


@pytest.mark.parametrize("code, named", [("XYZ", "XYZ"), ("<b>", "b"), ("", "(no code)")])
def test_a_code_of_no_trust_is_told_so(shipped: Copy, code: str, named: str):
    with pytest.raises(NotThere) as told:
        shipped.of(code)
    assert str(told.value) == (
        f"No NHS trust has the code {named} in 2024-25. Look the trust up by its name."
    )


# Beside whom.


@pytest.mark.parametrize(
    "basis, peers",
    [
        (Basis.ERIC_TYPE, 48),
        (Basis.KO41A_TYPE, 133),
        (Basis.REGION, 30),
        (Basis.ICS, 9),
        (Basis.EVERYONE, 206),
    ],
)
def test_the_group_can_be_changed(shipped: Copy, basis: Basis, peers: int):
    found = shipped.of("R0A", basis)
    assert (len(found.group.codes), len(found.closed.peers)) == (peers, peers)


def test_peers_can_be_picked_by_hand(shipped: Copy):
    found = shipped.of("R0A", Basis.PICKED, "RR8", "RTD", "RTD")
    assert found.group.codes == ("RR8", "RTD")
    assert found.new.spread == TooFewPeers(2)


def test_a_trust_without_a_return_cannot_be_picked(shipped: Copy):
    with pytest.raises(NotAPeer, match="RJ7: no return was published for 2024-25. Take it out."):
        shipped.of("R0A", Basis.PICKED, "RJ7")


ALIKE = peers.most_like(["RR8", "RTD", "RHQ", "RJ1", "RM3"], "Alike in size.")


def with_alike(
    shipped: Copy, basis: Basis, alike: PeerGroup | None = ALIKE, *picked: str
) -> TrustComplaints:
    visit, year = shipped.visit(Role.INSPECTOR), shipped.year()
    return complaints.of_trust(visit, year, "R0A", basis=basis, picked=picked, alike=alike)


def test_the_trusts_most_like_it_can_be_the_group(shipped: Copy):
    found = with_alike(shipped, Basis.SIMILAR)
    assert found.group is ALIKE
    assert [rate.code for rate in found.new.peers] == sorted(
        ALIKE.codes,
        key=lambda code: shipped.of(code).new.own.value,  # type: ignore[union-attr]
    )


def test_where_none_could_be_proposed_the_group_is_empty_and_says_why(shipped: Copy):
    nobody = peers.most_like((), "Too little is published.")
    found = with_alike(shipped, Basis.SIMILAR, nobody)
    assert (found.group, found.new.spread) == (nobody, TooFewPeers(0))


def test_the_most_similar_trusts_must_be_handed_in(shipped: Copy):
    with pytest.raises(ValueError, match="needs its codes"):
        with_alike(shipped, Basis.SIMILAR, None)


@pytest.mark.parametrize(
    "basis, picked, first",
    [
        (Basis.ERIC_TYPE, (), "acute teaching trusts"),
        (Basis.SIMILAR, (), "trusts most like it"),
        (Basis.PICKED, ("RR8",), "trusts picked by hand"),
    ],
)
def test_the_trusts_most_like_it_are_one_of_the_reasonable_groups(
    shipped: Copy, basis: Basis, picked: tuple[str, ...], first: str
):
    groups = list(with_alike(shipped, basis, ALIKE, *picked).expectations[complaints.NEW].wider)
    assert groups[0] == first
    assert groups.count("trusts most like it") == 1
    assert len(groups) == len(peers.SHARED_BASES) + 1 + (basis is Basis.PICKED)


def test_without_a_proposal_there_is_no_such_group(shipped: Copy):
    nobody = peers.most_like((), "Too little is published.")
    for alike in (None, nobody):
        wider = with_alike(shipped, Basis.ERIC_TYPE, alike).expectations[complaints.NEW].wider
        assert "trusts most like it" not in wider


# What is told apart.


def test_no_return_is_no_zero(shipped: Copy):
    found = shipped.of("RJ7")
    assert found.received is None
    assert found.new.own is Gap.NO_RETURN
    assert {mix.gap for mix in map(found.mix, (OUTCOMES, *MIXES))} == {Gap.NO_RETURN}


def test_a_trust_without_a_type_has_figures_and_no_peers_of_its_type(shipped: Copy):
    found = shipped.of("R1C")
    assert isinstance(found.new.own, Rate)
    assert (found.group.codes, found.new.spread) == ((), TooFewPeers(0))
    assert found.other_rates == ()
    assert len(shipped.of("R1C", Basis.REGION).new.peers) > 8


@pytest.mark.parametrize(
    "code, rates",
    [
        ("R0A", ["new-complaints-per-10000-bed-days", "new-complaints-per-10000-episodes"]),
        ("G6V2S", ["new-complaints-per-10000-bed-days"]),
        ("RYA", ["new-complaints-per-100000-incidents"]),
        ("RY2", []),
    ],
)
def test_a_second_rate_is_shown_where_it_suits_the_type(shipped: Copy, code: str, rates: list[str]):
    assert [rate.indicator.id for rate in shipped.of(code).other_rates] == rates


def test_a_missing_denominator_is_told_so(shipped: Copy):
    assert shipped.of("RNK").other_rates[0].own is Gap.NO_DENOMINATOR


# What is kept.


def test_a_result_is_kept_under_everything_it_depends_on(shipped: Copy):
    kept: dict[Key, Any] = {}

    def keep(key: Key, make: Callable[[], Any], /) -> Any:
        return kept[key] if key in kept else kept.setdefault(key, make())

    visit, year = shipped.visit(Role.INSPECTOR), shipped.year()
    asked = [
        complaints.of_trust(visit, year, code, basis=basis, picked=picked, keep=keep)
        for code in ("R0A", "RR8")
        for basis, picked in (
            (Basis.ERIC_TYPE, ()),
            (Basis.REGION, ()),
            (Basis.PICKED, ("RTD",)),
            (Basis.PICKED, ("RTD", "RTH")),
        )
    ]
    asked += [
        complaints.of_trust(
            visit, year, "R0A", alike=peers.most_like(codes, "Alike in size."), keep=keep
        )
        for codes in (["RR8"], ["RR8", "RTD"])
    ]
    assert len({found.key for found in asked}) == len(asked)
    again = complaints.of_trust(
        visit, year, "R0A", basis=Basis.PICKED, picked=("RTH", "RTD"), keep=keep
    )
    assert again is asked[3]
    assert all(year.revision in found.key for found in asked)


def test_who_may_not_look_gets_nothing_that_is_kept(shipped: Copy):
    year = shipped.year()
    with pytest.raises(Refused):
        complaints.of_trust(shipped.visit(), year, "R0A", keep=afresh)
