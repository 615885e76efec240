"""Who is compared with whom: drawn on six trusts, then held on the real ones."""

from pathlib import Path

import pytest

from benchmarking import organisations, peers
from benchmarking.organisations import Trust
from benchmarking.peers import Basis, NotAPeer

REAL = organisations.load(Path(__file__).resolve().parents[1] / "data")

# code  ERIC type, KO41a type, region, ICS, return published
DRAWN = """
A1  ACUTE - LARGE   Acute       North  N1  yes
A2  ACUTE - LARGE   Acute       South  S1  yes
A3  ACUTE - LARGE   Acute       North  N2  no
A4  ACUTE - SMALL   Acute       North  N1  yes
C1  -               Community   North  N1  yes
T1  CARE TRUST      Mental      South  S1  yes
"""


def trust(line: str, period: str = "2024-25") -> Trust:
    code, eric_type, ko41a_type, region, ics, returned = (
        part.strip() for part in line.split("  ") if part.strip()
    )
    return Trust(
        code=code,
        name=f"Trust {code}",
        period=period,
        ko41a_type=ko41a_type,
        eric_type=None if eric_type == "-" else eric_type,
        region_code=region,
        region_name=region,
        ics_code=ics,
        ics_name=ics,
        opened=None,
        closed=None,
        months_reported=12,
        published_return=returned == "yes",
    )


TRUSTS = {t.code: t for t in map(trust, DRAWN.strip().splitlines())}


@pytest.mark.parametrize(
    "code, basis, group",
    [
        ("A1", Basis.ERIC_TYPE, "A2"),
        ("A1", Basis.KO41A_TYPE, "A2 A4"),
        ("A1", Basis.REGION, "A4 C1"),
        ("A1", Basis.ICS, "A4 C1"),
        ("A1", Basis.EVERYONE, "A2 A4 C1 T1"),
        ("A3", Basis.ERIC_TYPE, "A1 A2"),
        ("C1", Basis.ERIC_TYPE, ""),
        ("C1", Basis.KO41A_TYPE, ""),
        ("T1", Basis.ERIC_TYPE, ""),
    ],
)
def test_peers_share_what_the_basis_says_and_published_a_return(
    code: str, basis: Basis, group: str
):
    found = peers.group_of(TRUSTS[code], TRUSTS.values(), basis)
    assert " ".join(found.codes) == group
    assert found.basis is basis


def test_the_default_is_the_eric_type():
    assert peers.group_of(TRUSTS["A1"], TRUSTS.values()).basis is Basis.ERIC_TYPE


def test_trusts_without_a_return_can_be_kept_where_no_published_figure_is_compared():
    group = peers.group_of(TRUSTS["A1"], TRUSTS.values(), published_only=False)
    assert group.codes == ("A2", "A3")
    assert group.why == (
        "2 other acute large trusts in 2024-25, by trust type in the estates return (ERIC)."
    )


def test_a_trust_of_another_period_is_no_peer():
    earlier = trust("A9  ACUTE - LARGE  Acute  North  N1  yes", period="2023-24")
    group = peers.group_of(TRUSTS["A1"], [*TRUSTS.values(), earlier])
    assert "A9" not in group.codes


@pytest.mark.parametrize(
    "code, basis, name, why",
    [
        (
            "A1",
            Basis.ERIC_TYPE,
            "acute large trusts",
            "1 other acute large trust in 2024-25, by trust type in the estates return (ERIC). "
            "1 trust published no return and cannot be compared.",
        ),
        (
            "A1",
            Basis.REGION,
            "trusts in the North region",
            "2 other trusts in the North region in 2024-25, by NHS England region. "
            "1 trust published no return and cannot be compared.",
        ),
        (
            "A1",
            Basis.EVERYONE,
            "NHS trusts",
            "4 other NHS trusts in 2024-25. 1 trust published no return and cannot be compared.",
        ),
        (
            "T1",
            Basis.ERIC_TYPE,
            "care trusts",
            "0 other care trusts in 2024-25, by trust type in the estates return (ERIC).",
        ),
        (
            "C1",
            Basis.ERIC_TYPE,
            "trusts of the same type",
            "No trust type in the estates return (ERIC) is published for Trust C1 in 2024-25, "
            "so it has no such group. Choose another group.",
        ),
    ],
)
def test_a_group_says_why_these_trusts(code: str, basis: Basis, name: str, why: str):
    group = peers.group_of(TRUSTS[code], TRUSTS.values(), basis)
    assert (group.name, group.why) == (name, why)


