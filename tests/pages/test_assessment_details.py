"""What stands behind an answer: evidence, a promise, a comment, and help."""

from datetime import timedelta
from typing import Any

import pytest

from benchmarking.moments import in_words, local, utc_now
from tests.pages.opening import CONTRIBUTOR, Door
from tests.pages.paper import Paper, take_up

TODAY = local(utc_now()).date()
SAMPLE: dict[str, Any] = {
    "Title": "Files closed in the spring",
    "How_many_records": 22,
    "Out_of_how_many": 210,
    "Drawn": True,
    "Period_from": TODAY - timedelta(days=100),
    "Period_to": TODAY - timedelta(days=10),
}


def add_sample(paper: Paper, number: str, **other: Any) -> Paper:
    """Fills in the form for a sample of records and sends it."""
    paper.open("evidence", number).fill(Add_evidence="records").run()
    paper.fill(**{**SAMPLE, **other})
    return paper.press("Add this evidence")


def test_evidence_is_added_described_and_lifts_what_the_answer_scores_as(door: Door) -> None:
    paper = take_up(door, "5").choose("5.2", "good")
    assert "You chose 3; until at least 20 records drawn at random" in paper.text
    add_sample(paper, "5.2")
    (piece,) = paper.stored("5.2").evidence
    assert (piece.title, piece.records_drawn, piece.records_available, piece.at_random) == (
        "Files closed in the spring", 22, 210, True
    )  # fmt: skip
    begins, ends = in_words(SAMPLE["Period_from"]), in_words(SAMPLE["Period_to"])
    assert "<strong>Files closed in the spring</strong>" in paper.text
    assert f"22 of 210 records, drawn at random · {begins} to {ends}" in paper.text
    assert "1 piece of evidence" in paper.text
    assert "You chose 3" not in paper.text


def test_the_form_is_empty_again_for_the_next_piece(door: Door) -> None:
    paper = add_sample(take_up(door, "5"), "5.2")
    assert paper.field("Title").value == ""
    assert paper.field("How many records were looked at").value is None
    paper.fill(**{**SAMPLE, "Title": "Files closed in the autumn"}).press("Add this evidence")
    titles = {piece.title for piece in paper.stored("5.2").evidence}
    assert titles == {"Files closed in the spring", "Files closed in the autumn"}


@pytest.mark.parametrize(
    "wrong, told",
    [
        ({"Title": " "}, "Give the evidence a title"),
        (
            {"How_many_records": 30, "Out_of_how_many": 20},
            "30 records drawn of 20 available cannot be right. Correct one of the two.",
        ),
        (
            {"Period_from": TODAY, "Period_to": TODAY - timedelta(days=1)},
            "The period ends before it begins. Swap or correct the two days.",
        ),
        ({"Link": "javascript:alert(1)"}, "The link is not a web address."),
    ],
    ids=["no title", "more drawn than there are", "ends before it begins", "a link that is none"],
)
def test_evidence_that_cannot_be_right_is_refused_and_stays_in_the_form(
    door: Door, wrong: dict[str, Any], told: str
) -> None:
    paper = add_sample(take_up(door, "5"), "5.2", **wrong)
    assert paper.stored("5.2").evidence == ()
    assert "<h2>There is a problem</h2>" in paper.text and told in paper.text
    assert paper.field("How many records were looked at").value is not None
    paper.fill(**{**SAMPLE, "Link": ""}).press("Add this evidence")
    assert len(paper.stored("5.2").evidence) == 1
    assert "There is a problem" not in paper.text


def test_evidence_is_removed(door: Door) -> None:
    paper = add_sample(take_up(door, "5"), "5.2").press("Remove")
    assert paper.stored("5.2").evidence == ()
    assert (
        "No evidence yet. Without it, no answer counts as more than “2 Some shortfalls”."
        in paper.text
    )


def test_evidence_that_a_colleague_removed_already_can_be_removed_once_more(door: Door) -> None:
    mine = add_sample(take_up(door, "5"), "5.2")
    theirs = take_up(door, "5", CONTRIBUTOR).open("evidence", "5.2")
    theirs.press("Remove")
    mine.press("Remove")
    assert mine.stored("5.2").evidence == () and not mine.page.exception


def test_a_colleagues_evidence_does_not_take_away_what_is_being_typed(door: Door) -> None:
    mine = take_up(door, "5").open("evidence", "5.2").fill(Add_evidence="records").run()
    add_sample(take_up(door, "5", CONTRIBUTOR), "5.2", Title="Theirs")
    mine.fill(**{**SAMPLE, "Title": "Mine"}).press("Add this evidence")
    assert {piece.title for piece in mine.stored("5.2").evidence} == {"Theirs", "Mine"}


