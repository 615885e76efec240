"""A browser that sends what its page never offered: nothing of it is stored."""

import re
from collections.abc import Iterator

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.browser.serving import Site, served
from tests.web.tabs import Tab, cookie_of, tab

ADDRESS = "standard=my-expectations&stage=me-5"
# A trust whose current assessment nobody has begun, so that any answer would show.
TRUST = "DEMO-08"
LEAD, APPROVER, BOARD = f"trust-lead.{TRUST}", f"approver.{TRUST}", f"board-member.{TRUST}"
OTHER = "trust-lead.DEMO-10"
OFFERED = re.compile(r'options: "(\*\*3 Good[^"]*)"')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("forged")) as running:
        yield running


def field(drawn: str, key: str) -> str:
    """The number under which Streamlit knows the field of this key."""
    found = re.search(rf'"(\$\$ID-[0-9a-f]+-{re.escape(key)}[^"]*sa-5\.1)"', drawn)
    assert found is not None, "the page draws this field"
    return found[1]


def radio(lead: Tab) -> str:
    return field(lead.run("assessment", address=ADDRESS), f"answer.{TRUST}.")


def good(lead: Tab) -> str:
    """The words of the third level, as the page offers them."""
    found = OFFERED.search(lead.run("assessment", address=ADDRESS))
    assert found is not None
    return found[1]


def answered(site: Site) -> bool:
    """Whether anything of the stage is answered, as its own people see it."""
    with tab(site, cookie_of(site, LEAD)) as lead:
        return "0 of 4 answered" not in lead.run("assessment", address=ADDRESS)


def test_an_answer_that_is_not_offered_is_not_stored(site: Site) -> None:
    with tab(site, cookie_of(site, LEAD)) as lead:
        name = radio(lead)
        for value in ("excellent", "", "good'; DROP TABLE answer", "not-asked"):
            lead.run("assessment", WidgetState(id=name, string_value=value), address=ADDRESS)
    assert not answered(site)


@pytest.mark.parametrize("subject", [APPROVER, BOARD, OTHER, "inspector", "administrator"])
def test_a_field_that_somebody_else_may_fill_stores_nothing(site: Site, subject: str) -> None:
    with tab(site, cookie_of(site, LEAD)) as lead:
        name, value = radio(lead), good(lead)
    with tab(site, cookie_of(site, subject)) as forger:
        forger.run("assessment", address=f"{ADDRESS}&trust={TRUST}")
        sent = WidgetState(id=name, string_value=value)
        forger.run("assessment", sent, address=f"{ADDRESS}&trust={TRUST}")
    assert not answered(site)


def test_a_button_that_cannot_be_pressed_does_nothing(site: Site) -> None:
    with tab(site, cookie_of(site, LEAD)) as lead:
        drawn = lead.run("assessment", address=ADDRESS)
        found = re.search(rf'"(\$\$ID-[0-9a-f]+-step\.{TRUST}\.[^"]*\.submit)"', drawn)
        assert found is not None
        pressed = WidgetState(id=found[1], trigger_value=True)
        seen = lead.run("assessment", pressed, address=ADDRESS)
    assert "Yes, submit it" not in seen and "Receipt" not in seen
    assert not answered(site)


def test_the_same_value_from_who_may_is_stored(site: Site) -> None:
    """So that the tests above do not pass for want of a working browser."""
    with tab(site, cookie_of(site, LEAD)) as lead:
        sent = WidgetState(id=radio(lead), string_value=good(lead))
        assert "Saved" in lead.run("assessment", sent, address=ADDRESS)
    assert answered(site)
