"""Good practice on its page: found by statement, offered, marked, corrected, withdrawn."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from benchmarking.store import good_practice as store
from benchmarking.store.good_practice import Example, Use
from tests.pages import opening
from tests.pages.opening import Door, told

PAGE = "pages/trusts/good_practice.py"
OTHER = "trust-lead.DEMO-09"
HOSTILE = '<img src=x onerror="alert(1)"> **bold** :red[x] $x$'


def opened(door: Door, subject: str = opening.LEAD, **address: str) -> AppTest:
    page = door.open(PAGE, subject, **address)
    assert not page.exception, page.exception
    return page


def examples(door: Door) -> tuple[Example, ...]:
    with door.running.database.reading() as reading:
        return store.examples(reading)


def uses(door: Door, example_id: int) -> list[Use]:
    with door.running.database.reading() as reading:
        return [use for use in store.uses(reading) if use.example_id == example_id]


def press(page: AppTest, label: str, nth: int = 0) -> AppTest:
    [one for one in page.button if one.label == label][nth].click()
    page.run()
    assert not page.exception, page.exception
    return page


def type_in(page: AppTest, **texts: str) -> None:
    fields: list[Any] = [*page.text_input, *page.text_area]
    for name, text in texts.items():
        (field,) = (one for one in fields if one.key.endswith(f".{name}"))
        field.set_value(text)


WHOLE = {
    "title": "A yearly walk",
    "what_we_do": "We walk the way of a complaint.",
    "what_it_took": "A morning.",
    "what_changed": "Two signs.",
    "contact_role": "Complaints manager",
}


def test_all_statements_are_listed_with_what_there_is_and_what_a_trust_can_offer(looking: Door):
    said = told(opened(looking))
    assert "10 examples of what 9 trusts do well, for 8 of 21 statements." in said
    assert said.count("good-practice?statement=me-") == 21
    assert "None yet" in said and "tried by" in said
    assert "You can offer: 3 Good" in said and "Offers an example" in said
    assert "Self-assessed; not a CQC rating." in said


def test_somebody_who_may_not_offer_is_not_told_what_could_be(looking: Door):
    for subject in (opening.CONTRIBUTOR, opening.BOARD, opening.INSPECTOR):
        said = told(opened(looking, subject))
        assert "You can offer" not in said and "10 examples" in said


def test_a_statement_in_the_address_shows_its_examples(looking: Door):
    page = opened(looking, opening.INSPECTOR, statement="me-3.1")
    said = told(page)
    assert "2 examples for 3.1" in said and "A day agreed for every next call" in said
    assert "evidenced at 4 Exceptional in" in said and "Other trusts:" in said
    assert not page.button, "an inspector marks nothing"


def test_an_unknown_statement_in_the_address_shows_all(looking: Door):
    assert "10 examples" in told(opened(looking, statement="me-9.9"))


def test_evidence_that_went_is_said_to_have_gone(looking: Door):
    said = told(opened(looking, statement="me-3.2"))
    assert "was evidenced at 3 Good in" in said
    assert "what it published last no longer shows that" in said


@pytest.mark.parametrize(
    "subject, said",
    [
        (
            opening.LEAD,
            "Nobody offers an example for 1.1 yet. Your trust’s evidence reaches 3 Good",
        ),
        (opening.CONTRIBUTOR, "A trust lead can, once the trust’s published evidence reaches"),
    ],
)
def test_where_nobody_offers_anything_the_page_says_what_to_do(
    looking: Door, subject: str, said: str
):
    assert said in told(opened(looking, subject, statement="me-1.1"))


def test_a_trust_offers_an_example_and_others_read_it_literally(door: Door):
    page = opened(door, statement="me-1.1")
    assert "Your trust’s name, its evidenced level" in told(page)
    type_in(page, **(WHOLE | {"title": HOSTILE, "what_we_do": HOSTILE}))
    said = told(press(page, "Offer this example"))
    assert "Your example for 1.1 is offered. Saved at" in said
    read = told(opened(door, OTHER, statement="me-1.1"))
    assert "DEMO-07" in read and "<img" not in read and "&lt;img src=x" in read
    assert "**bold** :red[x] $x$" in read


def test_what_is_missing_stands_beside_its_field_and_nothing_is_offered(door: Door):
    before = examples(door)
    page = opened(door, statement="me-1.1")
    type_in(page, title="A yearly walk", link="trust.example")
    said = told(press(page, "Offer this example"))
    assert "There is a problem" in said and "The link is not a web address." in said
    assert said.count("Say what you do, so that others can copy it.") == 2
    assert examples(door) == before


def test_a_form_for_another_statement_is_empty(door: Door):
    page = opened(door, statement="me-1.1")
    type_in(page, title="Half a title")
    page.query_params["statement"] = "me-1.3"
    page.run()
    assert {one.value for one in page.text_input} == {""}


def test_another_trust_marks_an_example_and_says_what_happened(door: Door):
    (one,) = (e for e in examples(door) if e.item.item_id == "sa-4.3")
    before = len(uses(door, one.example_id))
    page = opened(door, opening.CONTRIBUTOR, statement="me-4.3")
    press(page, "We are trying this")
    assert len(uses(door, one.example_id)) == before + 1
    page.session_state[f"happened-{one.example_id}"] = True
    page.run()
    type_in(page, happened="People read the first line.")
    (helpful,) = (radio for radio in page.radio if radio.label == "Did it help?")
    helpful.set_value("yes")
    said = told(press(page, "Save"))
    assert "What happened is told. Saved at" in said and "People read the first line." in said
    assert "It helped." in said
    press(page, "Take our mark off")
    press(page, "Take it off")
    assert len(uses(door, one.example_id)) == before


def test_a_trust_corrects_its_example_and_withdraws_it(door: Door):
    (own,) = (e for e in examples(door) if e.organisation_id == 7)
    page = opened(door, statement="me-2.2")
    page.session_state[f"correct-{own.example_id}"] = True
    page.run()
    type_in(page, title="Somebody beside you, always")
    assert "The example is corrected." in told(press(page, "Save the correction"))
    assert "Somebody beside you, always" in told(opened(door, OTHER, statement="me-2.2"))
    page = press(opened(door, statement="me-2.2"), "Withdraw this example")
    assert "will still see it" in told(page)
    assert "Withdrawn by its trust on" in told(press(page, "Withdraw it"))
    assert "Somebody beside you" not in told(opened(door, OTHER, statement="me-2.2"))


def test_an_example_that_went_meanwhile_is_marked_by_nobody(door: Door):
    page = opened(door, OTHER, statement="me-2.2")
    (own,) = (e for e in examples(door) if e.organisation_id == 7)
    lead = press(opened(door, statement="me-2.2"), "Withdraw this example")
    press(lead, "Withdraw it")
    door.sign_in(OTHER)
    press(page, "We use this")
    assert all(use.organisation_id != 9 for use in uses(door, own.example_id))
    assert "Somebody beside you" not in told(page)


@pytest.mark.parametrize(
    "page, subject, address",
    [
        ("pages/trusts/our_results.py", opening.LEAD, {}),
        ("pages/trusts/actions.py", opening.BOARD, {}),
        ("pages/inspectors/compare.py", opening.INSPECTOR, {"view": "trust"}),
    ],
)
def test_it_is_reached_from_results(
    looking: Door, page: str, subject: str, address: dict[str, str]
):
    assert 'href="good-practice' in told(looking.open(page, subject, **address))
