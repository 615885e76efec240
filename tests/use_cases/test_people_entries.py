"""People are added, given roles and lose them; somebody can always manage people."""

from datetime import date, datetime, timedelta

import pytest

from benchmarking.access import Action, Grant, Refused, Role, can
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.sheets import NotThere
from benchmarking.entry_faults import EntryFaults
from benchmarking.people.people_entries import add_person, end_role, give_role, register
from benchmarking.store.people import HeldRole
from tests.use_cases.conftest import NOW, World

TODAY = date(2026, 11, 21)
TOMORROW = TODAY + timedelta(days=1)
OTHERS = ["lead-07", "colleague-07", "approver-07", "board-07", "inspector"]


def number_of(world: World, subject: str) -> int:
    return world.visit(subject).person.person_id


def add(world: World, subject: str = "newcomer", **told: str) -> int:
    said = {"issuer": "demonstration", "title": "Newcomer"} | told
    return add_person(world.visit("administrator"), subject=subject, **said)


def give(
    world: World,
    subject: str,
    role: Role,
    trust: str | None = None,
    first: date | None = None,
    last: date | None = None,
) -> None:
    give_role(
        world.visit("administrator"),
        number_of(world, subject),
        role,
        trust,
        first_day=first,
        last_day=last,
    )


def roles(world: World, subject: str) -> tuple[HeldRole, ...]:
    found = register(world.visit("administrator")).person(number_of(world, subject))
    assert found is not None
    return found.known.roles


def audited(world: World) -> list[tuple[str, str, str]]:
    sql = "SELECT action, subject, detail FROM audit ORDER BY audit_id"
    with world.database.reading() as reading:
        return [tuple(row.values()) for row in reading.rows(sql)]


@pytest.mark.parametrize("subject", OTHERS)
def test_only_an_administrator_sees_or_changes_people(world: World, subject: str) -> None:
    visit, before = world.visit(subject), audited(world)
    for attempt in (
        lambda: register(visit),
        lambda: add_person(visit, issuer="demonstration", subject="x", title="X"),
        lambda: give_role(visit, 2, Role.TRUST_LEAD, "DEMO-07"),
        lambda: end_role(visit, 7, 7),
    ):
        with pytest.raises(Refused, match="^There is nothing here that you can see"):
            attempt()
    assert audited(world) == before
    with pytest.raises(Refused, match="^Sign in"):
        register(world.stranger())


def test_everybody_is_listed_by_title_with_the_trusts_there_are(world: World) -> None:
    found = register(world.visit("administrator"))
    titles = [one.known.title for one in found.people]
    assert titles == sorted(titles) and len(titles) == 7
    assert [trust.code for trust in found.trusts] == ["DEMO-07", "DEMO-08"]
    assert found.administrators(NOW) == 1
    assert found.person(99) is None


def test_a_person_is_added_and_may_nothing_until_given_a_role(world: World) -> None:
    number = add(world, title="  Complaints \n manager,  DEMO-07 ")
    added = world.visit("newcomer").person
    assert (added.person_id, added.title) == (number, "Complaints manager, DEMO-07")
    assert not can(added, Action.SEE_HOME)
    assert audited(world)[-1] == ("add person", "demonstration newcomer", "")


