"""The page of a file review in each of its states, as each of its readers sees it."""

from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Radio

from benchmarking.access import Person
from benchmarking.answers import Cycle
from benchmarking.file_review import file_reading, file_reconciling, reviews
from benchmarking.file_review.reviews import Frame, Standing
from benchmarking.moments import utc_now
from benchmarking.reviewed_files import ClosedComplaint, Outcome, ReviewState, in_canonical_order
from benchmarking.store import cycles, people
from benchmarking.visit import Visit
from tests.pages import opening
from tests.pages.opening import Door, told
from tests.pages.test_people import press

PAGE = "pages/trusts/file_review.py"
# A fictional trust that takes no part in the current cycle, and so has no file review in it.
TRUST = "DEMO-04"
LEAD, CONTRIBUTOR = f"trust-lead.{TRUST}", f"contributor.{TRUST}"
FRAME = Frame(
    in_canonical_order(
        ClosedComplaint(f"C-{number:03}", date(2025, 5, 1 + number % 28), outcome)
        for number, outcome in enumerate(list(Outcome) * 10)
    )
)
ITEM = "fr-1.2"


def visit(door: Door, subject: str) -> Visit:
    running = door.running
    with running.database.reading() as reading:
        person = people.find(reading, "demonstration", subject, utc_now())
    assert isinstance(person, Person)
    return Visit(person, running.database, running.library, utc_now())


def current(door: Door) -> Cycle:
    with door.running.database.reading() as reading:
        return cycles.every(reading)[0]


def standing(door: Door, subject: str = LEAD) -> Standing:
    found = reviews.standing(visit(door, subject), TRUST, current(door))
    assert found is not None
    return found


def draw(door: Door, files: int = 1) -> None:
    reviews.draw(visit(door, LEAD), standing(door), FRAME, files)


def name_readers(door: Door) -> None:
    named = [visit(door, subject).person.person_id for subject in (CONTRIBUTOR, LEAD)]
    reviews.name_readers(visit(door, LEAD), standing(door), named)


def read_all(door: Door, subject: str, choice: str, *, finish: bool = True) -> None:
    asks = visit(door, subject)
    seen = file_reading.sheet(asks, TRUST, current(door), 1)
    for file in seen.files:
        here = replace(seen, file=file)
        for item_id in seen.lines:
            said = choice if item_id == ITEM else "yes"
            file_reading.save(asks, here, item_id, said, f"Seen by {choice}.", 0)
    if finish:
        file_reading.finish(asks, seen)


def close(door: Door) -> None:
    lead = visit(door, LEAD)
    found = file_reconciling.differences(lead, TRUST, current(door))
    for one in found.found:
        file_reconciling.agree(lead, found, one, "partly", "", 0)
    file_reconciling.close(lead, standing(door))


def opened(door: Door, subject: str = LEAD, **address: str) -> AppTest:
    page = door.open(PAGE, subject, **address)
    assert not page.exception
    return page


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def radio(page: AppTest, label: str) -> Radio[str]:
    (found,) = [one for one in page.radio if one.label.startswith(label)]
    return found


PROMPT = "Does the file show that the person had been told how to complain"


def test_a_lead_is_told_what_a_review_is_and_how_to_begin(looking: Door) -> None:
    page = opened(looking)
    assert "No complaint files have been reviewed in" in told(page)
    assert "Two colleagues read each file by themselves" in told(page)
    assert "Download the template" in opening.text(page)
    assert [one.label for one in page.text_area] == [
        "Rows from a spreadsheet, with the three column names on top"
    ]


def test_a_contributor_is_told_that_the_lead_begins(looking: Door) -> None:
    page = opened(looking, CONTRIBUTOR)
    assert "Your trust lead draws the files and names the two readers." in told(page)
    assert page.text_area.len == 0


@pytest.mark.parametrize(
    "subject", [f"approver.{TRUST}", f"board-member.{TRUST}", "inspector", "administrator", None]
)
def test_nobody_else_sees_the_page(looking: Door, subject: str | None) -> None:
    page = looking.open_alone(PAGE, subject)
    assert not page.exception
    assert "File review" not in [title.value for title in page.title]


