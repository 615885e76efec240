"""People and roles, as an administrator uses the page."""

from collections.abc import Iterator
from typing import Any

from streamlit.testing.v1 import AppTest

from benchmarking.access import Action, Role, can
from benchmarking.demonstration.working_together import COLLEAGUES
from benchmarking.people import accounts, people_entries
from benchmarking.people.people_entries import Register
from tests.pages import opening
from tests.pages.opening import ADMINISTRATOR, LEAD, Door

# Four in each of sixty trusts, two everywhere, and those added to one trust.
EVERYBODY = 4 * 60 + 2 + len(COLLEAGUES)
PAGE = "pages/admin/people.py"
ASSESSMENT = "pages/trusts/assessment.py"


def people(door: Door, **address: str) -> AppTest:
    page = door.open(PAGE, ADMINISTRATOR, **address)
    assert not page.exception
    return page


def register(door: Door) -> Register:
    return people_entries.register(
        accounts.visit_by(door.running, accounts.sign_in_as(door.running, ADMINISTRATOR))
    )


def number_of(door: Door, subject: str) -> str:
    found = (one for one in register(door).people if one.subject == subject)
    return str(next(found).known.person_id)


def field(page: AppTest, label: str) -> Any:
    """The field whose label begins like this."""
    kinds = ("text_input", "selectbox", "date_input", "checkbox", "radio", "button")
    fields: list[Any] = [one for kind in kinds for one in page.get(kind)]
    (found,) = [one for one in fields if one.label.startswith(label)]
    return found


def choose(page: AppTest, label: str, value: Any) -> AppTest:
    field(page, label).set_value(value)
    return page.run()


def press(page: AppTest, label: str) -> AppTest:
    field(page, label).click()
    page.run()
    assert not page.exception
    return page


def rows_of(page: AppTest) -> list[str]:
    """The rows of the table, each with its heading and cells in one text."""
    tables = [said for kind, said in opening.shown(page) if kind == "html" and "bm-rows" in said]
    return [row for table in tables for row in table.split("<tr")[2:]]


def told(page: AppTest) -> Iterator[str]:
    return (said for kind, said in opening.shown(page) if kind == "html" and "bm-done" in said)


def test_the_page_says_how_many_people_hold_a_role_and_that_one_administrator_is_few(
    looking: Door,
) -> None:
    said = opening.told(people(looking))
    assert f"{EVERYBODY} people hold a role here, of {EVERYBODY} known." in said
    assert "There is one administrator. Give a second person that role" in said


def test_long_lists_are_cut_and_say_so(looking: Door) -> None:
    page = people(looking)
    assert len(rows_of(page)) == 20
    assert f"The first 20 of {EVERYBODY} people are shown." in opening.told(page)


def test_the_people_of_one_trust_are_listed_alone(looking: Door) -> None:
    rows = rows_of(people(looking, trust="DEMO-07"))
    assert len(rows) == 4 + len(COLLEAGUES)
    assert all("DEMO-07" in row and "DEMO-08" not in row for row in rows)
    assert "Trust lead in DEMO-07" in rows[1] and "trust-lead.DEMO-07" in rows[1]


def test_roles_that_are_held_everywhere_are_listed_apart(looking: Door) -> None:
    rows = rows_of(people(looking, trust="everywhere"))
    assert ["Administrator everywhere" in rows[0], "Inspector everywhere" in rows[1]] == [True] * 2
    assert len(rows) == 2


def test_a_role_that_nobody_holds_is_told_so(looking: Door) -> None:
    said = opening.told(people(looking, role=Role.STANDARDS_AUTHOR.value))
    assert "Nobody holds such a role. Choose another trust or role" in said


def test_a_person_is_added_and_then_given_a_role(door: Door) -> None:
    page = people(door)
    field(page, "What they do").set_value("Matron, DEMO-07")
    field(page, "Subject").set_value("matron")
    page = press(page, "Add this person")
    assert page.query_params["person"] == number_of(door, "matron")
    assert "Added “Matron, DEMO-07”. Now give them a role." in next(told(page))
    assert "Has never held a role, and so sees only what is public." in opening.told(page)
    page = choose(page, "Role to give", Role.CONTRIBUTOR)
    assert "answer an assessment" in opening.told(page)
    field(page, "In which trust").set_value("DEMO-07")
    page = press(page, "Give this role")
    assert "Matron, DEMO-07: now contributor in DEMO-07, from now on." in next(told(page))
    (row,) = rows_of(page)
    assert "Contributor" in row and "Holds now" in row and "No end" in row
    matron = accounts.visit_by(door.running, accounts.sign_in_as(door.running, "matron")).person
    assert can(matron, Action.ANSWER, "DEMO-07") and not can(matron, Action.ANSWER, "DEMO-08")


