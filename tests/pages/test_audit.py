"""The page Audit: what it says, what it leads to, and that no text passes for anything else."""

import json
from datetime import date
from typing import Any

import pytest

from benchmarking import audits
from benchmarking.access import Refused
from benchmarking.assessing import ledgers
from benchmarking.moments import utc_now
from benchmarking.people import accounts
from benchmarking.store import audit, people
from benchmarking.store.audit import Wanted
from benchmarking.store.database import AuditEntry
from benchmarking.ui import audit_view
from tests.pages import opening
from tests.pages.opening import ADMINISTRATOR, LEAD, Door
from tests.pages.paper import take_up

PAGE = "pages/admin/audit.py"
EVIL = "<script>alert(1)</script>\n**bold**\x1b[31m"
SHOWN = "&lt;script&gt;alert(1)&lt;/script&gt;\\n**bold**\\x1b[31m"


def note(door: Door, action: str, subject: str = "DEMO-07", detail: str = "") -> None:
    with door.running.database.writing(AuditEntry(0, action, subject, utc_now(), detail)):
        pass


def noted(door: Door, action: str) -> list[tuple[str, str]]:
    with door.running.database.reading() as reading:
        found = audit.entries(reading, Wanted(action=action), 100)
    return [(entry.subject, entry.detail) for entry in found]


def open_audit(door: Door, **address: str) -> Any:
    page = door.open(PAGE, ADMINISTRATOR, **address)
    assert not page.exception
    return page


def test_the_state_of_the_ledger_comes_first(looking: Door):
    told = opening.told(open_audit(looking))
    assert "entries, the chain is whole." in told
    assert "submitted assessments are those that were submitted." in told
    assert "bm-errors" not in told


def test_a_changed_answer_is_named_in_red_with_what_to_do(door: Door):
    with door.running.database.writing(AuditEntry(0, "tamper", "test", utc_now())) as writing:
        writing.run(
            "UPDATE answer SET choice = 'forged' WHERE organisation_id = 7 AND item_id = "
            "(SELECT min(item_id) FROM answer WHERE standard_id = 'my-expectations') "
            "AND cycle_id = (SELECT min(cycle_id) FROM cycle)"
        )
    told = opening.told(open_audit(door))
    assert 'class="bm-errors" role="alert"' in told
    assert "its stored answers are not those submitted under receipt DEMO-07/" in told
    assert ledgers.WHAT_TO_DO in told and "forged" not in told


def test_entries_are_shown_escaped_and_on_one_line(door: Door):
    note(door, "import", EVIL, EVIL)
    told = opening.told(open_audit(door, action="import"))
    assert told.count(SHOWN) == 2
    assert "<script>" not in told and "\x1b" not in told
    assert "1 entry, the newest first; here are 1 to 1." in opening.text(
        open_audit(door, action="import")
    )


def test_a_name_in_the_filter_is_shown_on_one_line(door: Door):
    note(door, "line\nend")
    page = open_audit(door)
    options = page.selectbox(key="address.action").options
    assert "line\\nend" in options and "line\nend" not in options


@pytest.mark.parametrize(
    "address, entries",
    [
        ({"trust": "DEMO-07"}, 1),
        ({"trust": "DEMO-08"}, 0),
        ({"action": "fly", "who": "0"}, 1),
        ({"from": "2199-01-01"}, 4),
        ({"from": "no day", "to": "x", "number": "-3", "who": "'; --", "trust": "%"}, 4),
        ({"to": "2020-01-01"}, 0),
        ({"number": "9" * 300}, 4),
    ],
)
def test_the_address_filters_and_nonsense_in_it_does_nothing(
    door: Door, address: dict[str, str], entries: int
):
    note(door, "fly", "DEMO-07 2026-27")
    said = opening.text(open_audit(door, **address))
    expected = {0: "No entry fits what you chose.", 1: "1 entry, the newest first"}
    if entries in expected:
        assert expected[entries] in said
    else:
        assert "entries, the newest first; here are 1 to" in said


def test_a_day_that_is_chosen_stands_in_the_address(looking: Door):
    page = open_audit(looking)
    page.date_input(key="audit.from").set_value(date(2030, 1, 1)).run()
    assert page.query_params["from"] == "2030-01-01"
    assert "No entry fits what you chose. Choose less." in opening.text(page)
    next(b for b in page.button if b.label == "Show everything").click().run()
    assert "from" not in page.query_params
    assert "No entry fits" not in opening.text(page)