def test_a_list_with_faults_is_told_row_by_row_and_nothing_is_kept(door: Door) -> None:
    page = opened(door)
    page.text_area[0].set_value(
        "reference\tclosed_on\toutcome\tname\nC-1\t2025-05-03\tother\t<b>Mr X</b>\n"
    )
    page.run()
    assert "One thing is wrong with this list, so nothing was kept." in told(page)
    assert "the column name is not asked. Take the column out" in told(page)
    assert "Mr X" not in told(page)
    assert not any("Draw" in label for label in labels(page))


def test_a_list_is_looked_at_drawn_and_given_to_readers(door: Door) -> None:
    page = opened(door)
    rows = "\n".join(f"C-{n}\t2025-05-{n + 10}\t{o.value}" for n, o in enumerate(Outcome))
    page.text_area[0].set_value(f"reference\tclosed_on\toutcome\n{rows}\n")
    page.run()
    assert "4 complaints, closed from 10 May 2025 to 13 May 2025." in told(page)
    assert "With fewer than 10 files nothing is told" in told(page)
    page = press(page, "Draw 4 files at random")
    assert "4 files were drawn at random of 4 closed complaints. Name the two" in told(page)
    page = press(page, "Save the readers")
    assert standing(door).state is ReviewState.DRAWN
    assert [one.title for one in standing(door).readers] == [
        f"Complaints manager, {TRUST}",
        f"Patient experience officer, {TRUST}",
    ]
    assert "You read each of them; the other reader does not see what you say." in told(page)


def test_a_reader_answers_and_the_answer_is_saved_at_once(door: Door) -> None:
    draw(door)
    name_readers(door)
    page = opened(door, CONTRIBUTOR)
    assert "0 of 33 answered" in told(page)
    radio(page, PROMPT).set_value("partly")
    page.run()
    assert not page.exception
    assert "1 of 33 answered, saved" in told(page)
    seen = file_reading.sheet(visit(door, CONTRIBUTOR), TRUST, current(door))
    assert seen.lines[ITEM].choice == "partly"


def test_a_note_without_an_answer_is_kept_on_the_page_until_there_is_one(door: Door) -> None:
    draw(door)
    name_readers(door)
    page = opened(door, CONTRIBUTOR)
    (note,) = [one for one in page.text_input if one.label == "Note on Told how to complain"]
    note.set_value("Page 4.")
    page.run()
    assert "Choose an answer. Your note is saved with it." in told(page)
    radio(page, PROMPT).set_value("yes")
    page.run()
    line = file_reading.sheet(visit(door, CONTRIBUTOR), TRUST, current(door)).lines[ITEM]
    assert line.reading is not None
    assert (line.choice, line.reading.note) == ("yes", "Page 4.")
    assert "Choose an answer." not in told(page)


def test_an_answer_that_was_changed_elsewhere_is_shown_beside_mine(door: Door) -> None:
    draw(door)
    name_readers(door)
    page = opened(door, CONTRIBUTOR)
    reader = visit(door, CONTRIBUTOR)
    seen = file_reading.sheet(reader, TRUST, current(door))
    file_reading.save(reader, seen, ITEM, "no", "", 0)
    radio(page, PROMPT).set_value("yes")
    page.run()
    assert not page.exception
    assert file_reading.sheet(reader, TRUST, current(door)).lines[ITEM].choice == "no"
    press(page, next(label for label in labels(page) if "mine" in label.lower()))
    assert file_reading.sheet(reader, TRUST, current(door)).lines[ITEM].choice == "yes"


def test_next_leads_through_the_items_and_on_to_the_next_file(door: Door) -> None:
    draw(door, 2)
    name_readers(door)
    page = opened(door, CONTRIBUTOR)
    page = press(page, "Next: 2 Making a complaint ›")
    assert next(one.value for one in page.header) == "2 Making a complaint (file 1)"
    reader = visit(door, CONTRIBUTOR)
    seen = file_reading.sheet(reader, TRUST, current(door), 1)
    for item_id in seen.lines:
        file_reading.save(reader, seen, item_id, "yes", "", 0)
    page = opened(door, CONTRIBUTOR, file="1", items="apology")
    number = next(label for label in labels(page) if label.startswith("Next: file 2"))
    page = press(page, number)
    assert "File 2 of 2" in told(page)


