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
    is_of_a_trust,
)

# One row per action, one column per role: x may, . may not.
COLUMNS = [
    Role.CONTRIBUTOR,
    Role.TRUST_LEAD,
    Role.APPROVER,
    Role.BOARD_MEMBER,
    Role.INSPECTOR,
    Role.ADMINISTRATOR,
    Role.STANDARDS_AUTHOR,
]
TABLE = {
    #                                 cont  lead  appr  boar  insp  admi  auth
    Action.SEE_HOME:                 "x     x     x     x     x     x     x",
    Action.SEE_PUBLISHED_COMPLAINTS: "x     x     x     x     x     x     x",
    Action.SEE_DRAFT:                "x     x     x     .     .     .     .",
    Action.ANSWER:                   "x     x     .     .     .     .     .",
    Action.ASSIGN:                   ".     x     .     .     .     .     .",
    Action.SUBMIT:                   ".     x     .     .     .     .     .",
    Action.APPROVE:                  ".     .     x     .     .     .     .",
    Action.SIGN_OFF:                 ".     .     .     x     .     .     .",
    Action.PUBLISH:                  ".     x     .     .     .     .     .",
    Action.REOPEN:                   ".     .     x     .     .     .     .",
    Action.SEE_OWN_RESULTS:          "x     x     x     .     .     .     .",
    Action.SEE_VOICES:               "x     x     x     .     .     .     .",
    Action.BRING_SURVEY:             "x     x     .     .     .     .     .",
    Action.INVITE:                   ".     x     .     .     .     .     .",
    Action.READ_SURVEY_COMMENTS:     ".     x     .     .     .     .     .",
    Action.REVIEW_FILES:             "x     x     .     .     .     .     .",
    Action.DRAW_FILES:               ".     x     .     .     .     .     .",
    Action.SEE_OVERVIEW:             ".     x     x     x     .     .     .",
    Action.SEE_ACTIONS:              "x     x     x     x     .     .     .",
    Action.OPEN_TRENDS:              "x     x     x     x     x     .     .",
    Action.SEE_TRENDS:               "x     x     x     x     .     .     .",
    Action.RECORD_FIGURES:           "x     x     .     .     .     .     .",
    Action.SEE_SCOPES:               "x     x     x     x     .     .     .",
    Action.MANAGE_SCOPES:            ".     x     .     .     .     .     .",
    Action.CHOOSE_NOTIFICATIONS:     "x     x     x     x     .     .     .",
    Action.SEE_PRACTICE:             "x     x     x     x     x     .     .",
    Action.OFFER_PRACTICE:           ".     x     .     .     .     .     .",
    Action.COMPARE:                  ".     .     .     .     x     .     .",
    Action.ADMINISTER:               ".     .     .     .     .     x     .",
    Action.MANAGE_PEOPLE:            ".     .     .     .     .     x     .",
    Action.MANAGE_CYCLES:            ".     .     .     .     .     x     .",
    Action.SEE_AUDIT:                ".     .     .     .     .     x     .",
    Action.WRITE_STANDARDS:          ".     .     .     .     .     .     x",
}  # fmt: skip
IN_A_TRUST = {Role.CONTRIBUTOR, Role.TRUST_LEAD, Role.APPROVER, Role.BOARD_MEMBER}


def holder(role: Role) -> Person:
    return Person(1, role.value, (Grant(role, "DEMO-07" if role in IN_A_TRUST else None),))


@pytest.mark.parametrize("action", TABLE)
def test_each_action_is_for_exactly_the_roles_the_table_says(action: Action) -> None:
    allowed = [can(holder(role), action, "DEMO-07") for role in COLUMNS]
    assert allowed == [mark == "x" for mark in TABLE[action].split()]


def test_the_table_has_every_role_and_every_action() -> None:
    assert set(COLUMNS) == set(ROLES) == set(Role)
    assert set(TABLE) == set(Action) - {Action.SEE_PUBLIC_PAGES}


@pytest.mark.parametrize("action", [a for a in Action if a is not Action.SEE_PUBLIC_PAGES])
def test_a_stranger_is_told_to_sign_in_and_nothing_else(action: Action) -> None:
    with pytest.raises(Refused, match="^Sign in to see this page.$"):
        check_can(STRANGER, action, "DEMO-07")


def test_everybody_sees_public_pages() -> None:
    check_can(STRANGER, Action.SEE_PUBLIC_PAGES)
    assert can(STRANGER, Action.SEE_PUBLIC_PAGES)


@pytest.mark.parametrize("role", Role)
def test_a_role_is_held_in_a_trust_or_everywhere(role: Role) -> None:
    assert is_of_a_trust(role) == (role in IN_A_TRUST)


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