@pytest.mark.parametrize(
    "kind, asks",
    [
        ("policy", set()),
        ("survey", {"How many replies", "Period from", "Period to"}),
        (
            "independent-check",
            {"Checked by", "Checked on", "People who had complained took part"},
        ),
    ],
)
def test_the_form_asks_what_the_kind_of_evidence_needs(
    looking: Door, kind: str, asks: set[str]
) -> None:
    paper = take_up(looking, "5").open("evidence", "5.2").fill(Add_evidence=kind).run()
    labels = {field.label for field in paper.fields}
    assert labels == asks | {"Add evidence", "Title", "Link, if there is one", "Note"}


def test_a_comment_is_saved_when_it_is_left(door: Door) -> None:
    paper = take_up(door, "5").open("comment", "5.4").fill(Comment="Ask the ward.").run()
    comment = paper.stored("5.4").comment
    assert comment is not None
    assert (comment.text, comment.author) == ("Ask the ward.", "Complaints manager, DEMO-07")
    assert "Commented" in paper.text


@pytest.fixture
def stale_comment(door: Door) -> Paper:
    """My browser, after a colleague commented and I did, over what I had seen."""
    mine = take_up(door, "5").open("comment", "5.4")
    theirs = take_up(door, "5", CONTRIBUTOR).open("comment", "5.4")
    theirs.fill(Comment="Ask the ward.").run()
    return mine.fill(Comment="Ask the volunteers.").run()


def comment_of(paper: Paper) -> str:
    comment = paper.stored("5.4").comment
    return "" if comment is None else comment.text


def test_a_comment_over_one_that_was_not_seen_is_refused_with_both(stale_comment: Paper) -> None:
    assert comment_of(stale_comment) == "Ask the ward."
    assert stale_comment.both_values == ["Ask the ward.", "Ask the volunteers."]


def test_either_comment_can_stand(stale_comment: Paper) -> None:
    stale_comment.press("Keep what is stored")
    assert comment_of(stale_comment) == "Ask the ward."
    stale_comment.fill(Comment="Ask both.").run()
    assert comment_of(stale_comment) == "Ask both."


def test_my_comment_can_replace_the_stored_one(stale_comment: Paper) -> None:
    stale_comment.press("Replace it with mine")
    assert comment_of(stale_comment) == "Ask the volunteers."
    field = stale_comment.field("Comment for colleagues. No names of patients or staff, please.")
    assert field.value == "Ask the volunteers."
    assert "Which one should stand?" not in stale_comment.text


DUE = TODAY + timedelta(days=40)


def promise(paper: Paper, what: str, **other: Any) -> Paper:
    """Fills in the form for an action on 5.4 and sends it."""
    values: dict[str, Any] = {"What_will_be_done": what, **other}
    return paper.fill(**values).press("Save action")


def test_an_action_is_saved_with_its_owner_and_day(door: Door) -> None:
    paper = take_up(door, "5").open("action", "5.4")
    promise(paper, "Print the leaflet anew", Who_does_it="Head of patient experience", By_when=DUE)
    action = paper.stored("5.4").action
    assert action is not None
    assert (action.text, action.owner_role, action.due_on, action.done) == (
        "Print the leaflet anew", "Head of patient experience", DUE, False
    )  # fmt: skip
    assert f"Action promised, due {in_words(DUE)}" in paper.text
    promise(paper, "Print the leaflet anew", Done=True)
    action = paper.stored("5.4").action
    assert action is not None and action.done and action.due_on == DUE
    assert "Action done" in paper.text


def test_an_owner_without_an_action_is_refused_in_a_sentence(door: Door) -> None:
    paper = promise(take_up(door, "5").open("action", "5.4"), "", Who_does_it="Chief nurse")
    assert paper.stored("5.4").action is None
    assert "Say what will be done, then who does it and by when." in paper.text
    assert paper.field("Who does it (a role, not a name)").value == "Chief nurse"


def test_an_action_over_one_that_was_not_seen_is_refused_with_both(door: Door) -> None:
    mine = take_up(door, "5").open("action", "5.4")
    theirs = take_up(door, "5", CONTRIBUTOR).open("action", "5.4")
    promise(theirs, "Print the leaflet anew")
    promise(mine, "Train the ward clerks", Who_does_it="Matron", By_when=DUE)
    stored = mine.stored("5.4").action
    assert stored is not None and stored.text == "Print the leaflet anew"
    assert mine.both_values == ["Print the leaflet anew", "Train the ward clerks"]
    mine.press("Replace it with mine")
    stored = mine.stored("5.4").action
    assert stored is not None
    assert (stored.text, stored.owner_role) == ("Train the ward clerks", "Matron")
    assert stored.due_on == DUE
    assert mine.field("What will be done").value == "Train the ward clerks"


def test_help_says_what_to_look_for_and_what_would_take_us_further(door: Door) -> None:
    paper = take_up(door, "5").open("help", "5.1")
    item = paper.stored("5.1").item
    assert item.guidance.strip()[:40] in paper.text
    assert all(thing[:20] in paper.text for thing in item.look_for)
    assert "From here" not in paper.text, "nothing was answered yet"
    paper.choose("5.1", "some-shortfalls")
    assert "<strong>From here</strong>" in paper.text
    assert item.improve["some-shortfalls"][:30] in paper.text
