"""Peers picked by hand: saving them as a set, and using a saved one."""

import re

import pytest

from benchmarking.access import Role
from benchmarking.moments import utc_now
from benchmarking.people.accounts import DEMONSTRATION_ISSUER
from benchmarking.results import peer_sets, similar_trusts
from benchmarking.store import people
from benchmarking.store.database import AuditEntry
from benchmarking.ui import address, peer_set_changes, saving
from benchmarking.ui.peer_set_changes import Choice, Desk, Told
from benchmarking.ui.saving import Place
from tests.complaints import small_year
from tests.pages.opening import BOARD, INSPECTOR, LEAD, STRANGER, Door, everything, text, told
from tests.pages.peers_page import (
    OTHER_LEAD,
    SIX,
    announced,
    context,
    drop_down,
    in_order,
    names,
    notes,
    page,
    picked,
    picking,
    press,
    problem,
    save,
    saved,
    seen,
    visit_of,
    write,
    year_of,
)

# Picking by hand.


def test_without_a_set_the_page_says_how_to_get_one(looking: Door):
    opened = page(looking)
    assert drop_down(opened) is None
    assert "No set is saved yet. Pick trusts, then save them under a name below." in notes(opened)
    assert "Pick the trusts first. Then save them here under a name." in notes(opened)
    assert "Save this set" not in [one.label for one in opened.button]


def test_a_button_picks_the_most_similar_trusts_and_the_address_carries_them(looking: Door):
    opened = press(page(looking), "Start from the most similar trusts")
    found = similar_trusts.nearest(
        visit_of(looking, LEAD), year_of(looking), "R0A", looking.running.likeness
    )
    assert opened.query_params["with"] == ".".join(found.codes)
    assert picked(opened) == list(found.codes)
    assert "compared with 10 other trusts picked by hand" in context(opened)


def test_the_answer_stays_below_the_choices_and_above_the_pictures(looking: Door):
    said = text(picking(looking, SIX))
    assert in_order(["Trusts to compare with", "Name of the set", "bm-lead", "Funnel"], said)


# Saving.


def test_a_set_is_saved_with_its_name_and_that_is_announced(door: Door):
    opened = save(door)
    (kept,) = seen(door)
    assert (kept.name, kept.codes, kept.trust_code) == (
        "Large cities",
        tuple(SIX.split(".")),
        "DEMO-07",
    )
    assert re.fullmatch(
        r"Saved at \d\d:\d\d as “Large cities”: 6 trusts\. Everybody of DEMO-07 sees it\. A link "
        r"to this page carries the trusts themselves, so it shows others the same peers\.",
        announced(opened),
    )
    assert opened.query_params["set"] == str(kept.peer_set_id)
    assert problem(opened) == ""


def test_people_see_before_they_save_who_will_see_the_set(looking: Door):
    assert "Everybody of DEMO-07 will see this set and can change it." in notes(
        picking(looking, SIX)
    )
    assert "Only you will see this set." in notes(picking(looking, SIX, INSPECTOR))


def test_somebody_of_no_trust_saves_a_set_for_themselves(door: Door):
    assert "Only you see it." in announced(save(door, subject=INSPECTOR))
    assert names(door, INSPECTOR) == ["Large cities"]
    assert names(door) == names(door, "administrator") == []


@pytest.mark.parametrize(
    "name, said",
    [
        ("", "Give the set a name, so that others can find it."),
        ("large CITIES", "There is a set called “large CITIES” already. Choose another name."),
    ],
)
def test_a_name_that_cannot_be_used_is_told_and_nothing_is_saved(door: Door, name: str, said: str):
    saved(door)
    opened = save(door, name)
    assert problem(opened) == said
    assert names(door) == ["Large cities"]
    assert picked(opened) == SIX.split(".")


def test_a_second_press_of_the_same_button_does_nothing(
    door: Door, monkeypatch: pytest.MonkeyPatch
):
    door.sign_in(LEAD)
    monkeypatch.setattr(saving, "entered", lambda: {"form.name": "Large cities"})
    monkeypatch.setattr(address, "all_said", lambda key: ("RR8", "RTD"))
    monkeypatch.setattr(address, "say", lambda key, name: None)
    choice = Choice(year_of(door), {"RR8": "Leeds", "RTD": "Newcastle"})
    desk = Desk(choice, Place("peer-sets.new"), Told())
    for _ in range(2):
        peer_set_changes.save(desk, "form", 0, "DEMO-07")
    assert names(door) == ["Large cities"]
    assert desk.place.problem == ""
    assert desk.told.text.startswith("Saved at ")


def works_for_two(door: Door) -> str:
    with door.running.database.writing(AuditEntry(0, "add person", "tests", utc_now())) as writing:
        number = people.add(writing, DEMONSTRATION_ISSUER, "both", "Group lead")
        for code in ("DEMO-07", "DEMO-09"):
            people.grant(writing, number, Role.TRUST_LEAD, code, utc_now())
    return "both"


