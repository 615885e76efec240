"""The page of trends as each reader meets it: what it says, what it lets them do, what it hides."""

from collections.abc import Mapping
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from benchmarking.store import monthly
from tests.pages import opening
from tests.pages.opening import Door

PAGE = "pages/everyone/trends.py"
ANSWERED, ACKNOWLEDGED = "answered-in-time", "acknowledged-in-time"
NEW_LEAD, NEW_BOARD, NEW_NUMBER = "trust-lead.DEMO-44", "board-member.DEMO-44", 44
HEADER = "trust,series,month,in_time,due\n"


def open_as(door: Door, subject: str | None, series: str = ANSWERED, **address: str) -> AppTest:
    return door.open(PAGE, subject, series=series, **address)


def row(month: str, in_time: int, due: int = 100, trust: str = "DEMO-44") -> str:
    return f"{trust},{ANSWERED},{month},{in_time},{due}\n"


def unfold(page: AppTest, form: str) -> AppTest:
    """Opens one of the four forms, which are drawn only while they are open."""
    page.session_state[f"record-{ANSWERED}-{form}"] = True
    return page.run()


def upload(page: AppTest, *rows: str, name: str = "figures.csv") -> AppTest:
    """Hands a file in; the form is open of itself where nothing is recorded yet."""
    page = page if page.file_uploader else unfold(page, "file")
    content = (HEADER + "".join(rows)).encode()
    page.file_uploader[0].set_value((name, content, "text/csv"))
    return page.run()


def button(page: AppTest, label: str) -> Any:
    found = [one for one in page.button if one.label == label]
    assert found, [one.label for one in page.button]
    return found[0]


def labels(page: AppTest) -> list[str]:
    return [one.label for one in page.expander]


def field(fields: Any, label: str) -> Any:
    return next(one for one in fields if one.label.startswith(label))


def stored(door: Door, number: int = NEW_NUMBER) -> Mapping[str, tuple[int, int, int]]:
    """In time, due and revision of each month of answers, by its month."""
    with door.running.database.reading() as reading:
        record = monthly.record_of(reading, number).of_series(ANSWERED)
    return {
        f"{figure.month:%Y-%m}": (figure.in_time, figure.due, figure.figure_revision)
        for figure in record.figures
    }


def writes(door: Door) -> int:
    with door.running.database.reading() as reading:
        return int(reading.value("SELECT count(*) FROM audit WHERE action <> 'signed in'"))


# What it says.


@pytest.mark.parametrize("subject", [opening.LEAD, opening.APPROVER, opening.BOARD])
def test_the_answer_comes_first_then_icons_chart_table_and_small_print(looking: Door, subject: str):
    page = open_as(looking, subject)
    assert not page.exception
    kinds = [kind for kind, said in opening.shown(page)]
    told = opening.told(page)
    order = [
        told.index(mark) for mark in ("bm-context", "bm-lead", '<ul class="bm-icons', "bm-small")
    ]
    assert order == sorted(order)
    assert kinds.count("plotly_chart") == 1
    assert "Answered in time: " in told and "The target of 85%" in told
    assert "Limits begin anew in" in told and "named handler" in told
    assert "Rules: Making Data Count." in told and "Due each month:" in told
    assert "Table" in labels(page)


def test_the_chart_is_described_for_who_cannot_see_it(looking: Door):
    page = open_as(looking, opening.BOARD)
    (chart,) = [e for e in opening.elements(page) if e.type == "plotly_chart"]
    assert "Northbrackle Demonstration Trust: 36 months" in str(chart.proto)


def test_the_table_is_sent_once_it_is_opened(looking: Door):
    page = open_as(looking, opening.BOARD)
    assert not page.table
    assert "Lower limit" not in opening.everything(page)


def test_icons_are_pictures_with_their_words_beside_them(looking: Door):
    told = opening.told(open_as(looking, "board-member.DEMO-12"))
    assert told.count("data:image/svg+xml,") >= 2
    assert "Common cause" in told and "Consistently passing" in told
    assert "<script" not in told and "<svg" not in told, "drawings stand within the addresses"