@pytest.mark.parametrize(
    "entered, fault",
    [
        ({"title": " "}, {"title": "Say what this person does."}),
        ({"issuer": ""}, {"issuer": "Say who vouches for this person."}),
        ({"subject": ""}, {"subject": "Enter the name that the issuer knows them by."}),
        (
            {"issuer": "https://id.example.org two"},
            {
                "issuer": "An issuer has no spaces in it. Copy it from your identity provider.",
            },
        ),
        (
            {"title": "x" * 101},
            {"title": "The title is 101 characters long. Shorten it to 100 or fewer."},
        ),
        (
            {"subject": "inspector"},
            {"subject": "This person is here already, as “inspector ”."},
        ),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    world: World, entered: dict[str, str], fault: dict[str, str]
) -> None:
    before = audited(world)
    with pytest.raises(EntryFaults) as refused:
        add(world, **entered)
    assert refused.value.by_field == fault
    assert audited(world) == before


def test_everything_that_is_wrong_is_said_at_once(world: World) -> None:
    with pytest.raises(EntryFaults) as refused:
        add(world, subject="", issuer="", title="")
    assert list(refused.value.by_field) == ["title", "issuer", "subject"]
    assert str(refused.value).startswith("Say what this person does. Say who vouches")


def test_an_issuer_is_kept_as_sign_in_names_it(world: World) -> None:
    add(world, issuer=" https://id.example.org/tenant/ ")
    found = register(world.visit("administrator")).people
    assert "https://id.example.org/tenant" in [one.issuer for one in found]


def test_a_role_holds_from_the_moment_it_is_given(world: World) -> None:
    give(world, "board-07", Role.APPROVER, "DEMO-08")
    assert can(world.visit("board-07").person, Action.APPROVE, "DEMO-08")
    assert not can(world.later(seconds=-1).visit("board-07").person, Action.APPROVE, "DEMO-08")
    assert audited(world)[-1] == (
        "give role",
        "person 4",
        "approver, DEMO-08, from 2026-11-21T14:02:00, without end",
    )


def test_a_role_holds_on_its_first_and_on_its_last_day_in_london(world: World) -> None:
    give(world, "lead-08", Role.APPROVER, "DEMO-07", date(2027, 6, 1), date(2027, 6, 30))
    held = roles(world, "lead-08")[-1]
    # British summer time: midnight in London is eleven at night before in UTC.
    assert (held.since, held.until) == (datetime(2027, 5, 31, 23), datetime(2027, 6, 30, 23))
    assert held.grant == Grant(Role.APPROVER, "DEMO-07")


def test_a_first_day_of_today_means_from_now_on(world: World) -> None:
    give(world, "lead-08", Role.APPROVER, "DEMO-07", first=TODAY, last=TODAY)
    assert (roles(world, "lead-08")[-1].since, roles(world, "lead-08")[-1].until) == (
        NOW,
        datetime(2026, 11, 22),
    )


@pytest.mark.parametrize(
    "role, trust, first, last, fault",
    [
        (
            *(Role.APPROVER, "DEMO-08", date(2026, 11, 20), None),
            {"first_day": "A role cannot begin in the past. Choose today or a later day."},
        ),
        (
            *(Role.APPROVER, "DEMO-08", TOMORROW, TODAY),
            {"last_day": "The last day lies before 22 November 2026, on which the role begins."},
        ),
        (
            *(Role.APPROVER, "DEMO-08", None, date(2026, 11, 20)),
            {"last_day": "The last day lies before 21 November 2026, on which the role begins."},
        ),
        (
            *(Role.APPROVER, None, None, None),
            {"trust": "Choose the trust in which this role is held."},
        ),
        (
            *(Role.INSPECTOR, "DEMO-07", None, None),
            {"trust": "This role is held everywhere, in no trust."},
        ),
        (
            *(Role.APPROVER, "RJ1", None, None),
            {"trust": "There is no such trust here. Choose one from the list."},
        ),
    ],
)
def test_a_role_that_cannot_be_is_refused(
    world: World,
    role: Role,
    trust: str | None,
    first: date | None,
    last: date | None,
    fault: dict[str, str],
) -> None:
    before = audited(world)
    with pytest.raises(EntryFaults) as refused:
        give(world, "board-07", role, trust, first, last)
    assert refused.value.by_field == fault
    assert audited(world) == before


@pytest.mark.parametrize(
    "first, last, is_twice",
    [
        (None, None, True),
        (date(2026, 12, 1), date(2026, 12, 31), True),
        (date(2026, 12, 31), None, True),
        (None, date(2026, 11, 30), False),
        (date(2027, 1, 1), None, False),
    ],
)
def test_the_same_role_is_not_held_twice_at_the_same_time(
    world: World, first: date | None, last: date | None, is_twice: bool
) -> None:
    december = (date(2026, 12, 1), date(2026, 12, 31))
    give(world, "board-07", Role.APPROVER, "DEMO-07", *december)
    if not is_twice:
        give(world, "board-07", Role.APPROVER, "DEMO-07", first, last)
        return
    with pytest.raises(EntryFaults, match="^This person holds this role in that time already"):
        give(world, "board-07", Role.APPROVER, "DEMO-07", first, last)
    give(world, "board-07", Role.APPROVER, "DEMO-08", first, last)


def test_nobody_gives_a_role_to_themselves(world: World) -> None:
    with pytest.raises(CannotSave, match="^You cannot give yourself a role. Ask another"):
        give(world, "administrator", Role.TRUST_LEAD, "DEMO-07")


def test_somebody_who_is_not_there_is_given_nothing(world: World) -> None:
    visit = world.visit("administrator")
    for attempt in (
        lambda: give_role(visit, 99, Role.INSPECTOR, None),
        lambda: end_role(visit, 99, 1),
    ):
        with pytest.raises(NotThere, match="^There is no such person here"):
            attempt()


def test_a_role_that_is_ended_opens_nothing_at_once(world: World) -> None:
    lead = world.visit("lead-07").person
    end_role(world.visit("administrator"), lead.person_id, roles(world, "lead-07")[0].grant_id)
    assert world.visit("lead-07").person.grants == ()
    assert audited(world)[-1] == ("end role", "person 1", "grant 1")
    with pytest.raises(CannotSave, match="^This role has ended already. Nothing was changed.$"):
        end_role(world.visit("administrator"), lead.person_id, 1)


def test_a_role_is_ended_only_of_the_person_who_holds_it(world: World) -> None:
    with pytest.raises(CannotSave, match="^This role has ended already"):
        end_role(world.visit("administrator"), number_of(world, "lead-07"), 2)
    assert len(world.visit("colleague-07").person.grants) == 1


def end_administrator(world: World, subject: str, by: str = "administrator") -> None:
    found = register(world.visit(by)).person(number_of(world, subject))
    assert found is not None
    held = [role for role in found.known.roles if role.grant.role is Role.ADMINISTRATOR]
    end_role(world.visit(by), found.known.person_id, held[-1].grant_id)


def test_nobody_ends_the_last_administrator(world: World) -> None:
    before = audited(world)
    with pytest.raises(CannotSave, match="^This is the last administrator. Give somebody else"):
        end_administrator(world, "administrator")
    assert audited(world) == before


def test_an_administrator_who_has_not_begun_is_no_other_one(world: World) -> None:
    give(world, "inspector", Role.ADMINISTRATOR, first=TOMORROW)
    with pytest.raises(CannotSave, match="^This is the last administrator"):
        end_administrator(world, "administrator")
    end_administrator(world.later(days=2), "administrator", by="inspector")


def test_an_administrator_whose_time_ends_is_not_enough(world: World) -> None:
    give(world, "inspector", Role.ADMINISTRATOR, last=TOMORROW)
    with pytest.raises(CannotSave, match="^The roles of all other administrators end on a day"):
        end_administrator(world, "administrator")
    end_administrator(world, "inspector")


def test_the_first_of_two_administrators_may_go(world: World) -> None:
    give(world, "inspector", Role.ADMINISTRATOR)
    assert register(world.visit("administrator")).administrators(NOW) == 2
    end_administrator(world, "administrator")
    with pytest.raises(Refused):
        register(world.visit("administrator"))
    mine = register(world.visit("inspector")).person(number_of(world, "inspector"))
    assert mine is not None
    with pytest.raises(CannotSave, match="^This is the last administrator"):
        end_role(world.visit("inspector"), mine.known.person_id, mine.known.roles[-1].grant_id)
