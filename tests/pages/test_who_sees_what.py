"""Each page for each reader: what opens, what stays shut, and what the menu offers."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
import streamlit as st

from benchmarking.access import Action, Refused
from benchmarking.server import Server
from dashboard import PAGES
from tests.pages import opening
from tests.pages.opening import ROOT, Door

# One column for each reader, one row for each page: x opens it, m opens it and has it in the
# menu, . is turned away.
READERS = {
    "lead": opening.LEAD,
    "contributor": opening.CONTRIBUTOR,
    "approver": opening.APPROVER,
    "board": opening.BOARD,
    "inspector": opening.INSPECTOR,
    "administrator": opening.ADMINISTRATOR,
    "stranger": opening.STRANGER,
}
TABLE = {
    #                                      lead contr appro board insp admin stranger
    "pages/everyone/home.py":                 "m m m m m m .",
    "pages/trusts/assessment.py":             "m m m . . . .",
    "pages/trusts/scopes.py":                 "x . . . . . .",
    "pages/trusts/our_results.py":            "m m m . . . .",
    "pages/trusts/voices.py":                 "m m m . . . .",
    "pages/inspectors/compare.py":            ". . . . m . .",
    "pages/boards/overview.py":               "m . m m . . .",
    "pages/trusts/actions.py":                "m m m m . . .",
    "pages/everyone/trends.py":               "x x x m m . .",
    "pages/admin/people.py":                  ". . . . . m .",
    "pages/admin/cycles.py":                  ". . . . . m .",
    "pages/admin/audit.py":                   ". . . . . m .",
    "pages/everyone/published_complaints.py": "m m m m m m .",
    "pages/trusts/survey.py":                 "x x . . . . .",
    "pages/trusts/file_review.py":            "x x . . . . .",
    "pages/everyone/notifications.py":        "x x x x . . .",
    "pages/trusts/good_practice.py":          "x x x x x . .",
    "pages/everyone/standards.py":            "x x x x x x x",
    "pages/everyone/methods.py":              "x x x x x x x",
    "pages/everyone/accessibility.py":        "x x x x x x x",
}  # fmt: skip
TITLES = {
    "pages/everyone/home.py": "Home",
    "pages/trusts/assessment.py": "Assessment",
    "pages/trusts/scopes.py": "Sites and directorates",
    "pages/trusts/actions.py": "Actions",
    "pages/trusts/our_results.py": "Our results",
    "pages/trusts/voices.py": "Voices",
    "pages/trusts/survey.py": "Survey",
    "pages/trusts/file_review.py": "File review",
    "pages/inspectors/compare.py": "Compare trusts",
    "pages/boards/overview.py": "How well do we handle complaints, and how do we know?",
    "pages/everyone/trends.py": "Trends",
    "pages/admin/people.py": "People and roles",
    "pages/admin/cycles.py": "Cycles",
    "pages/admin/audit.py": "Audit",
    "pages/everyone/published_complaints.py": "Published complaints",
    "pages/everyone/notifications.py": "Notifications",
    "pages/trusts/good_practice.py": "Good practice",
    "pages/everyone/standards.py": "The standards",
    "pages/everyone/methods.py": "Methods",
    "pages/everyone/accessibility.py": "Accessibility",
}
LISTED = {page.file: page for page in PAGES}
NOTHING_HERE = "There is nothing here that you can see. Ask your trust lead if you should."
SIGN_IN = "Sign in to see this page."
LINK = '<p><a href="/sign-in" target="_self">Choose a role and sign in</a></p>'
NAME = "My expectations benchmark"


def allowed(page: str, reader: str) -> bool:
    return mark(page, reader) != "."


def mark(page: str, reader: str) -> str:
    return TABLE[page].split()[list(READERS).index(reader)]


def turned_away(reader: str) -> list[tuple[str, str]]:
    """All that somebody sees who may not see a page."""
    if reader == "stranger":
        return [("title", NAME), ("markdown", SIGN_IN), ("html", LINK)]
    return [("title", NAME), ("markdown", NOTHING_HERE)]


@dataclass(frozen=True)
class Seen:
    """What a reader met on one page, between the bar above it and the footer below."""

    titles: list[str]
    between: list[tuple[str, str]]
    faults: list[str]


@pytest.fixture(scope="module")
def walks(shared: Server) -> Iterator[Any]:
    """What each reader meets on each page; each reader walks through the dashboard once."""
    with pytest.MonkeyPatch.context() as patch:
        yield cache(lambda reader: walk(Door(shared, patch), READERS[reader]))


def walk(door: Door, subject: str | None) -> dict[str, Seen]:
    door.sign_in(subject)
    browser = opening.dashboard().run()
    seen: dict[str, Seen] = {}
    for page in TABLE:
        browser.switch_page(page)
        browser.run()
        seen[page] = Seen(
            [title.value for title in browser.title],
            between(opening.shown(browser)),
            [line for fault in browser.exception for line in fault.stack_trace],
        )
    return seen


def between(kinds: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What lies between the bar and the footer; a page that broke off has no footer."""
    assert "bm-bar" in kinds[0][1], "the bar is the first thing on each page"
    ends = [place for place, (_, said) in enumerate(kinds) if "bm-footer" in said]
    return kinds[1 : ends[0] if ends else None]


