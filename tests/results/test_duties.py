"""Duties are counted: what is missing is told apart, and only what is open is listed."""

import pytest

from benchmarking.answers import ItemKey
from benchmarking.assessing.duties import DutyCounts, duty_counts
from benchmarking.evidence import Standing
from benchmarking.standard import Library
from tests.results.scene import DUTIES, LAW


def counted(library: Library, drawn: str) -> DutyCounts:
    """The first duties answered as drawn, and the rest with yes."""
    standard = library.standard(LAW, "2026.1")
    items = [item for stage in standard.stages for item in standard.items_of(stage)]
    signs = drawn.ljust(len(items), "y")
    found = {
        ItemKey(LAW, item.id): Standing(DUTIES[sign], DUTIES[sign])
        for item, sign in zip(items, signs, strict=True)
        if sign != "."
    }
    return duty_counts(standard, library.scale_of(standard), found)


@pytest.mark.parametrize(
    "drawn, said, unmet",
    [
        ("", "22 questions: yes 22.", []),
        ("n", "22 questions: yes 21, no 1.", ["No"]),
        ("pn", "22 questions: yes 20, partly 1, no 1.", ["Partly", "No"]),
        ("?", "22 questions: yes 21, don't know 1.", ["Don't know"]),
        # Not applicable leaves nothing to do; not answered is not "no".
        ("-", "22 questions: yes 21, not applicable 1.", []),
        (".", "22 questions: yes 21, not answered 1.", []),
        ("." * 22, "22 questions: not answered 22.", []),
    ],
)
def test_answers_are_counted_each_for_itself(
    library: Library, drawn: str, said: str, unmet: list[str]
):
    found = counted(library, drawn)
    assert found.sentence == said
    assert found.asked == 22
    assert [duty.choice.label for duty in found.unmet] == unmet


def test_what_is_open_has_the_standards_own_words(library: Library):
    (first, second) = counted(library, "np").unmet
    item = library.standard(LAW, "2026.1").item_for[first.statement.id]
    assert first.improve == item.improve["no"]
    assert second.improve != first.improve


def test_who_does_not_know_is_given_no_advice(library: Library):
    (unknown,) = counted(library, "?").unmet
    assert unknown.improve == ""


def test_open_duties_keep_the_order_of_the_law(library: Library):
    numbers = [duty.statement.number for duty in counted(library, "n" * 22).unmet]
    standard = library.standard(LAW, "2026.1")
    assert numbers == [statement.number for statement in standard.statements]
