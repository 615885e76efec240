"""The pictures of published complaints: with nobody, one trust, ties, gaps and everybody."""

from typing import Any

import pytest

from benchmarking import peers
from benchmarking.access import Role
from benchmarking.charts import (
    mix_pairs,
    outcome_bars,
    published_complaints,
    rates_in_order,
)
from benchmarking.charts.chart import OWN, Chart
from benchmarking.charts.published_complaints import View, in_order
from benchmarking.complaints import (
    MIXES,
    OUTCOMES,
    Expectation,
    MixAmongPeers,
    RateAmongPeers,
    Year,
    mixes,
    nationally,
    rates,
)
from benchmarking.peers import Basis
from tests.charts import drawn
from tests.complaints.conftest import Copy
from tests.complaints.small_year import CATALOGUE, trust, year

PER_STAFF = "new written complaints per 1,000 staff"
NEW = CATALOGUE.indicator("new-complaints-per-1000-staff")
OUTCOME_MIX = CATALOGUE.indicator("outcome-mix")


def rate_among(of: Year, code: str) -> RateAmongPeers:
    whose = of.organisations.by_code[code]
    group = peers.group_of(whose, of.organisations.trusts, Basis.EVERYONE)
    return rates.among_peers(of, NEW, rates.rates(of, NEW), whose, group)


def outcomes_among(of: Year, code: str) -> MixAmongPeers:
    whose = of.organisations.by_code[code]
    group = peers.group_of(whose, of.organisations.trusts, Basis.EVERYONE)
    return mixes.among_peers(of, OUTCOME_MIX, whose, group)


def places(figure: dict[str, Any], **marker: object) -> list[tuple[float, float]]:
    """Where the dots of one look are."""
    return [
        point
        for trace in figure["data"]
        if trace.get("mode") == "markers" and marker.items() <= trace["marker"].items()
        for point in zip(trace["x"], trace["y"], strict=True)
    ]


# Every chart of every kind of trust is valid and says in words what it shows.

CODES = ["R0A", "RJ7", "R1C", "RY9", "RYA", "RN5", "RP4", "RYR", "G6V2S", "R1F", "RNK"]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("basis", [Basis.ERIC_TYPE, Basis.ICS, Basis.EVERYONE])
def test_every_chart_of_a_trust_is_valid(shipped: Copy, code: str, basis: Basis):
    found = shipped.of(code, basis)
    for mix in map(found.mix, (OUTCOMES, *MIXES)):
        drawn.checked(published_complaints.mix(mix))
    for expectation in found.expectations.values():
        for view in published_complaints.VIEWS:
            drawn.checked(view.draw(expectation))


EDGES = {
    "nobody at all": (rate_among(year("upheld\nAAA 1", silent=("ZZZ",)), "ZZZ"), 0),
    "one trust alone": (rate_among(year("new staff months\nAAA 3 100 12"), "AAA"), 1),
    "a trust and a gap": (rate_among(year("new staff months\nAAA 3 100 12\nBBB 3 - -"), "AAA"), 1),
    "all the same": (
        rate_among(
            year("new staff months\n" + "\n".join(f"{c * 3} 5 100 12" for c in "ABCDEFGHI")), "AAA"
        ),
        9,
    ),
    "all at nothing": (
        rate_among(
            year("new staff months\n" + "\n".join(f"{c * 3} 0 100 12" for c in "ABCDEFGHI")), "AAA"
        ),
        9,
    ),
}


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("view", published_complaints.VIEWS, ids=lambda view: view.id)
def test_every_view_is_valid_at_the_edges(edge: str, view: View):
    found, dots = EDGES[edge]
    chart = view.draw(Expectation(found, {"NHS trusts": found}))
    if dots:
        drawn.checked(chart)
    assert chart.sentence.endswith(".")


@pytest.mark.parametrize("edge", EDGES)
def test_rates_at_the_edges_are_valid(edge: str):
    found, dots = EDGES[edge]
    figure = drawn.checked(rates_in_order.draw(found, PER_STAFF)) if dots else {"data": []}
    assert sum(len(t["x"]) for t in figure["data"] if t.get("mode") == "markers") == dots