def test_what_is_missing_stands_on_top_and_beside_its_field(door: Door) -> None:
    page = press(people(door), "Add this person")
    said = [said for kind, said in opening.shown(page) if kind == "html"]
    (summary,) = [one for one in said if "bm-errors" in one]
    assert 'role="alert"' in summary
    for sentence in (
        "Say what this person does.",
        "Enter the name that the issuer knows them by.",
    ):
        assert f"<li>{sentence}</li>" in summary
        assert f'<p class="bm-fault">{sentence}</p>' in said
    assert len(register(door).people) == EVERYBODY


def test_a_press_that_comes_twice_adds_once(door: Door) -> None:
    page = people(door)
    field(page, "What they do").set_value("Matron")
    field(page, "Subject").set_value("matron")
    button = field(page, "Add this person")
    press(page, "Add this person")
    button.click()
    page.run()
    assert len(register(door).people) == EVERYBODY + 1


def test_a_role_without_a_trust_is_refused_beside_its_field(door: Door) -> None:
    page = people(door, person=number_of(door, LEAD))
    page = press(choose(page, "Role to give", Role.APPROVER), "Give this role")
    assert "Choose the trust in which this role is held." in opening.told(page)
    assert not list(told(page))


def test_a_role_is_ended_only_by_who_is_sure_and_then_at_once(door: Door) -> None:
    number = number_of(door, LEAD)
    page = press(people(door, person=number), "End this role")
    assert "Nothing was ended. Tick the box to say that you are sure" in opening.told(page)
    assert not door.open(ASSESSMENT, LEAD).exception
    page = people(door, person=number)
    field(page, "I am sure").check()
    page = press(page, "End this role")
    assert "Complaints manager, DEMO-07: no longer trust lead in DEMO-07." in next(told(page))
    assert "Ended" in rows_of(page)[0]
    assert "There is nothing here that you can see." in opening.text(door.open(ASSESSMENT, LEAD))


def test_the_last_administrator_can_neither_go_nor_take_a_role(door: Door) -> None:
    page = people(door, person=number_of(door, ADMINISTRATOR))
    assert "You cannot give yourself a role. Ask another administrator." in opening.told(page)
    field(page, "I am sure").check()
    page = press(page, "End this role")
    assert "This is the last administrator. Give somebody else the role first" in opening.told(page)
    assert register(door).administrators(door_now(door)) == 1


def door_now(door: Door) -> Any:
    return accounts.visit_by(door.running, None).now


def test_what_was_done_is_told_only_where_it_was_done(door: Door) -> None:
    page = people(door, person=number_of(door, LEAD))
    field(page, "I am sure").check()
    page = press(page, "End this role")
    assert list(told(page))
    page.query_params["person"] = number_of(door, "inspector")
    page.run()
    assert not list(told(page))


def test_a_button_pressed_after_the_role_was_lost_does_nothing(door: Door) -> None:
    page = people(door)
    field(page, "What they do").set_value("Matron")
    field(page, "Subject").set_value("matron")
    button = field(page, "Add this person")
    door.sign_in(LEAD)
    button.click()
    page.run()
    assert "There is nothing here that you can see." in opening.text(page)
    assert len(register(door).people) == EVERYBODY


def test_hostile_titles_are_shown_as_text(door: Door) -> None:
    page = people(door)
    field(page, "What they do").set_value("<img src=x onerror=alert(1)> **bold**")
    field(page, "Subject").set_value("<script>alert(1)</script>")
    page = press(page, "Add this person")
    said = opening.told(page)
    assert "<img" not in said and "<script>alert" not in said
    assert "<h2>&lt;img src=x onerror=alert(1)&gt; **bold**</h2>" in said
    assert not [kind for kind, _ in opening.shown(page) if kind == "header"], "it reads Markdown"