def test_a_file_that_was_not_drawn_leads_to_one_that_was(door: Door) -> None:
    draw(door)
    name_readers(door)
    assert "File 1 of 1" in told(opened(door, CONTRIBUTOR, file="99", items="nothing"))


def test_nothing_of_a_reading_is_sent_to_anybody_else(door: Door) -> None:
    draw(door, 2)
    name_readers(door)
    read_all(door, CONTRIBUTOR, "no", finish=False)
    for subject in (LEAD, CONTRIBUTOR):
        page = opened(door, subject)
        assert ("Seen by no." in opening.everything(page)) is (subject == CONTRIBUTOR)
    page = opened(door, LEAD)
    assert "has begun" in told(page)
    assert "66" not in told(page)


def test_a_reader_finishes_and_waits_for_the_other(door: Door) -> None:
    draw(door)
    name_readers(door)
    read_all(door, CONTRIBUTOR, "no", finish=False)
    page = press(opened(door, CONTRIBUTOR), "I have finished reading")
    page = press(page, "Yes, I have finished")
    assert "You have finished; the other reader has not yet." in told(page)
    assert page.radio.len == 0
    assert "has finished" in told(opened(door, LEAD))


def test_differences_are_shown_side_by_side_settled_and_the_review_closed(door: Door) -> None:
    draw(door)
    name_readers(door)
    read_all(door, CONTRIBUTOR, "no")
    read_all(door, LEAD, "yes")
    page = opened(door, CONTRIBUTOR)
    assert "1 difference left to settle." in told(page)
    assert "Seen by no." in told(page)
    assert "Seen by yes." in told(page)
    assert "Close the review" not in labels(page)
    radio(page, "What holds for Told how to complain").set_value("partly")
    page.run()
    assert "and their 1 difference is settled." in told(page)
    page = opened(door, LEAD)
    page = press(press(page, "Close the review"), "Yes, close it")
    assert standing(door).state is ReviewState.CLOSED
    assert "Too few files were read for anything to be told of what they show." in told(page)


def test_a_small_closed_review_gives_no_figure_by_any_route(door: Door) -> None:
    draw(door, 9)
    name_readers(door)
    read_all(door, CONTRIBUTOR, "no")
    read_all(door, LEAD, "yes")
    close(door)
    sent = opening.everything(opened(door, CONTRIBUTOR))
    assert "not enough responses" in sent
    assert "of 9 (" not in sent
    assert "%)" not in sent


def test_a_review_of_ten_is_told_coarsely(door: Door) -> None:
    draw(door, 10)
    name_readers(door)
    read_all(door, CONTRIBUTOR, "no")
    read_all(door, LEAD, "yes")
    close(door)
    page = opened(door, CONTRIBUTOR)
    assert "over 90%" in opening.everything(page)
    assert "10 to 29 files" in opening.everything(page)
    assert "10 of 10" not in opening.everything(page)
    assert "Not ranked, because the two readers agreed too seldom:" in told(page)


def test_a_lead_abandons_a_review_with_a_reason(door: Door) -> None:
    draw(door)
    page = press(opened(door), "Abandon it")
    assert "Say why, so that it can be understood later." in told(page)
    (why,) = [one for one in page.text_area if one.label.startswith("Why")]
    why.set_value("A wrong list.")
    page = press(page, "Abandon it")
    assert "The last file review was abandoned on" in told(page)
    assert "A wrong list." in told(page)


def test_after_a_closed_review_another_may_begin(door: Door) -> None:
    draw(door, 10)
    name_readers(door)
    read_all(door, CONTRIBUTOR, "yes")
    read_all(door, LEAD, "yes")
    close(door)
    page = opened(door)
    assert "Begin another review" in [one.label for one in page.expander]
    draw(door)
    assert "1 file was drawn at random of 40 closed complaints." in told(opened(door))
