"""Somebody chooses to be told by e-mail; nobody has mail sent to strangers."""

import re
from collections.abc import Callable

import pytest

from benchmarking import notifications
from benchmarking.access import Refused
from benchmarking.assessing.drafts import CannotSave
from benchmarking.entry_faults import EntryFaults
from benchmarking.mailing import Mail, NotSent
from benchmarking.store import notifications as store
from benchmarking.store.audit import Wanted, entries
from benchmarking.store.notifications import HowOften
from tests.use_cases.conftest import World

TO, OTHER = "lead@trust.example", "stranger@elsewhere.example"
SECRET = "a secret of the tests"


class Letters(list[Mail]):
    """Keeps what is posted."""

    def __call__(self, mail: Mail) -> None:
        self.append(mail)

    @property
    def code(self) -> str:
        """The code in the newest mail."""
        found = re.search(r"\b\d{8}\b", self[-1].lines[0])
        assert found
        return found[0]


@pytest.fixture
def letters() -> Letters:
    return Letters()


def choose(
    world: World,
    post: Callable[[Mail], None],
    address: str = TO,
    often: HowOften = HowOften.DAILY,
    who: str = "lead-07",
) -> bool:
    return notifications.choose(world.visit(who), address, often, SECRET, post)


def confirm(world: World, code: str, who: str = "lead-07") -> None:
    notifications.confirm(world.visit(who), code, SECRET)


def is_on(world: World, who: str = "lead-07") -> bool:
    choice = notifications.standing(world.visit(who)).choice
    return choice is not None and choice.is_on


def test_nobody_is_told_anything_unless_they_choose(world: World):
    found = notifications.standing(world.visit("lead-07"))
    assert found.choice is None and not found.waits_for_code


def test_an_address_counts_once_the_code_sent_there_comes_back(world: World, letters: Letters):
    assert choose(world, letters, f" {TO} ")
    assert [mail.to for mail in letters] == [TO]
    assert notifications.standing(world.visit("lead-07")).waits_for_code and not is_on(world)
    confirm(world, f" {letters.code[:4]} {letters.code[4:]} ")
    assert is_on(world) and not notifications.standing(world.visit("lead-07")).waits_for_code


def test_the_code_stands_nowhere_but_in_the_mail(world: World, letters: Letters):
    choose(world, letters)
    with world.database.reading() as reading:
        person = world.visit("lead-07").person.person_id
        kept = store.code_of(reading, person)
        noted = [(e.action, e.subject, e.detail) for e in entries(reading, Wanted(), 10)]
    assert kept and letters.code not in str(kept)
    assert noted[0] == ("choose notifications", f"person {person}", "daily")
    assert TO not in str(noted) and letters.code not in str(noted)


def test_a_wrong_code_confirms_nothing_and_few_guesses_are_allowed(world: World, letters: Letters):
    choose(world, letters)
    wrong = "00000000" if letters.code != "00000000" else "11111111"
    for _ in range(notifications.MOST_TRIES):
        with pytest.raises(CannotSave, match="This is not the code that was sent."):
            confirm(world, wrong)
    with pytest.raises(CannotSave, match="This code does not hold any more."):
        confirm(world, letters.code)
    assert not is_on(world)


def test_a_code_holds_for_an_hour_and_once(world: World, letters: Letters):
    choose(world, letters)
    with pytest.raises(CannotSave, match="does not hold any more"):
        confirm(world.later(minutes=60), letters.code)
    confirm(world.later(minutes=59), letters.code)
    with pytest.raises(CannotSave, match="does not hold any more"):
        confirm(world, letters.code)


def test_somebody_elses_code_confirms_nothing(world: World, letters: Letters):
    choose(world, letters)
    theirs = letters.code
    choose(world, letters, OTHER, who="lead-08")
    with pytest.raises(CannotSave, match="This is not the code"):
        confirm(world, theirs, "lead-08")


def test_another_address_has_to_be_confirmed_anew(world: World, letters: Letters):
    choose(world, letters)
    confirm(world, letters.code)
    assert choose(world, letters, OTHER) and not is_on(world)
    assert letters[-1].to == OTHER


def test_a_code_confirms_no_other_address_than_its_own(world: World, letters: Letters):
    choose(world, letters)
    choose(world, letters, OTHER, HowOften.OFF)
    assert len(letters) == 1, "nothing is sent to somebody who wants nothing"
    with pytest.raises(CannotSave, match="This is not the code"):
        confirm(world, letters.code)
    assert choose(world, letters, OTHER) and not is_on(world)


def test_how_often_changes_without_another_code(world: World, letters: Letters):
    choose(world, letters)
    confirm(world, letters.code)
    for often in (HowOften.WEEKLY, HowOften.OFF, HowOften.DAILY):
        assert not choose(world, letters, often=often)
    assert is_on(world) and len(letters) == 1


def test_nobody_can_flood_an_address_with_codes(world: World, letters: Letters):
    for number in range(notifications.MOST_CODES):
        choose(world, letters, f"stranger{number}@elsewhere.example")
    with pytest.raises(CannotSave, match="Too many codes were sent today. Try again tomorrow."):
        choose(world, letters, OTHER)
    notifications.stop(world.visit("lead-07"))
    with pytest.raises(CannotSave, match="Too many codes"):
        choose(world, letters, OTHER)
    assert len(letters) == notifications.MOST_CODES
    assert choose(world.later(hours=24), letters, OTHER)


def test_stopping_removes_the_address(world: World, letters: Letters):
    choose(world, letters)
    confirm(world, letters.code)
    notifications.stop(world.visit("lead-07"))
    assert notifications.standing(world.visit("lead-07")).choice is None
    assert world.count(f"SELECT count(*) FROM notification_choice WHERE address = '{TO}'") == 0


@pytest.mark.parametrize("address", ["", "nobody", "a@b.c\nBcc: d@e.f", "a@b.c,d@e.f"])
def test_what_is_no_address_is_told_beside_the_field(world: World, letters: Letters, address: str):
    with pytest.raises(EntryFaults) as refused:
        choose(world, letters, address)
    assert "This is not an e-mail address." in refused.value.by_field["address"]
    assert letters == [] and notifications.standing(world.visit("lead-07")).choice is None


def test_a_mail_server_that_fails_is_told_and_nothing_is_confirmed(world: World):
    def fail(_mail: Mail) -> None:
        raise NotSent("The mail server refused with code 554.")

    with pytest.raises(CannotSave, match="could not be sent, so your address is not confirmed"):
        choose(world, fail)
    assert not is_on(world)


@pytest.mark.parametrize("who", ["inspector", "administrator", None])
def test_only_people_with_a_role_in_a_trust_choose(world: World, letters: Letters, who: str | None):
    visit = world.visit(who) if who else world.stranger()
    for ask in (
        lambda: notifications.standing(visit),
        lambda: notifications.choose(visit, TO, HowOften.DAILY, SECRET, letters),
        lambda: notifications.confirm(visit, "1", SECRET),
        lambda: notifications.stop(visit),
    ):
        with pytest.raises(Refused):
            ask()
    assert letters == []