def test_pages_of_a_hundred_are_turned(door: Door, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(audits, "PAGE", 2)
    for number in range(5):
        note(door, "fly", detail=f"number {number}")
    page = open_audit(door, action="fly")
    assert "number 4" in opening.told(page) and "number 2" not in opening.told(page)
    assert "Page 1 of 3" in opening.text(page)
    next(b for b in page.button if b.label == "Older ›").click().run()
    assert "number 2" in opening.told(page) and "Page 2 of 3" in opening.text(page)
    newer = next(b for b in page.button if b.label == "‹ Newer")
    newer.click().run()
    assert "Page 1 of 3" in opening.text(page)


def downloads(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What each download button would give, by the file's name."""
    given: dict[str, Any] = {}
    import streamlit as st

    def button(_label: str, made: Any, *, file_name: str, **_how: Any) -> None:
        given[file_name] = made

    monkeypatch.setattr(st, "download_button", button)
    return given


def test_the_download_is_what_was_filtered_and_is_noted(
    door: Door, monkeypatch: pytest.MonkeyPatch
):
    note(door, "fly", "DEMO-07 2026-27")
    files = downloads(monkeypatch)
    open_audit(door, action="fly")
    assert noted(door, "export audit") == [], "looking is no export"
    assert "DEMO-07 2026-27" in files["audit.csv"]().decode()
    assert noted(door, "export audit") == [("audit", "action fly")]


def test_a_role_taken_away_after_the_page_was_drawn_gives_no_file(
    door: Door, monkeypatch: pytest.MonkeyPatch
):
    files = downloads(monkeypatch)
    open_audit(door)
    database = door.running.database
    with database.writing(AuditEntry(0, "end role", "test", utc_now())) as writing:
        found = people.known(writing, accounts.DEMONSTRATION_ISSUER, ADMINISTRATOR)
        assert found is not None
        writing.run(
            "UPDATE role_grant SET holds_until = holds_from WHERE person_id = :p",
            p=found.person_id,
        )
    with pytest.raises(Refused):
        files["audit.csv"]()
    assert noted(door, "export audit") == []
    assert noted(door, "denied access") == [("no trust in particular", "see the audit")]


def test_somebody_refused_stands_in_the_audit_once_and_a_stranger_never(door: Door):
    for subject in (LEAD, LEAD, opening.STRANGER):
        door.open(PAGE, subject)
        door.open_alone(PAGE, subject)
    assert noted(door, "denied access") == [("no trust in particular", "see the audit")]


def test_a_click_that_is_refused_stands_in_the_audit_with_its_trust(door: Door):
    """The page was drawn while the role still held; the click came after."""
    paper = take_up(door, "5")
    with door.running.database.writing(AuditEntry(0, "end role", "test", utc_now())) as writing:
        writing.run(
            "UPDATE role_grant SET holds_until = :now WHERE role = 'trust lead'", now=utc_now()
        )
    paper.choose("5.1", "good")
    assert ("DEMO-07", "answer an assessment") in noted(door, "denied access")
    assert "good" not in str(noted(door, "denied access")), "no content"


def test_a_person_is_chosen_and_what_is_kept_is_counted(
    door: Door, monkeypatch: pytest.MonkeyPatch
):
    files = downloads(monkeypatch)
    with door.running.database.reading() as reading:
        lead = people.known(reading, accounts.DEMONSTRATION_ISSUER, LEAD)
    assert lead is not None
    page = open_audit(door, view="person", about=str(lead.person_id))
    told = opening.told(page)
    assert "are kept about Complaints manager, DEMO-07." in opening.text(page)
    assert "Answers they saved last" in told and "Comments" in told
    given = json.loads(files[f"person-{lead.person_id}.json"]())
    assert given["about"]["subject"] == LEAD
    assert not {"answers they saved last", "comments", "pieces of evidence"} & set(given["kept"])
    assert noted(door, "subject access") == [
        (f"person {lead.person_id}", "without answers and free text")
    ]


def test_without_a_person_the_page_says_what_to_do(looking: Door):
    page = open_audit(looking, view="person", about="no number")
    assert "Choose somebody to see how much is kept about them" in opening.told(page)


def test_a_hold_is_placed_and_ended_on_the_page(door: Door):
    page = open_audit(door, view="holds")
    assert "No hold was ever placed." in opening.told(page)
    page.selectbox(key="holds.place.0.trust").set_value("DEMO-07")
    page.text_area(key="holds.place.0.reason").set_value("A <b>hearing</b>.")
    press(page, "Place this hold")
    told = opening.told(page)
    assert "Nothing of DEMO-07 is purged from now on." in told
    assert "A &lt;b&gt;hearing&lt;/b&gt;." in told and "Lasts, since" in told
    press(page, "End this hold")
    assert "Nothing was ended. Tick the box" in opening.told(page)
    page.checkbox(key="holds.end.0.sure").set_value(True)
    press(page, "End this hold")
    assert "Hold 1 has ended." in opening.told(page) and "Ended, since" in opening.told(page)


def test_a_hold_without_a_trust_or_a_reason_is_told_what_lacks(door: Door):
    page = open_audit(door, view="holds")
    press(page, "Place this hold")
    assert "A hold is on one trust. Choose which." in opening.told(page)
    page.selectbox(key="holds.place.0.trust").set_value("DEMO-07")
    press(page, "Place this hold")
    assert "A hold needs a reason." in opening.told(page)
    assert noted(door, "place legal hold") == []


def press(page: Any, label: str) -> None:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception


def test_the_longest_detail_is_cut_on_the_page_alone():
    entry = audit.Entry(1, utc_now(), 0, None, "import", "x", "y" * 500)
    assert audit_view._cells(entry)[-1].count("y") == 120