@pytest.mark.parametrize(
    "subject, series, said",
    [
        ("board-member.DEMO-12", ANSWERED, "Answered in time: 100% in"),
        ("board-member.DEMO-12", ACKNOWLEDGED, "The target of 100% will be met month after month"),
        ("board-member.DEMO-33", ANSWERED, "8 months are recorded, so 5 more months are needed"),
        ("board-member.DEMO-18", ANSWERED, "Not recorded: "),
        ("board-member.DEMO-27", ANSWERED, "the rules can hardly tell a change from chance"),
        ("board-member.DEMO-07", ACKNOWLEDGED, "The law asks it of every complaint"),
    ],
)
def test_every_state_is_told_in_words(looking: Door, subject: str, series: str, said: str):
    assert said in opening.told(open_as(looking, subject, series))


def test_too_few_months_have_a_chart_and_no_icons(looking: Door):
    page = open_as(looking, "board-member.DEMO-33")
    assert '<ul class="bm-icons' not in opening.told(page)
    assert "plotly_chart" in [kind for kind, _ in opening.shown(page)]


def test_the_choice_of_a_series_stands_in_the_address(looking: Door):
    page = looking.open(PAGE, opening.LEAD)
    assert page.query_params["series"] == ACKNOWLEDGED or page.query_params["series"] == [
        ACKNOWLEDGED
    ]
    assert "Acknowledged in time: " in opening.told(page)
    assert "Answered in time: " in opening.told(open_as(looking, opening.LEAD))


def test_a_forged_series_or_trust_in_the_address_changes_nothing(looking: Door):
    page = open_as(looking, opening.LEAD, "forged", trust="DEMO-12", view="all")
    assert not page.exception
    told = opening.told(page)
    assert "DEMO-07 Northbrackle" in told and "DEMO-12" not in told
    assert "Kestrelmouth" not in opening.everything(page)


@pytest.mark.parametrize("subject", [opening.LEAD, opening.BOARD, opening.CONTRIBUTOR])
def test_no_trust_learns_anything_of_another(looking: Door, subject: str):
    everything = opening.everything(open_as(looking, subject))
    others = [f"DEMO-{number:02}" for number in range(1, 61) if number != 7]
    assert [code for code in others if code in everything] == []


# Where nothing is recorded yet.


def test_who_may_record_is_told_what_to_do_first(looking: Door):
    page = open_as(looking, NEW_LEAD)
    told = opening.told(page)
    assert "Answered in time: nothing is recorded yet." in told
    assert "Download the template below." in told and "upload it" in told
    assert labels(page) == ["Upload a file", "Type in one month", "Set a target"]
    assert page.expander[0].proto.expanded, "the first step is open"
    assert page.file_uploader and not page.number_input, "the others are drawn when they open"
    assert "plotly_chart" not in [kind for kind, _ in opening.shown(page)]


def test_the_first_file_s_form_is_open_for_each_series_by_itself(door: Door):
    page = upload(open_as(door, NEW_LEAD), row("2026-08", 80))
    button(page, "Store these figures").click().run()
    page = open_as(door, NEW_LEAD)
    assert not page.expander[0].proto.expanded, "these months are begun"
    page = open_as(door, NEW_LEAD, series=ACKNOWLEDGED)
    assert page.expander[0].proto.expanded, "and these are not"


def test_a_board_without_months_is_told_who_records_them(looking: Door):
    page = open_as(looking, NEW_BOARD)
    assert "Your trust lead or a contributor records the months" in opening.told(page)
    assert not page.file_uploader and not page.button


@pytest.mark.parametrize("subject", [opening.BOARD, opening.APPROVER, opening.INSPECTOR])
def test_who_may_not_record_is_offered_nothing_to_record(looking: Door, subject: str):
    page = open_as(looking, subject)
    assert not page.file_uploader and not page.number_input and not page.text_area
    assert [one.label for one in page.button] == []
    assert "Record the months" not in [one.value for one in page.header]


# Recording.


def test_a_file_is_looked_at_first_and_stored_at_the_press_of_a_button(door: Door):
    before = writes(door)
    page = upload(open_as(door, NEW_LEAD), row("2026-08", 80), row("2026-09", 82))
    assert "Monthly figures: 2 new." in opening.told(page)
    assert stored(door) == {} and writes(door) == before
    page = button(page, "Store these figures").click().run()
    assert not page.exception
    assert [one.value for one in page.success] == ["Stored. Monthly figures: 2 new."]
    assert stored(door) == {"2026-08": (80, 100, 1), "2026-09": (82, 100, 1)}
    assert "Answered in time: 82% in September 2026 (82 of 100)." in opening.told(page)
    assert page.file_uploader[0].value is None, "the field is empty for the next file"


