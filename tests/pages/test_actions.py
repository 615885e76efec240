"""The page Actions: the answer first, the list, one action, and what can be done with it."""

from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from benchmarking.action_plan import actions
from benchmarking.action_plan.actions import ActionList, ListedAction
from benchmarking.moments import in_words, local, utc_now
from benchmarking.people import accounts
from benchmarking.store.database import AuditEntry
from benchmarking.trust_actions import Due, Status
from tests.pages import opening
from tests.pages.opening import APPROVER, BOARD, CONTRIBUTOR, LEAD, Door

PAGE = "pages/trusts/actions.py"
TODAY = local(utc_now()).date()
LATE = "Give each open complaint a named contact this week"


def stored(door: Door, subject: str = LEAD) -> ActionList:
    token = accounts.sign_in_as(door.running, subject)
    return actions.of_trust(accounts.visit_by(door.running, token), "DEMO-07")


def late(door: Door) -> ListedAction:
    (one,) = stored(door).of(Due.LATE)
    return one


def numbered(door: Door, action_id: int) -> ListedAction:
    return stored(door).one(action_id)


def field(page: AppTest, label: str) -> Any:
    kinds = ("text_area", "text_input", "date_input", "selectbox", "multiselect", "checkbox")
    fields: list[Any] = [field for kind in kinds for field in page.get(kind)]
    found = [field for field in fields if field.label.startswith(label)]
    assert len(found) == 1, label
    return found[0]


def press(door: Door, page: AppTest, label: str, subject: str = LEAD) -> AppTest:
    door.sign_in(subject)
    (button,) = [button for button in page.button if button.label == label]
    button.click()
    return page.run()


def open_one(door: Door, do: str, subject: str = LEAD, action_id: int | None = None) -> AppTest:
    """One action, the late one by default, with the form for what is to be done."""
    number = action_id or late(door).action.action_id
    page = door.open(PAGE, subject, action=str(number))
    choices: list[Any] = list(page.get("button_group"))
    choices[0].set_value(do)
    page.run()
    assert not page.exception
    return page


def test_the_answer_comes_first_and_what_is_late_first_of_all(looking: Door) -> None:
    page = looking.open(PAGE, LEAD)
    said = opening.told(page)
    assert stored(looking).sentence in said and "1 late" in stored(looking).sentence
    assert said.index(LATE) < said.index("Due soon")
    assert "<strong>▲ Late" in said and "statement 3.1" in said
    assert "1 Significant shortfalls" not in said and "2 Some shortfalls in" in said
    assert "● Done" not in said, "what is over is shown when it is asked for"


@pytest.mark.parametrize(
    "which, shown, hidden",
    [
        ("late", "▲ Late", "◆ Due soon"),
        ("soon", "◆ Due soon", "▲ Late"),
        ("over", "● Done", "▲ Late"),
        ("all", "● Done", ""),
        ("mine", "Complaints manager, DEMO-07", "Head of patient experience"),
    ],
)
def test_the_list_can_be_narrowed(looking: Door, which: str, shown: str, hidden: str) -> None:
    said = opening.told(looking.open(PAGE, LEAD, show=which)).split("<tbody", 1)[1]
    assert shown in said and (not hidden or hidden not in said)


def test_the_list_can_be_about_one_statement(looking: Door) -> None:
    page = looking.open(PAGE, LEAD, show="all", about="my-expectations/sa-3.1")
    table = opening.told(page).split("<tbody", 1)[1]
    assert LATE in table and "statement 5.4" not in table


def test_an_empty_list_says_what_to_do(door: Door) -> None:
    page = door.open(PAGE, APPROVER, show="mine")
    assert "No action is yours. An action becomes yours when somebody names you" in opening.text(
        page
    )
    with door.running.database.writing(_tidy()) as writing:
        writing.run("DELETE FROM trust_action WHERE organisation_id = 7")
    assert "No action has been promised yet." in opening.text(door.open(PAGE, LEAD))
    assert "Add the first one below" in opening.text(door.open(PAGE, LEAD))
    board = opening.text(door.open(PAGE, BOARD))
    assert "Actions appear here once the people who answer for the trust add them." in board


