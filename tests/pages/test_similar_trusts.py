"""The most similar trusts, on the page of published complaints: the group and its reasons."""

from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from benchmarking.results import similar_trusts
from tests.pages.opening import BOARD, INSPECTOR, LEAD, Door, text, told, words
from tests.pages.peers_page import context, drop_down, in_order, notes, page, visit_of, year_of


def test_the_most_similar_trusts_are_offered_beside_the_other_groups(looking: Door):
    box = drop_down(page(looking, INSPECTOR, peers="type"), "Compared with")
    assert box is not None
    assert list(box.options) == [
        "Trusts of the same type",
        "Trusts of the same broad type",
        "The most similar trusts",
        "Trusts in the same region",
        "Trusts in the same integrated care system",
        "All trusts",
        "Trusts picked by hand",
    ]


@pytest.mark.parametrize("subject", [LEAD, BOARD, INSPECTOR])
def test_a_trust_is_compared_with_the_ten_most_like_it(looking: Door, subject: str):
    opened = page(looking, subject, peers="similar")
    assert "compared with 10 other trusts most like it" in context(opened)
    assert (
        "Peers: The 10 trusts most like Manchester University NHS Foundation Trust in size, type, "
        "beds and activity. 4 others have too little published for 2024-25 to be compared. By "
        "Gower&#39;s distance over staff, trust type, broad type, bed days, episodes of care and "
        "ambulance incidents."
    ) in told(opened)


def test_the_reasons_lie_folded_above_the_answer_and_are_sent_only_when_opened(looking: Door):
    opened = page(looking, peers="similar")
    assert opened.expander[0].label == "Why these trusts"
    assert "bm-similar" not in told(opened)
    assert in_order(["Compared with", "bm-lead", "Funnel"], text(opened))


def opened_reasons(door: Door) -> AppTest:
    opened = page(door, peers="similar")
    opened.session_state["R0A-similar-trusts-2024-25-folded"] = True
    return opened.run()


def test_each_similar_trust_is_listed_with_its_reason_its_distance_and_what_was_compared(
    looking: Door,
):
    visit, year = visit_of(looking, LEAD), year_of(looking)
    found = similar_trusts.nearest(visit, year, "R0A", looking.running.likeness)
    said = unescape(told(opened_reasons(looking)))
    for similar in found.nearest:
        assert (
            f'<th scope="row">{similar.trust.name} ({similar.trust.code})'
            f'<small>{similar.why}</small></th><td class="number">{similar.distance:.3f}</td>'
            f'<td class="number">{similar.share_compared:.0%}</td>'
        ) in said
    assert "Left out where not published for both: ambulance incidents (10 of 10)." in said


def test_weights_rules_and_source_stand_with_the_reasons(looking: Door):
    opened = opened_reasons(looking)
    said = unescape(told(opened))
    assert "<strong>Staff, weight 3.</strong> The number of staff is published" in said
    assert "at least 50% of the weight must remain" in said
    assert 'href="https://doi.org/10.2307/2528823"' in said
    assert words(opened.get("download_button")[0]) == "Download as CSV"


@pytest.mark.parametrize("code", ["RJ7", "R1C"])
def test_where_no_trust_can_be_proposed_the_page_says_why_and_what_to_do(looking: Door, code: str):
    opened = page(looking, trust=code, peers="similar")
    said = notes(opened)
    assert "Too little about size, type, beds and activity is published for" in said
    assert "Choose another group, or pick trusts by hand." in said
    assert "Why these trusts" not in [one.label for one in opened.expander]
    picked_by_hand = page(looking, trust=code)
    assert "Start from the most similar trusts" not in [b.label for b in picked_by_hand.button]
    assert "Too little about size" in notes(picked_by_hand)


def test_the_most_similar_trusts_are_one_of_the_groups_that_could_have_been_chosen(looking: Door):
    assert "In each of 6 groups the figure is in the middle half." in told(
        page(looking, peers="type")
    )
    assert "NHS trusts and trusts most like it." in told(page(looking, peers="type"))
