"""Small pieces of the pages: every level with shape and word, every value escaped."""

import re
from dataclasses import replace

import pytest
from markupsafe import Markup

from benchmarking.results import comparisons
from benchmarking.results.comparisons import Comparison
from benchmarking.results.positions import Promise
from benchmarking.scoring import rate
from benchmarking.standard import Library
from benchmarking.trust_actions import Due, Status
from benchmarking.ui import heat_map, level_marks, promises, stage_tiles
from tests.results.drawing import stage_of
from tests.results.scene import LAST, LAW, ME, SIGNS, Row, Scene

MIDDLE = "3333 33333 3333 3333 3333"
PLACE = {"view": "trust", "cycle": "2025-26"}


def compared(scene: Scene, standard: str = ME) -> Comparison:
    visit = scene.visit("inspector")
    so_far = comparisons.choices(visit).so_far
    return comparisons.compare(visit, scene.cycles[LAST], standard_id=standard, so_far=so_far)


def cells(drawn: Markup) -> list[list[str]]:
    """The words of each row of a table."""
    rows = re.findall(r"<tr>(.*?)</tr>", drawn)
    return [[Markup(c).striptags() for c in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows]


# The heat map.


def test_a_cell_says_the_level_and_whether_more_was_claimed(scene: Scene):
    scene.tell(Row(1, LAST, "4?-. 12343 3333 3333 3333", "2333 12343 3333 3333 3333"))
    row = cells(heat_map.draw(compared(scene), None, PLACE))[2]
    assert row[0].startswith("DEMO-01 Demonstration Trust 1")
    assert row[1:10] == ["2!", "?", "–", "·", "1", "2", "3", "4", "3"]
    assert row[-1] == "18 of 20"


def test_shades_go_with_the_level_and_never_alone(scene: Scene):
    scene.tell(Row(1, LAST, "1234 33333 3333 3333 333?"))
    drawn = heat_map.draw(compared(scene), None, PLACE)
    for level in (1, 2, 3, 4):
        assert f'<td class="s{level}">{level}</td>' in drawn
    assert '<td class="">?</td>' in drawn


def test_duties_are_letters_in_three_shades(scene: Scene):
    scene.tell(Row(1, LAST, MIDDLE, duties="ynp" + "y" * 19))
    drawn = heat_map.draw(compared(scene, LAW), None, PLACE)
    for said in ('class="s4">Y<', 'class="s1">N<', 'class="s3">P<'):
        assert said in drawn


def test_one_stage_can_be_looked_at_alone(scene: Scene):
    scene.tell(Row(1, LAST, MIDDLE))
    heads = cells(heat_map.draw(compared(scene), "me-3", PLACE))[1]
    assert heads == ["Trust", "3.1", "3.2", "3.3", "3.4", "Coverage"]


def test_the_head_of_a_column_holds_the_whole_statement(scene: Scene):
    scene.tell(Row(1, LAST, MIDDLE))
    drawn = heat_map.draw(compared(scene), None, PLACE)
    assert 'title="1.1 I knew I had a right to complain"' in drawn
    in_full = heat_map.statements(compared(scene).columns)
    for column in compared(scene).columns:
        assert column.statement.text in in_full


def test_a_row_leads_to_its_trust(scene: Scene):
    scene.tell(Row(1, LAST, MIDDLE))
    drawn = heat_map.draw(compared(scene), None, PLACE)
    assert 'href="?view=trust&amp;cycle=2025-26&amp;trust=DEMO-01"' in drawn


def test_a_name_is_escaped(scene: Scene):
    scene.tell(Row(1, LAST, MIDDLE))
    found = compared(scene)
    nasty = replace(found.rows[0].trust, name='<script>alert("1")</script>')
    drawn = heat_map.draw(replace(found, rows=(replace(found.rows[0], trust=nasty),)), None, PLACE)
    assert "<script>" not in drawn


def test_the_legend_has_a_word_for_every_sign(library: Library):
    said = heat_map.legend(library.scales["four-levels"]).striptags()
    for words in (
        "1 Significant shortfalls",
        "4 Exceptional",
        "! claimed higher than evidenced",
        "? Don't know",
        "– Not applicable",
        "· Not answered",
    ):
        assert words in said
    assert "!" not in heat_map.legend(library.scales["compliance"]).striptags()


def test_what_was_changed_after_the_release_is_marked(scene: Scene):
    scene.tell(Row(1, LAST, MIDDLE, published_at=scene.now))
    assert "Changed after release" in heat_map.draw(compared(scene), None, PLACE)


# Shapes.


@pytest.mark.parametrize(
    "part, shape", [(0, "○"), (0.25, "◔"), (0.5, "◑"), (0.69, "◕"), (0.75, "◕"), (1, "●")]
)
def test_a_disc_is_filled_as_far_as_the_level_reaches(part: float, shape: str):
    assert level_marks.disc(part).striptags() == shape


@pytest.mark.parametrize(
    "scheme, drawn, said",
    [
        ("levels", "3333", "◕ Good"),
        ("levels", "4444", "● Exceptional"),
        ("levels", "1111", "◔ Significant shortfalls"),
        ("saf-2024", "3323", "◕ Good, 69%"),
        ("saf-2024", "1444", "◕ Requires improvement, 81% Held down by a low answer."),
    ],
)
def test_a_rating_is_shape_and_word(library: Library, scheme: str, drawn: str, said: str):
    scale = library.scales["four-levels"]
    found = rate(library.schemes[scheme], scale, [SIGNS[sign] for sign in drawn])
    words = level_marks.rating(scale, found).striptags()
    assert re.sub(r"\s+", " ", words) == said


def test_without_enough_answers_the_reason_stands_in_place_of_a_word(library: Library):
    scale = library.scales["four-levels"]
    found = rate(library.schemes["levels"], scale, ["good", None, None, "good"])
    assert level_marks.rating(scale, found).striptags() == "Not enough answered: 2 of 4, 3 needed"


@pytest.mark.parametrize(
    "counts, heights",
    [([0, 1, 3, 0], [1, 10, 30, 1]), ([0, 0, 0, 0], [1, 1, 1, 1]), ([5, 5, 5, 5], [30] * 4)],
)
def test_bars_are_as_high_as_their_counts(counts: list[int], heights: list[int]):
    drawn = level_marks.bars(counts, "in words", own=True)
    assert [int(high) for high in re.findall(r"height:(\d+)px", drawn)] == heights
    assert 'aria-label="in words"' in drawn


def test_the_middle_of_peers_is_underlined(library: Library):
    drawn = level_marks.bars([1, 5, 1, 0], "in words", own=False, mark=1)
    assert drawn.count('class="middle"') == 1


def test_a_tile_says_everything_about_its_stage(library: Library):
    said = stage_tiles.inside(stage_of(library, "332?", last="2323"), "2025/26", label="Not CQC")
    words = re.sub(r"\s+", " ", Markup(said.replace("<", " <")).striptags())
    for part in (
        "Good",
        "Not CQC",
        "Our evidence",
        "8 peers",
        "1 don't know",
        "↗ 1 higher of 3, compared with 2025/26",
        "Weakest: 1.3 “I understood that I could be supported to make a complaint”, 2 Some",
    ):
        assert part in words, part


def test_a_tile_without_peers_says_why(library: Library):
    few = stage_tiles.inside(stage_of(library, "3323", peers=[1, 2]), None)
    assert "Too few to say. There are 2 other trusts" in few
    assert "peers" not in stage_tiles.inside(stage_of(library, "3323", peers=None), None)


def test_a_promise_that_somebody_typed_is_escaped():
    promise = Promise("<b>Ring</b>", "Matron <3", None, Status.OPEN, Due.NO_DAY, "2025/26")
    drawn = promises.markup([promise])
    assert "<b>Ring" not in drawn
    assert "&lt;b&gt;Ring&lt;/b&gt;" in drawn
    assert "Matron &lt;3" in drawn
