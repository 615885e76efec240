"""The profile of a stage: drawn with peers and without, with gaps and with ties."""

import pytest

from benchmarking.charts import statement_profile
from benchmarking.settings import read
from benchmarking.standard import Library, load_library
from tests.charts.drawn import checked, marks, texts
from tests.results.drawing import stage_of

TEXTS = [
    "1.1 I knew I had a right to complain",
    "1.2 I was made aware of how to complain (when I first started to receive the service)",
    "1.3 I understood that I could be supported to make a complaint",
    "1.4 I knew for certain that my care would not be compromised by making a complaint",
]


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(read({}).standards)


@pytest.mark.parametrize(
    "why, shown, claimed, last, peers",
    [
        ("everything there", "3322", "4322", "2222", [0, 1, 1, 2, 2, 2, 3, 3]),
        ("nobody to compare with", "3322", "", "", None),
        ("one other trust", "3322", "", "", [1]),
        ("all peers alike", "3333", "", "3333", [2] * 9),
        ("no peer at the lowest or highest", "3333", "", "", [1, 1, 2, 2, 2]),
        ("nothing answered", "....", "", "", [0, 1, 1, 2, 2]),
        ("no level anywhere", "??--", "", "....", [0, 1, 1, 2, 2]),
        ("gaps in each row", "3.?-", "4.?-", ".2.2", [0, 1, 1, 2, 2]),
        ("first cycle, no peers, no answer", "....", "", "", None),
    ],
)
def test_it_can_be_drawn_with(
    library: Library, why: str, shown: str, claimed: str, last: str, peers: list[int] | None
):
    figure = checked(statement_profile.draw(stage_of(library, shown, claimed, last, peers)))
    assert [text for text in texts(figure) if text in TEXTS] == TEXTS, why


def test_statements_are_quoted_in_full_in_lines_that_fit_a_phone(library: Library):
    chart = statement_profile.draw(stage_of(library, "33333", number=2))
    notes = chart.figure.to_dict()["layout"]["annotations"]
    lines = [line for note in notes for line in note["text"].split("<br>")]
    assert max(len(line.replace("<b>", "").replace("</b>", "")) for line in lines) <= 44
    joined = " ".join(texts(checked(chart)))
    assert "I felt that I could have raised my concerns with any of the members of staff" in joined


def test_evidence_is_a_filled_mark_and_a_higher_claim_a_hollow_one(library: Library):
    figure = checked(statement_profile.draw(stage_of(library, "2324", "4334", "1...")))
    assert marks(figure, "circle", hollow=False) == [1, 2, 1, 3]
    assert marks(figure, "circle", hollow=True) == [3, 2]
    assert marks(figure, "line-ns", hollow=False) == [0]


def test_a_claim_that_is_evidenced_has_no_second_mark(library: Library):
    figure = checked(statement_profile.draw(stage_of(library, "3333")))
    assert marks(figure, "circle", hollow=True) == []


def test_the_median_of_peers_is_marked_in_each_row(library: Library):
    figure = checked(statement_profile.draw(stage_of(library, "3333", peers=[0, 0, 1, 3, 3])))
    assert marks(figure, "line-ew", hollow=False) == [1, 1, 1, 1]


def test_what_has_no_level_says_why_in_its_row(library: Library):
    said = texts(checked(statement_profile.draw(stage_of(library, "3.?-"))))
    for word in ("Not answered", "Don't know", "Not applicable"):
        assert word.replace("'", "&#x27;") in said or word in said


def test_few_traces_whatever_the_number_of_rows(library: Library):
    four = checked(statement_profile.draw(stage_of(library, "2324", "4334", "1111")))
    five = checked(statement_profile.draw(stage_of(library, "23243", "43343", "11111", number=2)))
    assert len(five["data"]) == len(four["data"]) <= 9


@pytest.mark.parametrize(
    "shown, peers, said",
    [
        (
            "4321",
            [2] * 9,
            "You stand above the middle of peers in 1, level with it in 1 and below it in 2 of 4 "
            "statements.",
        ),
        (
            "4??-",
            [2] * 9,
            "You stand above the middle of peers in 1, level with it in 0 and below it in 0 of 1 "
            "statement.",
        ),
        ("4321", [2] * 4, "Nothing here can be compared with peers."),
        ("....", [2] * 9, "Nothing here can be compared with peers."),
    ],
)
def test_the_sentence_says_where_the_trust_stands(
    library: Library, shown: str, peers: list[int], said: str
):
    assert statement_profile.draw(stage_of(library, shown, peers=peers)).sentence == said


def test_another_trust_is_called_by_its_code(library: Library):
    chart = statement_profile.draw(stage_of(library, "4321", peers=[2] * 9), "DEMO-11")
    assert chart.sentence.startswith("DEMO-11 stands above the middle of peers in 1,")
    assert "DEMO-11 claims" in chart.table.columns
    assert "levels of DEMO-11 among peers" in chart.alt


def test_the_alt_text_says_what_the_picture_shows(library: Library):
    chart = statement_profile.draw(stage_of(library, "2...", "4...", "1...", [0, 1, 1, 2, 2]))
    assert chart.alt.startswith(
        "Considering a complaint: your levels among peers, by statement. 1.1: 2 Some shortfalls, "
        "claimed 4 Exceptional, last cycle 1 Significant shortfalls; peers: 1 below, 2 the same, "
        "2 above of 5. 1.2: Not answered; peers: 5 with a level."
    )


def test_the_table_has_the_numbers_with_their_gaps_in_words(library: Library):
    chart = statement_profile.draw(
        stage_of(library, "2?..", "4?..", "1...", [0, 1, 1, 2, 2, 2, 3, 3])
    )
    assert chart.table.iloc[0].to_dict() == {
        "No.": "1.1",
        "Statement": "I knew I had a right to complain",
        "You claim": "4 Exceptional",
        "Evidence carries": "2 Some shortfalls",
        "Last cycle": "1 Significant shortfalls",
        "Peers": 8,
        "Below": "1",
        "The same": "2",
        "Above": "5",
        "Peers' middle": "3 Good",
        "Middle half of peers": "2 Some shortfalls to 3 Good",
    }
    assert list(chart.table.iloc[1][["Evidence carries", "Last cycle", "Below"]]) == [
        "Don't know", "–", "–",
    ]  # fmt: skip


def test_numbers_stay_numbers_where_no_gap_is(library: Library):
    table = statement_profile.draw(stage_of(library, "3322")).table
    assert table["Below"].dtype.kind == "i"


def test_too_few_peers_are_told_and_not_drawn(library: Library):
    chart = statement_profile.draw(stage_of(library, "3322", peers=[1, 1, 1, 1]))
    assert set(chart.table["Peers"]) == {
        "Too few to say. There are 4 other trusts to compare with. A summary needs 5"
    }
    figure = checked(chart)
    assert marks(figure, "line-ew", hollow=False) == []


def test_quartiles_of_five_peers_are_too_few_to_say(library: Library):
    table = statement_profile.draw(stage_of(library, "3322", peers=[0, 1, 1, 2, 2])).table
    assert set(table["Middle half of peers"]) == {"Too few to say"}
