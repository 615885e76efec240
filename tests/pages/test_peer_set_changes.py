"""Saved sets of peers on the page: changed, removed, and never overwritten unseen."""

import re

from streamlit.testing.v1 import AppTest

from benchmarking.results import peer_sets
from tests.pages.opening import BOARD, INSPECTOR, LEAD, Door, told
from tests.pages.peers_page import (
    HOSTILE,
    SIX,
    announced,
    drop_down,
    names,
    notes,
    picked,
    picking,
    press,
    problem,
    save,
    saved,
    seen,
    sure,
    visit_of,
    write,
    year_of,
)

# Changing.


def at_work(door: Door, codes: str = "RR8.RTD", subject: str = LEAD) -> AppTest:
    """Somebody with the one saved set open, and with these trusts picked."""
    return picking(door, codes, subject, set=str(seen(door)[0].peer_set_id))


def test_a_set_is_renamed(door: Door):
    saved(door)
    opened = press(write(at_work(door), "Cities"), "Save changes")
    assert names(door) == ["Cities"]
    assert "as “Cities”: 2 trusts. Everybody of DEMO-07 sees it." in announced(opened)
    box = drop_down(opened)
    assert box is not None and list(box.options) == ["Cities"]


def test_what_is_picked_replaces_what_a_set_holds_after_the_page_has_said_so(door: Door):
    saved(door)
    opened = at_work(door, "RHQ.RR8")
    assert (
        "What is picked differs: “Save changes” adds Sheffield Teaching Hospitals NHS Foundation "
        "Trust (RHQ) and takes out Newcastle Upon Tyne Hospitals NHS Foundation Trust (RTD)."
    ) in notes(opened)
    opened = press(opened, "Save changes")
    assert seen(door)[0].codes == ("RHQ", "RR8")
    assert "What is picked differs" not in notes(opened)


def test_many_differences_are_counted(door: Door):
    saved(door)
    assert "“Save changes” adds 4 trusts." in notes(at_work(door, SIX))


def test_what_a_set_holds_can_be_picked_again(door: Door):
    saved(door)
    opened = press(at_work(door, "RHQ"), "Pick what the set holds")
    assert picked(opened) == ["RR8", "RTD"]


def test_what_is_picked_can_be_saved_as_a_set_of_its_own(door: Door):
    saved(door)
    opened = press(write(at_work(door, SIX), "Six"), "Save as a new set")
    assert [(one.name, len(one.codes)) for one in seen(door)] == [("Large cities", 2), ("Six", 6)]
    assert opened.query_params["set"] == str(seen(door)[1].peer_set_id)
    assert "as “Six”: 6 trusts." in announced(opened)


def test_a_set_needs_a_trust(door: Door):
    saved(door)
    opened = press(at_work(door, ""), "Save changes")
    assert problem(opened) == "Pick at least one other trust. 5 or more give a middle."
    assert seen(door)[0].codes == ("RR8", "RTD")


def stale(door: Door) -> AppTest:
    """The lead saves over what the board member has just saved."""
    saved(door)
    opened = at_work(door, "RHQ.RR8")
    door.sign_in(BOARD)
    theirs = press(write(at_work(door, "RR8.RTD.RYR", BOARD), "Theirs"), "Save changes")
    assert problem(theirs) == ""
    door.sign_in(LEAD)
    return press(write(opened, "Mine"), "Save changes")


def test_a_colleagues_change_is_never_overwritten_both_are_shown(door: Door):
    opened = stale(door)
    assert names(door) == ["Theirs"]
    assert "Non-executive director, DEMO-07 saved this at" in told(opened)
    shown = [element.value for element in opened.text]
    assert shown[:2] == [
        "Theirs\n3 trusts\nOnly here: Newcastle Upon Tyne Hospitals NHS Foundation Trust (RTD) and "
        "University Hospitals Sussex NHS Foundation Trust (RYR)",
        "Mine\n2 trusts\nOnly here: Sheffield Teaching Hospitals NHS Foundation Trust (RHQ)",
    ]
    assert announced(opened) == ""


