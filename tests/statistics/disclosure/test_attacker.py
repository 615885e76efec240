"""An attacker reads all that is published, and learns nothing that is hidden.

Each attack is made on many worlds, and then on rules that are broken on purpose: an attack that
finds nothing there would prove nothing here.
"""

import itertools
import random
from collections.abc import Mapping, Sequence

import pytest

pytest.importorskip("hypothesis")
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarking.statistics.disclosure import (
    ALL,
    ROUND_5,
    Count,
    Hiding,
    Suppressed,
    Why,
    linked,
    publish,
    too_close,
    two_way,
)
from benchmarking.statistics.disclosure.tables import Name, Table
from tests.statistics.disclosure.attacker import Attacker

few_or_many = st.one_of(st.integers(0, 12), st.integers(0, 60))
PublishedCounts = Mapping[Name, Count | Suppressed]


# Tables: every count that is shown, and that parts add up to their totals.


def bounds_of(shown: Count | Suppressed, name: Name, count: int, hiding: Hiding):
    """What stands in the place of one count. The attacker knows the rules, and guesses well."""
    if isinstance(shown, Suppressed) and hiding.rounded:
        return (1, 7) if 0 < count < 8 and ALL not in name else (1, None)
    if isinstance(shown, Suppressed):
        return (0, None)
    if shown.rounded and shown.count:
        return (max(8, shown.count - 2), shown.count + 2)
    return (shown.count, shown.count)


def reader_of(table: Table, shown: PublishedCounts, hiding: Hiding) -> Attacker:
    attacker = Attacker()
    for cell in table:
        attacker.unknown(cell.name, *bounds_of(shown[cell.name], cell.name, cell.count, hiding))
    for joint in {cell.start for cell in table}:
        flows = {cell.name: (cell.end == joint) - (cell.start == joint) for cell in table}
        attacker.reads({name: flow for name, flow in flows.items() if flow}, 0)
    return attacker


def found_in(table: Table, shown: PublishedCounts, hiding: Hiding) -> list[Name]:
    """The hidden counts that the attacker works out, or knows to be small."""
    attacker, found = reader_of(table, shown, hiding), []
    for cell in table:
        if isinstance(shown[cell.name], Suppressed):
            _, most = attacker.range_of(cell.name)
            known_small = not hiding.rounded and cell.count < hiding.least > most + 1e-6
            if attacker.knows(cell.name) or known_small:
                found.append(cell.name)
    return found


def only_small_hidden(table: Table, hiding: Hiding) -> PublishedCounts:
    """The broken rule: nothing is hidden for the sake of another."""
    return {
        cell.name: Suppressed(Why.IN_A_TABLE) if hiding.is_small(cell) else hiding.shows(cell)
        for cell in table
    }


def rows_and_columns(rows: Sequence[Sequence[int]]) -> Table:
    return two_way(
        {(f"row {r}", f"column {c}"): n for r, row in enumerate(rows) for c, n in enumerate(row)}
    )


grids = st.integers(1, 4).flatmap(
    lambda wide: st.lists(
        st.lists(few_or_many, min_size=wide, max_size=wide), min_size=1, max_size=4
    )
)


@settings(max_examples=40, deadline=None)
@given(grids, st.sampled_from([Hiding(), Hiding(5), Hiding(30), ROUND_5]))
def test_no_hidden_count_of_a_table_can_be_worked_out(rows: list[list[int]], hiding: Hiding):
    table = rows_and_columns(rows)
    assert found_in(table, publish(table, hiding), hiding) == []


@settings(max_examples=30, deadline=None)
@given(st.lists(few_or_many, min_size=1, max_size=6), st.data())
def test_nor_where_one_total_is_broken_down_twice(by_site: list[int], drawn: st.DataObject):
    total, by_year = sum(by_site), []
    while sum(by_year) < total:
        by_year.append(drawn.draw(st.integers(1, total - sum(by_year))))
    years = by_year or [0]
    table = linked(
        {
            "site": {str(n): count for n, count in enumerate(by_site)},
            "year": {str(n): count for n, count in enumerate([*years[:6], sum(years[6:])])},
        }
    )
    assert found_in(table, publish(table, Hiding()), Hiding()) == []


