"""A trust's own sets of peers: who sees them, what they hold, and that nobody is overwritten."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from benchmarking import peers
from benchmarking.access import Refused
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.sheets import NotThere
from benchmarking.complaints import Year
from benchmarking.keeping import Key
from benchmarking.results import peer_sets
from benchmarking.results.peer_sets import SetChanged
from benchmarking.store.peer_sets import PeerSet
from tests.complaints import small_year
from tests.use_cases.conftest import NOW, World

OWN = "DEMO-07"


def year_of(*codes: str, silent: tuple[str, ...] = ()) -> Year:
    rows = "\n".join(f"{code} 10 100" for code in codes)
    return small_year.year(f"new staff\n{rows}", silent=silent)


YEAR = year_of("R0A", "RR8", "RTD", "RXH", silent=("RJ7",))


def save(
    world: World,
    name: str = "Large cities",
    codes: tuple[str, ...] = ("RTD", "R0A"),
    subject: str = "lead-07",
    trust_code: str | None = OWN,
) -> PeerSet:
    return peer_sets.save(world.visit(subject), YEAR, name, codes, trust_code)


def names(world: World, subject: str) -> list[str]:
    return [one.name for one in peer_sets.seen_by(world.visit(subject))]


# Who.


def test_a_set_is_shared_by_the_people_of_its_trust_and_seen_by_nobody_else(world: World):
    save(world)
    seen = {
        subject: names(world, subject)
        for subject in ("lead-07", "colleague-07", "board-07", "lead-08", "inspector")
    }
    shared = ["Large cities"]
    assert seen == {
        "lead-07": shared,
        "colleague-07": shared,
        "board-07": shared,
        "lead-08": [],
        "inspector": [],
    }


def test_somebody_of_no_trust_keeps_a_set_alone(world: World):
    kept = save(world, "To visit", subject="inspector", trust_code=None)
    assert (kept.trust_code, kept.name) == (None, "To visit")
    assert names(world, "inspector") == ["To visit"]
    assert names(world, "administrator") == names(world, "lead-07") == []


@pytest.mark.parametrize(
    "subject, trust_code, said",
    [
        ("lead-08", OWN, "You can save a set for your own trust only."),
        ("inspector", OWN, "You can save a set for your own trust only."),
        ("lead-07", None, "Your sets belong to your trust. Save this one for it."),
    ],
)
def test_a_set_is_saved_for_the_own_trust_only(
    world: World, subject: str, trust_code: str | None, said: str
):
    with pytest.raises(Refused) as refused:
        save(world, subject=subject, trust_code=trust_code)
    assert str(refused.value) == said


def test_a_stranger_is_asked_to_sign_in(world: World):
    kept, stranger = save(world), world.stranger()
    for ask in (
        lambda: peer_sets.seen_by(stranger),
        lambda: peer_sets.save(stranger, YEAR, "Mine", ["R0A"]),
        lambda: peer_sets.change(stranger, YEAR, kept.peer_set_id, "Mine", ["R0A"], 1),
        lambda: peer_sets.end(stranger, kept.peer_set_id, 1),
    ):
        with pytest.raises(Refused, match="Sign in to see this page."):
            ask()


def test_another_trusts_set_looks_like_none(world: World):
    number = save(world).peer_set_id
    said = "There is no such set here. Choose one from the list."
    for subject, asked in (("lead-08", number), ("inspector", number), ("lead-07", 99)):
        visit = world.visit(subject)
        with pytest.raises(NotThere, match=said):
            peer_sets.change(visit, YEAR, asked, "Mine", ["R0A"], 1)
        with pytest.raises(NotThere, match=said):
            peer_sets.end(visit, asked, 1)
    assert names(world, "lead-07") == ["Large cities"]


def test_what_is_kept_is_the_persons_own_and_ends_with_the_next_change(world: World):
    kept: dict[Key, Any] = {}

    def keep(key: Key, make: Callable[[], Any], /) -> Any:
        return kept[key] if key in kept else kept.setdefault(key, make())

    visit = world.visit("lead-07")
    assert peer_sets.seen_by(visit, keep) == ()
    first = save(world)
    assert peer_sets.seen_by(visit, keep) == (), "the same request looks at the same moment"
    assert peer_sets.seen_by(world.visit("lead-07"), keep) == (first,)
    assert peer_sets.seen_by(world.visit("lead-08"), keep) == ()
    assert len(kept) == 3
    with pytest.raises(Refused):
        peer_sets.seen_by(world.stranger(), keep)


# What.


def test_what_is_saved_is_what_comes_back(world: World):
    kept = save(world, "  Large \n cities ", ("RTD", "R0A", "RTD"))
    assert (kept.name, kept.codes, kept.set_revision) == ("Large cities", ("R0A", "RTD"), 1)
    assert peer_sets.seen_by(world.visit("colleague-07")) == (kept,)


def test_the_own_trust_is_not_its_own_peer(world: World):
    year = year_of("R0A", "RR8", OWN)
    kept = peer_sets.save(world.visit("lead-07"), year, "Cities", ["R0A", OWN], OWN)
    assert kept.codes == ("R0A",)


@pytest.mark.parametrize(
    "name, codes, said",
    [
        ("", "R0A", "Give the set a name, so that others can find it."),
        (" \n ", "R0A", "Give the set a name, so that others can find it."),
        ("n" * 81, "R0A", "The name is 81 characters long. Shorten it to 80 or fewer."),
        ("Cities", "", "Pick at least one other trust. 5 or more give a middle."),
        ("Cities", "DEMO-07", "Pick at least one other trust. 5 or more give a middle."),
        (
            "Cities",
            "R0A RJ7 XYZ",
            "RJ7, XYZ: no trust with this code published a return for 2024-25. Take it out.",
        ),
        (
            "Cities",
            "<script>",
            "script: no trust with this code published a return for 2024-25. Take it out.",
        ),
        (
            "Cities",
            "DEMO-08",
            "DEMO-08: no trust with this code published a return for 2024-25. Take it out.",
        ),
    ],
)
def test_what_cannot_be_saved_is_refused_in_a_sentence_and_leaves_nothing(
    world: World, name: str, codes: str, said: str
):
    before = world.count("SELECT count(*) FROM audit")
    with pytest.raises(CannotSave) as refused:
        save(world, name, tuple(codes.split()))
    assert str(refused.value) == said
    assert world.count("SELECT count(*) FROM audit") == before
    assert names(world, "lead-07") == []


@pytest.mark.parametrize("again", ["Large cities", "LARGE CITIES", " large  cities "])
def test_two_sets_of_one_owner_never_share_a_name(world: World, again: str):
    save(world)
    other = save(world, "Small towns").peer_set_id
    written = again.strip().replace("  ", " ")
    said = f"There is a set called “{written}” already. Choose another name."
    with pytest.raises(CannotSave, match=said):
        save(world, again, subject="colleague-07")
    with pytest.raises(CannotSave, match=said):
        peer_sets.change(world.visit("lead-07"), YEAR, other, again, ["R0A"], 1)
    assert names(world, "lead-07") == ["Large cities", "Small towns"]


def test_two_owners_may_use_one_name_and_a_name_is_free_once_its_set_has_ended(world: World):
    first = save(world)
    save(world, subject="lead-08", trust_code="DEMO-08")
    save(world, subject="inspector", trust_code=None)
    peer_sets.end(world.visit("lead-07"), first.peer_set_id, 1)
    save(world)
    assert names(world, "lead-07") == names(world, "lead-08") == ["Large cities"]


# Changing and ending.


def test_a_colleague_may_rename_a_set_and_change_its_trusts(world: World):
    kept = save(world)
    visit = world.later(hours=1).visit("colleague-07")
    changed = peer_sets.change(visit, YEAR, kept.peer_set_id, "Cities", ["RXH", "R0A"], 1)
    assert changed == replace(
        kept,
        name="Cities",
        codes=("R0A", "RXH"),
        set_revision=2,
        author=visit.person.title,
        saved_at=visit.now,
    )
    assert peer_sets.seen_by(world.visit("lead-07")) == (changed,)


def test_a_set_may_keep_its_own_name_in_other_letters(world: World):
    kept = save(world)
    visit = world.visit("lead-07")
    changed = peer_sets.change(visit, YEAR, kept.peer_set_id, "LARGE cities", kept.codes, 1)
    assert changed.name == "LARGE cities"


def test_who_changes_what_a_colleague_changed_is_shown_it_and_overwrites_nothing(world: World):
    kept = save(world)
    theirs = peer_sets.change(
        world.visit("colleague-07"), YEAR, kept.peer_set_id, "Cities", ["RXH"], 1
    )
    for ask in (
        lambda: peer_sets.change(
            world.visit("lead-07"), YEAR, kept.peer_set_id, "Towns", ["R0A"], 1
        ),
        lambda: peer_sets.end(world.visit("lead-07"), kept.peer_set_id, 1),
    ):
        with pytest.raises(SetChanged) as told:
            ask()
        assert str(told.value) == (
            "A colleague changed this set in the meantime. Look at the list again."
        )
        assert told.value.stored == theirs
    assert peer_sets.seen_by(world.visit("lead-07")) == (theirs,)


def test_a_set_that_was_ended_is_gone_for_all(world: World):
    kept = save(world)
    peer_sets.end(world.visit("lead-07"), kept.peer_set_id, 1)
    assert names(world, "colleague-07") == []
    with pytest.raises(NotThere):
        peer_sets.end(world.visit("colleague-07"), kept.peer_set_id, 1)


def test_a_set_ended_in_the_same_moment_is_told_so():
    assert str(SetChanged(None)) == (
        "A colleague deleted this set in the meantime. Look at the list again."
    )


def test_every_write_has_its_audit_entry_without_the_name_that_was_typed(world: World):
    kept = save(world)
    peer_sets.change(world.visit("colleague-07"), YEAR, kept.peer_set_id, "Cities", ["RXH"], 1)
    peer_sets.end(world.visit("lead-07"), kept.peer_set_id, 2)
    with world.database.reading() as reading:
        rows = reading.rows("SELECT action, subject, detail FROM audit ORDER BY audit_id DESC")
    assert [tuple(row.values()) for row in rows[:3]] == [
        ("end peer set", f"peer set {kept.peer_set_id}", ""),
        ("change peer set", f"peer set {kept.peer_set_id}", "RXH"),
        ("save peer set", OWN, "R0A RTD"),
    ]


# Another year.


def test_a_trust_that_is_gone_in_another_year_may_stay_in_its_set_and_is_named(world: World):
    kept = save(world, codes=("R0A", "RR8", "RTD"))
    later = year_of("R0A", "RXH", silent=("RTD",))
    there = peer_sets.in_year(kept, later)
    assert there.codes == ("R0A",)
    assert there.note == "RR8, RTD: no return of 2024-25 on file, so left out."
    changed = peer_sets.change(
        world.visit("lead-07"), later, kept.peer_set_id, kept.name, [*kept.codes, "RXH"], 1
    )
    assert changed.codes == ("R0A", "RR8", "RTD", "RXH")


def test_a_set_is_a_group_picked_by_hand(world: World):
    kept = save(world)
    there = peer_sets.in_year(kept, YEAR)
    assert there.note is None
    own = YEAR.organisations.trust("RR8")
    assert peers.picked(own, YEAR.organisations.trusts, there.codes).codes == kept.codes


def test_the_moment_of_saving_is_kept(world: World):
    assert save(world).saved_at == NOW
