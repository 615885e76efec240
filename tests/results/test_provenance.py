"""The small print: every line that the reader is owed, and none that would not be true."""

import pytest

from benchmarking.peers import Basis
from benchmarking.results import provenance
from benchmarking.results.positions import group_of
from benchmarking.standard import Library
from tests.results.scene import EDITION, LAST, LAW, ME, cycle, trust


def said(
    library: Library, scheme: str | None, *, standard: str = ME, fictional: bool = False
) -> str:
    edition = library.newest(standard)
    found = cycle(library, LAST)
    group = group_of(trust(1), map(trust, range(1, 11)), Basis.EVERYONE, found)
    chosen = library.schemes[scheme] if scheme else None
    return " ".join(
        provenance.lines(
            edition, chosen, found, 12, fictional=fictional, counted="7 answered.", group=group
        )
    )


@pytest.mark.parametrize(
    "scheme, order, label",
    [
        (
            "levels",
            "a stage is summed up from its evidenced levels by the rule lower-median@1; peers are "
            "counted, statement by statement. Levels are ranks, so nothing is averaged.",
            "Self-assessed; not a CQC rating.",
        ),
        (
            "saf-2024",
            "a stage adds up its evidenced levels as a share of the most they could be, by the "
            "rule percentage-with-limiters@1; peers are counted, statement by statement.",
            "Self-assessed; not a CQC rating. CQC is replacing this scheme at the end of 2026.",
        ),
    ],
)
def test_the_order_and_the_rule_go_with_the_scheme(
    library: Library, scheme: str, order: str, label: str
):
    found = said(library, scheme)
    assert order in found
    assert label in found


def test_a_percentage_does_not_claim_that_nothing_is_averaged(library: Library):
    assert "nothing is averaged" not in said(library, "saf-2024")


def test_duties_are_counted_and_carry_no_rating_label(library: Library):
    found = said(library, None, standard=LAW)
    assert "Answers are counted, never added up or rated." in found
    assert "rating." not in found


def test_edition_content_and_revision_are_named(library: Library):
    standard = library.standard(ME, EDITION)
    content = library.content_hash(standard)[:8]
    found = said(library, "levels")
    assert f"My expectations, edition {EDITION}, content {content}. Data revision 12." in found


def test_peers_are_named_with_the_reason_and_the_limit(library: Library):
    assert (
        "Peers: 9 other trusts that published in 2025/26, of every type and region. Nothing is "
        "shown of fewer than 5 other trusts; quartiles need 8." in said(library, "levels")
    )


@pytest.mark.parametrize("fictional", [True, False])
def test_only_a_demonstration_says_that_its_trusts_are_fictional(library: Library, fictional: bool):
    found = said(library, "levels", fictional=fictional)
    assert found.startswith("Demonstration: fictional trusts.") is fictional