@pytest.mark.parametrize(
    "picked, group",
    [("A2 T1", "A2 T1"), ("T1 A2 A2", "A2 T1"), ("A1 A2", "A2"), ("", "")],
)
def test_a_picked_group_has_no_repeats_and_not_the_trust_itself(picked: str, group: str):
    found = peers.picked(TRUSTS["A1"], TRUSTS.values(), picked.split())
    assert " ".join(found.codes) == group
    assert found.basis is Basis.PICKED


def test_a_picked_group_says_that_somebody_picked_it():
    group = peers.picked(TRUSTS["A1"], TRUSTS.values(), ["A2", "T1"])
    assert group.why == "2 trusts picked by hand, so the group may not be typical."


@pytest.mark.parametrize(
    "picked, said",
    [
        ("A2 ZZ Q9", "ZZ, Q9: no other trust has this code in 2024-25. Take it out."),
        ("A3", "A3: no return was published for 2024-25. Take it out."),
        ("<script>", "script: no other trust has this code in 2024-25. Take it out."),
    ],
)
def test_codes_that_cannot_be_compared_with_are_named(picked: str, said: str):
    with pytest.raises(NotAPeer) as refused:
        peers.picked(TRUSTS["A1"], TRUSTS.values(), picked.split())
    assert str(refused.value) == said


@pytest.mark.parametrize("basis", [Basis.PICKED, Basis.SIMILAR])
def test_what_the_list_of_trusts_cannot_tell_needs_its_codes(basis: Basis):
    with pytest.raises(ValueError, match=r"needs its codes. Use picked\(\) or most_like\(\)."):
        peers.group_of(TRUSTS["A1"], TRUSTS.values(), basis)


def test_every_basis_is_shared_picked_or_proposed():
    assert {*peers.SHARED_BASES, Basis.PICKED, Basis.SIMILAR} == set(Basis)


def test_proposed_trusts_are_a_group_in_the_order_of_their_codes_with_their_reason():
    group = peers.most_like(["T1", "A2", "T1"], "Alike in size.")
    assert (group.basis, group.codes) == (Basis.SIMILAR, ("A2", "T1"))
    assert (group.name, group.why) == ("trusts most like it", "Alike in size.")
    assert peers.most_like((), "Too little is published.").codes == ()


@pytest.mark.parametrize(
    "others, summary, quartiles, said",
    [
        (0, False, False, "There are no other trusts to compare with. A summary needs 5."),
        (1, False, False, "There is 1 other trust to compare with. A summary needs 5."),
        (4, False, False, "There are 4 other trusts to compare with. A summary needs 5."),
        (5, True, False, "There are 5 other trusts to compare with. Quartiles need 8."),
        (7, True, False, "There are 7 other trusts to compare with. Quartiles need 8."),
        (8, True, True, None),
    ],
)
def test_a_small_group_has_no_summary_and_no_quartiles(
    others: int, summary: bool, quartiles: bool, said: str | None
):
    assert peers.allows_summary(others) is summary
    assert peers.allows_quartiles(others) is quartiles
    assert peers.too_few(others) == said


def test_a_group_knows_whether_it_is_large_enough():
    care = peers.group_of(REAL.trust("TAD"), REAL.trusts)
    acute = peers.group_of(REAL.trust("R0A"), REAL.trusts)
    assert (len(care.codes), care.allows_summary, care.allows_quartiles) == (1, False, False)
    assert (len(acute.codes), acute.allows_summary, acute.allows_quartiles) == (48, True, True)


@pytest.mark.parametrize("basis", peers.SHARED_BASES)
def test_no_real_trust_is_its_own_peer_or_compared_with_a_missing_return(basis: Basis):
    for one in REAL.trusts:
        codes = peers.group_of(one, REAL.trusts, basis).codes
        assert one.code not in codes
        assert "RJ7" not in codes
        assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("basis", peers.SHARED_BASES)
def test_peers_of_real_trusts_are_mutual(basis: Basis):
    groups = {t.code: peers.group_of(t, REAL.trusts, basis).codes for t in REAL.with_return}
    for code, group in groups.items():
        assert all(code in groups[other] for other in group)


def test_every_basis_has_a_label_for_the_reader():
    assert set(peers.BASIS_LABELS) == set(Basis)
