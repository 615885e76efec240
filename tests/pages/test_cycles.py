"""Cycles, as an administrator uses the page; and what trusts see of deadlines and names."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from benchmarking.assessing import cycle_entries
from benchmarking.assessing.cycle_entries import ListedCycle
from benchmarking.moments import local, utc_now
from benchmarking.people import accounts
from benchmarking.store.database import AuditEntry
from benchmarking.visit import Visit
from tests.pages import opening
from tests.pages.opening import ADMINISTRATOR, APPROVER, BOARD, INSPECTOR, LEAD, Door
from tests.pages.test_people import field, press, rows_of, told

PAGE = "pages/admin/cycles.py"
HOME = "pages/everyone/home.py"
ASSESSMENT = "pages/trusts/assessment.py"
OF_A_TRUST = [
    HOME,
    ASSESSMENT,
    "pages/trusts/our_results.py",
    "pages/boards/overview.py",
    "pages/everyone/trends.py",
]


def visit(door: Door) -> Visit:
    return accounts.visit_by(door.running, accounts.sign_in_as(door.running, ADMINISTRATOR))


def listed(door: Door) -> tuple[ListedCycle, ...]:
    return cycle_entries.every_cycle(visit(door))


def cycles(door: Door, **address: str) -> AppTest:
    page = door.open(PAGE, ADMINISTRATOR, **address)
    assert not page.exception
    return page


def current(door: Door) -> AppTest:
    return cycles(door, cycle=listed(door)[0].cycle.cycle_id)


def moment(page: AppTest, label: str) -> Any:
    fields: list[Any] = list(page.get("datetime_input"))
    (found,) = [one for one in fields if one.label.startswith(label)]
    return found


def london(moment: datetime) -> datetime:
    return local(moment).replace(tzinfo=None)


def in_days(days: int) -> datetime:
    return london(utc_now()).replace(second=0, microsecond=0) + timedelta(days=days)


def change(door: Door, sql: str) -> None:
    with door.running.database.writing(AuditEntry(0, "test", "cycles", utc_now())) as writing:
        writing.run(sql)


def plan(page: AppTest) -> AppTest:
    """Fills the form of a cycle that opens in a hundred days."""
    field(page, "Short name").set_value("next")
    field(page, "Title").set_value("The next one")
    moment(page, "Opens").set_value(in_days(100))
    moment(page, "Deadline").set_value(in_days(200))
    moment(page, "Trusts see").set_value(in_days(240))
    return page


def test_every_cycle_is_listed_with_where_it_stands(looking: Door) -> None:
    page = cycles(looking)
    rows = rows_of(page)
    assert len(rows) == 3
    assert ">Open<" in rows[0] and "of 60 trusts" in rows[0]
    assert "is open. Trusts submit until" in opening.told(page)
    assert len(page.get("datetime_input")) == 3, "the form of a new one"


def test_where_there_is_no_cycle_the_page_says_what_to_do(
    looking: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cycle_entries, "_read", lambda visit: ())
    page = cycles(looking)
    assert "No cycle has been opened yet. Open the first one" in opening.told(page)
    assert rows_of(page) == []
    assert page.multiselect[0].value == [], "no last cycle to take editions from"


def test_a_new_cycle_begins_with_the_choices_of_the_last(looking: Door) -> None:
    page = cycles(looking)
    assert page.multiselect[0].value == ["my-expectations/2014.2", "complaints-law-england/2026.1"]
    assert [radio.value for radio in page.radio] == [True, True]


def test_a_new_cycle_asks_the_newest_edition_of_what_the_last_one_asked(
    looking: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = cycle_entries._read

    def with_an_older_edition(visit: Visit) -> tuple[ListedCycle, ...]:
        first, *others = listed(visit)
        editions = (("my-expectations", "2014.1", "h"), *first.cycle.editions[1:])
        return (replace(first, cycle=replace(first.cycle, editions=editions)), *others)

    monkeypatch.setattr(cycle_entries, "_read", with_an_older_edition)
    page = cycles(looking)
    assert page.multiselect[0].value == ["my-expectations/2014.2", "complaints-law-england/2026.1"]


def test_a_cycle_is_opened_and_corrected(door: Door) -> None:
    page = press(plan(cycles(door)), "Open this cycle")
    assert page.query_params["cycle"] == "next"
    assert "The next one opens on" in next(told(page))
    assert "<h2>The next one: not open yet</h2>" in opening.told(page)
    field(page, "Title").set_value("The next but one")
    field(page, "Names of other trusts").set_value(False)
    page = press(page, "Save changes")
    assert "The next but one opens on" in next(told(page))
    found = listed(door)[0]
    assert (found.cycle.title, found.cycle.peers_named) == ("The next but one", False)
    assert london(found.cycle.opens_at) == in_days(100).replace(
        minute=found.cycle.opens_at.minute, hour=london(found.cycle.opens_at).hour
    )


def test_what_is_missing_stands_on_top_and_beside_its_field(looking: Door) -> None:
    page = press(cycles(looking), "Open this cycle")
    said = [said for kind, said in opening.shown(page) if kind == "html"]
    (summary,) = [one for one in said if "bm-errors" in one]
    beside = [one for one in said if "bm-fault" in one]
    assert summary.count("<li>") == len(beside) == 5
    assert "<li>Give the cycle a short name.</li>" in summary
    assert '<p class="bm-fault">Give the cycle a short name.</p>' in beside


def test_a_deadline_is_moved_with_a_reason_that_stays_to_be_read(door: Door) -> None:
    page = current(door)
    later = london(listed(door)[0].cycle.deadline_at) + timedelta(days=7)
    moment(page, "New deadline").set_value(later)
    page = press(page, "Move the deadline")
    assert "Say why, so that it can be understood later." in opening.told(page)
    page.text_area[0].set_value("Two trusts merged.")
    page = press(page, "Move the deadline")
    assert "is open; its deadline is now" in next(told(page))
    assert london(listed(door)[0].cycle.deadline_at) == later
    assert "Two trusts merged." in rows_of(page)[0] and "Administrator" in rows_of(page)[0]


def close(door: Door) -> AppTest:
    page = current(door)
    page.text_area[1].set_value("All are done.")
    field(page, "I am sure").check()
    return press(page, "Close this cycle")


def test_a_cycle_is_closed_only_by_who_is_sure_and_may_be_opened_again(door: Door) -> None:
    page = current(door)
    assert "Its deadline has not come." in opening.told(page)
    page.text_area[1].set_value("All are done.")
    page = press(page, "Close this cycle")
    assert "Nothing was closed. Tick the box to say that you are sure" in opening.told(page)
    page = close(door)
    assert "is closed." in next(told(page))
    assert "This opens the cycle again" in opening.told(page)
    assert [button.label for button in page.button] == ["Move the deadline"]
    page.text_area[0].set_value("Closed by mistake.")
    page = press(page, "Move the deadline")
    assert "is open; its deadline is now" in next(told(page))


def test_a_cycle_whose_results_are_shown_gets_no_more_time(looking: Door) -> None:
    page = cycles(looking, cycle=listed(looking)[1].cycle.cycle_id)
    said = opening.told(page)
    assert "so nobody can be given more time to answer unseen" in said
    assert "That cannot be undone, because its results are shown." in said
    assert [button.label for button in page.button] == ["Close this cycle"]


def test_reasons_and_titles_that_somebody_typed_are_shown_as_text(door: Door) -> None:
    change(door, "UPDATE cycle SET title = '<b>x</b> **y**' WHERE release_at > now()")
    page = close(door)
    said = opening.told(page)
    assert "<b>x</b>" not in said and "<h2>&lt;b&gt;x&lt;/b&gt; **y**: closed</h2>" in said
    assert not [kind for kind, _ in opening.shown(page) if kind == "header"], "it reads Markdown"


# What trusts see of it.


def test_after_the_deadline_a_trust_is_told_that_it_is_late_and_can_finish(door: Door) -> None:
    change(door, "UPDATE cycle SET deadline_at = opens_at WHERE release_at > now()")
    for page in (HOME, ASSESSMENT):
        said = opening.told(door.open(page, LEAD))
        assert "Late: it was due on " in said, page
        assert "You can finish and submit until the cycle is closed." in said, page
    assert not all(radio.disabled for radio in door.open(ASSESSMENT, LEAD).radio)


def test_in_a_closed_cycle_a_trust_reads_that_it_is_closed_and_changes_nothing(door: Door) -> None:
    close(door)
    page = door.open(ASSESSMENT, LEAD)
    said = opening.told(page)
    assert "The cycle is closed, so nothing in it can be changed." in said
    assert "Each answer is saved at once" not in said
    assert page.radio and all(radio.disabled for radio in page.radio)
    assert "The cycle is closed" in opening.told(door.open(HOME, LEAD))


def other_trusts(door: Door) -> list[str]:
    """The codes and names of every trust but DEMO-07."""
    with door.running.database.reading() as reading:
        rows = reading.rows("SELECT code, name FROM organisation WHERE code <> 'DEMO-07'")
    return [word for row in rows for word in row.values()]


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("subject", [LEAD, APPROVER, BOARD])
def test_no_trust_reads_the_name_or_code_of_another(door: Door, subject: str, named: bool) -> None:
    """Today peers are counts even where a cycle names them: so anonymous ones are anonymous."""
    change(door, f"UPDATE cycle SET peers_named = {named}")
    others = other_trusts(door)
    for file in OF_A_TRUST:
        page = door.open(file, subject)
        assert not page.exception
        sent = opening.everything(page)
        assert [word for word in others if word in sent] == [], file


def test_inspectors_read_names_of_an_anonymous_cycle(door: Door) -> None:
    change(door, "UPDATE cycle SET peers_named = FALSE")
    page = door.open("pages/inspectors/compare.py", INSPECTOR)
    assert "DEMO-08" in opening.everything(page)
