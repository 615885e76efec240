"""Sites and directorates on the pages: named by the trust lead, chosen by all in the trust."""

from streamlit.testing.v1 import AppTest

from tests.pages import opening
from tests.pages.opening import LEAD, Door, told
from tests.pages.test_people import field, press

PAGE = "pages/trusts/scopes.py"
ASSESSMENT = "pages/trusts/assessment.py"
# The fictional trust that has parts, and what its own pages call them.
LEAD_WITH_PARTS = "trust-lead.DEMO-28"
PARTS = ["The whole trust", "Fennel Street Hospital (site)", "Women and children (directorate)"]


def picker(page: AppTest) -> list[str]:
    boxes = [box for box in page.selectbox if box.label == "Part of the trust"]
    return [str(option) for box in boxes for option in box.options]


def test_a_trust_without_parts_is_told_that_it_assesses_itself_as_a_whole(looking: Door) -> None:
    page = looking.open(PAGE, LEAD)
    assert not page.exception
    assert "This trust assesses itself as a whole." in told(page)
    assert picker(looking.open(ASSESSMENT, LEAD)) == []


def test_a_part_is_added_and_can_be_chosen_on_the_assessment(door: Door) -> None:
    page = door.open(PAGE, LEAD)
    field(page, "Name").set_value("North")
    page = press(page, "Add it")
    assert "North can begin its assessment." in told(page)
    assert "One site or directorate assesses itself beside the whole trust." in told(page)
    assert picker(door.open(ASSESSMENT, LEAD)) == ["The whole trust", "North (site)"]


def test_a_name_that_is_missing_is_told_and_nothing_is_added(door: Door) -> None:
    page = press(door.open(PAGE, LEAD), "Add it")
    assert "Enter the name of the site or directorate." in told(page)
    assert "This trust assesses itself as a whole." in told(page)


def test_a_part_is_renamed_and_ended(door: Door) -> None:
    page = door.open(PAGE, LEAD_WITH_PARTS)
    field(page, "Which one").set_value("site-1")
    page.run()
    names = [one for one in page.text_input if one.label == "Name"]
    names[1].set_value("Fennel Lane")
    (ticked,) = [one for one in page.checkbox if one.label == "Assesses itself"]
    ticked.uncheck()
    page = press(page, "Save the change")
    assert "Fennel Lane was changed." in told(page)
    assert "what it answered stays" in told(page)
    assert "Fennel Lane (site), ended" in picker(door.open(ASSESSMENT, LEAD_WITH_PARTS))


def test_each_page_of_a_trust_says_which_part_it_is_about(looking: Door) -> None:
    for file in (ASSESSMENT, "pages/trusts/our_results.py", "pages/boards/overview.py"):
        page = looking.open(file, LEAD_WITH_PARTS, scope="DEMO-28.site-1")
        assert not page.exception
        assert picker(page) == PARTS
        assert "Fennel Street Hospital (site)" in told(page)


def test_a_part_of_another_trust_in_the_address_leads_to_the_whole_trust(looking: Door) -> None:
    page = looking.open(ASSESSMENT, LEAD_WITH_PARTS, scope="DEMO-29.site-1")
    assert picker(page) == PARTS
    assert "Bilberryport Demonstration Trust · " in told(page)


def test_home_says_how_far_the_parts_are(looking: Door) -> None:
    page = looking.open("pages/everyone/home.py", LEAD_WITH_PARTS)
    assert not page.exception
    links = [said for said in opening.everything(page).splitlines() if "questions answered" in said]
    assert [part for part in PARTS[1:] if not any(f"{part}: " in link for link in links)] == []


def test_results_of_a_part_show_no_peers(looking: Door) -> None:
    page = looking.open(
        "pages/trusts/our_results.py", LEAD_WITH_PARTS, scope="DEMO-28.site-1", cycle="2025-26"
    )
    assert "A site is not compared with other trusts. The whole trust is." in opening.text(page)
