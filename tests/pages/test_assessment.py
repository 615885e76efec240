"""Answering: saved at once, never over a colleague's answer, and only by who may."""

from threading import Thread

import pytest
import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from benchmarking.moments import clock, utc_now
from benchmarking.store.database import AuditEntry
from benchmarking.ui import details, question
from benchmarking.ui.saving import Place
from tests.pages import opening
from tests.pages.opening import APPROVER, CONTRIBUTOR, Door
from tests.pages.paper import PAGE, Paper, take_up

NOBODY = "There is nothing here that you can see. Ask your trust lead if you should."


def test_choosing_an_answer_saves_it_and_says_when(door: Door) -> None:
    paper = take_up(door, "5")
    assert paper.stored("5.1").answer is None
    before = utc_now()
    paper.choose("5.1", "some-shortfalls")
    answer = paper.stored("5.1").answer
    assert answer is not None
    assert (answer.choice, answer.answer_revision) == ("some-shortfalls", 1)
    assert before <= answer.saved_at <= utc_now()
    assert f"Saved {clock(answer.saved_at)} on " in paper.text
    assert "by Complaints manager, DEMO-07" in paper.text
    assert paper.question("5.1").value == "some-shortfalls"


def test_an_answer_is_there_again_in_another_browser(door: Door) -> None:
    take_up(door, "5").choose("5.1", "good").choose("5.2", "dont-know")
    again = take_up(door, "5")
    assert [again.question(n).value for n in ("5.1", "5.2", "5.3")] == ["good", "dont-know", None]


def test_an_answer_can_be_changed_as_often_as_one_likes(door: Door) -> None:
    paper = take_up(door, "5")
    for revision, choice in enumerate(("good", "exceptional", "good", "dont-know"), start=1):
        answer = paper.choose("5.3", choice).stored("5.3").answer
        assert answer is not None
        assert (answer.choice, answer.answer_revision) == (choice, revision)
    assert "Which one should stand?" not in paper.text


class BrokenOff(dict[str, object]):
    """Streamlit's session state in a run that a newer click is about to break off."""

    def __getitem__(self, key: str) -> object:
        raise StopException

    def __setitem__(self, key: str, value: object) -> None:
        raise StopException

    def to_dict(self) -> dict[str, object]:
        return dict(self.items())


