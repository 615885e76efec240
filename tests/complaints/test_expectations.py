"""What is expected of a trust: worked out again from the published files, one number at a time."""

import pytest

from benchmarking import peers
from benchmarking.complaints import Expectation, rates
from benchmarking.complaints import expectation_words as say
from benchmarking.complaints.years import Year
from benchmarking.peers import Basis
from benchmarking.statistics.funnel import Band, NoBand
from tests.complaints import published
from tests.complaints.conftest import Copy
from tests.complaints.small_year import CATALOGUE, trust, year
from tests.statistics.funnel import slow

NEW, CLOSED = "new-complaints-per-1000-staff", "caseload-closed"


def numbers(codes: list[str], above: str, *below: str) -> list[tuple[float, float]]:
    """(events, size) of each trust that has both, straight from the files."""
    found = []
    for code in codes:
        parts = [published.figure(code, column) for column in (above, *below)]
        known = [part for part in parts if part is not None]
        if len(known) == len(parts):
            found.append((known[0], sum(known[1:])))
    return found


@pytest.mark.parametrize("code", ["R0A", "RR8", "RYA", "RXE", "RY9"])
def test_new_complaints_are_expected_at_the_rate_of_the_whole_group(shipped: Copy, code: str):
    group = [code, *published.of_type(published.eric_type(code), without=code)]
    pairs = numbers(group, "Complaints_Total_New", "mean_fte_2024_25")
    rate = sum(events for events, _ in pairs) / sum(size for _, size in pairs)
    twin = slow.ratio([(events, size * rate) for events, size in pairs], 1.96)

    found = shipped.of(code).expectations[NEW]
    assert found.place is not None
    units, made = found.funnel.units, found.funnel
    assert units.size[found.place] == pytest.approx(pairs[0][1] * rate, rel=1e-9)
    assert made.z_adjusted[found.place] == pytest.approx(twin.adjusted[0], rel=1e-9)
    assert float(made.dispersion.tau2) == pytest.approx(twin.tau2, rel=1e-9)


@pytest.mark.parametrize("code", ["R0A", "RYA", "RXE"])
def test_the_caseload_closed_is_held_against_the_share_of_the_whole_group(shipped: Copy, code: str):
    group = [code, *published.of_type(published.eric_type(code), without=code)]
    caseload = ("Complaints_Total_Brought_Forward", "Complaints_Total_New")
    twin = slow.share(numbers(group, "Complaints_Total_Resolved", *caseload), 1.96)
    found = shipped.of(code).expectations[CLOSED]
    assert found.place is not None
    assert found.funnel.z_adjusted[found.place] == pytest.approx(twin.adjusted[0], rel=1e-9)


# A group small enough to check in the head: 100 staff in each, ten complaints but for one.


def among_all(of: Year, code: str, indicator: str = NEW) -> Expectation:
    whose, chosen = of.organisations.by_code[code], CATALOGUE.indicator(indicator)
    group = peers.group_of(whose, of.organisations.trusts, Basis.EVERYONE)
    found = rates.among_peers(of, chosen, rates.rates(of, chosen), whose, group)
    return Expectation(found, {"NHS trusts": found})


def ten_each(first: object, others: int = 7, silent: tuple[str, ...] = ()) -> Year:
    rows = [f"AAA {first} 100 12", *(f"{code * 3} 10 100 12" for code in "BCDEFGHIJ"[:others])]
    return year("\n".join(["new staff months", *rows]), silent=silent)


@pytest.mark.parametrize(
    "first, band, words",
    [
        (10, Band.AS_EXPECTED, "as expected in this group"),
        (40, Band.MUCH_HIGHER, "much higher than expected in this group"),
        (2, Band.LOWER, "lower than expected in this group"),
        (0, Band.MUCH_LOWER, "much lower than expected in this group"),
    ],
)
def test_a_trust_stands_out_or_does_not(first: int, band: Band, words: str):
    found = among_all(ten_each(first), "AAA")
    assert found.own is band
    assert say.verdict(found) == words


def test_the_sentence_has_what_was_seen_and_what_was_expected():
    assert say.funnel_sentence(among_all(ten_each(40, 9), "AAA")) == (
        "40 complaints, where 13 would be expected of it at the rate of the whole group (3.08 "
        "times that): much higher than expected in this group. Of 10 trusts 1 is higher and none "
        "lower than expected."
    )
    assert say.funnel_sentence(among_all(ten_each(10), "AAA")).endswith(
        "as expected in this group. No trust of 8 stands out."
    )


