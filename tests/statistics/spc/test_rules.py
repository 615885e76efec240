"""Rule sets: what they say under a chart, and what they may not ask for."""

from dataclasses import replace

import pytest

from benchmarking.statistics.spc import AS_THE_EXCEL_TOOL, MAKING_DATA_COUNT, Rules


def test_making_data_count_is_seven_seven_screened_and_thirteen():
    rules = MAKING_DATA_COUNT
    assert (rules.shift, rules.trend, rules.least_points) == (7, 7, 13)
    assert rules.screening and rules.two_of_three
    assert not rules.improvement_first and not rules.gaps_break


def test_the_excel_tool_screens_nothing_and_shows_improvement_first():
    rules = AS_THE_EXCEL_TOOL
    assert (rules.shift, rules.trend, rules.least_points) == (7, 7, 13)
    assert not rules.screening and rules.two_of_three and rules.improvement_first


def test_the_rules_are_said_in_full():
    assert MAKING_DATA_COUNT.in_words() == (
        "Rules: Making Data Count. The limits lie 2.66 average moving ranges from the mean and "
        "need 13 points. Moving ranges from 3.267 times the average are left out. A month "
        "without a figure is passed over. A point stands out if it is outside the limits, one "
        "of 7 in a row that rise or fall, one of two in three that are close to the same limit, "
        "or one of 7 in a row on one side of the mean; where several hold, the first applies."
    )


def test_the_words_follow_the_settings():
    said = replace(AS_THE_EXCEL_TOOL, shift=6, trend=5, two_of_three=False, gaps_break=True)
    assert said.in_words() == (
        "Rules: Making Data Count, as the Excel tool. The limits lie 2.66 average moving ranges "
        "from the mean and need 13 points. A month without a figure ends a run. A point stands "
        "out if it is outside the limits, one of 5 in a row that rise or fall, or one of 6 in a "
        "row on one side of the mean; where several hold, an improvement is shown first."
    )


@pytest.mark.parametrize("rule", ["shift", "trend", "least_points"])
def test_a_rule_about_one_point_is_refused(rule: str):
    with pytest.raises(ValueError, match=f"Rules 'Ours': {rule} is 1, and one point alone shows"):
        replace(Rules("Ours"), **{rule: 1})