@pytest.mark.parametrize(
    "rows, hiding, found",
    [
        # One small count in its row.
        ([[3, 20], [30, 40]], Hiding(), ("row 0", "column 0")),
        # Two in each row and column, and too few people in them.
        ([[1, 2, 40], [2, 1, 40], [50, 60, 70]], Hiding(), ("row 0", "column 0")),
        # Rounding that does not blur enough.
        ([[7, 7, 7, 7]], ROUND_5, ("row 0", "column 2")),
        ([[1, 13, 13]], ROUND_5, ("row 0", "column 0")),
    ],
)
def test_the_attacker_finds_what_only_hiding_small_counts_leaves(
    rows: list[list[int]], hiding: Hiding, found: Name
):
    table = rows_and_columns(rows)
    assert found in found_in(table, only_small_hidden(table, hiding), hiding)
    assert found_in(table, publish(table, hiding), hiding) == []


def test_whole_numbers_leave_something_open_as_well():
    """Linear programming knows fractions; here every table of whole numbers is counted out."""
    draw, hiding = random.Random(5), Hiding(3)
    every = [
        {cell.name: cell.count for cell in rows_and_columns([flat[:2], flat[2:]])}
        for flat in itertools.product(range(10), repeat=4)
    ]
    for _ in range(40):
        rows = [draw.choices(range(5), k=2), draw.choices(range(5), k=2)]
        shown = publish(rows_and_columns(rows), hiding)
        known = {name: one.count for name, one in shown.items() if isinstance(one, Count)}
        fitting = [other for other in every if known.items() <= other.items()]
        for name in shown.keys() - known.keys():
            assert len({other[name] for other in fitting}) >= 2, (rows, name)


# Peer groups: how many of each are at one level, for every group that a reader may choose.


def few_trusts_found(groups: Mapping[str, set[str]]) -> list[tuple[str, ...]]:
    """The sets of one to four trusts of which the attacker works out how many are at a level.

    By adding and subtracting alone: the attacker sets no bounds.
    """
    attacker, everyone = Attacker(), sorted(set().union(*groups.values()))
    for trust in everyone:
        attacker.unknown(trust, None, None)
    for members in groups.values():
        attacker.reads(dict.fromkeys(members, 1.0), sum(trust in "adgjmp" for trust in members))
    few = (some for number in range(1, 5) for some in itertools.combinations(everyone, number))
    return [some for some in few if whole_pieces(some, groups) and attacker.knows(*some)]


def whole_pieces(some: Sequence[str], groups: Mapping[str, set[str]]) -> bool:
    """Whether nobody else is in just the groups of one of these. Otherwise none can be told."""
    others = set().union(*groups.values()) - set(some)
    where = [{name for name in groups if one in groups[name]} for one in some]
    return not any({name for name in groups if one in groups[name]} in where for one in others)


def draw_groups(draw: random.Random) -> dict[str, set[str]]:
    """Everyone, four regions that may leave some out, and two groups across them."""
    everyone = "abcdefghijklmnopqrstuvw"
    region = {one: draw.choice("NNNSSSEEEWWW-") for one in everyone}
    groups = {name: {one for one in everyone if region[one] == name} for name in "NSEW"}
    groups["everyone"] = set(everyone)
    for name in ("acute", "community"):
        groups[name] = set(draw.sample(everyone, draw.randint(5, 16)))
    return groups


def test_no_groups_give_fewer_than_five_trusts_away():
    draw, numbers_kept = random.Random(8), set[int]()
    for _ in range(20):
        groups = draw_groups(draw)
        hidden = too_close(groups)
        kept = {n: who for n, who in groups.items() if n not in hidden and len(who) >= 5}
        numbers_kept.add(len(kept))
        assert few_trusts_found(kept) == []
    assert max(numbers_kept) >= 4


def test_the_attacker_finds_few_trusts_among_groups_that_are_all_shown():
    groups = {"all": set("abcdefghijklmn"), "North": set("abcdef"), "South": set("ghijkl")}
    assert few_trusts_found(groups) == [("m", "n")]
