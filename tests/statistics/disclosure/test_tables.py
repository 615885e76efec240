"""What is hidden in a table beside its small counts."""

import pytest

from benchmarking.statistics.disclosure import (
    ALL,
    ROUND_5,
    Cell,
    Counts,
    Hiding,
    Suppressed,
    breakdown,
    linked,
    publish,
    two_way,
)
from benchmarking.statistics.disclosure.suppression import hidden_in
from benchmarking.statistics.disclosure.tables import Table, checked

EXACT = Hiding()


def drawn(rows: list[str], hiding: Hiding = EXACT) -> list[str]:
    """A table drawn row by row, as it is published: * is suppressed; totals last."""
    counts = {
        (f"row {r}", f"column {c}"): int(count)
        for r, row in enumerate(rows)
        for c, count in enumerate(row.split())
    }
    shown = publish(two_way(counts), hiding)
    names_of_rows = [*dict.fromkeys(row for row, _ in counts), ALL]
    columns = [*dict.fromkeys(column for _, column in counts), ALL]
    return [" ".join(_mark(shown[row, column]) for column in columns) for row in names_of_rows]


def _mark(shown: object) -> str:
    return "*" if isinstance(shown, Suppressed) else str(getattr(shown, "count", shown))


@pytest.mark.parametrize(
    "rows, shown",
    [
        # Nothing is small, nothing is hidden.
        (["10 20", "30 40"], ["10 20 30", "30 40 70", "40 60 100"]),
        # One small count takes three more with it: a ring of four.
        (["3 20", "30 40"], ["* * 23", "* * 70", "33 60 93"]),
        # The cheapest ring, of those with enough people on it.
        (
            ["3 50 12", "60 70 80", "11 90 95"],
            ["* 50 * 65", "60 70 80 210", "* 90 * 196", "74 210 187 471"],
        ),
        # Two small ones in one row are not enough: three people together are few as well.
        (["1 2 40", "50 60 70"], ["* * * 43", "* * * 180", "51 62 110 223"]),
        # A 0 is small too, and a total may be.
        (["0 20", "5 40"], ["* * 20", "* * 45", "* * 65"]),
        (["1 2", "3 0"], ["* * *", "* * *", "* * *"]),
    ],
)
def test_a_small_count_is_hidden_with_a_ring_of_others(rows: list[str], shown: list[str]):
    assert drawn(rows) == shown


@pytest.mark.parametrize(
    "rows, shown",
    [
        (["3 21", "0 40"], ["* 20 25", "0 40 40", "* 60 65"]),
        # Four sevens are 28; shown as 30, it could be no other four small counts.
        (["7 7 7 7", "0 0 0 9"], ["* * * * *", "0 0 0 10 10", "* * * 15 35"]),
        # Nor could seven beside three twelves: 45 less three tens of at most 12 is at least 7.
        (["7 12 12 12", "20 20 20 20"], ["* * 10 10 45", "20 20 20 20 80", "25 30 30 30 125"]),
    ],
)
def test_rounded_tables_hide_more_only_where_rounding_does_not_blur_enough(
    rows: list[str], shown: list[str]
):
    assert drawn(rows, ROUND_5) == shown


def test_a_group_alone_is_hidden_with_the_smallest_other():
    sites = {"North": 4, "South": 25, "East": 18, "West": 60}
    assert hidden_in(linked({"site": sites}), Hiding()) == {("site", "North"), ("site", "East")}


def test_each_breakdown_of_a_total_hides_for_itself():
    table = linked({"site": {"North": 4, "South": 56}, "year": {"2024": 30, "2025": 30}})
    shown = publish(table, Hiding())
    assert [_mark(shown[cell.name]) for cell in table] == ["*", "*", "30", "30", "60"]


def test_the_words_of_a_table_do_not_tell_which_count_is_small():
    shown = publish(linked({"site": {"North": 4, "South": 25, "West": 60}}), Hiding())
    assert shown["site", "North"] == shown["site", "South"]
    assert shown["site", "North"].in_words() == (
        "suppressed, so that no small number can be worked out"
    )


def test_the_same_table_always_has_the_same_counts_hidden():
    counts = {(f"row {n}", f"column {m}"): 15 for n in range(4) for m in range(4)}
    counts["row 1", "column 2"] = 3
    found = {hidden_in(two_way(counts), Hiding()) for _ in range(5)}
    assert len(found) == 1
    assert len(found.pop()) == 4


@pytest.mark.parametrize(
    "groups, said",
    [
        (
            "North 20/40, South 7/20",
            "North *, South *",
        ),
        (
            "North 20/40, South 7/20, East 16/35, West 40/80",
            "North 20 of 40 (50%), South *, East *, West 40 of 80 (50%)",
        ),
        # Those hidden are thirty together already.
        (
            "North 20/40, South 7/20, East 6/12",
            "North 20 of 40 (50%), South *, East *",
        ),
        ("North 20/40, South 15/30", "North 20 of 40 (50%), South 15 of 30 (50%)"),
        # The whole is not shown in full, so no group is.
        ("North 5/12, South 7/14", "North *, South *"),
        ("North 20/40, Nobody 0/0", "North *, Nobody *"),
    ],
)
def test_groups_are_shown_in_full_or_not_at_all(groups: str, said: str):
    counts = {}
    for group in groups.split(", "):
        name, share = group.split(" ")
        counts[name] = Counts(*(int(count) for count in share.split("/")))
    shown = breakdown(counts)
    assert said == ", ".join(
        f"{name} {'*' if isinstance(one, Suppressed) else one.in_words()}"
        for name, one in shown.items()
    )


def test_no_groups_are_no_breakdown():
    assert breakdown({}) == {}


@pytest.mark.parametrize(
    "build, said",
    [
        (lambda: linked({"site": {"North": 4}, "year": {"2024": 5}}), "Breakdowns add up to one"),
        (lambda: linked({}), "Breakdowns add up to one total"),
        (lambda: two_way({("all", "yes"): 4}), r"Two counts are both called \('all', 'yes'\)"),
        (lambda: two_way({("North", "yes"): -4}), "The parts do not add up to their total"),
        (lambda: checked([Cell(("a", "b"), 4, "here", "there")]), "The parts do not add up"),
    ],
)
def test_a_table_that_is_none_is_refused(build, said: str):
    with pytest.raises(ValueError, match=said):
        build()


def test_a_count_that_is_in_no_total_is_refused():
    loose: Table = [Cell(("a", "b"), 4, "here", "there")]
    with pytest.raises(ValueError, match="is part of no total. Check the table."):
        hidden_in(loose, Hiding())