def test_who_works_for_two_trusts_says_for_which_one_a_set_is(door: Door):
    subject = works_for_two(door)
    opened = write(picking(door, SIX, subject), "Large cities")
    assert "Everybody of DEMO-07 or DEMO-09 will see this set" in notes(opened)
    box = drop_down(opened, "Of which trust")
    assert box is not None and list(box.options) == ["DEMO-07", "DEMO-09"]
    box.select("DEMO-09")
    opened = press(opened, "Save this set")
    assert [one.trust_code for one in seen(door, subject)] == ["DEMO-09"]
    assert names(door) == []
    chosen = drop_down(opened)
    assert chosen is not None and list(chosen.options) == ["Large cities (DEMO-09)"]


def test_a_code_in_the_address_that_cannot_be_picked_is_not_saved(door: Door):
    opened = picking(door, f"{SIX}.RJ7.R0A.<b>")
    press(write(opened, "Large cities"), "Save this set")
    assert seen(door)[0].codes == tuple(SIX.split("."))


@pytest.mark.parametrize("value", ["", "0", "-1", "999999", "1.5", "é", "<script>", "DEMO-07"])
def test_a_set_in_the_address_that_nobody_has_is_the_same_as_none(looking: Door, value: str):
    opened = picking(looking, SIX, set=value)
    assert not opened.exception
    assert "<script>" not in told(opened)
    assert picked(opened) == SIX.split(".")


# Using a saved set.


def test_choosing_a_set_picks_its_trusts(door: Door):
    kept = saved(door)
    box = drop_down(page(door))
    assert box is not None and list(box.options) == ["Large cities"]
    opened = box.select(str(kept.peer_set_id)).run()
    assert opened.query_params["set"] == str(kept.peer_set_id)
    assert opened.query_params["with"] == "RR8.RTD"
    assert "compared with 2 other trusts picked by hand" in context(opened)


def test_letting_a_set_go_keeps_what_is_picked(door: Door):
    kept = saved(door)
    box = drop_down(picking(door, "RR8.RTD", set=str(kept.peer_set_id)))
    assert box is not None
    opened = box.set_value(None).run()
    assert "set" not in opened.query_params
    assert picked(opened) == ["RR8", "RTD"]


def test_starting_from_the_most_similar_trusts_lets_the_set_go(door: Door):
    kept = saved(door)
    opened = press(
        picking(door, "RR8.RTD", set=str(kept.peer_set_id)), "Start from the most similar trusts"
    )
    assert "set" not in opened.query_params
    assert len(picked(opened)) == 10
    assert seen(door) == (kept,)


def test_two_people_of_one_trust_see_the_same_set(door: Door):
    kept = saved(door)
    opened = picking(door, "RR8.RTD", BOARD, set=str(kept.peer_set_id))
    box = drop_down(opened)
    assert box is not None and box.value == str(kept.peer_set_id)
    assert "“Large cities”: 2 trusts, saved at" in notes(opened)
    assert "by Complaints manager, DEMO-07." in notes(opened)


@pytest.mark.parametrize("subject", [OTHER_LEAD, INSPECTOR])
def test_others_who_open_the_link_see_the_same_peers_and_nothing_of_the_set(
    door: Door, subject: str
):
    kept = saved(door)
    link = {"set": str(kept.peer_set_id), "with": "RR8.RTD"}
    opened = page(door, subject, **link)
    assert drop_down(opened) is None
    assert picked(opened) == ["RR8", "RTD"]
    assert "compared with 2 other trusts picked by hand" in context(opened)
    assert "Large cities" not in everything(opened)


def test_a_stranger_is_shown_nothing(door: Door):
    kept = saved(door)
    opened = picking(door, "RR8.RTD", STRANGER, set=str(kept.peer_set_id))
    assert "Sign in to see this page." in text(opened)
    assert "Large cities" not in everything(opened)
    assert not opened.multiselect


def test_trusts_of_a_set_that_are_not_there_this_year_are_named_and_stay_in_it(door: Door):
    before = small_year.year("new\nRR8 1\nRTD 1\nRW6 1")
    visit = visit_of(door, LEAD)
    kept = peer_sets.save(visit, before, "From before", ["RR8", "RTD", "RW6"], "DEMO-07")
    box = drop_down(page(door))
    assert box is not None
    opened = box.select(str(kept.peer_set_id)).run()
    assert picked(opened) == ["RR8", "RTD"]
    assert (
        "RW6: no return of 2024-25 on file, so left out. The set keeps what it holds."
    ) in notes(opened)
    assert "What is picked differs" not in notes(opened)
    press(write(opened, "Renamed"), "Save changes")
    assert seen(door)[0].codes == ("RR8", "RTD", "RW6")


def test_the_trust_itself_stays_in_a_set_that_is_looked_at_from_it(door: Door):
    kept = saved(door, codes="R0A.RR8.RTD")
    opened = picking(door, "RR8.RTD", set=str(kept.peer_set_id))
    assert "What is picked differs" not in notes(opened)
    press(write(opened, "Renamed"), "Save changes")
    assert seen(door)[0].codes == ("R0A", "RR8", "RTD")