def test_the_table_has_every_page_and_every_page_lies_one_folder_down() -> None:
    files = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("pages/**/*.py")}
    assert files == set(LISTED) == set(TABLE) == set(TITLES)
    assert [path.name for path in ROOT.glob("pages/*") if not path.is_dir()] == []


def test_every_page_has_an_address_and_a_title_of_its_own() -> None:
    assert len({page.address for page in PAGES}) == len(PAGES)
    assert len({page.title for page in PAGES}) == len(PAGES)
    assert LISTED["pages/everyone/home.py"].address == "", "the first page is at /"


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("page", TABLE)
def test_a_page_opens_for_whom_the_table_says(walks: Any, page: str, reader: str) -> None:
    seen = walks(reader)[page]
    assert seen.faults == []
    if allowed(page, reader):
        assert seen.titles == [TITLES[page]]
        assert len(seen.between) > 1, "a title alone is no page"
    else:
        assert seen.between == turned_away(reader)


@pytest.mark.parametrize(
    "page, reader", [(p, r) for p in TABLE for r in READERS if not allowed(p, r)]
)
def test_a_page_file_run_by_itself_turns_the_same_people_away(
    looking: Door, page: str, reader: str
) -> None:
    alone = looking.open_alone(page, READERS[reader])
    assert opening.shown(alone) == turned_away(reader)
    assert not alone.exception


@pytest.mark.parametrize("page", [p.file for p in PAGES if p.action is Action.SEE_PUBLIC_PAGES])
def test_a_public_page_run_by_itself_opens_for_strangers(looking: Door, page: str) -> None:
    alone = looking.open_alone(page, opening.STRANGER)
    assert not alone.exception
    assert SIGN_IN not in opening.text(alone)


@pytest.mark.parametrize("page", TABLE)
def test_a_page_asks_for_the_action_it_is_listed_with(
    looking: Door, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    """Else the menu would offer what the page refuses, or hide what it would show."""
    asked: list[Action] = []

    def refuse(_person: object, action: Action) -> None:
        asked.append(action)
        raise Refused("No.")

    monkeypatch.setattr("benchmarking.ui.page.check_can", refuse)
    looking.open_alone(page, opening.LEAD)
    assert asked == [LISTED[page].action]


@pytest.mark.parametrize("reader", READERS)
def test_the_menu_is_short_flat_and_offers_what_the_table_says(
    looking: Door, monkeypatch: pytest.MonkeyPatch, reader: str
) -> None:
    menus: list[Any] = []
    navigation = st.navigation

    def remember(pages: Any, **how: Any) -> Any:
        menus.append(pages)
        assert how == {"position": "top"}
        return navigation(pages, **how)

    monkeypatch.setattr(st, "navigation", remember)
    looking.sign_in(READERS[reader])
    opening.dashboard().run()
    (menu,) = menus
    assert isinstance(menu, list), "a menu in sections fails WCAG 1.3.1"
    offered = [page.title for page in menu if page.visibility == "visible"]
    assert offered == [LISTED[page].title for page in TABLE if mark(page, reader) == "m"]
    assert len(offered) <= 7


def test_who_is_looking_stands_above_each_page(looking: Door) -> None:
    assert "Complaints manager, DEMO-07" in opening.told(
        looking.open("pages/everyone/standards.py", opening.LEAD)
    )
    assert "Nobody is signed in" in opening.told(
        looking.open("pages/everyone/standards.py", opening.STRANGER)
    )


def test_a_demonstration_says_so_above_each_page(looking: Door) -> None:
    assert (
        "Demonstration: fictional trusts"
        in opening.shown(looking.open("pages/everyone/methods.py", opening.STRANGER))[0][1]
    )


def test_where_no_role_can_be_chosen_no_link_leads_there(
    looking: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Server, "offers_demonstration_sign_in", False)
    alone = looking.open_alone("pages/everyone/home.py", opening.STRANGER)
    assert opening.shown(alone) == [("title", NAME), ("markdown", SIGN_IN)]