def test_ones_own_can_replace_the_colleagues(door: Door):
    opened = press(stale(door), "Replace it with mine")
    (kept,) = seen(door)
    assert (kept.name, kept.codes, kept.set_revision) == ("Mine", ("RHQ", "RR8"), 3)
    assert "as “Mine”: 2 trusts." in announced(opened)
    assert "Replace it with mine" not in [one.label for one in opened.button]
    assert opened.text_input[0].value == "Mine"


def test_the_colleagues_can_be_kept(door: Door):
    opened = press(stale(door), "Keep what is stored")
    assert names(door) == ["Theirs"]
    assert opened.text_input[0].value == "Theirs"
    assert picked(opened) == ["RHQ", "RR8"]
    assert "What is picked differs" in notes(opened)


def test_a_set_that_a_colleague_removed_is_told_so_and_its_trusts_stay_picked(door: Door):
    kept = saved(door)
    opened = at_work(door)
    peer_sets.end(visit_of(door, BOARD), kept.peer_set_id, 1)
    opened = press(write(opened, "Cities"), "Save changes")
    assert announced(opened) == (
        "A colleague removed this set in the meantime. Its trusts are still picked here: to keep "
        "them, save them under a name."
    )
    assert picked(opened) == ["RR8", "RTD"]
    press(write(opened, "Cities"), "Save this set")
    assert names(door) == ["Cities"]


# Removing.


def test_a_set_is_removed_once_the_person_is_sure(door: Door):
    saved(door)
    opened = press(at_work(door), "Remove this set")
    assert problem(opened) == (
        "Nothing was removed. Tick the box to say that you are sure, then press again."
    )
    assert names(door) == ["Large cities"]
    opened = press(sure(opened), "Remove this set")
    assert re.fullmatch(
        r"Removed “Large cities” at \d\d:\d\d. Its trusts are still picked here.", announced(opened)
    )
    assert names(door) == names(door, BOARD) == []
    assert "set" not in opened.query_params
    assert picked(opened) == ["RR8", "RTD"]


def test_the_box_says_for_whom_a_set_goes(door: Door):
    saved(door)
    saved(door, subject=INSPECTOR)
    own = picking(door, "RR8", INSPECTOR, set=str(seen(door, INSPECTOR)[0].peer_set_id))
    assert [box.label for box in at_work(door).checkbox] == [
        "I am sure that this set should go for everybody of DEMO-07"
    ]
    assert [box.label for box in own.checkbox] == ["I am sure that this set should go"]


def test_a_set_that_a_colleague_changed_is_not_removed_unseen(door: Door):
    kept = saved(door)
    opened = at_work(door)
    visit = visit_of(door, BOARD)
    peer_sets.change(visit, year_of(door), kept.peer_set_id, "Theirs", ["RYR"], 1)
    opened = press(sure(opened), "Remove this set")
    assert problem(opened).startswith("Non-executive director, DEMO-07 changed this set at ")
    assert "so it was not removed. Look at what it holds now" in problem(opened)
    assert names(door) == ["Theirs"]
    assert "“Theirs”: 1 trust, saved at" in notes(opened)


# Names that people type.


def test_a_name_is_shown_as_it_was_typed_and_never_as_markup(door: Door):
    opened = save(door, HOSTILE)
    assert f"as “{HOSTILE}”: 6 trusts." in announced(opened)
    assert "<img" not in told(opened)
    # Streamlit reads Markdown in labels, so none carries the name.
    labels = [
        one.label
        for kind in (opened.button, opened.checkbox, opened.expander, opened.text_input)
        for one in kind
    ]
    assert not [label for label in labels if "bold" in label]
    assert not [one for one in opened.markdown if "evil.example" in one.value]
    later = at_work(door, SIX, BOARD)
    assert "<img" not in told(later)
    assert f"“{HOSTILE}”: 6 trusts" in notes(later)


def test_a_hostile_name_stays_text_where_two_versions_are_shown(door: Door):
    kept = saved(door)
    opened = at_work(door)
    visit = visit_of(door, BOARD)
    peer_sets.change(visit, year_of(door), kept.peer_set_id, HOSTILE, ["RR8", "RTD"], 1)
    opened = press(write(opened, "Mine"), "Save changes")
    assert opened.text[0].value == f"{HOSTILE}\n2 trusts"
    assert "<img" not in told(opened)