def test_nobody_at_all_is_an_empty_picture_with_a_reason():
    found, _ = EDGES["nobody at all"]
    chart = rates_in_order.draw(found, PER_STAFF)
    assert len(chart.figure.to_dict()["data"]) == 0
    assert chart.sentence == "No return was published, which is not zero."


# Rates in order.

SIX = year(
    """
         new staff months
    AAA   30  1000     12
    BBB   10  1000     12
    CCC   20  1000      6
    DDD   40  1000     12
    EEE   50  1000     12
    FFF   60  1000     12
    """
)


def six(code: str) -> dict[str, Any]:
    return drawn.checked(rates_in_order.draw(rate_among(SIX, code), PER_STAFF))


def test_trusts_stand_from_the_lowest_figure_to_the_highest_with_ones_own_in_blue():
    figure = six("AAA")
    assert places(figure, color=OWN) == [(2, 30.0)]
    others = [
        point
        for trace in figure["data"]
        if trace.get("mode") == "markers"
        for point in zip(trace["x"], trace["y"], strict=True)
    ]
    assert sorted(others) == [(0, 10), (1, 20), (2, 30), (3, 40), (4, 50), (5, 60)]


def test_a_part_of_the_year_is_hollow():
    assert places(six("AAA"), symbol="circle-open") == [(1, 20.0)]
    assert places(six("CCC"), symbol="circle-open", color=OWN) == [(1, 20.0)]


def test_every_dot_has_its_interval():
    figure = six("AAA")
    lines = [trace for trace in figure["data"] if trace.get("mode") == "lines"]
    assert sum(len(trace["x"]) for trace in lines) == 3 * 6


def test_the_middle_is_drawn_and_said_and_quarters_wait_for_eight():
    figure = six("AAA")
    shapes = figure["layout"]["shapes"]
    assert [(shape["type"], shape["y0"]) for shape in shapes] == [("line", 40)]
    assert "middle of peers 40.0" in drawn.texts(figure)


def test_eight_peers_have_a_band(shipped: Copy):
    chart = in_order(shipped.of("R0A").expectations[NEW.id])
    shapes = drawn.checked(chart)["layout"]["shapes"]
    assert [shape["type"] for shape in shapes] == ["rect", "line"]


def test_too_few_peers_have_no_middle():
    of = year("new staff months\nAAA 3 100 12\nBBB 3 100 12")
    figure = drawn.checked(rates_in_order.draw(rate_among(of, "AAA"), PER_STAFF))
    assert not figure["layout"].get("shapes")
    assert not any("middle" in text for text in drawn.texts(figure))


def test_the_alt_text_has_range_middle_and_the_trust():
    assert rates_in_order.draw(rate_among(SIX, "AAA"), PER_STAFF).alt == (
        "New written complaints per 1,000 staff (mean full-time equivalent), 2024-25: 5 peers as "
        "dots in order. They range from 10.0 to 60.0. Their middle is 40.0. Demonstration Trust "
        "AAA has 30.0, 95% interval 20.2 to 42.8."
    )


# A share reaches the end of its scale and not beyond.


@pytest.mark.parametrize("code", ["RY9", "RYA", "R1C"])
def test_the_scale_of_a_share_ends_just_above_what_is_there(shipped: Copy, code: str):
    figure = drawn.checked(in_order(shipped.of(code).expectations["caseload-closed"]))
    low, high = figure["layout"]["yaxis"]["range"]
    assert low == 0 and 100 <= high <= 106


# Outcomes.


def bars(figure: dict[str, Any]) -> list[float]:
    return [trace["x"][0] for trace in figure["data"] if trace["type"] == "bar"]


def test_three_bars_of_three_parts_each_add_up():
    of = year(
        "upheld partly not resolved\nAAA 1 2 1 4\n"
        + "\n".join(f"{code * 3} 10 20 70 100" for code in "BCDEF")
    )
    figure = drawn.checked(outcome_bars.draw(outcomes_among(of, "AAA")))
    found = bars(figure)
    assert found[:3] == [25, 50, 25]
    assert found[3:6] == [10, 20, 70]
    assert [round(sum(found[at : at + 3])) for at in (0, 3, 6)] == [100, 100, 100]
    assert drawn.texts(figure)[1:] == [
        "This trust (AAA): 4 resolved",
        "5 peers together: 500 resolved",
        "All 6 NHS trusts together: 504 resolved",
    ]


