"""The three pages in the demonstration: what each reader finds, and what nobody finds."""

import re
from typing import Any

import pytest
from markupsafe import Markup
from streamlit.testing.v1 import AppTest

from tests.pages.opening import BOARD, INSPECTOR, LEAD, Door, elements

OURS = "pages/trusts/our_results.py"
COMPARE = "pages/inspectors/compare.py"
OVERVIEW = "pages/boards/overview.py"
LABEL = "Self-assessed; not a CQC rating"


def drawn(page: AppTest) -> str:
    """What stands on a page as HTML of our own."""
    return "\n".join(element.value for element in elements(page) if element.type == "html")


def words(page: AppTest) -> str:
    """Everything on the page as a person reads it."""
    assert not page.exception, page.exception
    said = [
        drawn(page),
        *(head.value for head in page.header),
        *(text.value for text in page.text),
        *(t.label for t in page.toggle),
    ]
    return re.sub(r"\s+", " ", Markup(" ".join(said).replace("<", " <")).striptags())


@pytest.mark.parametrize(
    "page, subject, address",
    [
        (OURS, LEAD, {}),
        (OURS, LEAD, {"cycle": "2025-26", "peers": "everyone"}),
        (OURS, LEAD, {"saf-2024": "true"}),
        (COMPARE, INSPECTOR, {}),
        (COMPARE, INSPECTOR, {"view": "table"}),
        (COMPARE, INSPECTOR, {"view": "trust", "trust": "DEMO-11"}),
        (COMPARE, INSPECTOR, {"view": "beside", "trust": "DEMO-11", "beside": "DEMO-10"}),
        (OVERVIEW, BOARD, {}),
    ],
)
def test_no_rating_word_stands_without_its_label(
    door: Door, page: str, subject: str, address: dict[str, str]
):
    assert LABEL in words(door.open(page, subject, **address))


def test_our_results_say_the_answer_first_and_that_it_is_a_draft(door: Door):
    said = words(door.open(OURS, LEAD))
    answer = said.index("You rate 13 of 21 statements good or better; evidence supports that for")
    assert answer < said.index("In progress: 14 of 21 statements answered.")
    assert answer < said.index("Compared with 24 other acute trusts in 2025/26")


def test_our_results_go_stage_by_stage_to_what_to_do_first_and_the_law(door: Door):
    page = door.open(OURS, LEAD)
    heads = [head.value for head in page.header]
    assert heads == [
        "Where the voices lie furthest apart",
        "The stages in three voices",
        "1 Considering a complaint",
        "2 Making a complaint",
        "3 Staying informed",
        "4 Receiving outcomes",
        "5 Reflecting on the experience",
        "What to do first",
        "Questions to ask yourselves",
        "Complaints law",
    ]
    assert len(page.get("plotly_chart")) == 6


def test_our_results_begin_with_what_is_claimed_and_for_how_much_of_it_complainants_speak(
    door: Door,
):
    said = words(door.open(OURS, LEAD))
    assert "Complainants' answers support that for 11 of the 13 (96 replies of 240 invited" in said
    assert "people who did not complain are not heard at all" in said
    assert "Complainants' answers support 1–2 (38 of 96 agree, 30–50%; 240 invited)." in said
    assert "cut points to levels 2 and 3: complainants agreeing 40% and 70% (proposed)" in said


def test_by_gap_all_statements_stand_in_one_chart(door: Door):
    page = door.open(OURS, LEAD)
    rows: list[Any] = list(page.get("button_group"))
    (order,) = (row for row in rows if row.label == "Order of the statements")
    order.set_value("By gap")
    page.run()
    assert "1 Considering a complaint" not in [head.value for head in page.header]
    assert len(page.get("plotly_chart")) == 2


def test_over_the_cycles_is_made_once_it_is_opened(door: Door):
    page = door.open(OURS, LEAD)
    assert "cycles have enough replies" not in words(page)
    page.session_state["over-time"] = True
    assert "“I felt confident to speak up”: 3 cycles have enough replies." in words(page.run())


def test_with_six_replies_a_trust_is_told_that_there_are_not_enough(door: Door):
    page = door.open(OURS, "trust-lead.DEMO-52")
    said = words(page)
    assert "Complainants: not enough responses (" in said
    assert "Complainants' answers: not enough responses; 38 invited. Files support 1" in said
    assert "Complainants' answers support" not in said


