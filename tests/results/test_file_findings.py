"""What a closed review found is told under the disclosure rule, and ranked only where it holds."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

import pytest

from benchmarking.charts import file_findings as chart
from benchmarking.file_review.file_findings import FileFindings, ItemFinding, work_out
from benchmarking.file_review.reviews import Instrument
from benchmarking.reviewed_files import Finding, Outcome, Review, ReviewState, Stratum
from benchmarking.settings import read
from benchmarking.standard import load_library
from benchmarking.statistics.disclosure import Coarse, InFull, Suppressed

NO, PARTLY, YES, NOT_APPLICABLE = 1, 2, 3, 10
FIRST, SECOND, THIRD = "fr-1.2", "fr-1.3", "fr-1.4"
Readings = Mapping[str, Mapping[tuple[int, int, int], int]]


@pytest.fixture(scope="module")
def instrument() -> Instrument:
    library = load_library(read({}).standards)
    standard = next(s for s in library.standards if s.file_review is not None)
    assert standard.file_review is not None
    return Instrument(standard, standard.file_review, library.scales[standard.file_review.scale])


def review(files: int) -> Review:
    return Review(
        review_id=1,
        organisation_id=7,
        cycle_id="2026-27",
        standard_id="my-expectations",
        edition="2014.2",
        content_hash="a" * 64,
        shown_from=YES,
        top=YES,
        seed=1,
        wanted=files,
        frame_size=214,
        frame_sha256="b" * 64,
        closed_from=date(2026, 4, 1),
        closed_to=date(2026, 9, 30),
        state=ReviewState.CLOSED,
        state_since=datetime(2026, 11, 3, 10),
        reason="",
        drawn_at=datetime(2026, 10, 1, 10),
        drawn_by="Complaints manager",
        strata=(Stratum(Outcome.UPHELD, 214, files),),
    )


def rows(readings: Readings) -> Iterator[Finding]:
    for item_id, counts in readings.items():
        for (first, second, agreed), files in counts.items():
            yield Finding(item_id, first, second, agreed, files)


def found(instrument: Instrument, files: int, readings: Readings) -> FileFindings:
    return work_out(instrument, review(files), list(rows(readings)))


def item(findings: FileFindings, item_id: str) -> ItemFinding:
    return next(one for one in findings.findings if one.item.id == item_id)


def alike(yes: int, no: int) -> dict[tuple[int, int, int], int]:
    return {(YES, YES, YES): yes, (NO, NO, NO): no}


@pytest.mark.parametrize(
    "files, yes, told, base",
    [
        (9, 9, "not enough responses", "not enough files"),
        (10, 10, "over 90%", "10 to 29 files"),
        (20, 10, "about 50%", "10 to 29 files"),
        (29, 1, "under 10%", "10 to 29 files"),
        (30, 15, "15 of 30 (50%)", "30 files"),
    ],
)
def test_a_share_is_told_by_the_number_of_files(
    instrument: Instrument, files: int, yes: int, told: str, base: str
) -> None:
    one = item(found(instrument, files, {FIRST: alike(yes, files - yes)}), FIRST)
    assert (one.shown.in_words(), one.base) == (told, base)
    assert (one.limits is not None) is (files >= 30)
    assert (one.partly is not None) is (files >= 30)
    assert (one.kappa is not None) is (files >= 30)


def test_shares_are_of_agreed_answers_without_not_applicable(instrument: Instrument) -> None:
    counts = {
        (YES, YES, YES): 20,
        (YES, NO, PARTLY): 8,
        (NO, NO, NO): 4,
        (NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE): 6,
        (YES, NOT_APPLICABLE, NOT_APPLICABLE): 2,
    }
    one = item(found(instrument, 40, {FIRST: counts}), FIRST)
    assert one.shown == InFull(20, 32)
    assert one.partly == InFull(8, 32)
    assert one.same == InFull(30, 40), "not applicable is an answer like any other"


def test_kappa_is_of_files_with_two_values_and_costs_each_step_the_same(
    instrument: Instrument,
) -> None:
    # As a table: no, partly, yes down and across.
    counts = {
        (NO, NO, NO): 10,
        (PARTLY, PARTLY, PARTLY): 10,
        (YES, YES, YES): 10,
        (NO, PARTLY, NO): 3,
        (YES, NO, NO): 3,
        (YES, NOT_APPLICABLE, YES): 4,
    }
    kappa = item(found(instrument, 40, {FIRST: counts}), FIRST).kappa
    assert kappa is not None
    # Weights 1, 1/2, 0: seen (30 + 1.5) / 36; by chance from the margins 13 10 13 and 13 13 10.
    seen = 31.5 / 36
    down, across = (13, 10, 13), (13, 13, 10)
    chance = sum(
        (1 - abs(i - j) / 2) * a * b for i, a in enumerate(down) for j, b in enumerate(across)
    )
    assert kappa.value == pytest.approx((seen - chance / 36**2) / (1 - chance / 36**2))


def test_no_kappa_where_fewer_than_thirty_files_have_two_values(instrument: Instrument) -> None:
    counts = {(YES, YES, YES): 20, (NO, NO, NO): 9, (YES, NOT_APPLICABLE, YES): 11}
    assert item(found(instrument, 40, {FIRST: counts}), FIRST).kappa is None


def test_items_are_ranked_by_their_share_and_those_readers_disagreed_on_are_not(
    instrument: Instrument,
) -> None:
    apart = {(YES, NO, YES): 20, (YES, YES, YES): 20}
    findings = found(instrument, 40, {FIRST: alike(10, 30), SECOND: alike(30, 10), THIRD: apart})
    statements = findings.groups[0]
    assert [one.item.id for one in statements.ranked] == [SECOND, FIRST]
    assert not item(findings, THIRD).is_settled
    assert THIRD in [one.item.id for one in statements.not_ranked]
    assert findings.sentence == (
        "Files show “Support explained early” most often, 30 of 40 (75%), and “Told how to "
        "complain” least often, 10 of 40 (25%). 1 item is not ranked, because the two readers "
        "agreed too seldom."
    )


@pytest.mark.parametrize("same, is_settled", [(29, False), (30, True)])
def test_an_item_is_ranked_from_three_quarters_of_agreement_on(
    instrument: Instrument, same: int, is_settled: bool
) -> None:
    counts = {(YES, YES, YES): same, (YES, PARTLY, YES): 40 - same}
    assert item(found(instrument, 40, {FIRST: counts}), FIRST).is_settled is is_settled


def test_under_ten_files_not_even_the_readers_agreement_is_told(instrument: Instrument) -> None:
    counts = {(YES, NO, YES): 9}
    one = item(found(instrument, 9, {FIRST: counts}), FIRST)
    assert isinstance(one.same, Suppressed)
    assert (one.is_settled, one.share, one.same_share, one.differs) == (True, None, None, "")


def test_the_order_of_coarse_shares_tells_no_more_than_the_shares(instrument: Instrument) -> None:
    # 14 and 15 of 20 are about 70% and 75%; 11 and 12 of 22 and 23 are both about 50%.
    findings = found(instrument, 23, {FIRST: alike(11, 11), SECOND: alike(12, 11)})
    assert [item(findings, one).shown for one in (FIRST, SECOND)] == [Coarse(50), Coarse(50)]
    assert [one.item.id for one in findings.groups[0].ranked] == [FIRST, SECOND]
    assert findings.sentence == ""


def test_of_items_with_the_same_share_one_is_named_and_the_others_counted(
    instrument: Instrument,
) -> None:
    findings = found(
        instrument, 20, {FIRST: alike(20, 0), SECOND: alike(19, 1), THIRD: alike(10, 10)}
    )
    assert findings.sentence == (
        "Files show “Told how to complain” and one other most often, over 90%, and “Reassured "
        "about care” least often, about 50%."
    )


def test_where_readers_differed_most_is_told_from_thirty_files_on(instrument: Instrument) -> None:
    counts = {(YES, YES, YES): 30, (PARTLY, YES, YES): 4, (YES, PARTLY, NO): 2, (NO, YES, NO): 4}
    findings = found(instrument, 40, {FIRST: counts, SECOND: alike(20, 20)})
    assert item(findings, FIRST).differs == "Partly and yes (6 files)"
    assert [one.item.id for one in findings.apart] == [FIRST, SECOND]
    few = found(instrument, 20, {FIRST: {(YES, YES, YES): 10, (YES, NO, NO): 10}})
    assert item(few, FIRST).differs == ""
    assert item(few, FIRST).same.in_words() == "about 50%"


def test_too_few_files_are_told_so_in_the_sentence(instrument: Instrument) -> None:
    findings = found(instrument, 9, {FIRST: alike(9, 0)})
    assert findings.sentence == (
        "Too few files were read for anything to be told of what they show."
    )
    assert findings.base == "not enough files read, drawn from 214 closed complaints"


def test_the_small_print_says_how_it_was_worked_out(instrument: Instrument) -> None:
    said = " ".join(found(instrument, 40, {FIRST: alike(20, 20)}).small_print)
    assert "40 files drawn at random of 214 complaints closed from 1 April 2026" in said
    assert "the same in 75% of files or more (proposed)" in said
    assert "with linear weights" in said
    assert "Files show what was recorded" in said


# The chart.


def drawn(instrument: Instrument, files: int, readings: Readings) -> chart.Chart:
    return chart.draw(found(instrument, files, readings).groups[0])


def test_every_item_stands_in_the_picture_the_table_and_the_alt_text(
    instrument: Instrument,
) -> None:
    apart = {(YES, NO, YES): 20, (YES, YES, YES): 20}
    made = drawn(instrument, 40, {FIRST: alike(10, 30), THIRD: apart})
    assert len(made.table) == 17
    first = made.table.iloc[0]
    assert (first["Rank"], first["Item"]) == ("1", "Told how to complain")
    assert first["Files show it"] == "10 of 40 (25%)"
    assert first["95% interval"] == "14–40%"
    assert first["Measures"] == "proxy"
    unranked = made.table[made.table["Item"] == "Reassured about care"].iloc[0]
    assert (unranked["Rank"], unranked["Note"]) == ("", chart.NOT_RANKED)
    assert "Told how to complain: 10 of 40 (25%), interval 14–40%." in made.alt
    assert f"Reassured about care: 40 of 40 (100%), interval 91–100%, {chart.NOT_RANKED}." in (
        made.alt
    )


def test_nothing_of_fewer_than_thirty_files_has_a_count_or_an_interval(
    instrument: Instrument,
) -> None:
    made = drawn(instrument, 20, {FIRST: alike(13, 7)})
    sent = f"{made.figure.to_json()} {made.table.to_csv()} {made.alt} {made.sentence}"
    assert "about 65%" in sent
    assert "13 of 20" not in sent
    assert "7 of 20" not in sent
    assert set(made.table["95% interval"]) == {""}


def test_agreement_has_a_table_of_its_own_the_least_agreed_first(instrument: Instrument) -> None:
    apart = {(YES, NO, YES): 10, (YES, YES, YES): 15, (NO, NO, NO): 15}
    findings = found(instrument, 40, {FIRST: alike(20, 20), SECOND: apart})
    table = chart.agreement_table(findings)
    assert list(table["Item"]) == ["Support explained early", "Told how to complain"]
    assert list(table["Said the same"]) == ["30 of 40 (75%)", "40 of 40 (100%)"]
    assert table.iat[0, 2] == "60–86%"
    assert str(table.iat[0, 3]).startswith("0.53 (0.3")
    assert list(table["Differed most"]) == ["No and yes (10 files)", "not told"]


def test_agreement_of_fewer_than_thirty_files_is_told_coarsely(instrument: Instrument) -> None:
    table = chart.agreement_table(found(instrument, 20, {FIRST: alike(13, 7)}))
    assert table.to_dict("records") == [
        {
            "Item": "Told how to complain",
            "Said the same": "over 90%",
            "95% interval": "",
            "Kappa (95% interval)": "too few to say",
            "Differed most": "not told",
        }
    ]


def test_the_figure_is_one_that_plotly_accepts(instrument: Instrument) -> None:
    import plotly.graph_objects as go

    made = drawn(instrument, 40, {FIRST: alike(10, 30), THIRD: {(YES, NO, NO): 40}})
    go.Figure(made.figure.to_dict())
    assert made.sentence == "Files show it alike: 10 of 40 (25%)."


def test_a_group_in_which_nothing_can_be_ranked_says_so(instrument: Instrument) -> None:
    assert drawn(instrument, 40, {}).sentence == "Nothing here can be ranked."