def test_keys_pressed_while_the_page_is_being_drawn_are_all_saved_and_no_colleagues(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Arrow keys choose at once, and each breaks off what the one before it began."""
    paper = take_up(door, "5")
    sheet, line = paper.sheet(), paper.stored("5.1")
    place = Place(details.place_of("answer", sheet, line), seen=0)
    for revision, choice in enumerate(("some-shortfalls", "good", "exceptional"), start=1):
        monkeypatch.setattr(st, "session_state", BrokenOff({place.key: choice}))
        question._save_choice(sheet, line, place)
        answer = paper.stored("5.1").answer
        assert answer is not None and (answer.choice, answer.answer_revision) == (choice, revision)
    assert (place.seen, place.problem, place.conflict) == (3, "", None)


def test_two_runs_that_save_at_the_same_time_take_turns(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A click during a run starts a second one beside it, in a thread of its own."""
    paper = take_up(door, "5")
    sheet, line = paper.sheet(), paper.stored("5.1")
    place = Place(details.place_of("answer", sheet, line), seen=0)
    monkeypatch.setattr(st, "session_state", BrokenOff({place.key: "good"}))
    runs = [Thread(target=question._save_choice, args=(sheet, line, place)) for _ in range(6)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    answer = paper.stored("5.1").answer
    assert answer is not None and (answer.choice, answer.answer_revision) == ("good", 6)
    assert (place.seen, place.problem, place.conflict) == (6, "", None)


def test_progress_counts_along(door: Door) -> None:
    paper = take_up(door, "5")
    assert "<strong>36 of 43</strong> questions answered" in paper.text
    paper.choose("5.1", "good")
    assert "<strong>37 of 43</strong> questions answered" in paper.text


def test_the_page_opens_at_the_first_question_that_is_not_answered(looking: Door) -> None:
    page = looking.open(PAGE, opening.LEAD)
    assert page.header[0].value == "3 Staying informed"


def test_the_address_opens_a_stage_and_the_next_one_is_put_there(looking: Door) -> None:
    paper = take_up(looking, "2")
    assert paper.page.header[0].value == "2 Making a complaint"
    paper.press("Next: Staying informed ›")
    assert paper.page.header[0].value == "3 Staying informed"
    assert paper.page.query_params == {"standard": "my-expectations", "stage": "me-3"}
    paper.press("‹ Making a complaint")
    assert paper.page.header[0].value == "2 Making a complaint"


def test_levels_are_described_for_each_statement_and_in_its_own_words(looking: Door) -> None:
    paper = take_up(looking, "3")
    options = [paper.question(f"3.{n}").options for n in (1, 2, 3, 4)]
    assert [[label.split(".")[0] for label in each] for each in options] == [
        [
            "**1 Significant shortfalls",
            "**2 Some shortfalls",
            "**3 Good",
            "**4 Exceptional",
            "Don't know",
        ]
    ] * 4
    described = {label for each in options for label in each[:4]}
    assert len(described) == 16, "no two statements share a description"


def test_the_publishers_words_and_what_is_sure_of_them_stand_above_the_question(
    looking: Door,
) -> None:
    told = take_up(looking, "5").text
    assert "<q>I felt that my complaint had been handled fairly</q>" in told
    assert "Wording not yet checked against the publication" in told


def test_the_last_cycles_answer_stands_beside_this_ones(looking: Door) -> None:
    assert "Last cycle: 2: Some shortfalls" in take_up(looking, "5").text


def test_a_level_without_its_evidence_says_at_once_what_it_scores_as(door: Door) -> None:
    paper = take_up(door, "5").choose("5.1", "good")
    assert "You chose 3; until at least 20 records drawn at random" in paper.text
    assert "it scores as 2." in paper.text
    paper.choose("5.1", "some-shortfalls")
    assert "You chose" not in paper.text


def test_a_claim_two_levels_above_its_evidence_says_what_it_scores_as_now(door: Door) -> None:
    paper = take_up(door, "5").choose("5.1", "exceptional")
    assert "You chose 4; until somebody outside the complaints team has checked it" in paper.text
    assert "with complainants involved, it scores as 2." in paper.text


def test_not_applicable_asks_for_the_reason_and_counts_once_it_is_given(door: Door) -> None:
    paper = take_up(door, "4").choose("4.1", "not-applicable")
    assert "Until you say why, this statement counts as not answered." in paper.text
    assert "<strong>35 of 43</strong>" in paper.text
    paper.fill(Why_does="Single-specialty trust; nothing was upheld.").run()
    answer = paper.stored("4.1").answer
    assert answer is not None
    assert answer.reason == "Single-specialty trust; nothing was upheld."
    assert "Until you say why" not in paper.text
    assert "<strong>36 of 43</strong>" in paper.text


def test_the_reason_goes_with_the_answer_it_was_given_for(door: Door) -> None:
    paper = take_up(door, "4").choose("4.1", "not-applicable")
    paper.fill(Why_does="Nothing was upheld.").run().choose("4.1", "good")
    answer = paper.stored("4.1").answer
    assert answer is not None
    assert (answer.choice, answer.reason) == ("good", "")
    assert not paper.page.text_input


def test_not_applicable_is_not_offered_where_it_cannot_be(looking: Door) -> None:
    choice = "Not applicable, because …"
    assert choice not in take_up(looking, "1").question("1.1").options
    assert choice in take_up(looking, "4").question("4.1").options


@pytest.fixture
def stale(door: Door) -> Paper:
    """My browser, after a colleague saved "good" and I chose "exceptional" over what I had seen."""
    mine, theirs = take_up(door, "5"), take_up(door, "5", CONTRIBUTOR)
    theirs.choose("5.1", "good")
    return mine.choose("5.1", "exceptional")


def test_an_answer_over_one_that_was_not_seen_is_refused_with_both_values(stale: Paper) -> None:
    answer = stale.stored("5.1").answer
    assert answer is not None
    assert (answer.choice, answer.author) == ("good", "Patient experience officer, DEMO-07")
    assert (
        f"Patient experience officer, DEMO-07 saved this at {clock(answer.saved_at)}, while you "
        f"were working on it.</strong> Nothing is lost. Which one should stand?" in stale.text
    )
    assert stale.both_values == ["3: Good", "4: Exceptional"]


def test_the_stored_answer_can_be_kept(stale: Paper) -> None:
    stale.press("Keep what is stored")
    answer = stale.stored("5.1").answer
    assert answer is not None and (answer.choice, answer.answer_revision) == ("good", 1)
    assert stale.question("5.1").value == "good"
    assert "Which one should stand?" not in stale.text


def test_the_stored_answer_can_be_replaced_with_mine(stale: Paper) -> None:
    stale.press("Replace it with mine")
    answer = stale.stored("5.1").answer
    assert answer is not None
    assert (answer.choice, answer.answer_revision, answer.author) == (
        "exceptional",
        2,
        "Complaints manager, DEMO-07",
    )
    assert stale.question("5.1").value == "exceptional"
    assert "Which one should stand?" not in stale.text


def test_replacing_is_refused_too_when_the_colleague_saved_once_more(stale: Paper) -> None:
    take_up(stale.door, "5", CONTRIBUTOR).choose("5.1", "significant-shortfalls")
    stale.press("Replace it with mine")
    answer = stale.stored("5.1").answer
    assert answer is not None and answer.choice == "significant-shortfalls"
    assert stale.both_values == [
        "1: Significant shortfalls",
        "4: Exceptional",
    ]


def test_after_a_refusal_the_next_answer_is_saved(stale: Paper) -> None:
    answer = stale.choose("5.1", "some-shortfalls").stored("5.1").answer
    assert answer is not None and (answer.choice, answer.answer_revision) == ("some-shortfalls", 2)
    assert "Which one should stand?" not in stale.text


def test_two_people_answer_different_questions_without_hindrance(door: Door) -> None:
    mine, theirs = take_up(door, "5"), take_up(door, "5", CONTRIBUTOR)
    for number in ("5.1", "5.3"):
        theirs.choose(number, "good")
    for number in ("5.2", "5.4"):
        mine.choose(number, "some-shortfalls")
    found = [mine.stored(f"5.{n}").claimed for n in (1, 2, 3, 4)]
    assert found == ["good", "some-shortfalls", "good", "some-shortfalls"]
    assert "Which one should stand?" not in mine.text + theirs.text
    assert [mine.question(f"5.{n}").value for n in (1, 2, 3, 4)] == found


def test_an_approver_reads_the_assessment_and_can_change_nothing(looking: Door) -> None:
    paper = take_up(looking, "5", APPROVER)
    assert [paper.question(f"5.{n}").disabled for n in (1, 2, 3, 4)] == [True] * 4
    assert paper.button("Submit the assessment").disabled
    paper.open("comment", "5.1")
    assert paper.field("Comment for colleagues. No names of patients or staff, please.").disabled
    assert "Add evidence" not in paper.open("evidence", "5.1").text


def test_who_loses_the_role_saves_nothing_more_and_sees_nothing_more(door: Door) -> None:
    paper = take_up(door, "5")
    entry = AuditEntry(0, "take role away", "tests", utc_now())
    with door.running.database.writing(entry) as writing:
        writing.run(
            "UPDATE role_grant SET holds_until = :now WHERE role = 'trust lead'", now=utc_now()
        )
    paper.choose("5.1", "good")
    assert not paper.page.exception
    assert [said.value for said in paper.page.markdown] == [NOBODY]
    colleague = take_up(door, "5", CONTRIBUTOR)
    assert colleague.question("5.1").value is None