def test_the_same_file_again_offers_nothing_to_store(door: Door):
    rows = (row("2026-08", 80), row("2026-09", 82))
    page = upload(open_as(door, NEW_LEAD), *rows)
    page = button(page, "Store these figures").click().run()
    page = upload(page, *rows)
    assert "2 figures are stored already, so there is nothing to change." in opening.told(page)
    assert "Store these figures" not in [one.label for one in page.button]


def test_changed_months_are_named_before_they_are_stored(door: Door):
    page = upload(open_as(door, NEW_LEAD), row("2026-08", 80))
    page = button(page, "Store these figures").click().run()
    page = upload(page, row("2026-08", 85), row("2026-09", 82))
    told = opening.told(page)
    assert "Monthly figures: 1 new, 1 changed." in told
    assert "Answered in time, August 2026: 80 of 100 becomes 85 of 100." in told
    button(page, "Store these figures").click().run()
    assert stored(door)["2026-08"] == (85, 100, 2)


def test_every_fault_of_a_file_is_told_and_what_it_says_is_escaped(door: Door):
    page = upload(
        open_as(door, NEW_LEAD),
        row("2026-08", 101),
        row("2026-08", 80, trust="<img src=x onerror=alert(1)>"),
        name="<b>figures</b>.csv",
    )
    told = opening.told(page)
    assert "2 things are wrong with this file, so nothing was stored." in told
    assert "row 2: in_time is 101 and due is 100" in told
    assert "&lt;img src=x onerror=alert(1)&gt; is not your trust, DEMO-44" in told
    assert "<img src=x" not in told
    assert "Store these figures" not in [one.label for one in page.button]
    assert stored(door) == {}


def test_another_trust_s_rows_are_refused(door: Door):
    page = upload(open_as(door, NEW_LEAD), row("2026-08", 80, trust="DEMO-12"))
    assert "One thing is wrong with this file" in opening.told(page)
    assert "DEMO-12 is not your trust, DEMO-44" in opening.told(page)


def test_what_a_colleague_stored_since_the_look_is_not_overwritten(door: Door):
    mine = upload(open_as(door, NEW_LEAD), row("2026-08", 80))
    theirs = upload(open_as(door, "contributor.DEMO-44"), row("2026-08", 90))
    button(theirs, "Store these figures").click().run()
    door.sign_in(NEW_LEAD)
    mine = button(mine, "Store these figures").click().run()
    assert stored(door)["2026-08"] == (90, 100, 1)
    told = opening.told(mine)
    assert "A colleague has changed the figures of August 2026 in the meantime." in told
    assert "90 of 100 becomes 80 of 100." in told, "the look is a new one"
    button(mine, "Store these figures").click().run()
    assert stored(door)["2026-08"] == (80, 100, 2)


def test_a_file_that_was_looked_at_is_not_stored_by_who_has_lost_the_role(door: Door):
    page = upload(open_as(door, NEW_LEAD), row("2026-08", 80))
    door.sign_in("trust-lead.DEMO-12")
    before = writes(door)
    button(page, "Store these figures").click().run()
    assert stored(door) == {} and writes(door) == before


def test_one_month_is_typed_in_and_corrected(door: Door):
    page = unfold(open_as(door, NEW_LEAD), "month")
    month = field(page.selectbox, "Month").value
    field(page.number_input, "Answered in time").set_value(18)
    field(page.number_input, "Due").set_value(22)
    page = button(page, "Store this month").click().run()
    assert not page.exception
    assert [one.value for one in page.success] == ["Stored. Monthly figures: 1 new."]
    assert stored(door) == {f"{month:%Y-%m}": (18, 22, 1)}
    assert f"Stored for {month:%B %Y}: 18 of 22." in opening.told(page)
    assert field(page.number_input, "Answered in time").value == 18
    field(page.number_input, "Answered in time").set_value(19)
    button(page, "Store this month").click().run()
    assert stored(door) == {f"{month:%Y-%m}": (19, 22, 2)}