def test_a_trust_without_a_return_has_no_bar_and_others_have():
    of = year("upheld partly not resolved\nAAA 1 2 1 4", silent=("ZZZ",))
    figure = drawn.checked(outcome_bars.draw(outcomes_among(of, "ZZZ")))
    assert drawn.texts(figure)[1:] == ["All 1 NHS trusts together: 4 resolved"]


def test_the_intervals_under_the_bar_end_where_the_shares_do():
    of = year("upheld partly not resolved\nAAA 90 5 5 100")
    mix = outcomes_among(of, "AAA")
    figure = drawn.checked(outcome_bars.draw(mix))
    spans = next(t["x"] for t in figure["data"] if t.get("mode") == "lines+markers")
    upheld, not_upheld = mix.parts[0].own, mix.parts[2].own
    assert upheld and not_upheld
    assert spans == [
        round(upheld.low, 2),
        round(upheld.high, 2),
        None,
        round(100 - not_upheld.high, 2),
        round(100 - not_upheld.low, 2),
        None,
    ]


def test_no_outcome_is_red_or_green(shipped: Copy):
    figure = drawn.checked(published_complaints.mix(shipped.of("R0A").mix(OUTCOMES)))
    for trace in figure["data"]:
        colour = trace["marker"]["color"]
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        assert blue >= green >= red, colour


def test_all_trusts_alone_are_one_bar(shipped: Copy):
    nation = nationally(shipped.visit(Role.INSPECTOR), shipped.year())
    chart = outcome_bars.draw_nation(nation)
    assert bars(drawn.checked(chart)) == [24.96, 41.5, 33.54]


# Mixes.


def names(chart: Chart) -> list[str]:
    """The rows of the picture, from the top."""
    notes = drawn.checked(chart)["layout"]["annotations"][2:]
    return [note["text"].replace("<br>", " ") for note in notes if note["xanchor"] == "left"]


def test_eight_parts_stand_from_more_often_here_to_less_often(shipped: Copy):
    mix = shipped.of("R0A").mix(MIXES[0])
    shown = mix_pairs.shown(mix)
    differences = [part.difference or 0 for part in shown]
    assert len(shown) == mix_pairs.MOST_ROWS == 8
    assert differences == sorted(differences, reverse=True)
    smallest = min(abs(difference) for difference in differences)
    left_out = [part for part in mix.parts if part not in shown]
    assert all(abs(part.difference or 0) <= smallest for part in left_out)
    assert names(mix_pairs.draw(mix)) == [part.measure.label for part in shown]


def test_the_table_has_the_parts_that_the_picture_leaves_out(shipped: Copy):
    mix = shipped.of("R0A").mix(MIXES[0])
    assert len(mix_pairs.draw(mix).table) == len(mix.parts) == 21


def test_parts_that_nobody_names_are_left_out(shipped: Copy):
    services = shipped.of("RYA").mix(MIXES[1])
    assert [part.measure.label for part in mix_pairs.shown(services)] == [
        "Ambulance",
        "Other community healthcare",
    ]


def test_without_peers_the_largest_parts_are_shown(shipped: Copy):
    shown = mix_pairs.shown(shipped.of("R1C").mix(MIXES[0]))
    counts = [part.own.count for part in shown if part.own]
    assert counts == sorted(counts, reverse=True)
    assert len(counts) == 8


def test_without_a_return_the_largest_parts_of_peers_are_shown(shipped: Copy):
    chart = mix_pairs.draw(shipped.of("RJ7").mix(MIXES[0]))
    figure = drawn.checked(chart)
    assert places(figure, color=OWN) == []
    assert names(chart)[0] == "Clinical treatment"
    assert "– (34.8%)" in drawn.texts(figure)


def test_a_name_cannot_bring_markup_into_a_picture():
    of = year("new staff months\nAAA 3 100 12", {"AAA": trust("AAA", name="<a href='x'>Trust</a>")})
    traces = rates_in_order.draw(rate_among(of, "AAA"), PER_STAFF).figure.to_dict()["data"]
    hovers = [text for trace in traces for text in trace.get("text", [])]
    assert [text.split("<br>")[0] for text in hovers] == [
        "<b>&lt;a href=&#x27;x&#x27;&gt;Trust&lt;/a&gt;</b>"
    ]
