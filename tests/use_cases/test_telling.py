"""One mail with what waits, never a flood: to whom, what of, how often, and never twice."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from benchmarking import digests, telling
from benchmarking.access import Refused, Role
from benchmarking.action_plan import action_entries
from benchmarking.answers import MoveNote
from benchmarking.assessing import assessments, assignments
from benchmarking.assessing.lifecycle import Step
from benchmarking.assessing.sheets import Line, Sheet
from benchmarking.mailing import Mail, NotSent
from benchmarking.people.people_entries import end_role
from benchmarking.store import notifications as store
from benchmarking.store import people
from benchmarking.store.notifications import Choice, HowOften
from benchmarking.telling import Outcome
from benchmarking.trust_actions import Owner, Promised
from tests.use_cases.conftest import ME_1_1, NOW, World, submitted, take

URL = "https://benchmark.trust.example"
SECRET_WORDS = "SECRET WORDS"


def number(world: World, who: str) -> int:
    return world.visit(who).person.person_id


def switch_on(world: World, who: str, often: HowOften = HowOften.DAILY) -> None:
    choice = Choice(number(world, who), f"{who}@trust.example", often, NOW)
    with world.database.writing(world.visit(who).audit("choose", "tests")) as writing:
        store.choose(writing, choice)


def run(
    world: World, post: Callable[[Mail], None] | None = None
) -> tuple[list[Mail], list[Outcome]]:
    """What is sent at a moment."""
    mails: list[Mail] = []
    due = telling.due(world.database, world.library, world.now)
    outcomes = list(telling.tell(world.database, due, URL, post or mails.append, world.now))
    return mails, outcomes


def waiting(world: World, who: str) -> list[str]:
    return [one.sentence for one in digests.waiting_for(world.visit(who))]


def sheet(world: World, who: str = "lead-07") -> Sheet:
    return assessments.open_sheet(world.visit(who), "DEMO-07")


def hand_over(
    world: World, who: str, many: int = 3, wanted_by: date | None = None
) -> Sequence[Line]:
    found = sheet(world)
    lines = found.lines[:many]
    lead = world.visit("lead-07")
    assignments.hand_over(lead, found, lines, number(world, who), wanted_by)
    return lines


# What is told


def test_assigned_statements_are_counted_and_the_overdue_among_them(world: World):
    hand_over(world, "colleague-07", 3)
    hand_over(world, "colleague-07", 1, world.now.date() + timedelta(days=1))
    assert waiting(world, "colleague-07") == ["3 statements are assigned to you."]
    late = world.later(days=3)
    assert waiting(late, "colleague-07") == ["3 statements are assigned to you, 1 overdue."]
    assert waiting(world, "lead-07") == []


def test_one_statement_is_told_in_the_singular(world: World):
    hand_over(world, "colleague-07", 1)
    assert waiting(world, "colleague-07") == ["1 statement is assigned to you."]


@pytest.mark.parametrize(
    "days, told",
    [
        (18, []),
        (19, ["The assessment is due on 24 December 2026."]),
        (33, ["The assessment is due on 24 December 2026."]),
        (34, ["The assessment was due on 24 December 2026 and is not submitted."]),
    ],
)
def test_a_deadline_is_told_when_it_is_near(world: World, days: int, told: list[str]):
    assert waiting(world.later(days=days), "colleague-07") == told


def test_each_step_towards_a_deadline_is_news_and_the_days_between_are_not(world: World):
    def seen(days: int) -> str:
        return digests.fingerprint(digests.waiting_for(world.later(days=days).visit("lead-07")))

    far, near, over = seen(20), seen(31), seen(34)
    assert seen(25) == far and seen(32) == near and len({far, near, over}) == 3


def test_what_waits_for_each_is_told_to_them_alone(world: World):
    submitted(world)
    assert waiting(world, "approver-07") == [
        "The assessment waits for you to approve it, or to send it back."
    ]
    assert waiting(world, "lead-07") == waiting(world, "board-07") == []
    take(world, Step.APPROVE, "approver-07")
    assert waiting(world, "board-07") == [
        "The assessment waits for you to sign it off for the board."
    ]
    assert waiting(world, "approver-07") == []
    body = MoveNote("We agree.", body="Board", met_on=world.now.date())
    take(world, Step.SIGN_OFF, "board-07", body)
    assert waiting(world, "lead-07") == [
        "The assessment was signed off and waits for you to publish it."
    ]
    assert waiting(world, "colleague-07") == []


def test_what_was_sent_back_is_counted_for_those_who_answer(world: World):
    submitted(world)
    take(world, Step.SEND_BACK, "approver-07", MoveNote(SECRET_WORDS, ME_1_1))
    for who in ("lead-07", "colleague-07"):
        assert waiting(world, who) == ["1 statement was sent back with a reason."]
    assert waiting(world, "approver-07") == []


def test_own_actions_are_told_when_late_or_due_within_a_week(world: World):
    lead = world.visit("lead-07")
    owner = Owner(person_id=number(world, "colleague-07"))
    for days in (1, 7, 8):
        due_on = world.now.date() + timedelta(days=days)
        promised = Promised(SECRET_WORDS, owner, due_on, (ME_1_1,))
        action_entries.add(lead, "DEMO-07", promised)
    assert waiting(world, "colleague-07") == ["Of your actions, 2 due within a week."]
    assert waiting(world.later(days=2), "colleague-07") == [
        "Of your actions, 1 late and 2 due within a week."
    ]
    assert waiting(world, "lead-07") == []


def test_a_mail_holds_counts_and_links_and_nothing_that_anybody_wrote(world: World):
    submitted(world)
    take(world, Step.SEND_BACK, "approver-07", MoveNote(SECRET_WORDS, ME_1_1))
    switch_on(world, "lead-07")
    (mail,), _ = run(world)
    assert mail.to == "lead-07@trust.example" and mail.subject == telling.SUBJECT
    assert mail.lines == (
        "DEMO-07",
        "- 1 statement was sent back with a reason. "
        "https://benchmark.trust.example/assessment?trust=DEMO-07",
    )
    said = str(mail).lower()
    for word in ("secret", "shortfalls", "good", "level", "1.1", "approver", "receipt"):
        assert word not in said


# To whom and how often


def test_nobody_is_told_who_did_not_choose_it(world: World):
    hand_over(world, "colleague-07")
    assert run(world) == ([], [])
    switch_on(world, "colleague-07", HowOften.OFF)
    assert run(world) == ([], [])


def test_who_has_nothing_waiting_is_told_nothing(world: World):
    switch_on(world, "board-07")
    assert run(world) == ([], [])


def test_the_same_is_not_told_twice_and_news_not_on_the_same_day(world: World):
    switch_on(world, "colleague-07")
    hand_over(world, "colleague-07", 2)
    assert run(world)[1] == [Outcome.SENT]
    assert run(world.later(days=1))[1] == [], "nothing new"
    hand_over(world, "colleague-07", 4)
    assert run(world.later(hours=2))[1] == [], "the same day"
    assert run(world.later(days=1))[1] == [Outcome.SENT]


def test_who_chose_a_week_waits_a_week(world: World):
    switch_on(world, "colleague-07", HowOften.WEEKLY)
    hand_over(world, "colleague-07", 2)
    assert run(world)[1] == [Outcome.SENT]
    hand_over(world, "colleague-07", 4)
    assert run(world.later(days=6))[1] == []
    assert run(world.later(days=7))[1] == [Outcome.SENT]


def test_who_lost_the_role_is_told_nothing_any_more(world: World):
    switch_on(world, "colleague-07")
    hand_over(world, "colleague-07")
    person = number(world, "colleague-07")
    with world.database.reading() as reading:
        (listed,) = (o for o in people.every(reading) if o.known.person_id == person)
    end_role(world.visit("administrator"), person, listed.known.roles[0].grant_id)
    assert run(world.later(minutes=1)) == ([], [])


def test_somebody_with_several_trusts_gets_one_mail_with_each(world: World):
    person = number(world, "approver-07")
    with world.database.writing(world.visit("administrator").audit("grant", "tests")) as writing:
        people.grant(writing, person, Role.CONTRIBUTOR, "DEMO-08", NOW)
    switch_on(world, "approver-07")
    submitted(world)
    (mail,), _ = run(world.later(days=20))
    assert [line for line in mail.lines if line.startswith("DEMO")] == ["DEMO-07", "DEMO-08"]
    assert "trust=DEMO-08" in mail.lines[-1] and "is due on 24 December" in mail.lines[-1]


# Failing, and two processes


def failing(_mail: Mail) -> None:
    raise NotSent("The mail server refused with code 554.")


def test_what_failed_is_logged_without_an_address_and_tried_again(
    world: World, caplog: pytest.LogCaptureFixture
):
    switch_on(world, "colleague-07")
    hand_over(world, "colleague-07")
    assert run(world, failing)[1] == [Outcome.FAILED]
    assert "notification not sent" in caplog.text and "trust.example" not in caplog.text
    assert world.count("SELECT count(*) FROM notification_sent") == 0
    assert run(world.later(hours=1))[1] == [Outcome.SENT]


def test_a_server_that_fails_again_and_again_is_left_alone(world: World):
    submitted(world)
    take(world, Step.SEND_BACK, "approver-07", MoveNote("Why?", ME_1_1))
    later = world.later(days=20)
    for who in ("lead-07", "colleague-07", "lead-08"):
        switch_on(later, who)
    tries: list[Mail] = []

    def fail(mail: Mail) -> None:
        tries.append(mail)
        failing(mail)

    assert len(telling.due(later.database, later.library, later.now)) == 3
    assert run(later, fail)[1] == [Outcome.FAILED] * telling.MOST_FAILURES


def test_two_processes_that_found_the_same_due_tell_it_once(world: World):
    switch_on(world, "colleague-07")
    hand_over(world, "colleague-07")
    due = telling.due(world.database, world.library, world.now)
    assert len(due) == 1
    mails: list[Mail] = []

    def one(_: int) -> list[Outcome]:
        return list(telling.tell(world.database, due, URL, mails.append, world.now))

    with ThreadPoolExecutor(4) as pool:
        outcomes = [outcome for found in pool.map(one, range(4)) for outcome in found]
    assert outcomes == [Outcome.SENT] and len(mails) == 1


def test_a_process_that_died_while_sending_holds_nobody_up_for_long(world: World):
    switch_on(world, "colleague-07")
    hand_over(world, "colleague-07")
    person = number(world, "colleague-07")
    with world.database.writing(world.visit("lead-07").audit("claim", "tests")) as writing:
        store.claim(writing, person, "whatever")
    assert run(world.later(minutes=59))[1] == []
    assert run(world.later(minutes=61))[1] == [Outcome.SENT]


def test_who_switched_off_in_between_is_not_told(world: World):
    switch_on(world, "colleague-07")
    hand_over(world, "colleague-07")
    due = telling.due(world.database, world.library, world.now)
    with world.database.writing(world.visit("colleague-07").audit("stop", "tests")) as writing:
        store.forget(writing, number(world, "colleague-07"))
    assert list(telling.tell(world.database, due, URL, failing, world.now)) == []


def test_the_audit_says_who_was_told_and_not_what(world: World):
    switch_on(world, "colleague-07")
    hand_over(world, "colleague-07")
    run(world)
    with world.database.reading() as reading:
        rows = reading.rows(
            "SELECT person_id, subject, detail FROM audit WHERE action = :a ORDER BY audit_id",
            a=telling.ACTION,
        )
    about = f"person {number(world, 'colleague-07')}"
    assert [tuple(row.values()) for row in rows] == [(0, about, "claimed"), (0, about, "sent")]


def test_what_waits_for_somebody_of_no_trust_is_refused(world: World):
    with pytest.raises(Refused):
        digests.waiting_for(world.visit("inspector"))


def test_before_the_first_cycle_nothing_waits(world: World):
    early = replace(world, now=NOW - timedelta(days=790))
    assert digests.waiting_for(early.visit("lead-07")) == ()