def _tidy() -> AuditEntry:
    return AuditEntry(0, "tidy", "tests", utc_now())


def test_a_board_reads_the_list_and_nothing_that_colleagues_wrote(looking: Door) -> None:
    everything = stored(looking)
    page = looking.open(PAGE, BOARD, show="all")
    said = opening.everything(page)
    assert everything.sentence in said and LATE in said
    written = {note.text for one in everything.listed for note in one.notes}
    written |= {one.closure.outcome for one in everything.listed if one.closure}
    assert written and not [text for text in written if text in said]
    assert "Aims at" not in said and "Add an action" not in said
    one = looking.open(PAGE, BOARD, action=str(late(looking).action.action_id))
    assert "How it goes" not in opening.text(one) and not one.get("button_group")
    assert "Promised in" in opening.text(one)


@pytest.mark.parametrize("number", ["0", "999999", "-1", "1; DROP", "٣", "9" * 40])
def test_an_action_that_is_not_there_looks_like_one_of_another_trust(
    looking: Door, number: str
) -> None:
    page = looking.open(PAGE, LEAD, action=number)
    assert [w.value for w in page.warning] == [
        "This trust has no such action. Choose one from the list."
    ]
    assert not page.exception


def test_an_action_of_another_trust_cannot_be_opened_by_its_number(looking: Door) -> None:
    token = accounts.sign_in_as(looking.running, "trust-lead.DEMO-08")
    visit = accounts.visit_by(looking.running, token)
    theirs = actions.of_trust(visit, "DEMO-08").listed[0]
    page = looking.open(PAGE, LEAD, action=str(theirs.action.action_id), trust="DEMO-08")
    assert len(page.warning) == 1 and theirs.text not in opening.everything(page)


def test_one_action_tells_what_was_promised_and_leads_to_its_question(looking: Door) -> None:
    said = opening.told(looking.open(PAGE, LEAD, action=str(late(looking).action.action_id)))
    assert f"<h2>{late(looking).text}</h2>" in said
    assert "assessment?trust=DEMO-07&amp;standard=my-expectations&amp;stage=me-3" in said
    for note in late(looking).notes:
        assert note.text in said


def test_an_action_is_added_on_the_page(door: Door) -> None:
    page = door.open(PAGE, LEAD)
    page.session_state["add-action"] = True
    page.run()
    field(page, "What will be done").set_value("Ring everyone who waits")
    field(page, "Which statements").set_value(["my-expectations/sa-4.2"])
    field(page, "By when").set_value(TODAY + timedelta(days=3))
    page = press(door, page, "Add this action")
    assert not page.exception
    assert "The action is added. Saved at" in opening.text(page)
    (added,) = [one for one in stored(door).listed if one.text == "Ring everyone who waits"]
    assert (added.due, [n.name for n in added.statements]) == (Due.SOON, ["statement 4.2"])


def test_work_is_told_about(door: Door) -> None:
    one = next(o for o in stored(door).listed if o.action.status is Status.OPEN)
    page = open_one(door, "Tell how it goes", action_id=one.action.action_id)
    field(page, "How does it go?").set_value("Half of them have it.")
    field(page, "Work on it has begun").set_value(True)
    page = press(door, page, "Add this note")
    now = numbered(door, one.action.action_id)
    assert now.notes[0].text == "Half of them have it."
    assert now.action.status is Status.IN_PROGRESS
    assert "The note is added. Saved at" in opening.text(page)
    assert "Half of them have it." in opening.told(page)