def test_questions_are_questions_and_say_that_nothing_is_scored_by_them(door: Door):
    said = words(door.open(OURS, LEAD))
    assert "These are questions, not findings. Nothing is scored by them." in said
    assert "What did they meet that you do not see?" in said


def test_the_board_reads_how_many_complainants_answered_and_the_largest_gaps(door: Door):
    said = words(door.open(OVERVIEW, BOARD))
    assert "Complainants: 49 of 80 (61%) agree, which supports 2–3 or above" in said
    assert "Largest robust gaps between what we claim and what others say" in said
    assert "we claim 4; complainants support 1–2 (30 of 84), files support 1–2 (22 of 40)" in said


def test_what_to_do_first_has_the_standards_own_words_and_the_promise(door: Door):
    said = words(door.open(OURS, LEAD))
    assert "Claimed 3 Good, evidence carries 2 Some shortfalls" in said
    assert "You chose 3; until at least 20 records drawn at random" in said
    assert "(promised in 2026/27)" in said


def test_no_other_trust_is_named_on_our_results(door: Door):
    for peers in ("eric_type", "region", "everyone"):
        said = words(door.open(OURS, LEAD, cycle="2025-26", peers=peers))
        assert set(re.findall(r"DEMO-\d+", said)) == {"DEMO-07"}


def test_percentages_are_labelled_as_a_scheme_that_is_being_replaced(door: Door):
    said = words(door.open(OURS, LEAD, cycle="2025-26", **{"saf-2024": "true"}))
    assert "Good, 69%" in said
    assert said.count("CQC is replacing this scheme at the end of 2026.") >= 6


def test_the_heat_map_has_a_row_for_each_trust_that_published(door: Door):
    page = door.open(COMPARE, INSPECTOR)
    assert drawn(page).count('<th scope="row">') == 54
    said = words(page)
    assert "54 of 60 trusts published in 2025/26." in said
    assert (
        "Did not publish in 2025/26, which says nothing about how they handle complaints:" in said
    )
    assert "DEMO-03 Cobblemarsh Demonstration Trust" in said
    assert "Differences are questions to ask, not judgements." in said


def test_type_and_region_narrow_the_heat_map(door: Door):
    page = door.open(COMPARE, INSPECTOR, type="Ambulance")
    assert drawn(page).count('<th scope="row">') == 4


def test_the_table_has_the_same_trusts_and_can_be_taken_away(door: Door):
    page = door.open(COMPARE, INSPECTOR, view="table")
    (table,) = [frame.value for frame in page.dataframe]
    assert len(table) == 54
    assert list(table.columns[:5]) == ["Code", "Trust", "Type", "Region", "1.1"]
    assert len(page.get("download_button")) == 1


def test_an_inspector_can_step_into_one_trust_by_its_address(door: Door):
    page = door.open(COMPARE, INSPECTOR, view="trust", trust="DEMO-11")
    said = words(page)
    assert "Juniperwold Demonstration Trust" in said
    assert "What to ask" in said
    assert "Sample of records · Seen in records: 22 of 65, drawn at random" in said
    assert page.query_params["trust"] in ("DEMO-11", ["DEMO-11"])


def test_a_trust_that_published_nothing_is_told_so(door: Door):
    page = door.open(COMPARE, INSPECTOR, view="trust", trust="DEMO-03")
    assert [warning.value for warning in page.warning] == [
        "This trust published nothing in 2025/26. Choose another one."
    ]


def test_two_trusts_stand_side_by_side(door: Door):
    said = words(door.open(COMPARE, INSPECTOR, view="beside", trust="DEMO-11", beside="DEMO-10"))
    assert (
        "DEMO-11 and DEMO-10 both have a level in 18 statements, and differ in 9 of them." in said
    )


def test_the_board_reads_the_answer_and_the_promises(door: Door):
    page = door.open(OVERVIEW, BOARD)
    said = words(page)
    assert page.title[0].value == "How well do we handle complaints, and how do we know?"
    assert "Evidence shows “good” in four stages and “some shortfalls” in one" in said
    assert "The 2026/27 assessment is still being prepared. This page shows 2025/26" in said
    assert drawn(page).count('<li class="bm-stage">') == 5
    for state in ("▲ Late", "● Done"):
        assert f'<span class="bm-mark">{state}' in drawn(page)
