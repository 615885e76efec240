"""Two trusts on one scale: two forms of mark, and no word of better or worse."""

import pytest

from benchmarking.charts import two_trusts
from benchmarking.settings import read
from benchmarking.standard import Library, load_library
from tests.charts.drawn import checked, marks, texts
from tests.results.drawing import stage_of

CODES = ("DEMO-01", "DEMO-02")


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(read({}).standards)


@pytest.mark.parametrize(
    "first, second, peers",
    [
        ("3322", "2233", [0, 1, 1, 2, 2]),
        ("3333", "3333", [2] * 9),
        ("3.?-", "....", [0, 1, 1, 2, 2]),
        ("....", "....", None),
        ("3322", "2233", [1]),
    ],
)
def test_it_can_be_drawn_with_gaps_ties_and_nobody(
    library: Library, first: str, second: str, peers: list[int] | None
):
    one = stage_of(library, first, peers=peers)
    other = stage_of(library, second, peers=peers)
    figure = checked(two_trusts.draw(one, other, CODES))
    assert "1.1 I knew I had a right to complain" in texts(figure)


def test_each_trust_has_a_form_of_its_own(library: Library):
    figure = checked(
        two_trusts.draw(stage_of(library, "2344", "4344"), stage_of(library, "1134"), CODES)
    )
    assert marks(figure, "circle", hollow=False) == [1, 2, 3, 3]
    assert marks(figure, "circle", hollow=True) == [3]
    assert marks(figure, "square", hollow=False) == [0, 0, 2, 3]


@pytest.mark.parametrize(
    "first, second, said",
    [
        (
            "4321",
            "3322",
            "DEMO-01 shows more in 1, the same in 2 and less in 1 of 4 statements than DEMO-02.",
        ),
        ("4???", "?333", "No statement of this stage has a level in both trusts."),
    ],
)
def test_the_sentence_counts_differences(library: Library, first: str, second: str, said: str):
    chart = two_trusts.draw(stage_of(library, first), stage_of(library, second), CODES)
    assert chart.sentence == said
    for word in ("better", "worse"):
        assert word not in (chart.sentence + chart.alt).lower()


def test_the_table_sets_both_side_by_side(library: Library):
    chart = two_trusts.draw(stage_of(library, "2333", "4333"), stage_of(library, "?333"), CODES)
    assert list(chart.table.iloc[0]) == [
        "1.1",
        "I knew I had a right to complain",
        "4 Exceptional",
        "2 Some shortfalls",
        "Don't know",
        "Don't know",
    ]
    assert "1.1: DEMO-01 claimed 4 Exceptional, evidence carries 2 Some shortfalls" in chart.alt
