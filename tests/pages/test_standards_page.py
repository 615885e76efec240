"""The standards as people read them: what each voice is asked, folded until somebody opens it."""

from typing import Any

from streamlit.testing.v1 import AppTest

from tests.pages import opening
from tests.pages.opening import STRANGER, Door

PAGE = "pages/everyone/standards.py"


def read(looking: Door, *unfolded: str, edition: str = "") -> AppTest:
    """The page as a stranger reads it, with these parts open."""
    address: dict[str, Any] = {"edition": edition} if edition else {}
    page = looking.open(PAGE, STRANGER, **address)
    for key in unfolded:
        page.session_state[key] = True
    page.run()
    assert not page.exception
    return page


def labels(page: AppTest) -> list[str]:
    return [one.label for one in page.expander]


def test_the_newest_edition_is_shown_first(looking: Door) -> None:
    assert "Edition 2014.2, content " in opening.told(read(looking))


def test_both_instruments_are_folded_at_first(looking: Door) -> None:
    page = read(looking)
    assert "The survey: 26 items for people who complained" in labels(page)
    assert "The file review: 33 items for two readers" in labels(page)
    told = opening.told(page)
    assert "I already knew that I was allowed to complain." not in told
    assert "Was the person offered help with making the complaint?" not in told


def test_the_cut_points_stand_open_with_their_status_and_reason(looking: Door) -> None:
    told = opening.told(read(looking))
    assert "Level 1 below 40%, level 2 from 40%, level 3 or above from 70%." in told
    assert "Level 1 below 60%, level 2 from 60%, level 3 or above from 90%." in told
    assert "An item is ranked where two readers say the same of at least 75%." in told
    assert told.count("proposed, not yet agreed with anybody") == 3
    assert "7 in 10 is a clear majority" in told


def test_a_statement_shows_what_people_and_readers_of_files_are_asked(looking: Door) -> None:
    told = opening.told(read(looking, "read-me-1.2"))
    assert "“When the care started, I was given information about how to complain.”" in told
    assert "before they did so? This is a sign of it, not the thing itself." in told
    assert "<strong>Partly:</strong> they were told only after they asked." in told


def test_a_statement_that_files_cannot_show_has_no_question_to_their_readers(
    looking: Door,
) -> None:
    told = opening.told(read(looking, "read-me-1.1"))
    assert "People who complained are asked" in told
    assert "Complaint files cannot show it" in told
    assert "Readers of complaint files are asked" not in told


def test_the_survey_is_shown_whole_and_in_order(looking: Door) -> None:
    told = opening.told(read(looking, "read-survey"))
    said = (
        "I felt able to say what was wrong.",
        "I could have told any of the staff about the problem.",
        "If I had to complain another time, I would feel sure of myself.",
        "How old are you? Under 18; 18 to 34;",
    )
    places = [told.find(prompt) for prompt in said]
    assert -1 not in places and places == sorted(places)
    assert "Does not apply to me or I" in told


def test_the_file_review_is_shown_with_its_criteria_and_the_parts_of_an_apology(
    looking: Door,
) -> None:
    told = opening.told(read(looking, "read-file-review"))
    for said in (
        "1.2 Told how to complain",
        "Was everything looked at that could show what happened?",
        "<strong>Not applicable:</strong> the investigation found no fault.",
    ):
        assert said in told, said


def test_an_edition_without_instruments_says_nothing_of_them(looking: Door) -> None:
    page = read(looking, edition="my-expectations/2014.1")
    assert "Edition 2014.1, content " in opening.told(page)
    assert not [label for label in labels(page) if "survey" in label or "file review" in label]
    assert "Where a share passes from level to level" not in [one.value for one in page.header]
