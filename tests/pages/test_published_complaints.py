"""Published complaints: what the page shows of a trust, of all trusts, and of what is missing."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from benchmarking import published_imports
from tests.complaints import published
from tests.imports.ko41a_files import PUBLISHED, changed, csv_of
from tests.pages.opening import BOARD, INSPECTOR, LEAD, Door, told
from tests.pages.opening import text as all_words

PAGE = "pages/everyone/published_complaints.py"


def page(door: Door, subject: str = INSPECTOR, **address: str) -> AppTest:
    return door.open(PAGE, subject, **address)


def lead(opened: AppTest) -> str:
    found = re.search(r'<p class="bm-lead">(.*?)</p>', told(opened))
    return found[1] if found else ""


def context(opened: AppTest) -> str:
    found = re.search(r'<p class="bm-context">(.*?)</p>', told(opened))
    return found[1] if found else ""


def alerts(opened: AppTest) -> list[str]:
    return re.findall(r'<p class="bm-note alert">(.*?)</p>', told(opened))


def choose(opened: AppTest, label: str, value: str) -> AppTest:
    box = next(box for box in opened.selectbox if box.label == label)
    return box.select(value).run()


# Without a trust.


def test_without_a_trust_it_says_what_to_do_and_shows_all_trusts(looking: Door):
    opened = page(looking)
    assert lead(opened) == (
        "Choose a trust to see its complaints among trusts like it. Until then: all 207 NHS trusts "
        "that published a return for 2024-25."
    )
    for figure in ("207", "106,703", "99,942", "77.8"):
        assert f'<span class="figure">{figure}</span>' in told(opened)
    assert "25.0% were upheld, 41.5% were partly upheld and 33.5% were not upheld: 66.5%" in (
        all_words(opened)
    )
    assert [box.label for box in opened.selectbox] == ["Trust"]


@pytest.mark.parametrize("subject", [LEAD, BOARD])
def test_people_of_fictional_trusts_are_asked_to_choose_too(looking: Door, subject: str):
    assert lead(page(looking, subject)).startswith("Choose a trust")


def test_every_trust_can_be_chosen_by_name_and_code(looking: Door):
    (box,) = page(looking).selectbox
    assert len(box.options) == 208
    assert "Manchester University NHS Foundation Trust (R0A)" in box.options
    assert "Solent NHS Trust (R1C), part of the year" in box.options
    silent = "St George's University Hospitals NHS Foundation Trust (RJ7), no return published"
    assert silent in box.options


# With a trust.


def test_the_address_chooses_the_trust(looking: Door):
    opened = page(looking, trust="R0A")
    assert context(opened) == (
        "Manchester University NHS Foundation Trust (R0A) · April 2024 to March 2025 · compared "
        "with 48 other acute teaching trusts · real trusts, figures as published"
    )
    assert lead(opened).startswith(
        "1,941 new written complaints in 2024-25, 70.8 per 1,000 staff: "
    )


def test_the_answer_is_what_the_published_file_says(looking: Door):
    opened = page(looking, trust="RR8")
    new, staff = (
        published.figure("RR8", name) or 0 for name in ("Complaints_Total_New", "mean_fte_2024_25")
    )
    assert f"{new:,.0f} new written complaints in 2024-25, {1000 * new / staff:.1f}" in lead(opened)


def test_the_national_figures_stay_on_the_page(looking: Door):
    opened = page(looking, trust="R0A")
    assert "106,703" in told(opened)
    assert "Of 99,942 complaints resolved, 25.0% were upheld" in told(opened)


def test_choosing_writes_the_code_into_the_address(looking: Door):
    opened = choose(page(looking), "Trust", "RR8")
    assert opened.query_params["trust"] == "RR8"
    assert context(opened).startswith("Leeds Teaching Hospitals NHS Trust (RR8)")


def test_four_pictures_stand_each_with_a_sentence_and_warnings(looking: Door):
    opened = page(looking, trust="R0A")
    assert len(opened.get("plotly_chart")) == 4
    assert [header.value for header in opened.header] == [
        "New complaints",
        "Share of the caseload closed",
        "Outcomes",
        "What complaints are about",
        "All 207 NHS trusts together",
    ]
    assert len(opened.text) == 4
    assert told(opened).count("Before you compare:") == 4
    assert "More complaints can mean that it is easier to complain." in told(opened)
    assert "the publisher, in our words" in told(opened)


@pytest.mark.parametrize(
    "about, said",
    [
        ("subject-mix", "trust administration, 7.5% (middle 1.3%)"),
        ("service-mix", "outpatient care, 43.9% (middle 31.8%)"),
        ("profession-mix", "support to clinical staff, 12.3% (middle 1.6%)"),
    ],
)
def test_subjects_services_or_professions(looking: Door, about: str, said: str):
    opened = page(looking, trust="R0A", about=about)
    assert any(said in element.value for element in opened.text)


@pytest.mark.parametrize(
    "peers, said",
    [
        ("type", "48 other acute teaching trusts"),
        ("broad-type", "133 other acute trusts"),
        ("region", "30 other trusts in the North West region"),
        ("system", "9 other trusts in Greater Manchester"),
        ("all", "206 other NHS trusts"),
    ],
)
def test_the_peers_can_be_changed(looking: Door, peers: str, said: str):
    assert f"compared with {said}" in context(page(looking, trust="R0A", peers=peers))


def test_peers_can_be_picked_by_hand_and_stay_in_the_address(looking: Door):
    opened = page(looking, trust="R0A", peers="picked")
    assert alerts(opened) == [
        "Pick the trusts to compare with. 5 or more give a middle, 8 or more a middle half."
    ]
    (field,) = opened.multiselect
    opened = field.set_value(["RTD", "RR8"]).run()
    assert opened.query_params["with"] == "RTD.RR8"
    assert "compared with 2 other trusts picked by hand" in context(opened)


def test_a_link_brings_picked_peers_back_and_names_those_it_cannot(looking: Door):
    opened = page(looking, trust="R0A", peers="picked", **{"with": "RR8.RJ7.<b>"})
    assert "compared with 1 other trust picked by hand" in context(opened)
    assert alerts(opened)[0] == "Cannot be compared with: RJ7, b. Pick other trusts."


def test_second_rates_are_a_line_with_their_bands(looking: Door):
    assert (
        "By other measures of size: 127.9 new complaints per 100,000 incidents, as expected in "
        "this group."
    ) in told(page(looking, trust="RYA"))


# Against what is expected.


def test_the_answer_says_whether_the_figure_is_as_expected(looking: Door):
    opened = page(looking, trust="R0A")
    assert "70.8 per 1,000 staff: as expected in this group." in lead(opened)
    assert "lower than expected in this group" in lead(page(looking, trust="RY9", peers="all"))


@pytest.mark.parametrize(
    "view, said",
    [
        ("funnel", "1,941 complaints, where 2,056 would be expected of it at the rate of the"),
        ("ranking", "25th from the lowest of 49 (95% interval 21 to 27)."),
        ("order", "70.8 new written complaints per 1,000 staff (95% interval"),
    ],
)
def test_a_rate_is_shown_as_a_funnel_a_ranking_or_in_order(looking: Door, view: str, said: str):
    opened = page(looking, trust="R0A", **{"as": view})
    assert opened.text[0].value.startswith(said)


def test_the_funnel_comes_first_and_stays_in_the_address(looking: Door):
    opened = page(looking, trust="R0A")
    assert (opened.query_params["as"], opened.query_params["closed-as"]) == ("funnel", "funnel")


def test_the_measure_of_size_can_be_changed_where_the_type_has_others(looking: Door):
    opened = page(looking, trust="R0A", by="new-complaints-per-10000-episodes")
    assert "complaints, where" in opened.text[0].value
    assert opened.text[0].value != page(looking, trust="R0A").text[0].value
    with_one = page(looking, trust="RY9")
    assert "by" not in with_one.query_params


def test_the_share_of_the_caseload_has_a_band_of_its_own(looking: Door):
    opened = page(looking, trust="RYA")
    assert opened.text[1].value.startswith(
        "99.5%, where 74.4% is that of the whole group together: much higher than expected"
    )


def test_the_rules_of_bands_stand_below_in_words_a_board_can_read(looking: Door):
    said = told(page(looking, trust="R0A"))
    assert "11 to 19 of 100 would still get one" in said
    assert "neither end is better" in told(page(looking, trust="R0A", **{"as": "ranking"}))


def test_whether_the_choice_of_peers_matters_is_said(looking: Door):
    said = told(page(looking, trust="RYA"))
    assert "In each of 4 groups the figure is in the highest quarter." in said
    assert (
        "As expected among ambulance trusts and trusts most like it; higher than expected" in said
    )


# What is missing is told apart.


def test_no_return_is_said_and_is_no_zero(looking: Door):
    opened = page(looking, trust="RJ7")
    assert lead(opened) == (
        "St George&#39;s University Hospitals NHS Foundation Trust published no return for "
        "2024-25. That is not zero."
    )
    assert "compared with 49 other acute teaching trusts" in context(opened)


def test_part_of_a_year_and_what_became_of_a_trust_are_said(looking: Door):
    assert alerts(page(looking, trust="RY9")) == [
        "Existed for part of 2024-25: staff numbers were published for 7 of the 12 months. Became "
        "part of Kingston and Richmond NHS Foundation Trust (RAX) on 1 November 2024."
    ]


def test_a_trust_without_a_type_is_told_to_choose_another_group(looking: Door):
    opened = page(looking, trust="R1C")
    assert alerts(opened)[1] == (
        "No trust type in the estates return (ERIC) is published for Solent NHS Trust in 2024-25, "
        "so it has no such group. Choose another group."
    )
    assert "Too few to say." in opened.text[0].value
    # Its rates would be one dot each; outcomes and subjects still say something.
    assert len(opened.get("plotly_chart")) == 2
    assert len(page(looking, trust="R1C", peers="region").get("plotly_chart")) == 4


@pytest.mark.parametrize(
    "code, said",
    [
        ("RW6", "It became part of Manchester University NHS Foundation Trust (R0A)"),
        ("XYZ", "No NHS trust has the code XYZ in 2024-25."),
        ("<script>", "No NHS trust has the code script in 2024-25."),
    ],
)
def test_an_unknown_code_in_the_address_is_told_and_the_choice_stands_open(
    looking: Door, code: str, said: str
):
    opened = page(looking, trust=code)
    assert any(said in alert for alert in alerts(opened))
    assert lead(opened).startswith("Choose a trust")


def test_the_code_of_ones_fictional_trust_is_no_mistake(looking: Door):
    assert alerts(page(looking, LEAD, trust="DEMO-07")) == []


# Tables and small print.


def test_each_picture_has_its_table_with_published_columns_to_take_away(looking: Door):
    opened = page(looking, trust="R0A")
    assert [expander.label for expander in opened.expander] == [
        "Table",
        "Table",
        "Table",
        "Table",
        "Table of sums over all trusts",
    ]


def test_the_small_print_names_the_file_and_the_licence(looking: Door):
    said = told(page(looking, trust="R0A"))
    assert "File: ko41a_2024-25_org_level.csv, SHA-256 90b3f62ac4e9…, loaded on" in said
    assert "Contains information from NHS England, licensed under the Open Government" in said
    assert "find the row with the trust" in said


# A revised file.


def test_a_revised_file_is_on_the_page_at_the_next_click(door: Door, tmp_path: Path):
    opened = page(door, trust="R0A")
    assert "Of 1,993 complaints resolved, 78.4% were upheld" in opened.text[2].value
    revised = tmp_path / "revised.csv"
    revised.write_bytes(
        csv_of(changed("R0A", Complaints_Number_Upheld=-563, Complaints_Number_Not_Upheld=563))
    )
    published_imports.import_ko41a(door.running, revised)
    opened = opened.run()
    assert "Of 1,993 complaints resolved, 50.2% were upheld" in opened.text[2].value
    assert "File: revised.csv" in told(opened)


def test_another_year_can_be_chosen_once_it_is_imported(door: Door, tmp_path: Path):
    later = tmp_path / "later.csv"
    later.write_bytes(PUBLISHED.read_bytes().replace(b"\n2024-25,", b"\n2025-26,"))
    published_imports.import_ko41a(door.running, later)
    opened = page(door, trust="R0A")
    assert lead(opened) == (
        "1,941 new written complaints in 2025-26. There is no rate: not published: staff (mean "
        "full-time equivalent)."
    )
    assert "No staff or activity is on file for 2025-26, so there are no rates." in told(opened)
    opened = choose(opened, "Year", "2024-25")
    assert lead(opened).startswith(
        "1,941 new written complaints in 2024-25, 70.8 per 1,000 staff: "
    )