@pytest.mark.parametrize(
    "in_time, due, says",
    [
        (None, 22, "Write both numbers. A 0 says that there was none."),
        (18, None, "Write both numbers. A 0 says that there was none."),
        (23, 22, "23 in time of 22 due cannot be right. Correct one of the two."),
    ],
)
def test_a_month_that_cannot_be_right_is_not_stored(
    door: Door, in_time: int | None, due: int | None, says: str
):
    page = unfold(open_as(door, NEW_LEAD), "month")
    field(page.number_input, "Answered in time").set_value(in_time)
    field(page.number_input, "Due").set_value(due)
    page = button(page, "Store this month").click().run()
    assert says in opening.told(page)
    assert stored(door) == {} and not page.success


def test_a_target_is_set_drawn_and_withdrawn(door: Door):
    page = unfold(open_as(door, "trust-lead.DEMO-09"), "target")
    assert "The target of" not in opening.told(page), "this trust has none"
    field(page.number_input, "Target in per cent").set_value(92.5)
    page = button(page, "Set the target").click().run()
    assert not page.exception
    assert "The target of 92.5%" in opening.told(page)
    page = button(page, "Withdraw this target").click().run()
    assert "The target of" not in opening.told(page)


def test_a_target_without_a_number_is_told_so_and_none_may_be_said(door: Door):
    page = unfold(open_as(door, opening.LEAD), "target")
    page = button(page, "Set the target").click().run()
    assert "Write the target as a number from 0 to 100." in opening.told(page)
    field(page.checkbox, "No target from then on").check()
    page = button(page, "Set the target").click().run()
    assert any(text.value.startswith("No target from ") for text in page.text)


def test_limits_begin_anew_only_with_a_reason_which_is_shown_and_escaped(door: Door):
    page = unfold(open_as(door, "trust-lead.DEMO-12"), "limits")
    page = button(page, "Begin new limits").click().run()
    assert "Say what was changed in this month." in opening.told(page)
    field(page.text_area, "What was changed").set_value("A new <b>team</b>")
    page = button(page, "Begin new limits").click().run()
    assert not page.exception
    told = opening.told(page)
    assert "because: A new &lt;b&gt;team&lt;/b&gt;" in told and "<b>team" not in told
    assert field(page.text_area, "What was changed").value == ""
    page = button(page, "Withdraw these limits").click().run()
    assert "because: A new" not in opening.told(page)


# Inspectors.


def test_an_inspector_sees_a_line_for_each_trust_with_icons_and_words(looking: Door):
    page = open_as(looking, opening.INSPECTOR)
    assert not page.exception
    told = opening.told(page)
    assert told.count("<tr>") == 59, "58 trusts and the head"
    assert "58 trusts have recorded figures" in told
    assert '<th scope="row"><a href="?view=all&amp;series=answered-in-time&amp;trust=DEMO-07"' in (
        told.replace("&", "&amp;").replace("&amp;amp;", "&amp;")
    )
    for word in ("Common cause", "Significant improvement", "Significant concern", "Hit or miss"):
        assert word in told
    assert "Trusts are not compared with each other" in told
    assert "No month up to then is recorded: DEMO-33 Gullquay" in told


def test_an_inspector_s_table_can_be_narrowed_to_what_stands_out(looking: Door):
    page = open_as(looking, opening.INSPECTOR, variation="concern_low")
    told = opening.told(page)
    rows = told.count("<tr>") - 1
    assert 0 < rows < 58
    assert told.count("Significant concern</b>") == rows


def test_an_inspector_opens_a_trust_and_sees_no_later_month(looking: Door):
    page = open_as(looking, opening.INSPECTOR, trust="DEMO-07")
    told = opening.told(page)
    assert "DEMO-07 Northbrackle" in told and "are shown to inspectors." in told
    assert "Patient experience officer" not in opening.everything(page), "roles stay with the trust"
    own = opening.text(open_as(looking, opening.LEAD))
    assert "36 months" in own and "36 months" not in opening.text(page)


def test_a_correction_after_release_is_marked(looking: Door):
    told = opening.told(open_as(looking, opening.INSPECTOR))
    marked = [line for line in told.split("<tr>") if "✎</span>" in line]
    assert len(marked) == 1 and "DEMO-11" in marked[0]


@pytest.mark.parametrize("trust", ["DEMO-33", "DEMO-44", "DEMO-99", "<b>"])
def test_a_trust_that_cannot_be_opened_leads_to_the_table(looking: Door, trust: str):
    page = open_as(looking, opening.INSPECTOR, trust=trust)
    assert not page.exception
    assert "58 trusts have recorded figures" in opening.told(page)