def test_moving_the_day_without_a_reason_is_refused_and_with_one_is_kept(door: Door) -> None:
    number, later = late(door).action.action_id, TODAY + timedelta(days=60)
    before = late(door).action.promised.due_on
    page = open_one(door, "Change it")
    field(page, "By when").set_value(later)
    page = press(door, page, "Save this action")
    assert "Say why the day moves, so that everybody can see it." in opening.text(page)
    assert numbered(door, number).action.promised.due_on == before
    field(page, "If the day moves").set_value("the printer is late")
    page = press(door, page, "Save this action")
    assert before is not None
    said = f"Extended from {in_words(before)} to {in_words(later)}. the printer is late"
    assert said in opening.told(page)
    assert numbered(door, number).due is Due.ON_TIME


def test_a_colleagues_change_is_shown_beside_mine_and_either_can_stand(door: Door) -> None:
    number = late(door).action.action_id
    mine, theirs = open_one(door, "Change it"), open_one(door, "Change it", CONTRIBUTOR)
    field(theirs, "What will be done").set_value("Theirs")
    press(door, theirs, "Save this action", CONTRIBUTOR)
    field(mine, "What will be done").set_value("Mine")
    mine = press(door, mine, "Save this action")
    assert numbered(door, number).text == "Theirs"
    shown: list[Any] = list(mine.get("text"))
    stored_now, my_own = (text.value for text in shown)
    assert stored_now.startswith("Theirs\nFor: statement 3.1") and my_own.startswith("Mine\nFor:")
    press(door, mine, "Replace it with mine")
    assert numbered(door, number).text == "Mine"


def test_an_action_is_closed_and_opened_again(door: Door) -> None:
    number = late(door).action.action_id
    page = open_one(door, "Close it")
    page = press(door, page, "Close this action")
    assert "Say what came of it." in opening.text(page)
    field(page, "What came of it").set_value("In place.")
    field(page, "Or what shows it").set_value("Minutes")
    page = press(door, page, "Close this action")
    assert f"Done on {in_words(TODAY)}." in opening.told(page)
    page = open_one(door, "Open it again", action_id=number)
    field(page, "Why is it opened again?").set_value("It came back.")
    page = press(door, page, "Open this action again")
    assert "The action is open again. Saved at" in opening.text(page)
    assert numbered(door, number).due is Due.LATE


def test_what_somebody_typed_is_never_markup(door: Door) -> None:
    evil = "<img src=x onerror=alert(1)> **bold** [x](javascript:alert(1))"
    page = open_one(door, "Change it")
    field(page, "What will be done").set_value(evil)
    press(door, page, "Save this action")
    page = door.open(PAGE, LEAD)
    assert "<img" not in opening.told(page) and "&lt;img src=x" in opening.told(page)
    one = door.open(PAGE, LEAD, action=str(late(door).action.action_id))
    assert "<img" not in opening.told(one)


def test_files_are_offered_and_say_what_is_in_them(looking: Door) -> None:
    page = looking.open(PAGE, LEAD)
    labels = [button.proto.label for button in page.get("download_button")]
    assert labels == [
        "My actions for a calendar (.ics)",
        "All open actions for a calendar (.ics)",
        "Download as CSV",
    ]
    assert "what will be done is not in it, because calendars are often shared" in opening.text(
        page
    )
    board = looking.open(PAGE, BOARD)
    assert len(board.get("download_button")) == 2, "nothing is the board member's own"


def test_home_and_overview_say_what_is_late_and_lead_there(looking: Door) -> None:
    number = late(looking).action.action_id
    link = f"actions?trust=DEMO-07&amp;action={number}"
    said = opening.told(looking.open("pages/everyone/home.py", LEAD))
    assert "▲ Late since" in said and "(yours)" in said and link in said
    assert "◆ Due soon, on" in said
    said = opening.told(looking.open("pages/everyone/home.py", APPROVER))
    assert "▲ Late since" in said and "(yours)" not in said
    said = opening.told(looking.open("pages/everyone/home.py", BOARD))
    assert "1 action is late" in said and LATE not in said
    said = opening.told(looking.open("pages/boards/overview.py", BOARD))
    assert "What we promised" in said and stored(looking).sentence in said and LATE in said
