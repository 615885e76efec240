"""Who may do what, as a truth table."""

import pytest

from benchmarking.access import (
    ROLES,
    STRANGER,
    Action,
    Grant,
    Person,
    Refused,
    Role,
    can,
    check_can,
)

# One column per action, one row per role: x may, . may not.
ACTIONS = [
    Action.SEE_HOME,
    Action.SEE_PUBLISHED_COMPLAINTS,
    Action.SEE_DRAFT,
    Action.ANSWER,
    Action.SUBMIT,
    Action.SEE_OWN_RESULTS,
    Action.SEE_OVERVIEW,
    Action.OPEN_TRENDS,
    Action.SEE_TRENDS,
    Action.RECORD_FIGURES,
    Action.COMPARE,
    Action.ADMINISTER,
    Action.WRITE_STANDARDS,
]
TABLE = {
    #                      home publ draft answ subm resu over open tren reco comp admi auth
    Role.CONTRIBUTOR:      "x   x    x     x    .    x    .    x    x    x    .    .    .",
    Role.TRUST_LEAD:       "x   x    x     x    x    x    x    x    x    x    .    .    .",
    Role.APPROVER:         "x   x    x     .    .    x    x    x    x    .    .    .    .",
    Role.BOARD_MEMBER:     "x   x    .     .    .    .    x    x    x    .    .    .    .",
    Role.INSPECTOR:        "x   x    .     .    .    .    .    x    .    .    x    .    .",
    Role.ADMINISTRATOR:    "x   x    .     .    .    .    .    .    .    .    .    x    .",
    Role.STANDARDS_AUTHOR: "x   x    .     .    .    .    .    .    .    .    .    .    x",
}  # fmt: skip
IN_A_TRUST = {Role.CONTRIBUTOR, Role.TRUST_LEAD, Role.APPROVER, Role.BOARD_MEMBER}


def holder(role: Role) -> Person:
    return Person(1, role.value, (Grant(role, "DEMO-07" if role in IN_A_TRUST else None),))


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_exactly_what_the_table_says(role: Role) -> None:
    allowed = [can(holder(role), action, "DEMO-07") for action in ACTIONS]
    assert allowed == [mark == "x" for mark in TABLE[role].split()]


def test_the_table_has_every_role_and_every_action() -> None:
    assert set(TABLE) == set(ROLES) == set(Role)
    assert set(ACTIONS) == set(Action) - {Action.SEE_PUBLIC_PAGES}


@pytest.mark.parametrize("action", [a for a in Action if a is not Action.SEE_PUBLIC_PAGES])
def test_a_stranger_is_told_to_sign_in_and_nothing_else(action: Action) -> None:
    with pytest.raises(Refused, match="^Sign in to see this page.$"):
        check_can(STRANGER, action, "DEMO-07")


def test_everybody_sees_public_pages() -> None:
    check_can(STRANGER, Action.SEE_PUBLIC_PAGES)
    assert can(STRANGER, Action.SEE_PUBLIC_PAGES)


def test_a_role_in_one_trust_gives_nothing_in_another() -> None:
    lead = holder(Role.TRUST_LEAD)
    assert can(lead, Action.ANSWER, "DEMO-07")
    assert not can(lead, Action.ANSWER, "DEMO-08")
    assert can(lead, Action.ANSWER), "in some trust, for the menu"


def test_a_role_everywhere_does_not_open_one_trusts_draft() -> None:
    everywhere = Person(1, "lead of nothing", (Grant(Role.TRUST_LEAD, None),))
    assert not can(everywhere, Action.SEE_DRAFT, "DEMO-07")


def test_a_person_may_hold_roles_in_several_trusts() -> None:
    both = Person(1, "", (Grant(Role.TRUST_LEAD, "DEMO-07"), Grant(Role.APPROVER, "DEMO-08")))
    assert both.trusts == ("DEMO-07", "DEMO-08")
    assert can(both, Action.SUBMIT, "DEMO-07") and not can(both, Action.SUBMIT, "DEMO-08")
