"""Somebody with a role in several trusts: one at a time, and nothing crosses over."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from benchmarking.access import Role
from benchmarking.moments import utc_now
from benchmarking.people.accounts import DEMONSTRATION_ISSUER
from benchmarking.store import people
from benchmarking.store.database import AuditEntry
from tests.pages import opening
from tests.pages.opening import Door, told

ASSESSMENT = "pages/trusts/assessment.py"
RESULTS = "pages/trusts/our_results.py"
OVERVIEW = "pages/boards/overview.py"
BOTH = "both"
NAMES = {"DEMO-07": "Northbrackle", "DEMO-09": "Hazelquay", "DEMO-28": "Bilberryport"}
HALF_TYPED = "Half a sentence about"


def hired(door: Door, *roles: tuple[Role, str]) -> Door:
    entry = AuditEntry(0, "add person", "tests", utc_now())
    with door.running.database.writing(entry) as writing:
        number = people.add(writing, DEMONSTRATION_ISSUER, BOTH, "Group lead")
        for role, code in roles:
            people.grant(writing, number, role, code, utc_now())
    return door


@pytest.fixture
def group(door: Door) -> Door:
    """A group lead of two trusts, the second of which has a site."""
    return hired(door, (Role.TRUST_LEAD, "DEMO-07"), (Role.TRUST_LEAD, "DEMO-28"))


def by_the_menu(page: AppTest, to: str) -> AppTest:
    """Another page, as the menu opens it: with a bare address, in the same browser tab."""
    page.switch_page(to)
    page.query_params.clear()
    return page.run()


def named(page: AppTest) -> set[str]:
    return {code for code, name in NAMES.items() if name in told(page)}


def chosen(page: AppTest, label: str) -> object:
    (box,) = [box for box in page.selectbox if box.label == label]
    return box.value


@pytest.mark.parametrize("code", ["DEMO-07", "DEMO-28"])
def test_the_trust_chosen_on_one_page_holds_on_the_next(group: Door, code: str) -> None:
    page = group.open(ASSESSMENT, BOTH, trust=code)
    for other in (RESULTS, OVERVIEW, ASSESSMENT):
        page = by_the_menu(page, other)
        assert not page.exception
        assert (chosen(page, "Trust"), named(page)) == (code, {code}), other


def test_the_site_chosen_on_one_page_holds_on_the_next(group: Door) -> None:
    page = group.open(ASSESSMENT, BOTH, trust="DEMO-28", scope="DEMO-28.site-1")
    page = by_the_menu(page, RESULTS)
    assert "Fennel Street Hospital (site)" in told(page)


def test_another_trust_begins_with_the_whole_of_it(group: Door) -> None:
    page = group.open(ASSESSMENT, BOTH, trust="DEMO-28", scope="DEMO-28.site-1")
    (box,) = [box for box in page.selectbox if box.label == "Trust"]
    box.set_value("DEMO-07").run()
    assert named(page) == {"DEMO-07"}
    assert "Fennel" not in opening.everything(page)


def test_what_is_half_typed_for_one_trust_is_neither_shown_nor_saved_for_another(
    group: Door,
) -> None:
    page = group.open(ASSESSMENT, BOTH, trust="DEMO-07", stage="3")
    rows: list[Any] = list(page.get("button_group"))
    more = next(row for row in rows if str(row.key).startswith("more.DEMO-07"))
    more.set_value("comment")
    page.run()
    (comment,) = [field for field in page.text_area if field.label.startswith("Comment for")]
    comment.set_value(HALF_TYPED)
    (box,) = [box for box in page.selectbox if box.label == "Trust"]
    box.set_value("DEMO-28").run()
    assert named(page) == {"DEMO-28"}
    assert HALF_TYPED not in opening.everything(page)
    with group.running.database.reading() as reading:
        kept = reading.rows(
            "SELECT organisation_id FROM answer_comment WHERE comment_text = :t", t=HALF_TYPED
        )
    assert {row["organisation_id"] for row in kept} <= {7}


def test_a_role_in_one_trust_gives_nothing_in_the_other(door: Door) -> None:
    hired(door, (Role.TRUST_LEAD, "DEMO-07"), (Role.BOARD_MEMBER, "DEMO-09"))
    page = door.open(ASSESSMENT, BOTH, trust="DEMO-09")
    assert [warning.value for warning in page.warning] == [
        "There is nothing here that you can see. Ask your trust lead if you should."
    ]
    assert named(page) == set()
    assert named(door.open(OVERVIEW, BOTH, trust="DEMO-09")) == {"DEMO-09"}
