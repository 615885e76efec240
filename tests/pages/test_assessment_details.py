"""What stands behind an answer: evidence, a promise, a comment, and help."""

from datetime import timedelta
from typing import Any

import pytest

from benchmarking.moments import in_words, local, utc_now
from tests.evidence_papers import PDF
from tests.pages.opening import APPROVER, CONTRIBUTOR, Door
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
    assert f"Seen in records: 22 of 210, drawn at random · {begins} to {ends}" in paper.text
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
        ("policy", {"Date of the document"}),
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
    assert labels == asks | ASKED_OF_ALL
    assert [field.label for field in paper.page.file_uploader] == [
        "File, if there is one. No details of patients, please. At most 5 MB"
    ]


ASKED_OF_ALL = {
    "Add evidence",
    "Title",
    "Category, in CQC’s terms",
    "Link, if there is one",
    "This file may be shared: inspectors can open it once the assessment is published and the "
    "cycle’s results are released",
    "Note",
    "Looked at by (a role, not a name)",
    "Looked at on",
}


NUMBER = "943 476 5919"
ASKED = "Not saved yet.</strong> This looks like an NHS number. Take it out, or save it as it is."
MARK = "May hold personal details"


def bring(paper: Paper, content: bytes, name: str = "Our policy.pdf", **other: Any) -> Paper:
    """Fills in the form for a policy, with a file, and sends it."""
    paper.open("evidence", "5.2").fill(Add_evidence="policy").run()
    paper.fill(**{"Title": "Our policy", **other})
    paper.page.file_uploader[0].set_value((name, content, "application/octet-stream"))
    return paper.press("Add this evidence")


def test_a_file_is_brought_and_offered_as_a_download(door: Door) -> None:
    told = {"Category": "processes", "Looked_at_by": "Deputy chief nurse", "Looked_at_on": TODAY}
    paper = bring(take_up(door, "5"), PDF, Date_of=TODAY, **told)
    (piece,) = paper.stored("5.2").evidence
    assert (piece.file_name, piece.file_type) == ("Our policy.pdf", "pdf")
    assert f'href="/evidence-files/{piece.evidence_id}"' in paper.text
    assert "Our policy.pdf</a>" in paper.text and "(PDF, 1 KB)" in paper.text
    said = f"Policy, procedure or plan · Stated · {in_words(TODAY)} · Processes"
    assert said in paper.text
    assert f"Looked at by Deputy chief nurse on {in_words(TODAY)}" in paper.text
    assert door.running.files.read(7, piece.file_sha256) == PDF
    assert MARK not in paper.text


def test_a_file_that_is_not_taken_is_told_and_what_was_typed_stays(door: Door) -> None:
    paper = bring(take_up(door, "5"), b"<html></html>", "Our policy.pdf", Note="Read it.")
    assert paper.stored("5.2").evidence == ()
    assert "This is a web page or a program" in paper.text
    assert (paper.field("Title").value, paper.field("Note").value) == ("Our policy", "Read it.")
    paper.page.file_uploader[0].set_value(("Our policy.pdf", PDF, "application/pdf"))
    paper.press("Add this evidence")
    assert len(paper.stored("5.2").evidence) == 1
    assert paper.field("Title").value == "", "the form is empty for the next piece"


def test_evidence_that_may_name_somebody_is_saved_only_anyway(door: Door) -> None:
    paper = bring(take_up(door, "5"), PDF, Note=f"About {NUMBER}")
    assert paper.stored("5.2").evidence == () and ASKED in paper.text
    assert paper.field("Note").value == f"About {NUMBER}", "what was typed stays"
    paper.press("Save it anyway")
    (piece,) = paper.stored("5.2").evidence
    assert (piece.note, piece.file_name) == (f"About {NUMBER}", "Our policy.pdf")
    assert MARK in paper.text and ASKED not in paper.text
    assert paper.field("Title").value == "", "the form is empty for the next piece"


def test_a_file_in_which_somebody_is_seen_is_marked(door: Door) -> None:
    paper = bring(take_up(door, "5"), f"About {NUMBER}".encode(), "Notes.txt")
    assert "The file seems to hold an NHS number." in paper.text
    paper.press("Save it anyway")
    (piece,) = paper.stored("5.2").evidence
    assert piece.file_may_identify and MARK in paper.text


def test_evidence_is_changed_after_the_warning(door: Door) -> None:
    paper = bring(take_up(door, "5"), PDF, Note=f"About {NUMBER}").press("Change it")
    assert ASKED not in paper.text and paper.stored("5.2").evidence == ()
    assert paper.field("Note").value == f"About {NUMBER}"
    paper.fill(Note="About a complaint").press("Add this evidence")
    assert [piece.note for piece in paper.stored("5.2").evidence] == ["About a complaint"]
    assert MARK not in paper.text


def test_a_comment_that_may_name_somebody_is_saved_only_anyway(door: Door) -> None:
    said = f"Ask about {NUMBER}."
    paper = take_up(door, "5").open("comment", "5.4").fill(Comment=said).run()
    assert paper.stored("5.4").comment is None and ASKED in paper.text
    assert paper.field(COMMENT).value == said, "what was typed stays"
    paper.press("Save it anyway")
    assert comment_of(paper) == said
    assert paper.field(COMMENT).value == said
    assert MARK in paper.text and ASKED not in paper.text