def test_who_has_no_figure_is_told_why_and_how_many_of_the_others_stand_out():
    found = among_all(ten_each(40, silent=("ZZZ",)), "ZZZ")
    assert found.own is NoBand.NO_FIGURE
    assert say.funnel_sentence(found) == (
        "No return was published, which is not zero. Of 8 trusts 1 is higher and none lower than "
        "expected."
    )
    assert say.verdict(found) == ""


def test_among_too_few_nothing_is_expected():
    found = among_all(ten_each(10, others=4), "AAA")
    assert found.own is NoBand.TOO_FEW_UNITS and not found.has_bands
    assert say.funnel_sentence(found) == "100.0: too few others to say what is expected."
    assert say.verdict(found) == ""


def test_a_small_trust_has_no_band_and_says_so():
    rows = [f"{code * 3} 100 1000 12" for code in "BCDEFGH"]
    of = year("\n".join(["new staff months", "AAA 3 40 12", *rows]))
    assert say.verdict(among_all(of, "AAA")) == "too small to say: fewer than 5 would be expected"


# Ranks.


def test_a_rank_stands_with_its_interval_and_its_chances():
    said = say.rank_sentence(among_all(ten_each(40, 9), "AAA"))
    assert said.startswith("10th from the lowest of 10 (95% interval 10 to 10). The chance that it")
    assert said.endswith("is in the lowest quarter is under 1%, in the highest over 99%.")


def test_equal_figures_share_a_rank():
    said = say.rank_sentence(among_all(ten_each(10), "AAA"))
    assert said.startswith("Level with others at 4.5 from the lowest of 8 (95% interval 1 to 8).")


def test_without_a_figure_or_enough_others_there_is_no_rank():
    silent = among_all(ten_each(10, silent=("ZZZ",)), "ZZZ")
    assert silent.own_rank is None
    assert say.rank_sentence(silent) == "No return was published, which is not zero."
    few = among_all(ten_each(10, others=4), "AAA")
    assert say.rank_sentence(few).startswith("Too few to say. There are 4 other trusts")


def test_a_figure_of_few_events_is_drawn_towards_the_group():
    rows = [
        f"{code * 3} {count} 1000 12"
        for code, count in zip("BCDEFGH", (60, 80, 100, 120, 90, 110, 140), strict=True)
    ]
    of = year("\n".join(["new staff months", "AAA 1 50 12", *rows]))
    said = say.shrunken_sentence(among_all(of, "AAA"))
    assert said.startswith("Drawn towards the group's figure as far as its own small numbers")
    assert "20.0 becomes" in said
    assert say.shrunken_sentence(among_all(ten_each(10, others=4), "AAA")) == ""


# Other groups.


def test_other_bands_are_named_together(shipped: Copy):
    found = shipped.of("RYA").expectations[NEW]
    assert say.across_bands(found) == (
        "As expected among ambulance trusts; higher than expected among trusts in the Midlands "
        "region and NHS trusts."
    )
    assert say.across_sentence(found).startswith("In each of 3 groups the figure is in the highest")


def test_trusts_picked_by_hand_are_not_held_against_other_choices(shipped: Copy):
    picked = shipped.of("RYA", Basis.PICKED, "R0A", "RR8").expectations[NEW]
    assert say.across_sentence(picked) == ""


def test_a_trust_without_a_type_has_bands_in_its_other_groups(shipped: Copy):
    found = shipped.of("R1C").expectations[NEW]
    assert found.own is NoBand.TOO_FEW_UNITS
    assert any(isinstance(band, Band) for band in found.across_bands.values())


def test_rates_by_other_sizes_stand_in_one_sentence(shipped: Copy):
    assert say.by_other_sizes(shipped.of("R0A")).startswith(
        "By other measures of size: 23.7 new complaints per 10,000 bed days, as expected in this"
    )
    assert say.by_other_sizes(shipped.of("RY9")) == ""


def test_every_trust_has_its_own_group_among_the_reasonable_ones(shipped: Copy):
    found = shipped.of("R0A").expectations[NEW]
    assert next(iter(found.wider)) == found.found.group.name == "acute teaching trusts"
    assert len(found.wider) == 5


def test_a_part_year_trust_is_expected_by_the_staff_it_had(shipped: Copy):
    assert trust("AAA").months_reported == 12
    found = shipped.of("RY9").expectations[NEW]
    assert found.found.is_partial(found.rates[found.place or 0])
