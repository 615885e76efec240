"""Working together on the Assessment page: who does what, history, and last cycle's answers."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from benchmarking.answers import Carried
from benchmarking.moments import in_words, local, utc_now
from benchmarking.people import accounts
from benchmarking.store.database import AuditEntry
from benchmarking.ui import carrying_view
from tests.pages import opening
from tests.pages.opening import APPROVER, BOARD, CONTRIBUTOR, LEAD, Door
from tests.pages.paper import PAGE, Paper, take_up

OFFICER, MATRON = "Patient experience officer, DEMO-07", "Matron, DEMO-07"
HOLDS = "officer, DEMO-07"


def today() -> date:
    return local(utc_now()).date()


def shows(door: Door, which: str, subject: str = LEAD) -> Paper:
    """The page with one choice of "Who does what"."""
    page = door.open(PAGE, subject, show=which)
    assert not page.exception
    return Paper(door, subject, page)


def asked(paper: Paper) -> list[str]:
    """The statements whose questions stand on the page, by number."""
    return [str(radio.key).split(".sa-")[1] for radio in paper.page.radio]


def choices(paper: Paper) -> list[str]:
    return list(_who_does_what(paper).options)


def _who_does_what(paper: Paper) -> Any:
    (found,) = [group for group in groups(paper.page) if group.label == "Who does what"]
    return found


def groups(page: AppTest) -> list[Any]:
    """Every row of choices side by side."""
    return list(page.get("button_group"))


def choose(paper: Paper, which: str) -> Paper:
    paper.door.sign_in(paper.subject)
    _who_does_what(paper).set_value(which)
    paper.page.run()
    assert not paper.page.exception
    return paper


# Which questions.


def test_the_page_offers_what_is_mine_waiting_and_overdue_with_how_many(looking: Door) -> None:
    assert choices(take_up(looking, "3")) == ["All", "Mine (2)", "Waiting (2)", "Overdue (1)"]
    assert choices(take_up(looking, "3", CONTRIBUTOR))[1] == "Mine (2)"
    assert choices(take_up(looking, "3", APPROVER)) == ["All", "Waiting (2)", "Overdue (1)"]


@pytest.mark.parametrize(
    "which, subject, numbers",
    [
        ("mine", LEAD, ["4.3", "4.4"]),
        ("mine", CONTRIBUTOR, ["3.4", "5.1"]),
        ("waiting", LEAD, ["5.3", "5.4"]),
        ("overdue", APPROVER, ["3.4"]),
    ],
)
def test_a_choice_shows_only_its_questions_across_stages(
    looking: Door, which: str, subject: str, numbers: list[str]
) -> None:
    paper = shows(looking, which, subject)
    assert asked(paper) == numbers
    stages = [header.value for header in paper.page.header if header.value[0].isdigit()]
    assert len(stages) == len({number[0] for number in numbers})


def test_choosing_writes_the_address_and_all_leaves_it_bare(looking: Door) -> None:
    paper = choose(take_up(looking, "3"), "waiting")
    assert paper.page.query_params["show"] == "waiting"
    assert asked(paper) == ["5.3", "5.4"]
    choose(paper, "all")
    assert "show" not in paper.page.query_params
    assert asked(paper) == ["3.1", "3.2", "3.3", "3.4"]


def test_a_choice_that_is_not_offered_shows_everything(looking: Door) -> None:
    assert len(asked(shows(looking, "everything-of-mine"))) == 4
    assert len(asked(shows(looking, "mine", APPROVER))) == 4


def test_an_empty_choice_says_why_it_is_empty(door: Door) -> None:
    paper = shows(door, "overdue").choose("3.4", "good")
    assert choices(paper)[-1] == "Overdue (0)"
    assert asked(paper) == ["3.4"], "what somebody works on does not leave under their hands"
    assert "Nothing is overdue." in shows(door, "overdue").text


def test_what_nobody_can_change_any_more_has_no_choice(looking: Door) -> None:
    page = looking.open(PAGE, "trust-lead.DEMO-05")
    assert not page.exception
    assert "Who does what" not in [group.label for group in groups(page)]


def test_a_long_list_is_shown_in_part_until_one_asks_for_more(looking: Door) -> None:
    paper = shows(looking, "waiting", "trust-lead.DEMO-12")
    assert len(asked(paper)) == 12
    paper.press("Show 31 more")
    assert len(asked(paper)) == 43


# Who does one question, and a stage.


def test_who_holds_a_question_and_by_when_stands_under_it(looking: Door) -> None:
    told = take_up(looking, "5").text
    wanted = in_words(today() + timedelta(days=12))
    assert f"With {OFFICER}, wanted by {wanted}" in told
    assert "Overdue" not in told.replace("Overdue (1)", "")


def test_a_day_that_is_over_is_said_aloud(looking: Door) -> None:
    over = in_words(today() - timedelta(days=3))
    assert f"Overdue: it was wanted by {over}." in take_up(looking, "3").text


def test_the_trust_lead_hands_a_question_to_a_colleague(door: Door) -> None:
    paper = take_up(door, "5").open("who", "5.3")
    assert "Nobody in particular does this." in paper.text
    wanted = today() + timedelta(days=4)
    options = paper.field("Who does this").options
    paper.field("Who does this").select_index(options.index(MATRON))
    paper.fill(Wanted_by=wanted).press("Save who does this")
    given = paper.stored("5.3").assignment
    assert given is not None and (given.title, given.wanted_by) == (MATRON, wanted)
    assert f"With {MATRON}, wanted by {in_words(wanted)}" in paper.text
    assert "by Complaints manager, DEMO-07." in paper.text


def test_nobody_in_particular_takes_it_back(door: Door) -> None:
    paper = take_up(door, "3").open("who", "3.4")
    field = paper.field("Who does this")
    assert field.value is not None, "who holds it stands in the form"
    field.select_index(field.options.index("Nobody in particular"))
    paper.fill(Wanted_by=today()).press("Save who does this")
    assert paper.stored("3.4").assignment is None


def test_a_day_that_is_past_is_refused_in_words(door: Door) -> None:
    paper = take_up(door, "5").open("who", "5.3")
    paper.field("Who does this").select_index(1)
    paper.fill(Wanted_by=today() - timedelta(days=1)).press("Save who does this")
    assert "is past. Choose today, a later day, or leave the day empty." in paper.text
    assert paper.stored("5.3").assignment is None


def test_a_contributor_takes_a_question_and_hands_it_back(door: Door) -> None:
    paper = take_up(door, "5", CONTRIBUTOR).open("who", "5.3").press("I will do this")
    given = paper.stored("5.3").assignment
    assert given is not None and given.title == OFFICER
    assert f"{OFFICER}; taken on" in paper.text
    paper.press("Hand it back")
    assert paper.stored("5.3").assignment is None


@pytest.mark.parametrize("subject, number", [(CONTRIBUTOR, "5.2"), (APPROVER, "5.3")])
def test_who_may_not_change_it_reads_it(looking: Door, subject: str, number: str) -> None:
    paper = take_up(looking, "5", subject).open("who", number)
    labels = {button.label for button in paper.page.button}
    assert not labels & {"I will do this", "Hand it back", "Save who does this"}


def test_a_stage_is_handed_over_as_a_whole_once_somebody_was_chosen(door: Door) -> None:
    paper = take_up(door, "5")
    assert "Hand over this stage" in [expander.label for expander in paper.page.expander]
    assert not [button for button in paper.page.button if button.label == "Hand over all 4"]
    cycle = paper.sheet().cycle.cycle_id
    paper.page.session_state[f"work.DEMO-07.{cycle}.trust.me-5.stage"] = True
    paper.run().press("Hand over all 4")
    assert "Choose who is to do this, or “Nobody in particular”." in paper.text
    (who,) = [s for s in paper.page.selectbox if s.label == "Who does this"]
    who.select_index(who.options.index(MATRON))
    paper.press("Hand over all 4")
    held = [paper.stored(f"5.{n}").assignment for n in (1, 2, 3, 4)]
    assert {given.title for given in held if given} == {MATRON} and None not in held


@pytest.mark.parametrize("subject", [CONTRIBUTOR, APPROVER])
def test_only_the_trust_lead_hands_over_a_stage(looking: Door, subject: str) -> None:
    paper = take_up(looking, "5", subject)
    assert "Hand over this stage" not in [e.label for e in paper.page.expander]


# History.


def test_the_history_counts_and_shows_each_save(door: Door) -> None:
    paper = take_up(door, "5").choose("5.1", "good").choose("5.1", "exceptional")
    paper.open("history", "5.1")
    assert "From 3 Good to <strong>4 Exceptional</strong>" in paper.text
    assert "First answer: <strong>3 Good</strong>" in paper.text
    paper.choose("5.1", "some-shortfalls")
    assert "From 4 Exceptional to <strong>2 Some shortfalls</strong>" in paper.text, "it stays open"
    pills = next(group for group in groups(paper.page) if str(group.key).endswith(".sa-5.1"))
    assert "History (3)" in pills.options


def test_a_comment_that_was_typed_stands_in_the_history_as_text(door: Door) -> None:
    paper = take_up(door, "5").open("comment", "5.1")
    paper.fill(Comment_for="<script>alert(1)</script>").run()
    paper.fill(Comment_for="Since May.").run().open("history", "5.1")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in paper.text
    assert "<script>alert(1)" not in paper.text


def test_a_comment_that_was_emptied_says_so_and_what_stood_there(door: Door) -> None:
    paper = take_up(door, "5").open("comment", "5.1")
    paper.fill(Comment_for="Since May.").run()
    paper.fill(Comment_for="").run().open("history", "5.1")
    assert "Comment taken away" in paper.text
    assert "<p>Before:</p><blockquote>Since May.</blockquote>" in paper.text


def test_what_was_saved_before_history_was_kept_is_said_and_only_there(door: Door) -> None:
    token = accounts.sign_in_as(door.running, LEAD)
    visit = accounts.visit_by(door.running, token)
    with visit.database.writing(AuditEntry(0, "forget", "tests", visit.now)) as writing:
        writing.run("DELETE FROM answer_history")
    old = take_up(door, "3").open("history", "3.1")
    assert "before history was kept. Who saved it then, and what it said, is not known." in old.text
    new = take_up(door, "3").open("history", "3.4")
    assert "Nothing has been saved here yet." in new.text
    assert "before history was kept" not in new.text


def test_a_board_member_gets_neither_history_nor_who_does_what(looking: Door) -> None:
    page = looking.open("pages/boards/overview.py", BOARD)
    sent = opening.everything(page)
    assert "History" not in sent and HOLDS not in sent.replace("Non-executive", "")


# Last cycle's answers.


def carry(door: Door) -> Paper:
    paper = take_up(door, "5").press("Start from last cycle’s answers")
    assert "7 answers of 2025/26 are copied to the questions that have none yet" in paper.text
    return paper.press("Yes, copy them")


def confirm(paper: Paper, number: str) -> None:
    """Presses "Still right" under one question."""
    paper.door.sign_in(paper.subject)
    paper.page.button(key=f"{paper.question(number).key}.right").click().run()


def test_last_cycles_answers_are_copied_and_marked(door: Door) -> None:
    paper = carry(door)
    assert "<strong>43 of 43</strong> questions answered, 7 of them not reconfirmed." in paper.text
    assert "<strong>Not reconfirmed.</strong> This is the answer of 2025/26" in paper.text
    assert "Start from last cycle’s answers" not in [b.label for b in paper.page.button]
    assert "Every answer carried forward is reconfirmed (7 are not)" in paper.text
    assert paper.button("Submit the assessment").disabled


def test_results_of_a_draft_say_how_many_answers_are_not_reconfirmed(door: Door) -> None:
    paper = carry(door)
    said = opening.text(door.open("pages/trusts/our_results.py", paper.subject))
    assert "In progress: 21 of 21 statements answered, 7 of them carried forward" in said
    confirm(shows(door, "not-reconfirmed"), "3.4")
    said = opening.text(door.open("pages/trusts/our_results.py", paper.subject))
    assert "answered, 6 of them carried forward and not reconfirmed." in said


def test_still_right_makes_it_an_answer_of_this_cycle(door: Door) -> None:
    carry(door)
    paper = shows(door, "not-reconfirmed")
    assert choices(paper)[-1] == "Not reconfirmed (7)"
    assert asked(paper) == ["3.4", "4.3", "4.4", "5.1", "5.2", "5.3", "5.4"]
    confirm(paper, "3.4")
    line = paper.stored("3.4")
    assert line.carried is None and line.answer is not None and line.answer.answer_revision == 2
    assert choices(paper)[-1] == "Not reconfirmed (6)"


def test_a_confirmation_over_a_colleagues_change_is_refused_with_both_values(door: Door) -> None:
    carry(door)
    mine = take_up(door, "5")
    take_up(door, "5", CONTRIBUTOR).choose("5.4", "exceptional")
    confirm(mine, "5.4")
    assert f"{OFFICER} saved this at" in mine.text
    assert mine.stored("5.4").claimed == "exceptional"


@pytest.mark.parametrize("subject", [CONTRIBUTOR, APPROVER])
def test_only_the_trust_lead_is_offered_last_cycles_answers(looking: Door, subject: str) -> None:
    labels = [button.label for button in take_up(looking, "5", subject).page.button]
    assert "Start from last cycle’s answers" not in labels


@pytest.mark.parametrize(
    "edition, said",
    [("2013.2", "It was given to edition 2013.2; now 2014.2 is asked."), (None, "")],
)
def test_an_answer_to_another_edition_says_so(
    looking: Door, edition: str | None, said: str
) -> None:
    paper = take_up(looking, "5")
    now, _ = paper.sheet().cycle.edition_of("my-expectations")
    line = replace(paper.stored("5.1"), carried=Carried("2025/26", edition or now))
    told = carrying_view.carried(paper.sheet(), line)
    assert said in told and ("It was given" in told) is bool(said)


# Home.


def test_home_leads_to_each_question_that_i_hold(looking: Door) -> None:
    told = opening.told(looking.open("pages/everyone/home.py", CONTRIBUTOR))
    over = in_words(today() - timedelta(days=3))
    assert (
        f'Overdue since {over}: <a href="assessment?trust=DEMO-07&amp;standard=my-expectations'
        f'&amp;stage=me-3&amp;question=sa-3.4"' in told
    )
    assert told.index("Overdue since") < told.index("Wanted by")


def test_a_link_from_home_brings_its_question_into_view_once(looking: Door) -> None:
    page = looking.open(
        PAGE, CONTRIBUTOR, standard="my-expectations", stage="me-5", question="sa-5.1"
    )
    assert ".st-key-question-sa-5-1" in opening.everything(page)
    assert "question" not in page.query_params


def test_what_an_address_says_never_becomes_a_script(looking: Door) -> None:
    page = looking.open(PAGE, CONTRIBUTOR, stage="me-5", question='");alert(1)//')
    assert "alert(1)" not in opening.everything(page)
    assert not page.exception
    assert "Submit" in [header.value for header in page.header]