def test_a_comment_is_changed_after_the_warning(door: Door) -> None:
    paper = take_up(door, "5").open("comment", "5.4").fill(Comment=f"Ask about {NUMBER}.").run()
    paper.press("Change it")
    assert ASKED not in paper.text and comment_of(paper) == ""
    paper.fill(Comment="Ask the ward.").run()
    assert comment_of(paper) == "Ask the ward." and MARK not in paper.text


def test_a_warning_saves_over_no_colleagues_words(door: Door) -> None:
    mine = take_up(door, "5").open("comment", "5.4").fill(Comment=f"Ask about {NUMBER}.").run()
    theirs = take_up(door, "5", CONTRIBUTOR).open("comment", "5.4")
    theirs.fill(Comment="Ask the ward.").run()
    mine.press("Save it anyway")
    assert comment_of(mine) == "Ask the ward."
    assert mine.both_values == ["Ask the ward.", f"Ask about {NUMBER}."]


def test_a_reason_that_may_name_somebody_is_saved_only_anyway(door: Door) -> None:
    paper = take_up(door, "4").choose("4.1", "not-applicable")
    paper.fill(Why=f"See {NUMBER}").run()
    answer = paper.stored("4.1").answer
    assert answer is not None and answer.reason == "" and ASKED in paper.text
    paper.press("Save it anyway")
    answer = paper.stored("4.1").answer
    assert answer is not None and answer.reason == f"See {NUMBER}"
    assert MARK in paper.text and ASKED not in paper.text


COMMENT = "Comment for colleagues. No names of patients or staff, please."


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


def offers(paper: Paper) -> list[Any]:
    """The row of what can be done with the actions of a question."""
    rows: list[Any] = list(paper.page.get("button_group"))
    return [row for row in rows if row.key.startswith("action.")]


def choose_to(paper: Paper, do: str) -> Paper:
    offers(paper)[0].set_value(do)
    return paper.run()


def promise(paper: Paper, what: str, **other: Any) -> Paper:
    """Opens the form for an action on 5.4, fills it in and sends it."""
    if not any(field.label.startswith("What will be done") for field in paper.fields):
        choose_to(paper, "add")
    paper.fill(What_will_be_done=what, **other)
    return paper.press("Add this action")


def test_an_action_is_added_with_its_owner_and_day(door: Door) -> None:
    paper = take_up(door, "5").open("action", "5.4")
    before = len(paper.stored("5.4").actions)
    promise(
        paper, "Print the leaflet anew", Or_somebody_else="Head of patient experience", By_when=DUE
    )
    assert not paper.page.exception
    action = paper.stored("5.4").actions[-1]
    assert len(paper.stored("5.4").actions) == before + 1
    assert (action.promised.text, action.promised.owner.title, action.promised.due_on) == (
        "Print the leaflet anew", "Head of patient experience", DUE
    )  # fmt: skip
    assert "The action is added. Saved at" in paper.text
    assert "Print the leaflet anew" in paper.text and in_words(DUE) in paper.text


def test_the_question_says_which_of_its_actions_presses_most(looking: Door) -> None:
    paper = take_up(looking, "3")
    assert "▲ Action late (" in paper.text
    paper = take_up(looking, "5")
    assert "◆ Action due soon (" in paper.text


def test_an_owner_without_an_action_is_refused_beside_the_field(door: Door) -> None:
    paper = take_up(door, "5").open("action", "5.4")
    before = paper.stored("5.4").actions
    promise(paper, "", Or_somebody_else="Chief nurse")
    assert paper.stored("5.4").actions == before
    assert paper.text.count("Say what will be done.") == 2, "in the sum and beside the field"
    assert paper.field("Or somebody else (a role, not a name)").value == "Chief nurse"


def test_an_action_is_closed_under_its_question(door: Door) -> None:
    paper = take_up(door, "3").open("action", "3.1")
    late = next(a for a in paper.stored("3.1").actions if a.is_late(TODAY))
    choose_to(paper, str(late.action_id)).fill(
        What_came_of_it="It is in place.", Or_what_shows="Minutes"
    )
    paper.press("Close this action")
    closed = next(a for a in paper.stored("3.1").actions if a.action_id == late.action_id)
    assert closed.status.value == "done"
    assert "The action is closed as done. Saved at" in paper.text
    assert "▲ Action late" not in paper.text


def test_who_only_reads_is_offered_no_form(looking: Door) -> None:
    paper = take_up(looking, "3", APPROVER).open("action", "3.1")
    assert "Open this action" in paper.text
    assert offers(paper) == []


def test_help_says_what_to_look_for_and_what_would_take_us_further(door: Door) -> None:
    paper = take_up(door, "5").open("help", "5.1")
    item = paper.stored("5.1").item
    assert item.guidance.strip()[:40] in paper.text
    assert all(thing[:20] in paper.text for thing in item.look_for)
    assert "From here" not in paper.text, "nothing was answered yet"
    paper.choose("5.1", "some-shortfalls")
    assert "<strong>From here</strong>" in paper.text
    assert item.improve["some-shortfalls"][:30] in paper.text
